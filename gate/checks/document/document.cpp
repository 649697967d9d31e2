// Kind `document`: Markdown documents that must be there, be complete and be kept.
#include <array>

#include <fmt/format.h>

#include "gate/checks/document/judge.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

class DocumentCheck final : public Check {
 public:
  explicit DocumentCheck(DocumentRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  DocumentRule rule_;
};

std::optional<std::chrono::days> read_age(policy::TableReader& table) {
  const std::chrono::milliseconds age = table.duration("max_age", {});
  if (!table.has("max_age")) return std::nullopt;
  const auto days = std::chrono::floor<std::chrono::days>(age);
  if (days != age)
    table.complain("max_age", "`max_age` is told in whole days", "write max_age = \"180d\"");
  return days;
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  constexpr std::int64_t kMostWords = 1'000'000;
  DocumentRule rule;
  rule.paths = table.globs("paths");
  if (!table.has("paths")) {
    table.complain("paths", "the key `paths` is missing",
                   "name the documents: paths = [\"docs/DEPLOYMENT.md\"]");
  }
  rule.require = table.boolean("require", true);
  rule.sections = table.patterns("sections", {.multi_line = false, .ignore_case = true});
  rule.min_words = table.optional_integer("min_words", 1, kMostWords);
  rule.links = table.boolean("links", false);
  rule.ticked = table.boolean("ticked", false);
  rule.newer_than = table.globs("newer_than");
  rule.max_age = read_age(table);
  return std::make_unique<DocumentCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"paths", "globs", "the Markdown documents that the rule is about"},
    {"require", "true or false",
     "at least one file must match `paths` (default); false: the rule does not apply without one"},
    {"sections", "patterns",
     "each must match a heading, upper and lower case alike, with something written below it"},
    {"min_words", "integer", "the least number of words in prose and code"},
    {"links", "true or false",
     "relative links lead to a file that is there, and their anchors to a heading of it"},
    {"ticked", "true or false", "every box is ticked, and there is one"},
    {"newer_than", "globs",
     "the document was changed no earlier than these files, by the dates of commits"},
    {"max_age", "duration in days", "a commit changed the document within this time: \"180d\""},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kDocument{"document",
                     "Markdown documents: there, with their sections, with links that lead "
                     "somewhere, boxes ticked, kept up to date",
                     Kind::nothing,
                     kStages,
                     kKeys,
                     make};

}  // namespace gate::checks
