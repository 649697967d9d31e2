#include "gate/readers/formats/python/literals.h"

#include <charconv>
#include <cstdlib>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers::python {
namespace {

std::string_view prefix_of(std::string_view literal) {
  return literal.substr(0, literal.find_first_of("'\""));
}

bool has_letter(std::string_view prefix, char letter) {
  for (const char c : prefix) {
    if (base::to_lower(c) == letter) return true;
  }
  return false;
}

// The text between the quotes.
std::string_view body_of(std::string_view literal) {
  literal.remove_prefix(prefix_of(literal).size());
  const std::size_t quotes =
      literal.size() >= 6 && literal[1] == literal[0] && literal[2] == literal[0] ? 3 : 1;
  return literal.substr(quotes, literal.size() - 2 * quotes);
}

struct Reading {
  bool raw = false;
  bool bytes = false;
  bool format = false;  // `{{` and `}}` are one brace
  Encoding encoding = Encoding::utf8;
};

class Decoder {
 public:
  Decoder(std::string_view text, Reading reading) : text_(text), reading_(reading) {}

  std::optional<std::string> run() && {
    out_.reserve(text_.size());
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && !reading_.raw) {
        if (!escape()) return std::nullopt;
      } else if (c == '\r') {
        // Every line end of a Python file is a line feed.
        out_ += '\n';
        at_ += peek(1) == '\n' ? std::size_t{2} : std::size_t{1};
      } else if (reading_.format && (c == '{' || c == '}')) {
        out_ += c;
        at_ += 2;
      } else if (static_cast<unsigned char>(c) >= 0x80 && reading_.encoding == Encoding::latin1 &&
                 !reading_.bytes) {
        base::append_utf8(out_, static_cast<unsigned char>(c));
        ++at_;
      } else {
        out_ += c;
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool escape() {
    const char c = peek(1);
    switch (c) {
      case '\n':
        at_ += 2;
        return true;
      case '\r':
        at_ += peek(2) == '\n' ? std::size_t{3} : std::size_t{2};
        return true;
      case '\\':
      case '\'':
      case '"':
        return one(c);
      case 'a':
        return one('\a');
      case 'b':
        return one('\b');
      case 'f':
        return one('\f');
      case 'n':
        return one('\n');
      case 'r':
        return one('\r');
      case 't':
        return one('\t');
      case 'v':
        return one('\v');
      case 'x':
        return hexadecimal(2);
      case 'u':
        return reading_.bytes ? kept() : hexadecimal(4);
      case 'U':
        return reading_.bytes ? kept() : hexadecimal(8);
      case 'N':
        return reading_.bytes ? kept() : false;
      default:
        return c >= '0' && c <= '7' ? octal() : kept();
    }
  }

  bool one(char c) {
    out_ += c;
    at_ += 2;
    return true;
  }

  // An escape that is none stays as it is written.
  bool kept() {
    out_ += '\\';
    ++at_;
    return true;
  }

  bool append(std::uint32_t code) {
    if (reading_.bytes) {
      out_ += static_cast<char>(code & 0xFF);
      return true;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    base::append_utf8(out_, static_cast<base::CodePoint>(code));
    return true;
  }

  bool hexadecimal(std::size_t digits) {
    const std::string_view word = text_.substr(at_ + 2, digits);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), code, 16);
    if (error != std::errc{} || word.size() != digits || end != word.data() + digits) return false;
    at_ += 2 + digits;
    return append(code);
  }

  bool octal() {
    std::uint32_t code = 0;
    std::size_t digits = 0;
    while (digits < 3 && peek(1 + digits) >= '0' && peek(1 + digits) <= '7') {
      code = code * 8 + static_cast<std::uint32_t>(peek(1 + digits) - '0');
      ++digits;
    }
    at_ += 1 + digits;
    return append(code);
  }

  std::string_view text_;
  Reading reading_;
  std::size_t at_ = 0;
  std::string out_;
};

std::optional<std::string> literal_value(std::string_view literal, Encoding encoding) {
  const std::string_view prefix = prefix_of(literal);
  return Decoder(body_of(literal),
                 {has_letter(prefix, 'r'), has_letter(prefix, 'b'), false, encoding})
      .run();
}

}  // namespace

bool is_bytes_literal(std::string_view literal) { return has_letter(prefix_of(literal), 'b'); }
bool is_raw_literal(std::string_view literal) { return has_letter(prefix_of(literal), 'r'); }

std::optional<std::string> string_value(const Tree& tree, NodeIndex index) {
  return literal_value(tree.text(index), tree.encoding());
}

std::optional<std::string> format_text_value(const Tree& tree, NodeIndex index, bool raw) {
  return Decoder(tree.text(index), {raw, false, true, tree.encoding()}).run();
}

std::string_view debug_text(const Tree& tree, NodeIndex field) {
  const NodeIndex value = tree.child(field, 0);
  const NodeIndex spec = tree.child(field, 1);
  const std::uint32_t begin = tree[field].span.begin + 1;
  std::uint32_t end = spec != 0 ? tree[spec].span.begin : tree[field].span.end - 1;
  if (tree[field].conversion() != '\0') {
    while (end > tree[value].span.end && tree.source()[end] != '!')
      --end;
  }
  return tree.source().substr(begin, end - begin);
}

std::optional<std::string> constant_text(const Tree& tree, NodeIndex index) {
  if (tree.kind(index) == NodeKind::string) {
    if (is_bytes_literal(tree.text(index))) return std::nullopt;
    return string_value(tree, index);
  }
  if (tree.kind(index) != NodeKind::strings) return std::nullopt;
  std::string joined;
  for (const NodeIndex piece : tree.children(index)) {
    if (tree.kind(piece) != NodeKind::string) return std::nullopt;
    const std::optional<std::string> text = constant_text(tree, piece);
    if (!text) return std::nullopt;
    joined += *text;
  }
  return joined;
}

std::optional<std::variant<std::int64_t, double>> number_value(const Tree& tree, NodeIndex index) {
  std::string digits;
  for (const char c : tree.text(index)) {
    if (c != '_') digits += base::to_lower(c);
  }
  if (digits.empty() || digits.back() == 'j') return std::nullopt;
  int radix = 10;
  std::string_view word = digits;
  if (word.size() > 2 && word[0] == '0' && base::is_letter(word[1]) && word[1] != 'e') {
    radix = word[1] == 'x' ? 16 : word[1] == 'o' ? 8 : 2;
    word.remove_prefix(2);
  }
  if (radix == 10 && word.find_first_of(".e") != std::string_view::npos) {
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc{} && end == word.data() + word.size()) return number;
    return std::nullopt;
  }
  std::int64_t integer = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), integer, radix);
  if (error == std::errc{} && end == word.data() + word.size()) return integer;
  return std::nullopt;
}

}  // namespace gate::readers::python
