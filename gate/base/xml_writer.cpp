#include "gate/base/xml_writer.h"

#include <cstddef>
#include <cstdint>

#include "gate/base/unicode.h"

namespace gate::base {
namespace {

enum class Context : std::uint8_t { text, attribute };

bool is_graphic(char c) { return ' ' < c && c < '\x7F'; }

void append_escaped(std::string& out, std::string_view value, Context context) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
  const std::string text = to_xml_characters(value);
  bool at_line_start = context == Context::text;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char c = text[index];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;  // `]]>` must not stand in text
      case '"':
        out += context == Context::attribute ? "&quot;" : "\"";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\n':
        out += context == Context::attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += context == Context::attribute ? "&#9;" : "\t";
        break;
      case '[':
        out += out.ends_with("##") ? "&#91;" : "[";
        break;
      case ':':
        out += at_line_start ? "&#58;" : ":";
        break;
      case '\xEF':
        // Readers that guess the encoding take a bare U+FFFD for a sign of another one.
        if (std::string_view(text).substr(index).starts_with(kReplacement)) {
          out += "&#65533;";
          index += kReplacement.size() - 1;
          break;
        }
        [[fallthrough]];
      default:
        out += c;
    }
    // What is no printable ASCII may be white space that a CI trims.
    at_line_start = context == Context::text && (c == '\n' || (at_line_start && !is_graphic(c)));
  }
}

}  // namespace

std::string to_xml_characters(std::string_view text) {
  std::string kept = to_valid_utf8(text);
  const auto is_excluded_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  std::erase_if(kept, is_excluded_control);
  for (const std::string_view excluded : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {  // U+FFFE, U+FFFF
    std::size_t at = 0;
    while ((at = kept.find(excluded, at)) != std::string::npos)
      kept.erase(at, excluded.size());
  }
  return kept;
}

XmlWriter& XmlWriter::begin(std::string_view name) {
  close_start_tag();
  if (!open_.empty()) {
    if (!open_.back().has_text) break_line();
    open_.back().has_elements = true;
  }
  text_ += '<';
  text_ += name;
  open_.push_back({std::string(name)});
  in_start_tag_ = true;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  text_ += ' ';
  text_ += name;
  text_ += "=\"";
  append_escaped(text_, value, Context::attribute);
  text_ += '"';
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view value) {
  close_start_tag();
  open_.back().has_text = true;
  append_escaped(text_, value, Context::text);
  return *this;
}

XmlWriter& XmlWriter::end() {
  const Element element = std::move(open_.back());
  open_.pop_back();
  if (in_start_tag_) {
    text_ += "/>";
    in_start_tag_ = false;
  } else {
    if (element.has_elements && !element.has_text) break_line();
    text_ += "</" + element.name + ">";
  }
  if (open_.empty()) text_ += '\n';
  return *this;
}

void XmlWriter::close_start_tag() {
  if (in_start_tag_) text_ += '>';
  in_start_tag_ = false;
}

void XmlWriter::break_line() {
  text_ += '\n';
  text_.append(2 * open_.size(), ' ');
}

}  // namespace gate::base
