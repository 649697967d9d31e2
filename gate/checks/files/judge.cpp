#include "gate/checks/files/judge.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/base/size_text.h"
#include "gate/base/unicode.h"
#include "gate/checks/tally.h"

namespace gate::checks {
namespace {

namespace fs = std::filesystem;
using repo::File;
using repo::FileKind;

constexpr unsigned kExecuteBits = 0111;

std::string describe(const base::GlobSet& globs) {
  return globs.empty() ? "the files" : fmt::format("`{}`", fmt::join(globs.texts(), "`, `"));
}

class Judgement {
 public:
  Judgement(const FilesRule& rule, const Context& context) : rule_(rule), context_(context) {
    for (const File& file : context.files.files()) {
      if (!rule_.tracked || file.tracked == *rule_.tracked) files_.push_back(&file);
    }
    std::copy_if(files_.begin(), files_.end(), std::back_inserter(chosen_),
                 [&](const File* file) { return rule_.paths.matches(file->path); });
  }

  Answer run() && {
    if (!rule_.require.empty()) judge_required();
    if (!rule_.require_any.empty()) judge_required_any();
    if (!rule_.forbid.empty()) judge_forbidden();
    if (rule_.min_count || rule_.max_count) judge_count();
    if (asks_each()) judge_each();
    return std::move(tally_).answer(
        {fmt::format("{} file{} looked at", examined(), examined() == 1 ? "" : "s")});
  }

 private:
  [[nodiscard]] bool asks_each() const {
    return rule_.max_mode || rule_.max_size || !rule_.symlink_to.empty() || rule_.no_symlinks ||
           rule_.utf8_paths;
  }
  [[nodiscard]] bool asks_paths() const {
    return asks_each() || rule_.min_count || rule_.max_count;
  }
  [[nodiscard]] std::size_t examined() const {
    return asks_paths() ? chosen_.size() : files_.size();
  }

  [[nodiscard]] bool is_there(const Wanted& wanted) const {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const File* file) { return wanted.glob.matches(file->path); });
  }

  void report(const File* file, std::string_view test, std::string message, std::string fix = {}) {
    finding::Finding finding;
    finding.message = std::move(message);
    if (file != nullptr) finding.place.path = file->path;
    finding.identity = test;
    finding.fix = std::move(fix);
    tally_.found(std::move(finding));
  }

  void judge_required() {
    tally_.judged();
    for (const Wanted& wanted : rule_.require) {
      if (is_there(wanted)) continue;
      report(nullptr, "require " + wanted.text,
             fmt::format("no {}file matches `{}`{}", kind_of_files(), wanted.text, hint(wanted)),
             remedy(wanted));
    }
  }

  void judge_required_any() {
    tally_.judged();
    if (std::any_of(rule_.require_any.begin(), rule_.require_any.end(),
                    [&](const Wanted& w) { return is_there(w); }))
      return;
    std::vector<std::string_view> texts;
    for (const Wanted& wanted : rule_.require_any)
      texts.emplace_back(wanted.text);
    report(nullptr, fmt::format("require_any {}", fmt::join(texts, " ")),
           fmt::format("no {}file matches {}`{}`", kind_of_files(),
                       texts.size() > 1 ? "one of " : "", fmt::join(texts, "`, `")),
           !rule_.fix.empty() ? ""
           : texts.size() > 1 ? "add one of them"
                              : fmt::format("add `{}`", texts.front()));
  }

  [[nodiscard]] std::string_view kind_of_files() const {
    if (!rule_.tracked) return "";
    return *rule_.tracked ? "tracked " : "untracked ";
  }

  // Returns what stands in the place of a file that is missing.
  [[nodiscard]] std::string hint(const Wanted& wanted) const {
    for (const File& file : context_.files.files()) {
      if (wanted.glob.matches(file.path)) {
        return fmt::format("; `{}` is {}", file.path,
                           file.tracked ? "tracked" : "there, but not tracked by git");
      }
    }
    const Result<base::Glob> folded = base::Glob::compile(base::to_lower(wanted.text));
    for (const File& file : context_.files.files()) {
      if (folded && folded->matches(base::to_lower(file.path))) {
        return fmt::format("; `{}` differs in capital letters", file.path);
      }
    }
    return {};
  }

  [[nodiscard]] std::string remedy(const Wanted& wanted) const {
    for (const File& file : context_.files.files()) {
      if (rule_.tracked.value_or(false) && wanted.glob.matches(file.path))
        return fmt::format("git add {}", file.path);
    }
    if (!wanted.is_literal() || !rule_.fix.empty()) return {};
    return fmt::format("add `{}`", wanted.text.substr(wanted.text.starts_with('/') ? 1 : 0));
  }

