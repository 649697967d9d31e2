// Kind `env`: what the production environment must hold.
#include <array>

#include <fmt/format.h>

#include "gate/checks/env/agreement.h"
#include "gate/checks/env/files.h"
#include "gate/checks/env/judge.h"
#include "gate/checks/kinds.h"
#include "gate/checks/no_environment.h"

namespace gate::checks {
namespace {

using policy::Stage;

class EnvCheck final : public Check {
 public:
  EnvCheck(EnvRule rule, Expectation expectation)
      : rule_(std::move(rule)), expectation_(std::move(expectation)) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    if (rule_.style) return judge_style(rule_, context);
    if (rule_.committed_secrets) return judge_committed(rule_, context);
    if (rule_.reads_only) {
      Tally tally;
      judge_declared(rule_, context, context.environment, tally);
      return std::move(tally).answer({});
    }
    if (context.environment == nullptr) return *answer_without_environment(context);
    const Environment& environment = *context.environment;
    if (!rule_.environment.empty() && rule_.environment != environment.name) {
      return Answer::not_applicable(
          fmt::format("asked of the environment `{}`, and this run judges `{}`", rule_.environment,
                      environment.name));
    }
    if (rule_.misspelt_files) return judge_misspelt(environment);
    if (auto answer = answer_without_environment(context)) return *std::move(answer);
    return judge(rule_, expectation_, context, environment);
  }

