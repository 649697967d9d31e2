// The block structure of a Markdown text: what is heading, paragraph, code, HTML, table row.
//
// Part of the Markdown reader; knows nothing of what stands inside a line.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/markdown.h"

namespace gate::readers::markdown {

// The lines of one block put together, without the marks of the lists and quotes around it.
struct BlockText {
  // From `text` on, the text stands in the source from `source` on.
  struct Segment {
    std::uint32_t text;
    std::uint32_t source;
  };

  std::string text;
  std::vector<Segment> segments;

  void add_line(std::string_view line, std::uint32_t source);
  [[nodiscard]] std::uint32_t source(std::size_t offset) const;
  // Returns where text[begin, end) stands; it must lie in one line, or the span covers the marks
  // between the lines, too.
  [[nodiscard]] base::Span span(std::size_t begin, std::size_t end) const;
};

struct Block {
  enum class Kind : std::uint8_t { heading, paragraph, table_row, code, html };
  Kind kind = Kind::paragraph;
  int level = 0;             // of a heading
  bool begins_item = false;  // a paragraph that is the first thing in its list item
  std::uint32_t item = 0;    // number of the innermost list item around it; 0: none
  base::Span span;           // of a heading
  BlockText content;
};

struct Blocks {
  std::vector<Block> blocks;
  std::vector<MarkdownLink> definitions;      // `[label]: target`
  std::set<std::string, std::less<>> labels;  // of the definitions, as normal_label makes them
};

[[nodiscard]] Blocks parse_blocks(std::string_view text);

}  // namespace gate::readers::markdown
