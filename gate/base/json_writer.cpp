#include "gate/base/json_writer.h"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "gate/base/unicode.h"

namespace gate::base {
namespace {

void append_escape(std::string& out, unsigned code) {
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  start_item();
  append_string(name);
  text_ += layout_ == Layout::compact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  start_value();
  append_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  return std::isfinite(value) ? scalar(fmt::format("{}", value)) : null();
}

JsonWriter& JsonWriter::integer(std::int64_t value) { return scalar(fmt::format("{}", value)); }

JsonWriter& JsonWriter::integer(std::uint64_t value) { return scalar(fmt::format("{}", value)); }

JsonWriter& JsonWriter::scalar(std::string_view text) {
  start_value();
  text_ += text;
  return *this;
}

JsonWriter& JsonWriter::begin(char bracket) {
  start_value();
  text_ += bracket;
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) break_line();
  text_ += bracket;
  return *this;
}

void JsonWriter::start_value() {
  if (!after_key_) start_item();
  after_key_ = false;
}

void JsonWriter::start_item() {
  if (has_items_.empty()) return;
  if (has_items_.back()) text_ += ',';
  has_items_.back() = true;
  break_line();
}

void JsonWriter::break_line() {
  if (layout_ == Layout::compact) return;
  text_ += '\n';
  text_.append(2 * has_items_.size(), ' ');
}

void JsonWriter::append_string(std::string_view value) {
  const std::string valid = to_valid_utf8(value);
  text_ += '"';
  for (std::size_t index = 0; index < valid.size(); ++index) {
    const char c = valid[index];
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        text_ += "\\\"";
        break;
      case '\\':
        text_ += "\\\\";
        break;
      case '\b':
        text_ += "\\b";
        break;
      case '\f':
        text_ += "\\f";
        break;
      case '\n':
        text_ += "\\n";
        break;
      case '\r':
        text_ += "\\r";
        break;
      case '\t':
        text_ += "\\t";
        break;
      case '[':
        text_ += text_.ends_with("##") ? "\\u005b" : "[";
        break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          append_escape(text_, byte);
        } else if (c == '\xC2' && static_cast<unsigned char>(valid[index + 1]) < 0xA0) {
          append_escape(text_, static_cast<unsigned char>(valid[++index]));  // U+0080 … U+009F
        } else {
          text_ += c;
        }
    }
  }
  text_ += '"';
}

}  // namespace gate::base
