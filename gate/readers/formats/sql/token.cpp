#include "gate/readers/formats/sql/token.h"

#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/scanner.h"

namespace gate::readers::sql {
namespace {

constexpr std::size_t kPostgresNameBytes = 63;  // NAMEDATALEN - 1

// Returns `text` without its quotes, a doubled quote as one.
std::string unquote(std::string_view text, char quote) {
  std::string out;
  if (text.starts_with(quote)) text.remove_prefix(1);
  if (text.ends_with(quote)) text.remove_suffix(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text[at] == quote && text.substr(at + 1, 1) == std::string_view(&quote, 1)) ++at;
  }
  return out;
}

// Cuts at a whole character, as PostgreSQL does.
void cut_name(std::string& name) {
  if (name.size() <= kPostgresNameBytes) return;
  std::size_t end = kPostgresNameBytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
    --end;
  name.resize(end);
}

}  // namespace

bool Token::is(std::string_view lowered) const {
  return kind == TokenKind::word && text.size() == lowered.size() &&
         std::equal(text.begin(), text.end(), lowered.begin(),
                    [](char a, char b) { return base::to_lower(a) == b; });
}

Tokens tokenize(std::string_view text, Dialect dialect) { return Scanner(text, dialect).run(); }

std::string identifier(const Token& token, Dialect dialect) {
  std::string name;
  if (token.kind == TokenKind::quoted || token.kind == TokenKind::text) {
    name = unquote(token.text, token.text.empty() ? '"' : token.text.front());
  } else if (dialect == Dialect::postgres) {
    name = base::to_lower(token.text);
  } else {
    name = token.text;
  }
  if (dialect == Dialect::postgres) cut_name(name);
  return name;
}

std::string string_value(const Token& token, Dialect dialect) {
  std::string_view text = token.text;
  if (text.starts_with('$')) {  // $tag$ ... $tag$
    const std::size_t mark = text.find('$', 1);
    if (mark == std::string_view::npos) return std::string(text);
    const std::size_t length = mark + 1;
    text.remove_prefix(length);
    if (!token.unterminated && text.size() >= length) text.remove_suffix(length);
    return std::string(text);
  }
  const std::size_t open = text.find_first_of("'\"");
  if (open == std::string_view::npos) return std::string(text);
  const bool escapes =
      dialect == Dialect::mysql || (open > 0 && base::to_lower(text[open - 1]) == 'e');
  std::string value = unquote(text.substr(open), text[open]);
  if (!escapes || value.find('\\') == std::string::npos) return value;
  std::string out;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\' && at + 1 < value.size()) {
      ++at;
      constexpr std::string_view kNamed = "ntr0";
      constexpr std::string_view kMeant{"\n\t\r\0", 4};
      const std::size_t named = kNamed.find(value[at]);
      out += named == std::string_view::npos ? value[at] : kMeant[named];
    } else {
      out += value[at];
    }
  }
  return out;
}

}  // namespace gate::readers::sql