  void judge_forbidden() {
    tally_.judged();
    for (const File* file : files_) {
      if (!rule_.forbid.matches(file->path)) continue;
      const bool tracked = rule_.tracked.value_or(false);
      report(file, "forbid",
             fmt::format("`{}` must not be {}", file->path,
                         tracked ? "tracked by git" : "in the repository"),
             tracked ? untrack(file->path) : "");
    }
  }

  // How to take a file out of git: in the rule's own words, for they say what else there is to do.
  [[nodiscard]] std::string untrack(std::string_view path) const {
    constexpr std::string_view kPath = "PATH";
    std::string fix = rule_.fix;
    const std::size_t at = fix.find(kPath);
    if (at == std::string::npos) return fmt::format("git rm --cached -- {}", path);
    return fix.replace(at, kPath.size(), path);
  }

  void judge_count() {
    tally_.judged();
    const auto count = static_cast<std::int64_t>(chosen_.size());
    const std::string found =
        fmt::format("{} {}file{} match{} {}", count, kind_of_files(), count == 1 ? "" : "s",
                    count == 1 ? "es" : "", describe(rule_.paths));
    if (rule_.min_count && count < *rule_.min_count) {
      report(nullptr, "min_count", fmt::format("{}, at least {} must", found, *rule_.min_count));
    }
    if (rule_.max_count && count > *rule_.max_count) {
      report(nullptr, "max_count", fmt::format("{}, at most {} may", found, *rule_.max_count));
    }
  }

  void judge_each() {
    if (!rule_.symlink_to.empty()) judge_folder_in_place();
    const bool any_ignored = rule_.max_mode && judge_ignored_modes();
    if (chosen_.empty() && any_ignored) return;
    if (chosen_.empty()) {
      tally_.skipped(fmt::format("no {}file matches {}", kind_of_files(), describe(rule_.paths)));
      return;
    }
    reader_ = context_.files.reader();
    for (const File* file : chosen_) {
      if (rule_.utf8_paths) judge_path(*file);
      if (rule_.no_symlinks) judge_no_symlink(*file);
      if (!rule_.symlink_to.empty()) judge_target(*file);
      if (rule_.max_mode) judge_mode(*file);
      if (rule_.max_size) judge_size(*file);
    }
  }

  void judge_path(const File& file) {
    tally_.judged();
    if (base::is_valid_utf8(file.path)) return;
    report(&file, "utf8_paths",
           fmt::format("the path `{}` is not UTF-8", base::to_valid_utf8(file.path)),
           "rename the file");
  }

  void judge_no_symlink(const File& file) {
    tally_.judged();
    if (file.kind != FileKind::symlink) return;
    const Result<std::string> target = read_target(file);
    report(&file, "no_symlinks",
           target ? fmt::format("`{}` is a symbolic link to `{}`", file.path, *target)
                  : fmt::format("`{}` is a symbolic link", file.path));
  }

  Result<std::string> read_target(const File& file) {
    GATE_TRY(const std::string_view target, repo::read_all(*reader_, file, buffer_));
    return std::string(target);
  }

  // A copied folder in the place of the link: its files match nothing.
  void judge_folder_in_place() {
    const std::string_view literal = rule_.paths.literal();
    const std::string path(!literal.empty() && literal.front() == '/' ? literal.substr(1)
                                                                      : literal);
    if (path.empty() || context_.files.find(path) != nullptr) return;
    const std::span<const File> below = context_.files.below(path);
    const auto inside = std::find_if(below.begin(), below.end(), [&](const File& file) {
      return !rule_.tracked || file.tracked == *rule_.tracked;
    });
    if (inside == below.end()) return;
    tally_.judged();
    report(&*inside, "symlink_to",
           fmt::format("`{}` is a folder, not a symbolic link to `{}`", path, rule_.symlink_to),
           fmt::format("remove the folder and link it: ln -s {} {}", link_text(path), path));
  }

  // Returns what a link at `path` must hold to lead to `symlink_to`, where that is a path from the
  // top.
  [[nodiscard]] std::string link_text(std::string_view path) const {
    if (rule_.symlink_to.front() == '/' || rule_.symlink_to.front() == '.') return rule_.symlink_to;
    return fs::path(rule_.symlink_to)
        .lexically_relative(fs::path(path).parent_path())
        .generic_string();
  }

