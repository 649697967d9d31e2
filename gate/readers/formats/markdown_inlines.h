// What stands inside a heading, a paragraph or a table row of Markdown: text, links, HTML.
//
// Part of the Markdown reader; knows nothing of blocks but their text and where it was written.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "gate/readers/formats/markdown.h"
#include "gate/readers/formats/markdown_blocks.h"

namespace gate::readers::markdown {

struct Inlines {
  std::string plain;  // inline marks, images and HTML removed; line ends are spaces
  std::vector<MarkdownLink> links;
  std::vector<MarkdownComment> comments;
  std::vector<std::string> anchors;
};

// Reads the text of a block from `begin` on. `labels` are those of the reference definitions; a
// link by reference has its target there and none here.
[[nodiscard]] Inlines parse_inlines(const BlockText& content, std::size_t begin,
                                    const std::set<std::string, std::less<>>& labels);

// Adds what an HTML tag or comment that begins at `at` brings in.
struct HtmlPiece;
void take_html(const BlockText& content, std::size_t at, const HtmlPiece& piece, Inlines& out);

}  // namespace gate::readers::markdown
