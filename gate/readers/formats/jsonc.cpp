#include "gate/readers/formats/jsonc.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "gate/readers/formats/json.h"

namespace gate::readers {
namespace {

void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    if (text[at] != '\n' && text[at] != '\r') text[at] = ' ';
  }
}

// Returns the offset behind the string that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

}  // namespace

Result<std::shared_ptr<const Document>> parse_jsonc(
    const std::shared_ptr<const base::Source>& source) {
  if (source->text().size() > kJsonBytes) return parse_json(source);
  std::string text(source->text());
  bool changed = false;
  std::size_t comma = std::string::npos;  // behind a value, with nothing but white space after it
  bool value = false;                     // a value ends in front
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::string_view two = std::string_view(text).substr(at, 2);
    if (c == '"') {
      at = skip_string(text, at);
      comma = std::string::npos;
      value = true;
    } else if (two == "//" || two == "/*") {
      const bool line = two == "//";
      const std::size_t end = line ? text.find('\n', at) : text.find("*/", at + 2);
      if (!line && end == std::string::npos) {
        const base::Position place = source->lines().position(static_cast<std::uint32_t>(at));
        return Error{
            fmt::format("line {}, column {}: the comment is not closed", place.line, place.column)};
      }
      const std::size_t behind = end == std::string::npos ? text.size() : end + (line ? 0 : 2);
      blank(text, at, behind);
      changed = true;
      at = behind;
    } else {
      if ((c == ']' || c == '}') && comma != std::string::npos) {
        text[comma] = ' ';
        changed = true;
      }
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        comma = c == ',' && value ? at : std::string::npos;
        value = c != ',' && c != '[' && c != '{' && c != ':';
      }
      ++at;
    }
  }
  if (!changed) return parse_json(source);
  return parse_json(std::make_shared<const base::Source>(source->name(), std::move(text)));
}

}  // namespace gate::readers