  void judge_target(const File& file) {
    tally_.judged();
    if (file.kind != FileKind::symlink) {
      report(&file, "symlink_to",
             fmt::format("`{}` is no symbolic link, it must lead to `{}`", file.path,
                         rule_.symlink_to),
             fmt::format("ln -sf {} {}", link_text(file.path), file.path));
      return;
    }
    const Result<std::string> target = read_target(file);
    if (!target) {
      tally_.unknown(fmt::format("read `{}`: {}", file.path, target.error().message));
      return;
    }
    if (leads_to(file, *target)) return;
    report(&file, "symlink_to",
           fmt::format("`{}` leads to `{}`, not to `{}`", file.path, *target, rule_.symlink_to),
           fmt::format("ln -sfn {} {}", link_text(file.path), file.path));
  }

  // The target counts as written, or as the path from the top of the judged folder that it comes
  // to.
  [[nodiscard]] bool leads_to(const File& file, const std::string& target) const {
    if (target == rule_.symlink_to) return true;
    const fs::path wanted = fs::path(rule_.symlink_to).lexically_normal();
    const fs::path found(target);
    if (found.is_relative())
      return (fs::path(file.path).parent_path() / found).lexically_normal() == wanted;
    return !context_.folder.empty() &&
           found.lexically_normal() == (context_.folder / wanted).lexically_normal();
  }

  // A commit and an index keep 0644 and 0755 only: more can be told of a work tree alone.
  void judge_mode(const File& file) {
    if (file.kind == FileKind::symlink || file.kind == FileKind::submodule) return;
    const Result<unsigned> mode = context_.files.mode(file);
    if (!mode) {
      tally_.unknown(fmt::format("read the mode of `{}`: {}", file.path, mode.error().message));
      return;
    }
    const unsigned excess = *mode & ~*rule_.max_mode & kPermissionBits;
    const bool on_disk = context_.files.at() == "worktree" || context_.files.at() == "sample";
    if (excess != 0 && !on_disk && (excess & kExecuteBits) == 0) {
      if (!mode_unknown_)
        tally_.skipped(
            "git keeps no permissions besides the executable bit: judged with --at worktree");
      mode_unknown_ = true;
      return;
    }
    judge_mode(file, *mode);
  }

  void judge_mode(const File& file, unsigned mode) {
    tally_.judged();
    if ((mode & ~*rule_.max_mode & kPermissionBits) == 0) return;
    report(&file, "max_mode",
           fmt::format("`{}` has the mode {:04o}, at most {:04o} is wanted", file.path, mode,
                       *rule_.max_mode),
           fmt::format("chmod {:04o} {}", mode & *rule_.max_mode, file.path));
  }

  // The file that matters most, `.env`, is one that git ignores: a path that is written out is
  // looked for on disk. Returns whether there is such a file.
  bool judge_ignored_modes() {
    bool any = false;
    if (rule_.tracked.value_or(false)) return any;
    for (const std::string& text : rule_.paths.texts()) {
      if (text.find_first_of("!*?[{\\") != std::string::npos) continue;
      const std::string path = text.substr(text.starts_with('/') ? 1 : 0);
      if (context_.files.find(path) != nullptr) continue;
      const Result<std::optional<unsigned>> mode = context_.files.mode_on_disk(path);
      if (!mode) tally_.unknown(fmt::format("read the mode: {}", mode.error().message));
      if (mode && *mode) judge_mode(File{path, FileKind::regular, false, 0}, **mode);
      any = any || !mode || *mode;
    }
    return any;
  }

  void judge_size(const File& file) {
    if (file.kind == FileKind::symlink || file.kind == FileKind::submodule) return;
    const Result<std::uint64_t> size = context_.files.size(file);
    if (!size) {
      tally_.unknown(fmt::format("read the size of `{}`: {}", file.path, size.error().message));
      return;
    }
    tally_.judged();
    if (*size <= *rule_.max_size) return;
    report(&file, "max_size",
           fmt::format("`{}` has {}, at most {} are wanted", file.path, base::size_text(*size),
                       base::size_text(*rule_.max_size)));
  }

  const FilesRule& rule_;
  const Context& context_;
  std::vector<const File*> files_;   // those that `tracked` asks for
  std::vector<const File*> chosen_;  // of these, those that `paths` matches
  std::unique_ptr<repo::FileReader> reader_;
  std::string buffer_;
  bool mode_unknown_ = false;
  Tally tally_;
};

}  // namespace

Answer judge(const FilesRule& rule, const Context& context) {
  return Judgement(rule, context).run();
}

}  // namespace gate::checks
