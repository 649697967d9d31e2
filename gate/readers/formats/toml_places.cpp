#include "gate/readers/formats/toml_places.h"

namespace gate::readers {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::uint32_t TomlPlaces::offset(std::uint32_t line, std::uint32_t column) {
  const std::string_view text = source_->text();
  if (line != line_ || column < column_) {
    // A line of no bytes keeps its place in the text, so the offset comes from the pointer; a line
    // beyond the last has none.
    const std::string_view found = source_->lines().line(line);
    if (found.data() == nullptr) return static_cast<std::uint32_t>(text.size());
    line_ = line;
    column_ = 1;
    offset_ = static_cast<std::uint32_t>(found.data() - text.data());
    line_end_ = offset_ + static_cast<std::uint32_t>(found.size());
    if (offset_ == 0 && text.starts_with(kByteOrderMark)) {
      offset_ = static_cast<std::uint32_t>(kByteOrderMark.size());
    }
  }
  while (column_ < column && offset_ < line_end_) {
    ++offset_;
    while (offset_ < line_end_ && continues_character(text[offset_]))
      ++offset_;
    ++column_;
  }
  return offset_;
}

}  // namespace gate::readers
