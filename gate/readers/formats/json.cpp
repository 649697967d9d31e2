#include "gate/readers/formats/json.h"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/readers/formats/json_lexer.h"

namespace gate::readers {
namespace {

bool read_number(Node& node, std::string_view word) {
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

// Reads with a list of open containers instead of recursion.
class Parser {
 public:
  explicit Parser(std::shared_ptr<const base::Source> source)
      : source_(std::move(source)), lexer_(source_->text(), texts_) {}

  Result<std::shared_ptr<const Document>> run() {
    nodes_.emplace_back();
    if (read_value(0)) {
      while (!open_.empty() && step())
        continue;
    }
    lexer_.skip_blank();
    if (lexer_.problem().empty() && !lexer_.at_end())
      lexer_.fail("text behind the end of the value");
    if (!lexer_.problem().empty()) return Error{lexer_.problem()};
    return std::make_shared<const Document>(std::move(source_), std::move(nodes_),
                                            std::move(texts_));
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last = 0;  // its last child
  };

  // Goes one element further in the innermost open container.
  bool step() {
    Open& open = open_.back();
    const bool is_map = nodes_[open.node].kind == NodeKind::map;
    if (lexer_.take(is_map ? '}' : ']')) return close();
    if (lexer_.at_end()) return lexer_.fail("the text ends too early");
    if (open.last != 0 && !lexer_.take(',')) return lexer_.fail("a comma is missing");
    if (nodes_.size() == kJsonValues)
      return lexer_.fail(fmt::format("more than {} values", kJsonValues));
    const auto child = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    (open.last == 0 ? nodes_[open.node].first : nodes_[open.last].next) = child;
    open.last = child;
    ++nodes_[open.node].size;
    if (is_map) {
      lexer_.skip_blank();
      nodes_[child].key_span.begin = lexer_.offset();
      if (lexer_.peek() != '"') return lexer_.fail("a key in quotes is missing");
      if (!lexer_.read_string(nodes_[child].key)) return false;
      nodes_[child].key_span.end = lexer_.offset();
      if (!lexer_.take(':')) return lexer_.fail("`:` is missing");
    }
    return read_value(child);
  }

  bool close() {
    nodes_[open_.back().node].span.end = lexer_.offset();
    open_.pop_back();
    return true;
  }

  bool read_value(std::uint32_t index) {
    lexer_.skip_blank();
    nodes_[index].span.begin = lexer_.offset();
    const char c = lexer_.peek();
    if (c == '{' || c == '[') {
      if (open_.size() == kJsonDepth) return lexer_.fail("nested too deeply");
      nodes_[index].kind = c == '{' ? NodeKind::map : NodeKind::list;
      open_.push_back({index});
      return lexer_.take(c);
    }
    const bool good = c == '"' ? read_text(index) : read_word(index);
    nodes_[index].span.end = lexer_.offset();
    return good;
  }

  bool read_text(std::uint32_t index) {
    nodes_[index].kind = NodeKind::string;
    return lexer_.read_string(nodes_[index].text);
  }

  bool read_word(std::uint32_t index) {
    Node& node = nodes_[index];
    if (!lexer_.read_word(node.text)) return false;
    if (node.text == "true" || node.text == "false") {
      node.kind = NodeKind::boolean;
      node.boolean = node.text == "true";
    } else if (node.text != "null" && !read_number(node, node.text)) {
      return lexer_.fail_at(node.span.begin, "the number is too large or too small");
    }
    return true;
  }

  std::shared_ptr<const base::Source> source_;
  JsonTexts texts_;
  JsonLexer lexer_;
  std::vector<Open> open_;
  std::vector<Node> nodes_;
};

}  // namespace

Result<std::shared_ptr<const Document>> parse_json(std::shared_ptr<const base::Source> source) {
  if (const std::size_t bytes = source->text().size(); bytes > kJsonBytes) {
    return Error{
        fmt::format("line 1, column 1: {} bytes, more than the {} that a JSON file may have", bytes,
                    kJsonBytes)};
  }
  return Parser(std::move(source)).run();
}

}  // namespace gate::readers
