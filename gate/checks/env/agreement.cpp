#include "gate/checks/env/agreement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "gate/checks/dialects.h"
#include "gate/finding/redaction.h"
#include "gate/readers/formats/dotenv.h"
#include "gate/readers/settings/environment_reads.h"

namespace gate::checks {
namespace {

// The text of the sample file; nothing where it is absent or cannot be read, which is told.
std::optional<std::string> read_sample(const std::string& path, const Context& context,
                                       Tally& tally) {
  if (context.files.find(path) == nullptr) {
    tally.skipped(fmt::format("there is no `{}`", path));
    return std::nullopt;
  }
  Result<std::string> text = repo::read_text(context.files, path);
  if (text) return *std::move(text);
  tally.unknown(fmt::format("read `{}`: {}", path, text.error().message));
  return std::nullopt;
}

// One program's view of a file.
struct View {
  std::string program;  // "compose (env_file in docker-compose.yml)"
  readers::EnvFile file;
  std::map<std::string_view, const readers::EnvEntry*> last;  // the assignment that counts

  [[nodiscard]] const readers::EnvProblem* refusal() const {
    return file.find_problem(readers::EnvEffect::refuses_file);
  }
};

class Divergence {
 public:
  Divergence(const EnvironmentText& text, const std::vector<DetectedDialect>& dialects,
             Tally& tally)
      : text_(text), lines_(text.text), tally_(tally) {
    for (const DetectedDialect& dialect : dialects) {
      const std::string_view name = readers::name(dialect.dialect);
      View view{dialect.because.empty() ? std::string(name)
                                        : fmt::format("{} ({})", name, dialect.because),
                readers::parse_dotenv(text.text, dialect.dialect),
                {}};
      views_.push_back(std::move(view));
      View& kept = views_.back();
      for (const readers::EnvEntry& entry : kept.file.entries)
        kept.last[entry.key] = &entry;
    }
  }

  void judge() {
    tally_.judged();
    if (report_refusals()) return;
    std::set<std::string_view> keys;
    for (const View& view : views_) {
      for (const auto& [key, entry] : view.last)
        keys.insert(key);
    }
    for (const std::string_view key : keys)
      compare(key);
  }

 private:
  // A file that one program refuses and another reads diverges as a whole.
  bool report_refusals() {
    const auto refuses = [](const View& view) { return view.refusal() != nullptr; };
    const auto reads = std::find_if_not(views_.begin(), views_.end(), refuses);
    for (const View& view : views_) {
      if (!refuses(view) || reads == views_.end()) continue;
      finding::Finding finding;
      finding.message = fmt::format("{} refuses the file, which {} reads: {}", view.program,
                                    reads->program, view.refusal()->message);
      finding.place = finding::place_of(text_.name, lines_, view.refusal()->span);
      finding.identity = fmt::format("refused {}", view.refusal()->message);
      tally_.found(std::move(finding));
    }
    return std::any_of(views_.begin(), views_.end(), refuses);
  }

  static std::string show(const View& view, std::string_view key) {
    const auto found = view.last.find(key);
    if (found == view.last.end()) return "not set";
    return finding::show_value(key, found->second->value);
  }

  void compare(std::string_view key) {
    const View& first = views_.front();
    for (const View& other : views_) {
      const auto a = first.last.find(key);
      const auto b = other.last.find(key);
      const bool in_first = a != first.last.end();
      const bool in_other = b != other.last.end();
      if (!in_first && !in_other) continue;
      // A bare key is a matter of its own, and what cannot be known is not compared.
      const auto comparable = [](const readers::EnvEntry& entry) {
        return entry.has_value && entry.unknown.empty();
      };
      if (in_first && !comparable(*a->second)) return;
      if (in_other && !comparable(*b->second)) continue;
      if (in_first && in_other && a->second->value == b->second->value) continue;
      report(key, first, other, in_first ? *a->second : *b->second);
      return;
    }
  }

  void report(std::string_view key, const View& first, const View& other,
              const readers::EnvEntry& entry) {
    const std::string one = show(first, key);
    std::string another = show(other, key);
    if (another == one) another = "another value";
    finding::Finding finding;
    finding.message = fmt::format("`{}` is {} for {} and {} for {}", key, one, first.program,
                                  another, other.program);
    const bool written = entry.value_span.begin < entry.value_span.end;
    finding.place =
        finding::place_of(text_.name, lines_, written ? entry.value_span : entry.key_span);
    finding.identity = fmt::format("{} diverges", key);
    finding.fix = fmt::format(
        "give {} a value without `#`, `$`, blanks and quotes, or let one program read the file",
        key);
    tally_.found(std::move(finding));
  }

  const EnvironmentText& text_;
  base::LineIndex lines_;
  std::vector<View> views_;
  Tally& tally_;
};

// The names that a sample file declares, also in lines that are commented out: `# SENTRY_DSN=`.
std::set<std::string, std::less<>> declared_keys(std::string_view text) {
  std::set<std::string, std::less<>> keys;
  for (const readers::EnvEntry& entry : readers::parse_dotenv(text).entries)
    keys.insert(entry.key);
  static const base::Pattern kCommented =
      base::Pattern::trusted(R"((?m)^[ \t]*#[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*=)", {});
  std::vector<std::string_view> groups;
  std::size_t from = 0;
  while (from < text.size() && kCommented.find(text, from, text.size(), groups)) {
    keys.emplace(groups[1]);
    from = static_cast<std::size_t>(groups[0].data() - text.data()) + groups[0].size();
  }
  return keys;
}

finding::Finding undeclared(const std::string& key, const std::string& sample,
                            std::string_view what) {
  finding::Finding finding;
  finding.message = fmt::format("`{}` {} but is not in `{}`", key, what, sample);
  finding.identity = key + " undeclared";
  finding.fix = fmt::format("add `{}=` to {}", key, sample);
  return finding;
}

class Declared {
 public:
  Declared(const EnvRule& rule, const Context& context, Tally& tally)
      : rule_(rule), context_(context), tally_(tally) {}

