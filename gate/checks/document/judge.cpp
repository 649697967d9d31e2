#include "gate/checks/document/judge.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/date.h"
#include "gate/base/text.h"
#include "gate/base/unicode.h"
#include "gate/checks/document/links.h"
#include "gate/checks/tally.h"
#include "gate/readers/formats/markdown.h"

namespace gate::checks {
namespace {

using finding::Finding;
using readers::MarkdownDocument;
using readers::MarkdownHeading;
using repo::File;
using repo::FileKind;

base::Date day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

// Returns the set that matches this path only.
base::GlobSet only(std::string_view path) {
  std::string glob = "/";
  for (const char c : path) {
    if (std::string_view("*?[]{}\\!").find(c) != std::string_view::npos) glob += '\\';
    glob += c;
  }
  base::GlobSet set;
  const Result<void> added = set.add(glob);
  return added ? set : base::GlobSet();
}

// One document and what it says.
struct Page {
  std::string_view path;
  std::string_view text;
  MarkdownDocument document;
  base::LineIndex lines;

  Page(std::string_view page_path, std::string_view page_text)
      : path(page_path),
        text(page_text),
        document(readers::parse_markdown(page_text)),
        lines(page_text) {}

  [[nodiscard]] finding::Place place(base::Span span) const {
    return finding::place_of(std::string(path), lines, span);
  }
};

class Judge {
 public:
  Judge(const DocumentRule& rule, const Context& context)
      : rule_(rule), context_(context), links_(context.files) {}

  Answer judge() && {
    std::vector<std::string> judged;
    std::string buffer;
    const std::unique_ptr<repo::FileReader> reader = context_.files.reader();
    for (const File& file : context_.files.files()) {
      if (!rule_.paths.matches(file.path)) continue;
      judged.emplace_back(file.path);
      if (file.kind == FileKind::symlink || file.kind == FileKind::submodule) {
        tally_.unknown(fmt::format("`{}` is a {}, which is not followed", file.path,
                                   file.kind == FileKind::symlink ? "symbolic link" : "submodule"));
        continue;
      }
      const Result<std::string_view> text = repo::read_all(*reader, file, buffer);
      if (!text) {
        tally_.unknown(text.error().message);
        continue;
      }
      judge(Page(file.path, *text));
    }
    if (judged.empty()) judge_absence();
    return std::move(tally_).answer(evidence(judged));
  }

 private:
  void found(std::string message, finding::Place place, std::string identity,
             std::string fix = {}) {
    Finding finding;
    finding.message = std::move(message);
    finding.place = std::move(place);
    finding.identity = std::move(identity);
    finding.fix = std::move(fix);
    tally_.found(std::move(finding));
  }

  // A finding about the document as a whole.
  void found(std::string message, const Page& page, std::string identity) {
    found(std::move(message), {std::string(page.path), 0, 0, 0, 0}, std::move(identity));
  }

  void judge_absence() {
    const std::string globs = fmt::format("`{}`", fmt::join(rule_.paths.texts(), "`, `"));
    if (!rule_.require) {
      tally_.skipped(fmt::format("no file matches {}", globs));
      return;
    }
    // A path that can be named gets the finding; then it can be suppressed and counted there.
    found(fmt::format("no file matches {}", globs),
          {std::string(rule_.paths.literal()), 0, 0, 0, 0}, "absent");
  }

  void judge(const Page& page) {
    tally_.judged();
    judge_sections(page);
    if (rule_.min_words && page.document.words < *rule_.min_words) {
      found(fmt::format("the document has {} word{}, and at least {} are wanted",
                        page.document.words, page.document.words == 1 ? "" : "s", *rule_.min_words),
            page, "min_words");
    }
    if (rule_.links) judge_links(page);
    if (rule_.ticked) judge_boxes(page);
    if (!rule_.newer_than.empty() || rule_.max_age) judge_age(page.path);
  }

