#include "gate/readers/formats/json_scanner.h"

namespace gate::readers {

NodeKind JsonScanner::kind() {
  lexer_.skip_blank();
  switch (lexer_.peek()) {
    case '{':
      return NodeKind::map;
    case '[':
      return NodeKind::list;
    case '"':
      return NodeKind::string;
    default:
      return NodeKind::null;
  }
}

std::uint32_t JsonScanner::offset() {
  lexer_.skip_blank();
  return lexer_.offset();
}

bool JsonScanner::open(char bracket) {
  if (failed()) return false;
  lexer_.skip_blank();
  if (lexer_.peek() != bracket) {
    skip();
    return false;
  }
  if (depth_ == kJsonDepth) return lexer_.fail("nested too deeply");
  ++depth_;
  return lexer_.take(bracket);
}

bool JsonScanner::next(char closing, bool first) {
  if (failed() || lexer_.take(closing)) return false;
  if (lexer_.at_end()) return lexer_.fail("the text ends too early");
  if (first) return true;
  if (!lexer_.take(',')) return lexer_.fail("a comma is missing");
  return !(options_.trailing_commas && lexer_.take(closing));
}

bool JsonScanner::read_key(Key& key) {
  lexer_.skip_blank();
  key.span.begin = lexer_.offset();
  if (lexer_.peek() != '"') return lexer_.fail("a key in quotes is missing");
  if (!lexer_.read_string(key.name)) return false;
  key.span.end = lexer_.offset();
  return lexer_.take(':') || lexer_.fail("`:` is missing");
}

std::optional<std::string_view> JsonScanner::text() {
  if (failed()) return std::nullopt;
  if (kind() != NodeKind::string) {
    skip();
    return std::nullopt;
  }
  std::string_view value;
  if (!lexer_.read_string(value)) return std::nullopt;
  return value;
}

std::optional<bool> JsonScanner::boolean() {
  const std::optional<std::string_view> taken = word();
  if (taken == "true") return true;
  if (taken == "false") return false;
  return std::nullopt;
}

std::optional<std::string_view> JsonScanner::word() {
  if (failed()) return std::nullopt;
  if (kind() != NodeKind::null) {
    skip();
    return std::nullopt;
  }
  std::string_view taken;
  if (!lexer_.read_word(taken) || taken == "null") return std::nullopt;
  return taken;
}

void JsonScanner::skip() {
  if (failed()) return;
  std::string_view ignored;
  switch (kind()) {
    case NodeKind::map:
      members([](const Key&) {});
      break;
    case NodeKind::list:
      items([] {});
      break;
    case NodeKind::string:
      lexer_.read_string(ignored);
      break;
    default:
      lexer_.read_word(ignored);
  }
}

const std::string& JsonScanner::finish() {
  lexer_.skip_blank();
  if (!failed() && !lexer_.at_end()) lexer_.fail("text behind the end of the value");
  return lexer_.problem();
}

}  // namespace gate::readers
