#include "gate/checks/git/judge.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/size_text.h"
#include "gate/checks/tally.h"

namespace gate::checks {
namespace {

using repo::Commit;
using repo::File;
using repo::FileKind;
using repo::Head;
using repo::Uncommitted;

std::string_view describe(Uncommitted::State state) {
  switch (state) {
    case Uncommitted::State::staged:
      return "is staged, not committed";
    case Uncommitted::State::modified:
      return "is modified, not committed";
    case Uncommitted::State::untracked:
      return "is not tracked";
    case Uncommitted::State::deleted:
      return "is deleted, not committed";
    case Uncommitted::State::conflicted:
      return "has an unresolved conflict";
  }
  return "";
}

std::string_view short_id(std::string_view id) { return id.substr(0, 7); }

// The name of a branch without the remote that git clones from by custom.
std::string_view without_remote(std::string_view name) {
  for (const std::string_view remote : {"origin/", "upstream/"}) {
    if (name.substr(0, remote.size()) == remote) return name.substr(remote.size());
  }
  return name;
}

class Judgement {
 public:
  Judgement(const GitRule& rule, const Context& context) : rule_(rule), context_(context) {
    const std::string_view at = context.files.at();
    judges_commit_ = at != "worktree" && at != "index" && at != "sample";
  }

  Answer run() && {
    if (rule_.asks_git()) {
      if (context_.git == nullptr) {
        tally_.unknown("not a git repository");
      } else {
        ask_git();
      }
    }
    if (rule_.forbid_conflicts) judge_conflicts();
    if (rule_.max_blob) judge_sizes();
    if (rule_.forbid_submodules) judge_submodules();
    return std::move(tally_).answer(std::move(evidence_));
  }

 private:
  void report(std::string test, std::string message, finding::Place place = {},
              std::string fix = {}) {
    finding::Finding finding;
    finding.message = std::move(message);
    finding.place = std::move(place);
    finding.identity = std::move(test);
    finding.fix = std::move(fix);
    tally_.found(std::move(finding));
  }
  void report(std::string test, std::string message, std::string path, std::string fix = {}) {
    finding::Place place;
    place.path = std::move(path);
    report(std::move(test), std::move(message), std::move(place), std::move(fix));
  }

  void ask_git() {
    if (rule_.clean) judge_clean();
    if (rule_.forbid_tracked_ignored) judge_tracked_ignored();
    if (!rule_.asks_commit()) return;
    const Result<Head> head = context_.git->head();
    if (!head) {
      tally_.unknown(head.error().message);
      return;
    }
    const std::string id = judges_commit_ ? std::string(context_.files.at()) : head->commit;
    if (!rule_.branch.empty()) judge_branch(*head, id);
    if (id.empty()) {
      const bool only_branch =
          rule_.tag.empty() && rule_.ancestor.empty() && !rule_.asks_commit_object();
      if (!only_branch) tally_.unknown("there is no commit yet");
      return;
    }
    evidence_.push_back(fmt::format("commit {}", short_id(id)));
    if (!rule_.tag.empty()) judge_tag(id);
    if (rule_.asks_commit_object()) judge_commit(id);
    if (!rule_.ancestor.empty()) judge_ancestor(id);
  }

  void judge_clean() {
    if (judges_commit_) {
      tally_.skipped("a commit is judged: what the work tree holds beside it changes nothing");
      return;
    }
    const Result<std::vector<Uncommitted>> uncommitted = context_.git->uncommitted();
    if (!uncommitted) {
      tally_.unknown(uncommitted.error().message);
      return;
    }
    tally_.judged();
    for (const Uncommitted& change : *uncommitted) {
      if (change.state == Uncommitted::State::untracked && !rule_.untracked) continue;
      report("clean", fmt::format("`{}` {}", change.path, describe(change.state)), change.path);
    }
  }

  void judge_tracked_ignored() {
    const Result<std::vector<std::string>> paths = context_.git->tracked_but_ignored();
    if (!paths) {
      tally_.unknown(paths.error().message);
      return;
    }
    tally_.judged();
    for (const std::string& path : *paths) {
      report("tracked_ignored",
             fmt::format("`{}` is tracked although an ignore rule covers it", path), path,
             fmt::format("git rm --cached -- {}", path));
    }
  }

  void judge_branch(const Head& head, const std::string& id) {
    if (!judges_commit_ && head.branch) {
      tally_.judged();
      evidence_.push_back(fmt::format("branch {}", *head.branch));
      if (rule_.branch.matches(*head.branch)) return;
      report("branch", fmt::format("HEAD is on the branch `{}`, not on {}", *head.branch,
                                   rule_.branch.list()));
      return;
    }
    const Result<std::vector<std::string>> names = context_.git->branches_at(id);
    if (!names) {
      tally_.unknown(names.error().message);
      return;
    }
    if (names->empty()) {
      tally_.unknown(
          fmt::format("no branch points at the commit {}, so its branch cannot be told: fetch the "
                      "branch, or check "
                      "it out by its name",
                      short_id(id)));
      return;
    }
    tally_.judged();
    evidence_.push_back(fmt::format("branches {}", fmt::join(*names, ", ")));
    const bool matched = std::any_of(names->begin(), names->end(), [&](const std::string& name) {
      return rule_.branch.matches(name) || rule_.branch.matches(without_remote(name));
    });
    if (matched) return;
    report("branch", fmt::format("the commit {} is the head of `{}`, not of {}", short_id(id),
                                 fmt::join(*names, "`, `"), rule_.branch.list()));
  }