  void judge(const Environment* environment) {
    const std::optional<std::string> sample = read_sample(rule_.declared_in, context_, tally_);
    if (!sample) return;
    declared_ = declared_keys(*sample);
    tally_.judged();
    if (environment != nullptr && !rule_.reads_only) judge_variables(*environment);
    if (!rule_.reads.empty()) judge_code();
  }

 private:
  [[nodiscard]] bool is_missing(const std::string& key) {
    const bool ignored = !rule_.ignore.empty() && rule_.ignore.matches(key);
    return declared_.find(key) == declared_.end() && !ignored && told_.insert(key).second;
  }

  void judge_variables(const Environment& environment) {
    for (const Variable& variable : environment.variables) {
      // What comes from the process may belong to somebody else.
      if (variable.place.path.empty() || !is_missing(variable.key)) continue;
      finding::Finding finding = undeclared(variable.key, rule_.declared_in, "is set");
      finding.place = variable.place;
      tally_.found(std::move(finding));
    }
  }

  void judge_code() {
    for (const repo::File& file : context_.files.files()) {
      const auto language = readers::source_language(file.path);
      if (!file.is_plain() || !language || !rule_.reads.matches(file.path)) continue;
      const Result<std::string> text = repo::read_text(context_.files, file.path);
      if (!text) {
        tally_.unknown(fmt::format("read `{}`: {}", file.path, text.error().message));
        continue;
      }
      const base::LineIndex lines(*text);
      for (const readers::EnvironmentRead& read :
           readers::find_environment_reads(*text, *language)) {
        if (rule_.required_only && !read.required) continue;
        if (!is_missing(read.key)) continue;
        finding::Finding finding = undeclared(
            read.key, rule_.declared_in,
            read.required ? "is read here, and the program stops without it," : "is read here");
        finding.place = finding::place_of(std::string(file.path), lines, read.span);
        tally_.found(std::move(finding));
      }
    }
  }

  const EnvRule& rule_;
  const Context& context_;
  Tally& tally_;
  std::set<std::string, std::less<>> declared_;
  std::set<std::string, std::less<>> told_;
};

}  // namespace

void judge_sample(const std::string& sample, const Context& context, const Environment& environment,
                  const std::string& file, const std::string& where, Tally& tally) {
  const std::optional<std::string> text = read_sample(sample, context, tally);
  if (!text) return;
  const readers::EnvFile example = readers::parse_dotenv(*text);
  const base::LineIndex lines(*text);
  for (const readers::EnvProblem& problem : example.problems) {
    if (problem.effect == readers::EnvEffect::changes_value) continue;
    const base::Position at = lines.position(problem.span.begin);
    tally.unknown(fmt::format("{}:{}:{}: {}", sample, at.line, at.column, problem.message));
  }
  std::vector<std::string_view> asked;
  for (const readers::EnvEntry& entry : example.entries) {
    if (environment.find(entry.key) != nullptr) continue;
    if (std::find(asked.begin(), asked.end(), entry.key) != asked.end()) continue;
    asked.push_back(entry.key);
    finding::Finding finding;
    finding.message = fmt::format("`{}` is in `{}` but not set", entry.key, sample);
    finding.place.path = file;
    finding.identity = entry.key + " example";
    const bool is_committed =
        context.files.find(file) != nullptr && finding::is_secret_name(entry.key);
    finding.fix = is_committed
                      ? fmt::format(
                            "set {} where the platform keeps secrets, not in `{}`, which is "
                            "in the repository; `process` of [environment.{}] lets gate see it",
                            entry.key, file, environment.name)
                      : fmt::format("set {} in {}", entry.key, where);
    finding.trace = {fmt::format("{}:{}", sample, lines.position(entry.key_span.begin).line)};
    tally.found(std::move(finding));
  }
  tally.judged();
}

void judge_divergence(const Context& context, const Environment& environment, Tally& tally) {
  for (const EnvironmentText& text : environment.texts) {
    std::vector<DetectedDialect> dialects;
    const auto add = [&dialects](DetectedDialect dialect) {
      const auto same = [&](const DetectedDialect& other) {
        return other.dialect == dialect.dialect;
      };
      if (std::none_of(dialects.begin(), dialects.end(), same))
        dialects.push_back(std::move(dialect));
    };
    if (const auto own = readers::find_env_dialect(environment.dialect))
      add({*own, environment.dialect_because});
    for (DetectedDialect& dialect : find_dialects(context.files, {text.name}))
      add(std::move(dialect));
    if (dialects.size() < 2) {
      tally.skipped(fmt::format(
          "only {} reads `{}`",
          dialects.empty() ? std::string_view("nobody") : readers::name(dialects.front().dialect),
          text.name));
      continue;
    }
    Divergence(text, dialects, tally).judge();
  }
  if (environment.texts.empty()) tally.skipped("the environment has no file");
}

void judge_declared(const EnvRule& rule, const Context& context, const Environment* environment,
                    Tally& tally) {
  Declared(rule, context, tally).judge(environment);
}

}  // namespace gate::checks
