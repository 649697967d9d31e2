// Kind `git`: the state of the repository and of the commit that is judged.
#include <array>

#include <fmt/format.h>

#include "gate/checks/git/judge.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

// A conflict as git writes it into a file; indented ones, as documentation shows them, do not
// count.
struct ConflictPatterns {
  base::Pattern ours = base::Pattern::trusted("^<<<<<<<( |$)", {});
  base::Pattern border = base::Pattern::trusted("^=======$", {});
  base::Pattern theirs = base::Pattern::trusted("^>>>>>>>( |$)", {});
};

class GitCheck final : public Check {
 public:
  explicit GitCheck(GitRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] std::optional<ScanRequest> scan() const override {
    if (!rule_.forbid_conflicts) return std::nullopt;
    ScanRequest request;
    request.patterns = {&conflict_.ours, &conflict_.border, &conflict_.theirs};
    return request;
  }

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  GitRule rule_;
  ConflictPatterns conflict_;
};

NameGlobs read_names(policy::TableReader& table, std::string_view key) {
  NameGlobs names;
  names.texts = table.texts(key);
  for (std::size_t index = 0; index < names.texts.size(); ++index) {
    Result<base::Glob> glob = base::Glob::compile("/" + names.texts[index]);
    if (glob) {
      names.globs.push_back(*std::move(glob));
    } else {
      table.complain(key, index,
                     fmt::format("`{}` is no glob: {}", names.texts[index], glob.error().message));
    }
  }
  return names;
}

// Returns whether a flag has the one value that asks something.
bool asks(policy::TableReader& table, std::string_view key, bool asking) {
  if (!table.has(key)) return false;
  const bool value = table.boolean(key, asking);
  if (value != asking) {
    table.complain(key, fmt::format("`{} = {}` asks nothing", key, value),
                   fmt::format("write {} = {}, or take the line out", key, asking));
  }
  return value == asking;
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  GitRule rule;
  rule.clean = asks(table, "clean", true);
  rule.untracked = table.boolean("untracked", true);
  rule.branch = read_names(table, "branch");
  rule.tag = read_names(table, "tag");
  rule.message = table.patterns("message");
  rule.message_forbid = table.patterns("message_forbid");
  rule.is_signed = asks(table, "signed", true);
  rule.author_email = table.patterns("author_email");
  rule.ancestor = table.text("ancestor");
  rule.forbid_tracked_ignored = asks(table, "tracked_ignored", false);
  rule.forbid_conflicts = asks(table, "conflict_markers", false);
  rule.max_blob = table.bytes("max_blob");
  rule.forbid_submodules = asks(table, "submodules", false);
  if (table.has("untracked") && !table.has("clean")) {
    table.complain("untracked", "`untracked` without `clean`", "write clean = true beside it");
  }
  if (table.has("ancestor") && rule.ancestor.empty())
    table.complain("ancestor", "`ancestor` is empty", "name a revision: \"v1.0\"");
  table.require_one_of({"clean", "branch", "tag", "message", "message_forbid", "signed",
                        "author_email", "ancestor", "tracked_ignored", "conflict_markers",
                        "max_blob", "submodules"});
  return std::make_unique<GitCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"clean", "true", "everything is committed; not asked where a commit is judged"},
    {"untracked", "true or false", "with `clean`: whether untracked files count (they do)"},
    {"branch", "globs",
     "the branch is one of these; of a detached HEAD, a branch that points at it"},
    {"tag", "globs", "the commit carries such a tag"},
    {"message", "pattern or list", "patterns that the commit's message must match"},
    {"message_forbid", "pattern or list", "patterns that it must not match"},
    {"signed", "true",
     "the commit has a signature; whose it is, and whether it is valid, is not asked"},
    {"author_email", "pattern or list", "patterns that the author's e-mail address must match"},
    {"ancestor", "revision", "the commit contains this one"},
    {"tracked_ignored", "false", "no tracked file is covered by an ignore rule"},
    {"conflict_markers", "false", "no file holds an unresolved conflict"},
    {"max_blob", "bytes", "no tracked file is larger"},
    {"submodules", "false", "there are no submodules"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kGit{"git",
                "clean work tree, branch, tags, ancestry, message, author, signature, conflict "
                "markers, large files, submodules",
                Kind::git,
                kStages,
                kKeys,
                make};

}  // namespace gate::checks
