#include "gate/checks/config/judge.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/config/named.h"
#include "gate/checks/config/syntax.h"
#include "gate/checks/readings.h"
#include "gate/checks/tally.h"
#include "gate/readers/formats/json_path_names.h"

namespace gate::checks {
namespace {

using readers::NodeKind;
using readers::PathSelection;
using readers::Value;

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;  // of one file

class Judgement {
 public:
  Judgement(const ConfigRule& rule, const ConfigValueTests& tests, const Context& context)
      : rule_(rule), tests_(tests), context_(context), own_(context.files, context.environment) {}

  Answer run() && {
    if (rule_.settings) {
      judge_reading(*readings().settings_reading(), "the effective settings");
      return std::move(tally_).answer({readings().settings().summary});
    }
    std::size_t files = 0;
    for (const repo::File& file : context_.files.files()) {
      if (!file.is_plain() || !rule_.paths.matches(file.path)) continue;
      if (rule_.unparsable && !rule_.format && is_code(file.path)) {
        ++files;
        judge_syntax(file);
        continue;
      }
      const std::optional<FileFormat> format = rule_.format ? rule_.format : format_of(file.path);
      if (!format) {
        if (!rule_.unparsable) {
          tally_.unknown(
              fmt::format("`{}`: its name tells no format; add `format` to the rule", file.path));
        }
        continue;
      }
      ++files;
      judge_reading(*readings().read(file, *format), std::string(file.path));
    }
    if (files == 0) tally_.skipped(fmt::format("no file matches {}", globs()));
    return std::move(tally_).answer({fmt::format("{} file{}", files, files == 1 ? "" : "s")});
  }

 private:
  Readings& readings() { return context_.readings == nullptr ? own_ : *context_.readings; }

  [[nodiscard]] std::string globs() const {
    return fmt::format("`{}`", fmt::join(rule_.paths.texts(), "`, `"));
  }

  void judge_reading(const Reading& reading, const std::string& name) {
    if (rule_.unparsable) {
      tally_.judged();
      if (!reading.problem.empty()) report_problem(reading.problem, reading.place);
      return;
    }
    if (!reading.problem.empty()) {
      const std::string place = reading.place.line == 0
                                    ? name
                                    : fmt::format("{}:{}:{}", reading.place.path,
                                                  reading.place.line, reading.place.column);
      tally_.unknown(fmt::format("{}: {}", place, reading.problem));
      return;
    }
    if (rule_.duplicates) {
      tally_.judged();
      for (const auto& [key, place] : reading.duplicates)
        report(place, fmt::format("the key `{}` stands twice in one map", key), key + " twice", {});
    }
    if (!rule_.at) return;
    bool selected = false;
    for (const ReadDocument& document : reading.documents)
      selected = judge_document(document) || selected;
    if (!selected) judge_absence(reading);
  }

  // Code is not run to see whether it can be read.
  void judge_syntax(const repo::File& file) {
    std::string buffer;
    const Result<std::string_view> bytes =
        repo::read_all(*context_.files.reader(), file, buffer, kMostBytes);
    if (!bytes) {
      tally_.unknown(fmt::format("{}: {}", file.path, bytes.error().message));
      return;
    }
    tally_.judged();
    const auto source =
        std::make_shared<const base::Source>(std::string(file.path), std::string(*bytes));
    if (auto problem = find_syntax_problem(source)) {
      report_problem(std::move(problem->message),
                     finding::place_of(source->name(), source->lines(), problem->span));
    }
  }

  void report_problem(std::string message, finding::Place place) {
    finding::Finding finding;
    finding.message = std::move(message);
    finding.place = std::move(place);
    finding.identity = "unparsable";
    finding.fix = "correct it, or leave it out with an [[override]] of `paths`";
    tally_.found(std::move(finding));
  }

  // Returns whether the path selects anything, or may.
  bool judge_document(const ReadDocument& document) {
    const Result<PathSelection> selection = rule_.at->select(document.root());
    if (!selection) {
      tally_.unknown(fmt::format("`{}`: {}", rule_.at->text(), selection.error().message));
      return true;
    }
    if (rule_.named_by) return judge_named(document, *selection);
    if (selection->unknown) report_unknown(*selection->unknown);
    for (const Value& value : each_once(selection->values))
      judge_selected(document, value);
    return !selection->values.empty() || selection->unknown.has_value();
  }

