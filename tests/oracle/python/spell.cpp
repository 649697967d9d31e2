// Spells the syntax trees of Python files as spell.py spells those of Python's own parser.
//
// spell FILE... : for each file a line `== FILE`, then `error OFFSET MESSAGE`, or one node a line.
#include <bit>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "gate/readers/formats/python/literals.h"
#include "gate/readers/formats/python/tree.h"

namespace {

using namespace gate::readers::python;

// Bytes that are no plain ASCII as \xNN.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c < ' ' || c > '~' || c == '\\') {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

class Speller {
 public:
  explicit Speller(const Tree& tree) : tree_(tree) {}

  void spell(NodeIndex index, std::size_t depth, bool places) {
    const Node& node = tree_[index];
    switch (node.kind) {
      case NodeKind::absent:
        return line(depth, "-");
      case NodeKind::string:
      case NodeKind::strings:
      case NodeKind::format:
        return text(index, depth, places);
      case NodeKind::number:
        return line(depth, fmt::format("number {}{}", number(index), place(node, places)));
      case NodeKind::name:
        return line(depth,
                    fmt::format("name {}{}", escaped(tree_.text(index)), place(node, places)));
      case NodeKind::identifier:
        return line(depth, fmt::format("identifier {}", identifier(index)));
      case NodeKind::pattern:
      case NodeKind::type_parameters:
        return;
      default:
        break;
    }
    std::string head(describe(node.kind));
    if (node.op != Op::none) head += fmt::format(" {}", describe(node.op));
    if (node.has(flag::async)) head += " async";
    if (node.has(flag::star)) head += " *";
    if (node.has(flag::double_star)) head += " **";
    if (node.kind == NodeKind::import_from) head += fmt::format(" dots {}", node.dots());
    line(depth, head + place(node, places && has_place(node.kind)));
    for (const NodeIndex child : tree_.children(index))
      spell(child, depth + 1, places);
  }

 private:
  static void line(std::size_t depth, std::string_view what) {
    std::cout << std::string(depth, ' ') << what << '\n';
  }

  static std::string place(const Node& node, bool places) {
    return places ? fmt::format(" {}-{}", node.span.begin, node.span.end) : std::string();
  }

  // What Python's ast places as well.
  static bool has_place(NodeKind kind) {
    switch (kind) {
      case NodeKind::module:
      case NodeKind::block:
      case NodeKind::with_item:
      case NodeKind::decorators:
      case NodeKind::arguments:
      case NodeKind::match_case:
      case NodeKind::comparator:
      case NodeKind::pair:
      case NodeKind::double_starred:
      case NodeKind::clause:
      case NodeKind::parameters:
      case NodeKind::parameter:
      case NodeKind::slash_marker:
      case NodeKind::star_marker:
        return false;
      default:
        return true;
    }
  }

  std::string identifier(NodeIndex index) {
    std::string out;
    for (const char c : tree_.text(index)) {
      if (c != ' ' && c != '\t' && c != '\\' && c != '\n' && c != '\r') out += c;
    }
    return escaped(out);
  }

  std::string number(NodeIndex index) {
    const auto value = number_value(tree_, index);
    if (!value) return "?";
    if (const auto* whole = std::get_if<std::int64_t>(&*value)) return fmt::format("{}", *whole);
    return fmt::format("{:016x}", std::bit_cast<std::uint64_t>(std::get<double>(*value)));
  }

  // Adjacent literals are one text, as Python's ast has them.
  void text(NodeIndex index, std::size_t depth, bool places) {
    pending_.clear();
    bool formatted = tree_.kind(index) == NodeKind::format;
    if (tree_.kind(index) == NodeKind::strings) {
      for (const NodeIndex piece : tree_.children(index)) {
        formatted = formatted || tree_.kind(piece) == NodeKind::format;
      }
    }
    if (formatted) line(depth, "format" + place(tree_[index], places));
    if (tree_.kind(index) == NodeKind::strings) {
      for (const NodeIndex piece : tree_.children(index))
        part(piece, depth + 1);
    } else {
      part(index, depth + 1);
    }
    if (!formatted) {
      const NodeIndex first =
          tree_.kind(index) == NodeKind::strings ? tree_.child(index, 0) : index;
      const bool bytes = is_bytes_literal(tree_.text(first));
      return line(depth, fmt::format("{} {}{}", bytes ? "bytes" : "text", escaped(pending_),
                                     place(tree_[index], places)));
    }
    flush(depth + 1);
  }

  void flush(std::size_t depth) {
    if (!pending_.empty()) line(depth, fmt::format("text {}", escaped(pending_)));
    pending_.clear();
  }

  void part(NodeIndex piece, std::size_t depth) {
    if (tree_.kind(piece) == NodeKind::string) {
      pending_ += string_value(tree_, piece).value_or("?");
      return;
    }
    parts(piece, is_raw_literal(tree_.text(piece)), depth);
  }

  void parts(NodeIndex parent, bool raw, std::size_t depth) {
    for (const NodeIndex part : tree_.children(parent)) {
      if (tree_.kind(part) == NodeKind::format_text) {
        pending_ += format_text_value(tree_, part, raw).value_or("?");
        continue;
      }
      const Node& node = tree_[part];
      const NodeIndex spec = tree_.child(part, 1);
      char conversion = node.conversion();
      if (node.has(flag::debug)) {
        pending_ += debug_text(tree_, part);
        if (conversion == '\0' && spec == 0) conversion = 'r';
      }
      flush(depth);
      line(depth, fmt::format("field {}", conversion == '\0' ? '-' : conversion));
      std::string outer;
      std::swap(outer, pending_);
      spell(tree_.child(part, 0), depth + 1, false);
      if (spec != 0) {
        line(depth + 1, "spec");
        pending_.clear();
        parts(spec, raw, depth + 2);
        flush(depth + 2);
      }
      std::swap(outer, pending_);
    }
  }

  const Tree& tree_;
  std::string pending_;
};

}  // namespace

int main(int count, char** words) {
  for (int index = 1; index < count; ++index) {
    std::ifstream file(words[index], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::cout << "== " << words[index] << '\n';
    const Tree tree = Tree::parse(text);
    if (const SyntaxError* error = tree.error()) {
      std::cout << "error " << error->span.begin << ' ' << error->message << '\n';
    } else {
      Speller(tree).spell(Tree::root(), 0, tree.encoding() == Encoding::utf8);
    }
  }
  return 0;
}
