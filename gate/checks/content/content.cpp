// Kind `content`: patterns that must, must not or may only so often stand in files.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gate/checks/content/judge.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

class ContentCheck final : public Check {
 public:
  explicit ContentCheck(ContentRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] std::optional<ScanRequest> scan() const override {
    return ScanRequest{&rule_.paths, rule_.patterns(), rule_.binary, true};
  }

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  ContentRule rule_;
};

// Reports what a message asks for that no match has.
void check_message(const ContentRule& rule, policy::TableReader& table) {
  std::string bad;
  const std::optional<std::size_t> highest = highest_group(rule.message, bad);
  if (!bad.empty()) {
    table.complain("message", fmt::format("`{}` is no group", bad),
                   "`{0}` is the match, `{1}` its first group; write `{{` for a brace");
  }
  if (rule.message.empty()) return;
  if (rule.forbid.empty() && rule.count.empty() && rule.require.empty()) {
    table.complain("message", "`message` without `forbid`, `count` or `require`",
                   "the order of matches is told by the patterns");
    return;
  }
  if (!rule.require.empty() && highest) {
    table.complain("message", fmt::format("`{{{}}}` with `require`", *highest),
                   "what is missing has no match and no groups");
    return;
  }
  // Every match has a group 0; to know how many more, a pattern is compiled.
  if (!highest || *highest == 0) return;
  for (const auto* list : {&rule.forbid, &rule.count}) {
    for (const base::Pattern& pattern : *list) {
      const std::size_t groups = pattern.groups().size() - 1;
      if (*highest <= groups) continue;
      table.complain("message", fmt::format("`{{{}}}` is no group of `{}`, which has {}", *highest,
                                            pattern.text(), groups));
      return;
    }
  }
}

void check_keys(const ContentRule& rule, policy::TableReader& table) {
  table.require_one_of({"forbid", "require", "ordered", "count"});
  if (table.has("count") && !table.has("limit")) {
    table.complain("count", "`count` without `limit`",
                   "say how many matches a file may have: limit = 1");
  }
  if (table.has("limit") && !table.has("count")) {
    table.complain("limit", "`limit` without `count`",
                   "name the patterns to count: count = ['TODO']");
  }
  if (table.has("except") && rule.forbid.empty()) {
    table.complain("except", "`except` without `forbid`", "it takes back matches of `forbid` only");
  }
  if (table.has("unless") && rule.forbid.empty()) {
    table.complain("unless", "`unless` without `forbid`", "it takes back matches of `forbid` only");
  }
  if (table.has("in") && rule.require.empty()) {
    table.complain("in", "`in` without `require`", "it says in which files `require` must match");
  }
  if (rule.ordered.size() == 1) {
    table.complain("ordered", "`ordered` with one pattern",
                   "an order needs two: ordered = ['a', 'b']");
  }
  for (const std::string_view key : {"require", "ordered"}) {
    if (table.has(key) && !table.has("paths")) {
      table.complain(key, fmt::format("`{}` without `paths`", key),
                     "name the files: paths = [\"Dockerfile\"]");
    }
  }
}

constexpr std::array<std::string_view, 2> kIn{"every", "any"};
constexpr std::array<std::string_view, 2> kNoFiles{"skip", "fail"};
constexpr std::int64_t kMostAllowed = 1'000'000'000;

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  const base::Pattern::Options options{table.boolean("multi_line", false),
                                       table.boolean("ignore_case", false)};
  ContentRule rule;
  rule.title = head.title;
  rule.paths = table.globs("paths");
  rule.forbid = table.patterns("forbid", options);
  rule.require = table.patterns("require", options);
  rule.require_in_any = table.one_of("in", kIn, 0) == 1;
  rule.ordered = table.patterns("ordered", options);
  rule.count = table.patterns("count", options);
  rule.limit = static_cast<std::uint64_t>(table.integer("limit", 0, 0, kMostAllowed));
  rule.unless = table.patterns("unless", options);
  rule.except = table.patterns("except", {false, options.ignore_case});
  rule.binary = table.boolean("binary", false);
  rule.message = table.text("message");
  const bool must_be_there = table.has("require") || table.has("ordered");
  rule.fail_without_files = table.one_of("no_files", kNoFiles, must_be_there ? 1 : 0) == 1;
  check_keys(rule, table);
  check_message(rule, table);
  return std::make_unique<ContentCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"paths", "globs", "the files to look at; all text files where it is absent"},
    {"forbid", "patterns", "every match is a finding"},
    {"require", "patterns", "each must match in every file"},
    {"in", "`every` or `any`", "`any`: it is enough that `require` matches in one of the files"},
    {"ordered", "patterns", "each must match, after the match of the one before"},
    {"count", "patterns", "whose matches in a file are counted together"},
    {"limit", "integer", "so many matches of `count` a file may have"},
    {"except", "patterns", "a match of `forbid` on a line that one of them matches does not count"},
    {"unless", "patterns", "in a file that one of them matches, `forbid` finds nothing"},
    {"multi_line", "true or false", "patterns may cross line ends"},
    {"ignore_case", "true or false", "small letters match capitals"},
    {"binary", "true or false", "also files with a NUL byte in their first 8,000 bytes"},
    {"no_files", "`skip` or `fail`",
     "what it means that no file matches `paths`; `fail` where something is required, else `skip`"},
    {"message", "text",
     "of a finding, instead of gate's own; `{0}` is the match, `{1}` its first group; where "
     "something is required, what it means that it is missing"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kContent{
    "content",     "patterns that must, must not or may only so often stand in files",
    Kind::nothing, kStages,
    kKeys,         make};

}  // namespace gate::checks