  // Of what is selected, what stands in a member that is in use.
  bool judge_named(const ReadDocument& document, const PathSelection& selection) {
    const NamedMembers named = named_members(rule_, document.root());
    if (!named.unknown.empty()) tally_.unknown(named.unknown);
    const auto is_meant = [&](Value value) {
      return std::any_of(named.members.begin(), named.members.end(),
                         [&](Value member) { return paths_of(value).is_within(value, member); });
    };
    bool selected = !named.unknown.empty();
    if (selection.unknown && is_meant(*selection.unknown)) {
      report_unknown(*selection.unknown);
      selected = true;
    }
    for (const Value& value : each_once(selection.values)) {
      if (!is_meant(value)) continue;
      judge_selected(document, value);
      selected = true;
    }
    return selected;
  }

  // A value that is selected twice is judged once.
  static std::vector<Value> each_once(const std::vector<Value>& values) {
    std::vector<Value> once;
    std::set<std::uint32_t> seen;
    std::copy_if(values.begin(), values.end(), std::back_inserter(once),
                 [&](Value value) { return seen.insert(value.index()).second; });
    return once;
  }

  const readers::ValuePaths& paths_of(Value value) {
    const readers::Document* const document = &value.document();
    if (!paths_ || paths_of_ != document) {
      paths_.emplace(*document);
      paths_of_ = document;
    }
    return *paths_;
  }

  void report_unknown(Value value) {
    // A map that may hold more than is known has `*` among its keys: what was asked for is not
    // there.
    const bool rest = value->key == "*" && rule_.at->is_singular();
    report_unknown(rest ? rule_.at->text() : paths_of(value).shown(value), value->text);
  }

  // What makes the reader refuse the environment stops every rule that needs a value of it: said in
  // the same words for all, it is told once.
  void report_unknown(std::string_view name, std::string_view reason) {
    const Environment* environment = context_.environment;
    const bool refused = environment != nullptr && !environment->refused.empty() &&
                         reason.find(environment->refused) != std::string_view::npos;
    tally_.unknown(refused ? environment->refused
                           : fmt::format("`{}` is not known: {}", name, reason));
  }

  void judge_selected(const ReadDocument& document, Value value) {
    if (rule_.exists == false) {
      tally_.judged();
      const bool known = value->kind != NodeKind::unknown;
      report_value(
          document, value, "exists",
          known ? fmt::format("is set to {}", show(value, document.is_secret(value))) : "is set");
      return;
    }
    if (rule_.exists == true) tally_.judged();
    if (!rule_.forall) return judge_value(document, value);
    const Result<PathSelection> inner = rule_.forall->select(value);
    if (!inner) {
      tally_.unknown(fmt::format("`{}`: {}", rule_.forall->text(), inner.error().message));
      return;
    }
    if (inner->unknown) report_unknown(*inner->unknown);
    for (const Value& one : inner->values)
      judge_value(document, one);
    if (!inner->values.empty() || inner->unknown) return;
    tally_.judged();
    report_value(document, value, "forall",
                 fmt::format("has no `{}`", rule_.forall->text().substr(1)));
  }

  void judge_value(const ReadDocument& document, Value value) {
    const bool secret = document.is_secret(value);
    bool unknown = false;
    for (const TestResult& result : tests_.judge(value, secret)) {
      if (result.unknown.empty()) {
        report_value(document, value, result.test, result.message);
      } else {
        unknown = true;
        report_unknown(name_of(value), result.unknown);
      }
    }
    if (rule_.comparison) unknown = !judge_comparison(document, value) || unknown;
    if (!unknown) tally_.judged();
  }

