// Markdown as far as documents and checklists need it: headings, links, task items, comments,
// words.
//
// Blocks and inlines after CommonMark 0.31, tables and task items after GFM, anchors as GitHub
// makes them; no rendering. Every text is Markdown, so there are no mistakes to report. Linear in
// the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

struct MarkdownHeading {
  int level = 1;
  std::string text;    // inline marks removed
  std::string anchor;  // as GitHub makes it, doubles numbered
  base::Span span;
  std::uint32_t words = 0;  // below it, up to the next heading of the same or a higher level
};

// A target that the document names: of a link or image, a reference definition, an autolink, or of
// `href` and `src` in HTML.
struct MarkdownLink {
  std::string target;  // without angle brackets, escapes resolved, percent-escapes kept
  base::Span span;     // of the target as written
  bool image = false;
};

// `- [ ] text` or `1. [x] text`.
struct MarkdownTask {
  bool done = false;
  std::string text;     // in one line, inline marks removed
  std::string section;  // text of the nearest heading above
  base::Span span;      // of the first line, from the box on
  base::Span box;       // of `[ ]`
};

// An HTML comment. Nothing in it is Markdown.
struct MarkdownComment {
  std::string text;                   // trimmed
  base::Span span;                    // of that text
  std::optional<std::uint32_t> task;  // index of the task item in whose text or list item it stands
};

struct MarkdownDocument {
  std::vector<MarkdownHeading> headings;
  std::vector<MarkdownLink> links;
  std::vector<MarkdownTask> tasks;
  std::vector<MarkdownComment> comments;
  std::vector<std::string> anchors;  // `id` and `name` in HTML: targets besides the headings
  std::uint32_t words = 0;           // of prose and code; of headings and comments none
};

[[nodiscard]] MarkdownDocument parse_markdown(std::string_view text);

}  // namespace gate::readers
