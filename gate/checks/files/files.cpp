// Kind `files`: which files there are, and what they are like.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/checks/files/judge.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

class FilesCheck final : public Check {
 public:
  explicit FilesCheck(FilesRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  FilesRule rule_;
};

std::vector<Wanted> read_wanted(policy::TableReader& table, std::string_view key) {
  std::vector<Wanted> wanted;
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    Result<base::Glob> glob = base::Glob::compile(texts[index]);
    if (glob) {
      wanted.push_back({texts[index], *std::move(glob)});
    } else {
      table.complain(key, index,
                     fmt::format("`{}` is no glob: {}", texts[index], glob.error().message));
    }
  }
  return wanted;
}

std::optional<unsigned> read_mode(policy::TableReader& table) {
  if (const auto value = table.value().find("max_mode");
      value && (*value)->kind == readers::NodeKind::integer) {
    table.accept({"max_mode"});
    table.complain("max_mode", "a mode is written as text, not as a number",
                   "write it in octal: max_mode = \"0640\"");
    return std::nullopt;
  }
  const std::optional<std::string> text = table.optional_text("max_mode");
  if (!text) return std::nullopt;
  const bool octal =
      !text->empty() && text->size() <= 5 &&
      std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '7'; });
  unsigned mode = 0;
  if (octal) {
    for (const char digit : *text)
      mode = mode * 8 + static_cast<unsigned>(digit - '0');
  }
  if (!octal || mode > kPermissionBits) {
    table.complain("max_mode", fmt::format("`{}` is no mode", *text),
                   "write it in octal: max_mode = \"0640\"");
    return std::nullopt;
  }
  return mode;
}

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  FilesRule rule;
  rule.fix = head.fix;
  rule.require = read_wanted(table, "require");
  rule.require_any = read_wanted(table, "require_any");
  rule.forbid = table.globs("forbid");
  rule.paths = table.globs("paths");
  if (table.has("tracked")) rule.tracked = table.boolean("tracked", true);
  rule.max_mode = read_mode(table);
  rule.max_size = table.bytes("max_size");
  rule.symlink_to = table.text("symlink_to");
  rule.no_symlinks = table.boolean("no_symlinks", false);
  rule.utf8_paths = table.boolean("utf8_paths", false);
  constexpr std::int64_t kMostFiles = 1'000'000'000;
  rule.min_count = table.optional_integer("min_count", 0, kMostFiles);
  rule.max_count = table.optional_integer("max_count", 0, kMostFiles);
  for (const std::string_view key : {"max_mode", "symlink_to", "min_count", "max_count"}) {
    if (table.has(key) && !table.has("paths")) {
      table.complain(key, fmt::format("`{}` without `paths`", key),
                     "name the files: paths = [\".env\"]");
    }
  }
  if (rule.min_count && rule.max_count && *rule.min_count > *rule.max_count) {
    table.complain("min_count", "`min_count` is more than `max_count`");
  }
  table.require_one_of({"require", "require_any", "forbid", "max_mode", "max_size", "symlink_to",
                        "no_symlinks", "utf8_paths", "min_count", "max_count"});
  return std::make_unique<FilesCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"require", "globs", "each of them must match a file"},
    {"require_any", "globs", "one of them must match a file"},
    {"forbid", "globs", "every file that they match is a finding"},
    {"paths", "globs", "the files that the keys below are about; all files where it is absent"},
    {"max_mode", "octal text",
     "no permission bit beyond these; told of a work tree only, where a path that is written out "
     "may be ignored by git"},
    {"max_size", "bytes", "no file is larger"},
    {"symlink_to", "text",
     "each file is a symbolic link with this target, as written or as a path from the top"},
    {"no_symlinks", "true or false", "no file is a symbolic link"},
    {"utf8_paths", "true or false", "every path is UTF-8"},
    {"min_count", "integer", "at least so many files match"},
    {"max_count", "integer", "at most so many files match"},
    {"tracked", "true or false",
     "only files that git tracks, or only those that it does not; all where it is absent"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kFiles{
    "files",       "presence, absence, count, mode, size, link targets and path encoding of files",
    Kind::nothing, kStages,
    kKeys,         make};

}  // namespace gate::checks
