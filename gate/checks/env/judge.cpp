#include "gate/checks/env/judge.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/env/agreement.h"
#include "gate/checks/env/value_tests.h"
#include "gate/checks/tally.h"
#include "gate/finding/redaction.h"
#include "gate/readers/formats/dotenv.h"

namespace gate::checks {
namespace {

std::string list(const std::vector<std::string>& names) {
  return fmt::format("`{}`", fmt::join(names, "`, `"));
}

std::string count(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

class Judgement {
 public:
  Judgement(const EnvRule& rule, const Expectation& expectation, const Context& context,
            const Environment& environment)
      : rule_(rule), expectation_(expectation), context_(context), environment_(environment) {}

  Answer run() && {
    if (rule_.syntax) judge_problems(environment_.problems);
    if (rule_.open_quotes) judge_problems(environment_.open_quotes);
    if (rule_.divergence) judge_divergence(context_, environment_, tally_);
    if (!rule_.declared_in.empty()) judge_declared(rule_, context_, &environment_, tally_);
    if (rule_.duplicates) judge_duplicates();
    if (asks_values()) {
      if (environment_.refused.empty()) {
        judge_values();
      } else {
        tally_.unknown(environment_.refused);
      }
    }
    return std::move(tally_).answer(
        {fmt::format("{}: {}", fmt::join(environment_.sources, ", "),
                     count(environment_.variables.size(), "variable"))});
  }

 private:
  [[nodiscard]] bool asks_values() const {
    return !expectation_.empty() || !rule_.require.empty() || !rule_.require_any.empty() ||
           !rule_.forbid.empty() || !rule_.example.empty();
  }

  void judge_values() {
    if (std::string why = unmet_condition(); !why.empty()) {
      if (environment_.dropped.empty()) {
        tally_.skipped(std::move(why));
      } else {
        tally_.unknown(environment_.dropped);
      }
      return;
    }
    if (!rule_.require.empty()) judge_required();
    if (!rule_.require_any.empty()) judge_required_any();
    if (!expectation_.empty()) judge_keys();
    if (!rule_.forbid.empty()) judge_forbidden();
    if (!rule_.example.empty())
      judge_sample(rule_.example, context_, environment_, whole_file().path, where(), tally_);
  }

  // Returns why the rule is not asked here, or an empty text.
  [[nodiscard]] std::string unmet_condition() const {
    for (const OnlyIf& condition : rule_.only_if) {
      const Variable* variable = environment_.find(condition.key);
      const std::string wanted =
          fmt::format("asked only where `{}` is {}", condition.key, list(condition.texts));
      if (variable == nullptr) return fmt::format("{}; it is not set", wanted);
      const bool met = std::any_of(
          condition.patterns.begin(), condition.patterns.end(),
          [&](const base::Pattern& pattern) { return pattern.matches_whole(variable->value); });
      if (!met)
        return fmt::format("{}; it is {}", wanted,
                           finding::show_value(condition.key, variable->value));
    }
    return {};
  }

  void judge_problems(const std::vector<finding::Finding>& problems) {
    for (const finding::Finding& problem : problems)
      tally_.found(problem);
    const bool told = !environment_.problems.empty() || !environment_.open_quotes.empty();
    if (told || environment_.refused.empty()) {
      tally_.judged();
    } else {
      tally_.unknown(environment_.refused);
    }
  }

  void judge_duplicates() {
    for (const RepeatedKey& repeated : environment_.repeated) {
      finding::Finding finding;
      finding.message = fmt::format("`{}` is set again, so line {} has no effect", repeated.key,
                                    repeated.earlier_line);
      finding.place = repeated.place;
      finding.identity = repeated.key + " repeated";
      finding.fix = fmt::format("keep one line for {}", repeated.key);
      tally_.found(std::move(finding));
    }
    if (!environment_.repeated.empty() || environment_.refused.empty()) {
      tally_.judged();
    } else {
      tally_.unknown(environment_.refused);
    }
  }

  void judge_keys() {
    std::size_t set = 0;
    std::size_t judged = 0;
    for (const Variable& variable : environment_.variables) {
      if (!variable.has_value || !rule_.keys.matches(variable.key)) continue;
      ++set;
      if (variable.value.empty() && expectation_.only_form()) continue;
      if (is_reported_as_absent(variable)) continue;
      ++judged;
      if (!variable.unknown.empty()) {
        tally_.unknown(fmt::format("`{}` is not known: {}", variable.key, variable.unknown));
        continue;
      }
      for (Deviation& deviation : expectation_.judge(variable.key, variable.value)) {
        report(variable, deviation.test, std::move(deviation.message), std::move(deviation.fix));
      }
      if (expectation_.asks_strength()) judge_against_neighbours(variable);
    }
    const std::vector<std::string> keys = rule_.keys.texts();
    if (judged != 0) {
      tally_.judged();
    } else if (!environment_.dropped.empty()) {
      tally_.unknown(environment_.dropped);
    } else if (set != 0) {
      tally_.skipped(fmt::format("{} {} empty", list(keys), keys.size() == 1 ? "is" : "are"));
    } else {
      tally_.skipped(keys.size() == 1 ? fmt::format("{} is not set", list(keys))
                                      : fmt::format("none of {} is set", list(keys)));
    }
  }

  // One finding for a required variable without a value: that it has none.
  [[nodiscard]] bool is_reported_as_absent(const Variable& variable) const {
    return is_no_value(variable.value) && std::find(rule_.require.begin(), rule_.require.end(),
                                                    variable.key) != rule_.require.end();
  }

  // A password that repeats what stands beside it is known to everybody who knows that.
  void judge_against_neighbours(const Variable& variable) {
    constexpr std::string_view kEnd = "PASSWORD";
    const std::string& key = variable.key;
    if (key.size() < kEnd.size() || key.compare(key.size() - kEnd.size(), kEnd.size(), kEnd) != 0)
      return;
    const std::string prefix = key.substr(0, key.size() - kEnd.size());
    for (const std::string_view end : {"USERNAME", "USER", "DATABASE", "NAME", "HOST"}) {
      const Variable* neighbour = environment_.find(prefix + std::string(end));
      if (neighbour == nullptr || variable.value.empty() || neighbour->value != variable.value)
        continue;
      report(variable, "strong", fmt::format("`{}` has the value of `{}`", key, neighbour->key),
             fmt::format("set {} to a long random value", key));
      return;
    }
  }

  void judge_required() {
    for (const std::string& key : rule_.require) {
      const Variable* variable = environment_.find(key);
      if (variable == nullptr) {
        report_absent("require", key);
      } else if (!variable->unknown.empty()) {
        tally_.unknown(fmt::format("`{}` is not known: {}", key, variable->unknown));
      } else if (variable->value.empty()) {
        report(*variable, "require", fmt::format("`{}` is empty", key), fmt::format("set {}", key));
      } else if (is_no_value(variable->value)) {
        report(*variable, "require",
               fmt::format("`{}` is `{}`, which counts as not set", key, variable->value),
               fmt::format("set {}", key));
      }
    }
    tally_.judged();
  }

  void judge_required_any() {
    tally_.judged();
    const auto is_set = [&](const std::string& key) {
      const Variable* variable = environment_.find(key);
      return variable != nullptr && !is_no_value(variable->value);
    };
    if (std::any_of(rule_.require_any.begin(), rule_.require_any.end(), is_set)) return;
    finding::Finding finding;
    finding.message = fmt::format("none of {} is set", list(rule_.require_any));
    finding.place = whole_file();
    finding.identity = fmt::format("{} require_any", fmt::join(rule_.require_any, " "));
    finding.fix = fmt::format("set one of them in {}", where());
    tally_.found(std::move(finding));
  }

  void judge_forbidden() {
    for (const Variable& variable : environment_.variables) {
      if (!variable.has_value || !rule_.forbid.matches(variable.key)) continue;
      report(variable, "forbid", fmt::format("`{}` must not be set here", variable.key),
             fmt::format("take {} out", variable.key));
    }
    tally_.judged();
  }

  void report_absent(std::string_view test, const std::string& key) {
    const bool bare = std::any_of(environment_.variables.begin(), environment_.variables.end(),
                                  [&](const Variable& variable) { return variable.key == key; });
    finding::Finding finding;
    finding.message = bare ? fmt::format("`{}` is named without a value, which unsets it", key)
                           : fmt::format("`{}` is not set", key);
    finding.place = whole_file();
    finding.identity = fmt::format("{} {}", key, test);
    finding.fix = fmt::format("set {} in {}", key, where());
    if (!environment_.dropped.empty()) finding.trace.push_back(environment_.dropped);
    tally_.found(std::move(finding));
  }

  void report(const Variable& variable, std::string_view test, std::string message,
              std::string fix) {
    finding::Finding finding;
    finding.message = std::move(message);
    finding.place = variable.place;
    finding.identity = fmt::format("{} {}", variable.key, test);
    finding.fix = std::move(fix);
    if (variable.place.path.empty())
      finding.trace = {fmt::format("{} comes from the process", variable.key)};
    tally_.found(std::move(finding));
  }

  // The place of what is not there: the last file, which decides.
  [[nodiscard]] finding::Place whole_file() const {
    finding::Place place;
    for (const std::string& source : environment_.sources) {
      if (source != "process") place.path = source;
    }
    return place;
  }

  [[nodiscard]] std::string where() const {
    const std::string file = whole_file().path;
    return file.empty() ? "the environment of the process" : fmt::format("`{}`", file);
  }

  const EnvRule& rule_;
  const Expectation& expectation_;
  const Context& context_;
  const Environment& environment_;
  Tally tally_;
};

}  // namespace

Answer judge(const EnvRule& rule, const Expectation& expectation, const Context& context,
             const Environment& environment) {
  return Judgement(rule, expectation, context, environment).run();
}

}  // namespace gate::checks
