// HTML inside Markdown: tags and comments, as CommonMark recognises them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers::markdown {

struct HtmlAttribute {
  std::string name;       // in lower case
  std::size_t begin = 0;  // of the value, without quotes
  std::size_t end = 0;
};

struct HtmlPiece {
  enum class Kind : std::uint8_t { open_tag, closing_tag, comment, other };
  Kind kind = Kind::other;  // `other`: declarations, processing instructions, CDATA
  std::size_t end = 0;      // after the piece
  std::string name;         // of a tag, in lower case
  std::vector<HtmlAttribute> attributes;
};

// Finds pieces in one text. Remembers which closing marks do not occur any more, so that many
// pieces without an end cost no more than one.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view text) : text_(text) {}

  // Returns the piece that begins at `at`, where a `<` stands.
  [[nodiscard]] std::optional<HtmlPiece> scan(std::size_t at);

 private:
  std::optional<HtmlPiece> closed_by(std::string_view mark, std::size_t from, bool& absent,
                                     HtmlPiece::Kind kind);
  [[nodiscard]] std::optional<HtmlPiece> scan_tag(std::size_t at) const;

  std::string_view text_;
  bool no_comment_end_ = false;
  bool no_instruction_end_ = false;
  bool no_declaration_end_ = false;
  bool no_cdata_end_ = false;
};

// Which rule of CommonMark's section 4.6 an HTML block follows: 1 to 7.
using HtmlBlockKind = int;

// Returns the kind of the HTML block that a line (without its indent) begins.
[[nodiscard]] std::optional<HtmlBlockKind> html_block_start(std::string_view line,
                                                            bool in_paragraph);

// Returns whether a block of this kind ends with this line. Kinds 6 and 7 end before a blank line
// instead.
[[nodiscard]] bool html_block_ends(HtmlBlockKind kind, std::string_view line);

}  // namespace gate::readers::markdown
