// Kind `config`: values in structured files, and the effective settings of the program.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/checks/config/judge.h"
#include "gate/checks/effective_settings.h"
#include "gate/checks/kinds.h"
#include "gate/checks/no_environment.h"
#include "gate/checks/readings.h"

namespace gate::checks {
namespace {

using policy::Stage;
using readers::JsonPath;

class ConfigCheck final : public Check {
 public:
  ConfigCheck(ConfigRule rule, ConfigValueTests tests)
      : rule_(std::move(rule)), tests_(std::move(tests)) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    if (!rule_.settings) return judge(rule_, tests_, context);
    std::optional<Answer> without = answer_without_environment(context);
    if (!without) return judge(rule_, tests_, context);
    // What the program sets whatever the environment is can be judged all the same.
    const bool program = context.readings == nullptr
                             ? effective_settings(context.files, context.environment).of_program
                             : context.readings->settings().of_program;
    if (!program) return *std::move(without);
    Answer answer = judge(rule_, tests_, context);
    return answer.verdict == finding::Verdict::could_not_run ? *std::move(without) : answer;
  }

 private:
  ConfigRule rule_;
  ConfigValueTests tests_;
};

// `@` in front means the value that the path starts from, as `$` does.
std::optional<JsonPath> read_path(policy::TableReader& table, std::string_view key) {
  std::optional<std::string> text = table.optional_text(key);
  if (!text) return std::nullopt;
  if (text->starts_with('@')) text->front() = '$';
  Result<JsonPath> path = JsonPath::parse(*text);
  if (path) return *std::move(path);
  table.complain(key, fmt::format("no JSONPath: {}", path.error().message),
                 "as in RFC 9535: `$.services.web`, `$.a['b c'][0]`, `$..image`, "
                 "`$.jobs[?@.timeout > 60]`");
  return std::nullopt;
}

std::optional<ConfigComparison> read_comparison(policy::TableReader& table) {
  using Operator = ConfigComparison::Operator;
  constexpr auto kSigns = std::to_array<std::string_view>({"==", "!=", "<", "<=", ">", ">="});
  const std::optional<JsonPath> other = read_path(table, "other");
  const std::string file = table.text("other_file");
  const bool asked = table.has("compare");
  const std::size_t sign = table.one_of("compare", kSigns, 0);
  if (!asked && !table.has("other")) return std::nullopt;
  if (!asked || !table.has("other")) {
    table.complain(asked ? "compare" : "other",
                   "`compare` says how, `other` with which place; one of them is missing",
                   R"(write compare = ">" and other = "$.queue.timeout")");
    return std::nullopt;
  }
  if (!other) return std::nullopt;
  return ConfigComparison{static_cast<Operator>(sign), std::string(kSigns[sign]), *other, file};
}

void check_combination(policy::TableReader& table, const ConfigRule& rule,
                       const ConfigValueTests& tests) {
  const bool path = table.has("at");
  const bool asks =
      !tests.empty() || rule.exists || rule.comparison || table.has("compare") || rule.forall;
  if (!table.has("paths") && !rule.settings)
    table.complain(
        "paths", "the key `paths` is missing: which files are read?",
        "write paths = [\"package.json\"], or settings = true for the effective settings");
  if (table.has("paths") && rule.settings)
    table.complain("settings", "`settings` and `paths` exclude each other");
  if (!path && !rule.unparsable && !rule.duplicates)
    table.require_one_of({"at", "unparsable", "duplicates"});
  if (!path && asks)
    table.complain("at", "the key `at` is missing: which values are tested?",
                   "write at = \"$.compilerOptions.strict\"");
  if (path && !asks)
    table.complain("at", "`at` without a test of what it selects",
                   "add `exists`, `equals`, `one_of`, `matches`, `min` or another");
  if (table.has("among") != table.has("named_by"))
    table.complain(table.has("among") ? "among" : "named_by",
                   "`among` is the map and `named_by` where the name is; one of them is missing",
                   R"(write among = "$.logging.channels" and named_by = "$.logging.default")");
  if (table.has("named_by") && !path)
    table.complain("named_by", "`named_by` without `at`: what of the member is tested?",
                   "write at = \"$.logging.channels.*\"");
  if (table.has("follow") && !table.has("named_by"))
    table.complain("follow", "`follow` without `named_by`: from which member on?",
                   "write named_by = \"$.logging.default\"");
  if (rule.exists == false && (!tests.empty() || rule.forall))
    table.complain("exists", "what must not exist has no value to test");
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  constexpr auto kMissing = std::to_array<std::string_view>({"fail", "pass"});
  ConfigValueTests tests(table);
  ConfigRule rule;
  rule.paths = table.globs("paths");
  rule.settings = table.boolean("settings", false);
  if (table.has("format")) {
    const std::span<const std::string_view> names = file_format_names();
    rule.format = static_cast<FileFormat>(table.one_of("format", names, 0));
  }
  rule.at = read_path(table, "at");
  rule.forall = read_path(table, "forall");
  if (table.has("exists")) rule.exists = table.boolean("exists", true);
  rule.missing_fails =
      table.one_of("missing", kMissing, rule.at && !rule.at->is_singular() ? 1 : 0) == 0;
  rule.among = read_path(table, "among");
  rule.named_by = read_path(table, "named_by");
  rule.follow = read_path(table, "follow");
  rule.unparsable = table.boolean("unparsable", false);
  rule.duplicates = table.boolean("duplicates", false);
  rule.comparison = read_comparison(table);
  check_combination(table, rule, tests);
  return std::make_unique<ConfigCheck>(std::move(rule), std::move(tests));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"paths", "globs", "the files that are read; each is judged by itself"},
    {"format", "name of a format",
     "how they are read, where the name does not tell: json, jsonc, yaml, toml, xml, ini, php-ini, "
     "supervisor, redis, dotenv, php-config, django-settings, javascript"},
    {"settings", "true",
     "in place of files: the effective settings of the program in production, `$.app.debug` of "
     "Laravel, `$.DEBUG` of Django, a variable of the environment of any other"},
    {"at", "JSONPath (RFC 9535)", "which values are tested"},
    {"exists", "true or false", "the path must, or must not, select anything"},
    {"missing", "`fail` or `pass`",
     "what it means that the path selects nothing: `fail` for one place, `pass` for a path that "
     "may "
     "select several"},
    {"forall", "JSONPath",
     "below every value that `at` selects, this path must select something; the tests are asked of "
     "that"},
    {"among", "JSONPath",
     "of what `at` selects, only values in the members of this map are tested that `named_by` "
     "names: `$.logging.channels`"},
    {"named_by", "JSONPath",
     "where the key of the member in use stands: `$.logging.default`; several in a list, or with "
     "commas between them"},
    {"follow", "JSONPath",
     "what such a member names in turn: `$.channels` of a stack of channels; those are meant too"},
    {"equals", "any value", "the value"},
    {"not_equals", "any value", "a value it must not have"},
    {"one_of", "list", "the values it may have"},
    {"none_of", "list", "values it must not have"},
    {"matches", "pattern or list",
     "patterns that the value must match, all of them; each may match anywhere in the value, `^` "
     "and "
     "`$` bind it to the ends"},
    {"not_matches", "pattern or list", "patterns that the value must not match, anywhere in it"},
    {"expected", "text",
     "what the patterns ask, in the words of a message: `an exact version` ends \"`$.image` is "
     "`\"redis\"`, not …\""},
    {"ignore_case", "true or false", "small and capital letters count as the same"},
    {"min", "number", "the least value; a text that is a number counts as one"},
    {"max", "number", "the greatest value"},
    {"contains", "value or list",
     "a list must hold these elements, a text these parts, a map these keys"},
    {"not_contains", "value or list", "elements, parts or keys that it must not hold"},
    {"forbid_keys", "globs", "keys that a map must not have"},
    {"compare", "`==` `!=` `<` `<=` `>` `>=`", "how the value must stand to that of `other`"},
    {"other", "JSONPath", "the place that it is compared with"},
    {"other_file", "path", "the file of that place; without it the same file"},
    {"unparsable", "true", "a file that cannot be read as its format is a finding"},
    {"duplicates", "true", "a key that a YAML map has twice is a finding"},
});
constexpr std::array kStages{Stage::push, Stage::ci, Stage::deploy};

}  // namespace

const Kind kConfig{"config",
                   "values in structured files (JSON, YAML, TOML, XML, INI, environment files), "
                   "and the effective settings of the program",
                   Kind::nothing,
                   kStages,
                   kKeys,
                   make};

}  // namespace gate::checks
