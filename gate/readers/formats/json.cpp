#include "gate/readers/formats/json.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::size_t kQuoted = 40;  // bytes of a word in a message

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && base::is_digit(text[at]);
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (is_digit_at(text, at))
    ++at;
  return at;
}

// Returns whether a word is a number of RFC 8259, which is less than C reads as one.
bool is_number(std::string_view word) {
  std::size_t at = word.starts_with('-') ? 1 : 0;
  if (!is_digit_at(word, at)) return false;
  at = word[at] == '0' ? at + 1 : skip_digits(word, at);
  if (word.substr(at, 1) == ".") {
    if (!is_digit_at(word, ++at)) return false;
    at = skip_digits(word, at);
  }
  if (word.substr(at, 1) == "e" || word.substr(at, 1) == "E") {
    ++at;
    if (word.substr(at, 1) == "+" || word.substr(at, 1) == "-") ++at;
    if (!is_digit_at(word, at)) return false;
    at = skip_digits(word, at);
  }
  return at == word.size();
}

// Reads with a list of open containers instead of recursion.
class Parser {
 public:
  explicit Parser(std::shared_ptr<const base::Source> source)
      : source_(std::move(source)), text_(source_->text()) {}

  Result<std::shared_ptr<const Document>> run() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    nodes_.emplace_back();
    if (read_value(0)) {
      while (!open_.empty() && step())
        continue;
    }
    skip_blank();
    if (problem_.empty() && at_ != text_.size()) fail("text behind the end of the value");
    if (!problem_.empty()) return Error{problem_};
    return std::make_shared<const Document>(std::move(source_), std::move(nodes_),
                                            std::move(texts_));
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last = 0;  // its last child
  };

  bool fail(std::string_view what) {
    const base::Position here = source_->lines().position(static_cast<std::uint32_t>(at_));
    problem_ = fmt::format("line {}, column {}: {}", here.line, here.column, what);
    return false;
  }

  void skip_blank() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char wanted) {
    skip_blank();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  // Goes one element further in the innermost open container.
  bool step() {
    Open& open = open_.back();
    const bool is_map = nodes_[open.node].kind == NodeKind::map;
    if (take(is_map ? '}' : ']')) return close();
    if (at_ == text_.size()) return fail("the text ends too early");
    if (open.last != 0 && !take(',')) return fail("a comma is missing");
    const auto child = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    (open.last == 0 ? nodes_[open.node].first : nodes_[open.last].next) = child;
    open.last = child;
    ++nodes_[open.node].size;
    if (is_map) {
      skip_blank();
      nodes_[child].key_span.begin = static_cast<std::uint32_t>(at_);
      if (peek() != '"' || !read_string(nodes_[child].key))
        return problem_.empty() ? fail("a key in quotes is missing") : false;
      nodes_[child].key_span.end = static_cast<std::uint32_t>(at_);
      if (!take(':')) return fail("`:` is missing");
    }
    return read_value(child);
  }

  bool close() {
    nodes_[open_.back().node].span.end = static_cast<std::uint32_t>(at_);
    open_.pop_back();
    return true;
  }

  bool read_value(std::uint32_t index) {
    skip_blank();
    nodes_[index].span.begin = static_cast<std::uint32_t>(at_);
    const char c = peek();
    if (c == '{' || c == '[') {
      if (open_.size() == kDepth) return fail("nested too deeply");
      nodes_[index].kind = c == '{' ? NodeKind::map : NodeKind::list;
      open_.push_back({index});
      ++at_;
      return true;
    }
    const bool good = c == '"' ? read_text(index) : read_word(index);
    nodes_[index].span.end = static_cast<std::uint32_t>(at_);
    return good;
  }

  bool read_text(std::uint32_t index) {
    nodes_[index].kind = NodeKind::string;
    return read_string(nodes_[index].text);
  }

  bool read_word(std::uint32_t index) {
    Node& node = nodes_[index];
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}:", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    node.text = word;
    if (word == "true" || word == "false") {
      node.kind = NodeKind::boolean;
      node.boolean = word == "true";
    } else if (is_number(word)) {
      if (!read_number(node, word)) return fail("the number is too large or too small");
    } else if (word != "null") {
      if (at_ == text_.size()) return fail("the text ends too early");
      return fail(word.empty() ? "a value is missing"
                               : fmt::format("`{}` is no value", word.substr(0, kQuoted)));
    }
    at_ = end;
    return true;
  }

  static bool read_number(Node& node, std::string_view word) {
    const char* const end = word.data() + word.size();
    const auto integer = std::from_chars(word.data(), end, node.integer);
    if (integer.ec == std::errc() && integer.ptr == end) {
      node.kind = NodeKind::integer;
      return true;
    }
    const auto number = std::from_chars(word.data(), end, node.number);
    node.kind = NodeKind::number;
    return number.ec == std::errc();
  }

  // Reads a string; without escapes the result is a view of the source.
  bool read_string(std::string_view& into) {
    const std::size_t begin = ++at_;
    std::unique_ptr<std::string> built;
    while (true) {
      std::size_t stop = at_;
      while (stop < text_.size() && text_[stop] != '"' && text_[stop] != '\\' &&
             static_cast<unsigned char>(text_[stop]) >= 0x20)
        ++stop;
      if (stop == text_.size() || text_[stop] == '\n') return fail("the string is not closed");
      if (static_cast<unsigned char>(text_[stop]) < 0x20) {
        at_ = stop;
        return fail("a control character in a string has to be escaped");
      }
      if (built) built->append(text_, at_, stop - at_);
      at_ = stop;
      if (text_[stop] == '"') break;
      if (!built) built = std::make_unique<std::string>(text_.substr(begin, stop - begin));
      if (!read_escape(*built)) return fail("the escape is not one of JSON's");
    }
    into = built ? std::string_view(*built) : text_.substr(begin, at_ - begin);
    if (built) texts_.push_back(std::move(built));
    ++at_;
    return true;
  }

  bool read_escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
    const char name = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    at_ += 2;
    if (name == 'u') {
      char32_t unit = 0;
      if (!read_unit(unit)) return false;
      const std::size_t behind = at_;
      const bool high = unit >= 0xD800 && unit < 0xDC00;
      if (high && text_.substr(at_, 2) == "\\u") {
        char32_t low = 0;
        at_ += 2;
        if (!read_unit(low)) return false;
        const bool pair = low >= 0xDC00 && low < 0xE000;
        if (pair) unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
        if (!pair) at_ = behind;
      }
      base::append_utf8(out, static_cast<base::CodePoint>(unit));  // U+FFFD for half a pair
      return true;
    }
    const std::size_t found = kNames.find(name);
    if (found == std::string_view::npos) return false;
    out += kValues[found];
    return true;
  }

  bool read_unit(char32_t& unit) {
    const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
    std::uint16_t value = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (problem != std::errc() || end != digits.data() + 4) return false;
    at_ += 4;
    unit = value;
    return true;
  }

  std::shared_ptr<const base::Source> source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<Node> nodes_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::string problem_;
};

}  // namespace

Result<std::shared_ptr<const Document>> parse_json(std::shared_ptr<const base::Source> source) {
  return Parser(std::move(source)).run();
}

}  // namespace gate::readers
