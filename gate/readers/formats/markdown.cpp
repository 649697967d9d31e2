#include "gate/readers/formats/markdown.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/markdown_blocks.h"
#include "gate/readers/formats/markdown_html.h"
#include "gate/readers/formats/markdown_inlines.h"
#include "gate/readers/formats/markdown_scan.h"

namespace gate::readers {
namespace {

using markdown::Block;
using markdown::BlockText;
using markdown::HtmlPiece;
using markdown::HtmlScanner;
using markdown::Inlines;

// `[ ]`, `[x]` or `[X]`, and white space or nothing behind it.
constexpr std::size_t kBoxSize = 3;
bool begins_with_box(std::string_view text) {
  return text.size() >= kBoxSize && text[0] == '[' && text[2] == ']' &&
         (text[1] == ' ' || base::to_lower(text[1]) == 'x') &&
         (text.size() == kBoxSize || markdown::is_space(text[kBoxSize]));
}

// Returns how many words a text has: stretches between white space that hold a letter or digit;
// each character of the scripts that do not separate words (Chinese, Japanese kana).
std::uint32_t count_words(std::string_view text) {
  std::uint32_t words = 0;
  bool in_word = false;
  while (!text.empty()) {
    const base::Decoded next = base::decode(text);
    const char first = text.front();
    text.remove_prefix(next.size);
    const bool kana = next.code >= 0x3040 && next.code <= 0x30FF;
    if (kana || (next.code >= 0x3400 && next.code <= 0x9FFF)) {
      ++words;
      in_word = false;
    } else if (markdown::is_space(first)) {
      in_word = false;
    } else if (!in_word && (next.size > 1 || !next.valid || base::is_alphanumeric(first))) {
      ++words;
      in_word = true;
    }
  }
  return words;
}

// Gives anchors as GitHub does: the second `setup` is `setup-1`, also where a heading is called so.
class Anchors {
 public:
  std::string make(std::string_view heading) {
    const std::string anchor = base::to_anchor(heading);
    std::string unique = anchor;
    while (used_.contains(unique))
      unique = anchor + '-' + std::to_string(++used_[anchor]);
    used_.emplace(unique, 0);
    return unique;
  }

 private:
  std::map<std::string, std::uint32_t> used_;  // and how many more were made from it
};

class Assembly {
 public:
  explicit Assembly(std::string_view text) : blocks_(markdown::parse_blocks(text)) {}

  MarkdownDocument assemble() {
    document_.links = std::move(blocks_.definitions);
    for (const Block& block : blocks_.blocks)
      add(block);
    close_headings(0);
    std::stable_sort(
        document_.links.begin(), document_.links.end(),
        [](const MarkdownLink& a, const MarkdownLink& b) { return a.span.begin < b.span.begin; });
    return std::move(document_);
  }

 private:
  void add(const Block& block) {
    switch (block.kind) {
      case Block::Kind::heading: {
        Inlines inlines = markdown::parse_inlines(block.content, 0, blocks_.labels);
        add_heading(block.level, inlines.plain, block.span);
        take(std::move(inlines), block.item);
        break;
      }
      case Block::Kind::paragraph:
        add_paragraph(block);
        break;
      case Block::Kind::table_row: {
        Inlines inlines = markdown::parse_inlines(block.content, 0, blocks_.labels);
        std::replace(inlines.plain.begin(), inlines.plain.end(), '|', ' ');
        document_.words += count_words(inlines.plain);
        take(std::move(inlines), block.item);
        break;
      }
      case Block::Kind::code:
        document_.words += count_words(block.content.text);
        break;
      case Block::Kind::html:
        add_html(block);
        break;
    }
  }

  void add_paragraph(const Block& block) {
    const bool is_task = block.begins_item && begins_with_box(block.content.text);
    Inlines inlines =
        markdown::parse_inlines(block.content, is_task ? kBoxSize : 0, blocks_.labels);
    document_.words += count_words(inlines.plain);
    if (is_task) add_task(block, markdown::fold_space(inlines.plain));
    take(std::move(inlines), block.item);
  }