  void judge_sections(const Page& page) {
    for (const base::Pattern& wanted : rule_.sections) {
      const MarkdownHeading* empty = nullptr;
      bool filled = false;
      for (const MarkdownHeading& heading : page.document.headings) {
        if (!wanted.matches(heading.text)) continue;
        if (heading.words != 0) filled = true;
        if (empty == nullptr) empty = &heading;
      }
      if (filled) continue;
      if (empty == nullptr) {
        found(fmt::format("no heading matches `{}`", wanted.text()), page,
              "section " + wanted.text());
      } else {
        found(fmt::format("the section `{}` is empty", empty->text), page.place(empty->span),
              "section " + wanted.text());
      }
    }
  }

  void judge_links(const Page& page) {
    links_.add(page.path, page.document);
    for (const readers::MarkdownLink& link : page.document.links) {
      Result<std::optional<BrokenLink>> broken = links_.follow(page.path, link.target);
      if (!broken) {
        tally_.unknown(broken.error().message);
      } else if (*broken) {
        found(std::move((*broken)->message), page.place(link.span), "link " + link.target,
              std::move((*broken)->fix));
      }
    }
  }

  void judge_boxes(const Page& page) {
    constexpr std::size_t kMostCells = 100;
    if (page.document.tasks.empty())
      found("there is no box to tick in this document", page, "boxes");
    for (const readers::MarkdownTask& task : page.document.tasks) {
      if (task.done) continue;
      found(
          fmt::format("not ticked: {}", base::truncate(base::to_valid_utf8(task.text), kMostCells)),
          page.place(task.box), fmt::format("box {} {}", task.section, task.text));
    }
  }

  // Tells whether the history can be asked; says why not, once.
  bool has_history() {
    std::string why;
    if (context_.git == nullptr) {
      why = "the age of a document is told by commits, and this is no git repository";
    } else if (context_.git->is_shallow()) {
      why = "the history is cut short (shallow clone), so the age of a document cannot be told";
    } else {
      return true;
    }
    if (!std::exchange(said_no_history_, true)) tally_.unknown(std::move(why));
    return false;
  }

  void judge_age(std::string_view path) {
    if (!has_history()) return;
    const Result<std::optional<std::int64_t>> changed = context_.git->last_changed(only(path));
    if (!changed) {
      tally_.unknown(changed.error().message);
      return;
    }
    // In no commit yet: it is newer than any.
    if (!*changed) return;
    const finding::Place place{std::string(path), 0, 0, 0, 0};
    const std::string day = base::format_date(day_of(**changed));
    if (rule_.max_age) {
      const std::chrono::days age = context_.today - day_of(**changed);
      if (age > *rule_.max_age) {
        found(fmt::format("last changed {} days ago ({}), and at most {} are allowed", age.count(),
                          day, rule_.max_age->count()),
              place, "max_age");
      }
    }
    if (rule_.newer_than.empty()) return;
    if (!newest_) newest_ = context_.git->last_changed(rule_.newer_than);
    if (!*newest_) {
      tally_.unknown(newest_->error().message);
    } else if (**newest_ && ***newest_ > **changed) {
      found(fmt::format("last changed on {}, before `{}` changed on {}", day,
                        fmt::join(rule_.newer_than.texts(), "`, `"),
                        base::format_date(day_of(***newest_))),
            place, "newer_than");
    }
  }

  [[nodiscard]] std::vector<std::string> evidence(const std::vector<std::string>& judged) const {
    constexpr std::size_t kMostNamed = 3;
    std::vector<std::string> evidence;
    if (judged.size() <= kMostNamed) {
      evidence = judged;
    } else {
      evidence.push_back(fmt::format("{} documents", judged.size()));
    }
    if (links_.unknown() != 0) {
      evidence.push_back(fmt::format("{} link{} out of the judged folder not followed",
                                     links_.unknown(), links_.unknown() == 1 ? "" : "s"));
    }
    return evidence;
  }

  const DocumentRule& rule_;
  const Context& context_;
  LinkResolver links_;
  Tally tally_;
  bool said_no_history_ = false;
  // When the files of `newer_than` last changed; asked once.
  std::optional<Result<std::optional<std::int64_t>>> newest_;
};

}  // namespace

Answer judge(const DocumentRule& rule, const Context& context) {
  return Judge(rule, context).judge();
}

}  // namespace gate::checks