  // Returns whether the two places could be compared.
  bool judge_comparison(const ReadDocument& document, Value value) {
    const ConfigComparison& wanted = *rule_.comparison;
    std::shared_ptr<const Reading> reading;
    const ReadDocument* place = &document;
    if (!wanted.other_file.empty()) {
      const repo::File* file = context_.files.find(wanted.other_file);
      const auto format = file == nullptr ? std::nullopt : format_of(file->path);
      if (format) reading = readings().read(*file, *format);
      if (!reading || !reading->problem.empty() || reading->documents.empty()) {
        tally_.unknown(
            fmt::format("`{}` to compare with: {}", wanted.other_file,
                        reading ? reading->problem : "there is no such file that gate reads"));
        return false;
      }
      place = &reading->documents.front();
    }
    const Result<PathSelection> other = wanted.other.select(place->root());
    if (!other || other->values.empty()) {
      if (other && !other->unknown && !rule_.missing_fails) {
        tally_.skipped(fmt::format("`{}` is not set", wanted.other.text()));
        return false;
      }
      tally_.unknown(fmt::format("`{}` to compare with {}", wanted.other.text(),
                                 other && other->unknown ? "is not known" : "is not set"));
      return false;
    }
    const Value right = other->values.front();
    const std::optional<bool> holds = compare(value, right);
    if (!holds) {
      tally_.unknown(fmt::format("`{}` and `{}` cannot be compared: {} and {}", name_of(value),
                                 wanted.other.text(), describe(value->kind),
                                 describe(right->kind)));
      return false;
    }
    if (*holds) return true;
    report_value(document, value, "compare",
                 fmt::format("is {}, not {} {} of `{}`{}", show(value, document.is_secret(value)),
                             wanted.sign, show(right, place->is_secret(right)), wanted.other.text(),
                             wanted.other_file.empty() ? "" : " in " + wanted.other_file));
    return true;
  }

  [[nodiscard]] std::optional<bool> compare(Value left, Value right) const {
    using Operator = ConfigComparison::Operator;
    const Operator sign = rule_.comparison->comparison;
    if (left->kind == NodeKind::unknown || right->kind == NodeKind::unknown) return std::nullopt;
    if (sign == Operator::equal || sign == Operator::not_equal) {
      std::optional<Value> unknown;
      const bool same = readers::same_value(left, right, unknown);
      if (unknown) return std::nullopt;
      return same == (sign == Operator::equal);
    }
    const auto a = number_of(left);
    const auto b = number_of(right);
    if (!a || !b) return std::nullopt;
    switch (sign) {
      case Operator::less:
        return *a < *b;
      case Operator::less_equal:
        return *a <= *b;
      case Operator::greater:
        return *a > *b;
      default:
        return *a >= *b;
    }
  }

  void judge_absence(const Reading& reading) {
    if (rule_.exists == false) return tally_.judged();
    if (rule_.exists != true && !rule_.missing_fails) {
      tally_.skipped(fmt::format("`{}` selects nothing", rule_.at->text()));
      return;
    }
    tally_.judged();
    finding::Place place = reading.place;
    report(place, fmt::format("`{}` is not set", rule_.at->text()), rule_.at->text() + " missing",
           {});
  }

  [[nodiscard]] std::string name_of(Value value) {
    return rule_.at->is_singular() && !rule_.forall ? rule_.at->text()
                                                    : paths_of(value).shown(value);
  }

  void report_value(const ReadDocument& document, Value value, std::string_view test,
                    const std::string& message) {
    const bool of_key = test == "exists" || test == "forall";
    report(of_key ? document.key_place(value) : document.place(value),
           fmt::format("`{}` {}", name_of(value), message),
           fmt::format("{} {}", paths_of(value).normalized(value), test), document.trace(value));
  }

  void report(finding::Place place, std::string message, std::string identity,
              std::vector<std::string> trace) {
    finding::Finding finding;
    finding.message = std::move(message);
    finding.place = std::move(place);
    finding.identity = std::move(identity);
    finding.trace = std::move(trace);
    tally_.found(std::move(finding));
  }

  const ConfigRule& rule_;
  const ConfigValueTests& tests_;
  const Context& context_;
  Readings own_;                              // where the run has none
  std::optional<readers::ValuePaths> paths_;  // of the document that was asked for last
  const readers::Document* paths_of_ = nullptr;
  Tally tally_;
};

}  // namespace

Answer judge(const ConfigRule& rule, const ConfigValueTests& tests, const Context& context) {
  return Judgement(rule, tests, context).run();
}

}  // namespace gate::checks