  void judge_tag(const std::string& id) {
    const Result<std::vector<std::string>> tags = context_.git->tags_at(id);
    if (!tags) {
      tally_.unknown(tags.error().message);
      return;
    }
    tally_.judged();
    if (std::any_of(tags->begin(), tags->end(),
                    [&](const std::string& tag) { return rule_.tag.matches(tag); }))
      return;
    report("tag", tags->empty()
                      ? fmt::format("no tag points at the commit {}, one of {} must", short_id(id),
                                    rule_.tag.list())
                      : fmt::format("the commit {} carries `{}`, not a tag of {}", short_id(id),
                                    fmt::join(*tags, "`, `"), rule_.tag.list()));
  }

  void judge_commit(const std::string& id) {
    const Result<Commit> commit = context_.git->commit(id);
    if (!commit) {
      tally_.unknown(commit.error().message);
      return;
    }
    tally_.judged();
    const std::string_view subject =
        std::string_view(commit->message).substr(0, commit->message.find('\n'));
    for (const base::Pattern& pattern : rule_.message) {
      if (pattern.matches(commit->message)) continue;
      report("message " + pattern.text(),
             fmt::format("the message of {} (`{}`) does not match `{}`", short_id(id), subject,
                         pattern.text()));
    }
    for (const base::Pattern& pattern : rule_.message_forbid) {
      if (!pattern.matches(commit->message)) continue;
      report("message_forbid " + pattern.text(),
             fmt::format("the message of {} (`{}`) matches `{}`", short_id(id), subject,
                         pattern.text()));
    }
    if (rule_.is_signed && !commit->has_signature) {
      report("signed", fmt::format("the commit {} is not signed", short_id(id)), finding::Place{},
             "git commit --amend -S");
    }
    for (const base::Pattern& pattern : rule_.author_email) {
      if (pattern.matches(commit->author.email)) continue;
      report("author_email", fmt::format("the author of {} is `{}`, which does not match `{}`",
                                         short_id(id), commit->author.email, pattern.text()));
    }
  }

  void judge_ancestor(const std::string& id) {
    const Result<bool> reachable = context_.git->is_ancestor(rule_.ancestor, id);
    if (reachable && *reachable) {
      tally_.judged();
    } else if (context_.git->is_shallow()) {
      tally_.unknown(fmt::format(
          "the history is cut short, so nobody can tell whether `{}` is in it: fetch it whole "
          "(git fetch --unshallow, fetch-depth: 0)",
          rule_.ancestor));
    } else if (!reachable) {
      tally_.unknown(reachable.error().message);
    } else {
      tally_.judged();
      report("ancestor",
             fmt::format("`{}` is no ancestor of the commit {}", rule_.ancestor, short_id(id)),
             finding::Place{}, fmt::format("rebase onto {} or merge it", rule_.ancestor));
    }
  }

  void judge_conflicts() {
    if (context_.hits == nullptr) {
      tally_.unknown("the files were not searched for conflict markers");
      return;
    }
    for (const finding::Finding& unread : context_.hits->unread) {
      tally_.unknown(fmt::format("{}: {}", unread.place.path, unread.message));
    }
    if (context_.hits->cut != 0)
      tally_.unknown("a file has too many lines that look like conflict markers");
    tally_.judged();
    const ScanMatch* ours = nullptr;
    bool border = false;
    for (const ScanMatch& match : context_.hits->matches) {
      if (ours != nullptr && match.file != ours->file) ours = nullptr;
      if (match.pattern == kOurs) {
        ours = &match;
        border = false;
      } else if (match.pattern == kBorder) {
        border = ours != nullptr;
      } else if (ours != nullptr && border) {
        report("conflict " + ours->identity,
               fmt::format("an unresolved merge conflict, up to line {}", match.place.line),
               ours->place, "resolve it and take the markers out");
        ours = nullptr;
      }
    }
  }

  void judge_sizes() {
    tally_.judged();
    for (const File& file : context_.files.files()) {
      if (!file.tracked || file.kind == FileKind::submodule) continue;
      const Result<std::uint64_t> size = context_.files.size(file);
      if (!size) {
        tally_.unknown(fmt::format("read the size of `{}`: {}", file.path, size.error().message));
      } else if (*size > *rule_.max_blob) {
        report("max_blob",
               fmt::format("`{}` has {}, at most {} are wanted", file.path, base::size_text(*size),
                           base::size_text(*rule_.max_blob)),
               std::string(file.path), "keep it out of git, or in Git LFS");
      }
    }
  }

  void judge_submodules() {
    tally_.judged();
    for (const File& file : context_.files.files()) {
      if (file.kind != FileKind::submodule) continue;
      report("submodules", fmt::format("`{}` is a submodule", file.path), std::string(file.path));
    }
  }

  const GitRule& rule_;
  const Context& context_;
  bool judges_commit_ = false;
  Tally tally_;
  std::vector<std::string> evidence_;
};

}  // namespace

bool NameGlobs::matches(std::string_view name) const {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const base::Glob& glob) { return glob.matches(name); });
}

std::string NameGlobs::list() const { return fmt::format("`{}`", fmt::join(texts, "`, `")); }

bool GitRule::asks_commit_object() const {
  return !message.empty() || !message_forbid.empty() || is_signed || !author_email.empty();
}

bool GitRule::asks_commit() const {
  return !branch.empty() || !tag.empty() || !ancestor.empty() || asks_commit_object();
}

bool GitRule::asks_git() const { return clean || forbid_tracked_ignored || asks_commit(); }

Answer judge(const GitRule& rule, const Context& context) { return Judgement(rule, context).run(); }

}  // namespace gate::checks