 private:
  EnvRule rule_;
  Expectation expectation_;
};

std::vector<OnlyIf> read_conditions(policy::TableReader& table) {
  std::vector<OnlyIf> conditions;
  std::optional<policy::TableReader> only_if = table.table("only_if");
  if (!only_if) return conditions;
  for (const std::string_view key : only_if->keys()) {
    OnlyIf condition;
    condition.key = key;
    condition.texts = only_if->texts(key);
    for (std::size_t index = 0; index < condition.texts.size(); ++index) {
      Result<base::Pattern> pattern =
          base::Pattern::compile(condition.texts[index], {.ignore_case = true});
      if (pattern) {
        condition.patterns.push_back(*std::move(pattern));
      } else {
        only_if->complain(key, index,
                          fmt::format("no pattern that RE2 accepts: {}", pattern.error().message),
                          "a value is matched as a whole; write a backslash before `+ * ? ( ) [ ] "
                          ". |` that mean themselves");
      }
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  const std::size_t before = table.diagnostics().all().size();
  Expectation expectation(table);
  EnvRule rule;
  rule.environment = table.text("environment");
  rule.keys = table.globs("keys");
  rule.require = table.texts("require");
  rule.require_any = table.texts("require_any");
  rule.forbid = table.globs("forbid");
  rule.only_if = read_conditions(table);
  rule.example = table.text("sample");
  rule.syntax = table.boolean("syntax", false);
  rule.open_quotes = table.boolean("open_quotes", false);
  rule.divergence = table.boolean("divergence", false);
  rule.duplicates = table.boolean("duplicates", false);
  rule.declared_in = table.text("declared_in");
  rule.reads = table.globs("reads");
  rule.reads_only = table.boolean("reads_only", false);
  rule.required_only = table.boolean("required_only", false);
  rule.ignore = table.globs("ignore");
  rule.committed_secrets = table.boolean("committed_secrets", false);
  for (const std::string_view key : {"reads", "reads_only", "required_only", "ignore"}) {
    if (key == "ignore" && rule.committed_secrets) continue;
    if (table.has(key) && rule.declared_in.empty())
      table.complain(key, fmt::format("`{}` goes with `declared_in`: which sample file?", key),
                     "write declared_in = \".env.example\"");
  }
  rule.paths = table.globs("paths");
  if (table.has("style")) {
    rule.style =
        static_cast<readers::EnvStyle>(table.one_of("style", readers::env_style_names(), 0));
    if (rule.paths.empty())
      table.complain("style", "`style` is asked of files: which?",
                     "write paths = [\".env\", \".env.*\"]");
    return std::make_unique<EnvCheck>(std::move(rule), std::move(expectation));
  }
  if (rule.committed_secrets) {
    if (rule.paths.empty() || rule.keys.empty())
      table.complain("committed_secrets",
                     "`committed_secrets` is asked of variables in files: which?",
                     "write paths = [\".env\", \".env.production\"] and keys = [\"*_SECRET\"]");
    return std::make_unique<EnvCheck>(std::move(rule), std::move(expectation));
  }
  if (table.has("paths"))
    table.complain(
        "paths",
        "`paths` goes with `style` and `committed_secrets`; other tests are asked of the "
        "environment");
  rule.misspelt_files = table.boolean("misspelt_files", false);
  if (rule.misspelt_files)
    return std::make_unique<EnvCheck>(std::move(rule), std::move(expectation));
  if (table.has("keys") && expectation.empty()) {
    // A test that could not be read is a mistake of its own.
    if (before == table.diagnostics().all().size())
      table.complain("keys", "`keys` without a test of their values",
                     "add `equals`, `one_of`, `matches`, `url` or another");
  } else if (!expectation.empty() && !table.has("keys")) {
    table.complain("keys", "the key `keys` is missing: which variables have this value?",
                   "write keys = [\"APP_DEBUG\"]");
  } else if (!table.has("keys")) {
    table.require_one_of({"keys", "require", "require_any", "forbid", "sample", "declared_in",
                          "syntax", "open_quotes", "divergence", "duplicates"});
  }
  return std::make_unique<EnvCheck>(std::move(rule), std::move(expectation));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"environment", "text",
     "the rule is asked of this environment only; without it, of the one that the run judges"},
    {"keys", "globs", "the variables whose values are tested, each where it is set"},
    {"equals", "text", "the value"},
    {"not_equals", "text", "a value it must not have"},
    {"one_of", "list of texts", "the values it may have"},
    {"none_of", "list of texts", "values it must not have"},
    {"matches", "pattern or list",
     "patterns that the value must match, all of them; each may match anywhere in the value, `^` "
     "and "
     "`$` bind it to the ends"},
    {"not_matches", "pattern or list", "patterns that the value must not match, anywhere in it"},
    {"expected", "text",
     "what the patterns ask, in the words of a message: `an https address` ends \"`APP_URL` is "
     "`http://…`, not …\""},
    {"ignore_case", "true or false", "small and capital letters count as the same"},
    {"contains", "list of texts", "elements that a comma separated value must hold, all of them"},
    {"not_contains", "list of texts", "elements that a comma separated value must not hold"},
    {"min_length", "integer", "the least number of characters"},
    {"forbid_placeholder", "true",
     "no `changeme`, `<your key>`, `secret`, unresolved reference and the like"},
    {"strong", "true",
     "at least 12 characters that are hard to guess, and not the value of a neighbour"},
    {"base64_key", "integer",
     "a random key of so many bytes: `base64:` and base64 text, or plain characters"},
    {"url", "`https` or `any`", "an absolute URL of a real host; with `https` of a public one"},
    {"port", "true", "1 to 65535"},
    {"email", "true", "an e-mail address at a real domain"},
    {"require", "list of names", "variables that must be set, and not empty or `null`"},
    {"require_any", "list of names", "variables of which one must be set"},
    {"forbid", "globs", "variables that must not be set"},
    {"only_if", "table of values",
     "the rule is asked only where these variables have these values (patterns for the whole "
     "value, a list for several)"},
    {"sample", "path", "every key of this file must be set"},
    {"declared_in", "path",
     "every key that the environment's files set must stand in this sample file, if only in a "
     "comment"},
    {"reads", "globs", "so must every variable that this PHP, Python or JavaScript code asks for"},
    {"reads_only", "true or false", "only what the code asks for is judged"},
    {"required_only", "true or false",
     "of what the code asks for, only what it cannot start without: `os.environ[\"A\"]`"},
    {"ignore", "globs", "variables that need not stand in the sample file"},
    {"syntax", "true or false",
     "what the reader of the environment file refuses, drops or changes is a finding"},
    {"open_quotes", "true or false",
     "a quote that nobody closes is a finding; some readers drop every later key without a word"},
    {"divergence", "true or false",
     "a value that differs between the programs that read the file is a finding"},
    {"style", "name of a style",
     "how the lines of the files below `paths` are written, as dotenv-linter wants it: "
     "duplicated-key, ending-blank-line, extra-blank-line, incorrect-delimiter, key-without-value, "
     "leading-character, lowercase-key, quote-character, space-character, substitution-key, "
     "trailing-whitespace, unordered-key, value-without-quotes"},
    {"paths", "globs",
     "the files whose style is judged, or in which no secret may be committed; each by itself"},
    {"committed_secrets", "true",
     "no tracked file of `paths` gives one of the variables `keys` a real secret: none that is a "
     "placeholder, a path, a number or an address on the developer's own machine"},
    {"misspelt_files", "true",
     "a declared file of the environment is not absent beside one of almost its name"},
    {"duplicates", "true or false", "a key that one file sets twice is a finding"},
});
constexpr std::array kStages{Stage::ci, Stage::deploy};

}  // namespace

const Kind kEnv{"env",
                "the production environment: required variables, their values, strength, "
                "placeholders, agreement with the "
                "example file",
                Kind::environment,
                kStages,
                kKeys,
                make};

}  // namespace gate::checks