  void add_task(const Block& block, std::string text) {
    const BlockText& content = block.content;
    const std::size_t line_end = std::min(content.text.find('\n'), content.text.size());
    MarkdownTask task;
    task.done = content.text[1] != ' ';
    task.text = std::move(text);
    if (!document_.headings.empty()) task.section = document_.headings.back().text;
    task.span = content.span(0, markdown::trim(content.text.substr(0, line_end)).size());
    task.box = content.span(0, kBoxSize);
    tasks_of_items_[block.item] = static_cast<std::uint32_t>(document_.tasks.size());
    document_.tasks.push_back(std::move(task));
  }

  void add_heading(int level, std::string text, base::Span span) {
    close_headings(level);
    MarkdownHeading heading;
    heading.level = level;
    heading.anchor = anchors_.make(text);
    heading.text = std::move(text);
    heading.span = span;
    heading.words = document_.words;  // before it, until it is closed
    open_headings_.push_back(document_.headings.size());
    document_.headings.push_back(std::move(heading));
  }

  // Ends the sections of this level and below it.
  void close_headings(int level) {
    while (!open_headings_.empty()) {
      MarkdownHeading& heading = document_.headings[open_headings_.back()];
      if (heading.level < level) return;
      heading.words = document_.words - heading.words;
      open_headings_.pop_back();
    }
  }

  void take(Inlines inlines, std::uint32_t item) {
    const auto task = tasks_of_items_.find(item);
    for (MarkdownComment& comment : inlines.comments) {
      if (task != tasks_of_items_.end()) comment.task = task->second;
      document_.comments.push_back(std::move(comment));
    }
    std::move(inlines.links.begin(), inlines.links.end(), std::back_inserter(document_.links));
    std::move(inlines.anchors.begin(), inlines.anchors.end(),
              std::back_inserter(document_.anchors));
  }

  // `<h1>…</h1>` is a heading with an anchor like any other.
  static int heading_level(std::string_view tag) {
    return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' ? tag[1] - '0' : 0;
  }

  void add_html(const Block& block) {
    const std::string_view text = block.content.text;
    HtmlScanner scanner(text);
    Inlines inlines;
    int level = 0;  // of the heading that is open
    std::size_t heading_begin = 0;
    std::string heading;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t angle = std::min(text.find('<', at), text.size());
      const std::string prose = markdown::unescape(text.substr(at, angle - at));
      level != 0 ? heading += prose : inlines.plain += prose;
      at = angle;
      if (at == text.size()) break;
      const std::optional<HtmlPiece> piece = scanner.scan(at);
      if (!piece) {
        // A comment without an end hides the rest of the document.
        if (text.substr(at).starts_with("<!--")) break;
        ++at;
        continue;
      }
      markdown::take_html(block.content, at, *piece, inlines);
      if (piece->kind == HtmlPiece::Kind::open_tag && heading_level(piece->name) != 0) {
        level = heading_level(piece->name);
        heading_begin = at;
        heading.clear();
      } else if (piece->kind == HtmlPiece::Kind::closing_tag && level != 0 &&
                 heading_level(piece->name) == level) {
        document_.words += count_words(std::exchange(inlines.plain, {}));
        add_heading(level, std::string(markdown::trim(heading)),
                    block.content.span(heading_begin, piece->end));
        level = 0;
      }
      at = piece->end;
    }
    document_.words += count_words(inlines.plain);
    take(std::move(inlines), block.item);
  }

  markdown::Blocks blocks_;
  MarkdownDocument document_;
  Anchors anchors_;
  std::vector<std::size_t> open_headings_;
  std::map<std::uint32_t, std::uint32_t> tasks_of_items_;
};

}  // namespace

MarkdownDocument parse_markdown(std::string_view text) { return Assembly(text).assemble(); }

}  // namespace gate::readers
