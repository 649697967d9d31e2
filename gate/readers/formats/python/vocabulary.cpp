#include "gate/readers/formats/python/vocabulary.h"

#include <array>
#include <utility>

namespace gate::readers::python {
namespace {

using Kind = TokenKind;

struct Word {
  std::string_view text;
  Kind kind;
};

constexpr auto kKeywords = std::to_array<Word>({
    {"False", Kind::kw_false},
    {"None", Kind::kw_none},
    {"True", Kind::kw_true},
    {"and", Kind::kw_and},
    {"as", Kind::kw_as},
    {"assert", Kind::kw_assert},
    {"async", Kind::kw_async},
    {"await", Kind::kw_await},
    {"break", Kind::kw_break},
    {"class", Kind::kw_class},
    {"continue", Kind::kw_continue},
    {"def", Kind::kw_def},
    {"del", Kind::kw_del},
    {"elif", Kind::kw_elif},
    {"else", Kind::kw_else},
    {"except", Kind::kw_except},
    {"finally", Kind::kw_finally},
    {"for", Kind::kw_for},
    {"from", Kind::kw_from},
    {"global", Kind::kw_global},
    {"if", Kind::kw_if},
    {"import", Kind::kw_import},
    {"in", Kind::kw_in},
    {"is", Kind::kw_is},
    {"lambda", Kind::kw_lambda},
    {"nonlocal", Kind::kw_nonlocal},
    {"not", Kind::kw_not},
    {"or", Kind::kw_or},
    {"pass", Kind::kw_pass},
    {"raise", Kind::kw_raise},
    {"return", Kind::kw_return},
    {"try", Kind::kw_try},
    {"while", Kind::kw_while},
    {"with", Kind::kw_with},
    {"yield", Kind::kw_yield},
});

// Longest first for each first character.
constexpr auto kPunctuation = std::to_array<Word>({
    {"**=", Kind::double_star_assign},
    {"//=", Kind::double_slash_assign},
    {"<<=", Kind::shift_left_assign},
    {">>=", Kind::shift_right_assign},
    {"...", Kind::ellipsis},
    {"**", Kind::double_star},
    {"//", Kind::double_slash},
    {"<<", Kind::shift_left},
    {">>", Kind::shift_right},
    {"->", Kind::arrow},
    {":=", Kind::walrus},
    {"==", Kind::equal},
    {"!=", Kind::not_equal},
    {"<=", Kind::less_equal},
    {">=", Kind::greater_equal},
    {"+=", Kind::plus_assign},
    {"-=", Kind::minus_assign},
    {"*=", Kind::star_assign},
    {"/=", Kind::slash_assign},
    {"%=", Kind::percent_assign},
    {"@=", Kind::at_assign},
    {"&=", Kind::ampersand_assign},
    {"|=", Kind::bar_assign},
    {"^=", Kind::caret_assign},
    {",", Kind::comma},
    {":", Kind::colon},
    {";", Kind::semicolon},
    {".", Kind::dot},
    {"@", Kind::at},
    {"=", Kind::assign},
    {"+", Kind::plus},
    {"-", Kind::minus},
    {"*", Kind::star},
    {"/", Kind::slash},
    {"%", Kind::percent},
    {"&", Kind::ampersand},
    {"|", Kind::bar},
    {"^", Kind::caret},
    {"~", Kind::tilde},
    {"<", Kind::less},
    {">", Kind::greater},
});

// Where the words of each first character stand in a table, so that most of it is never looked at.
struct Range {
  std::uint8_t begin = 0;
  std::uint8_t end = 0;
};

template <class Table>
constexpr std::array<Range, 128> ranges_of(const Table& table) {
  std::array<Range, 128> ranges{};
  for (std::size_t index = 0; index < table.size(); ++index) {
    Range& range = ranges[static_cast<unsigned char>(table[index].text.front())];
    if (range.end == 0) range.begin = static_cast<std::uint8_t>(index);
    range.end = static_cast<std::uint8_t>(index + 1);
  }
  return ranges;
}

}  // namespace

Kind keyword(std::string_view word) {
  if (word.size() < 2 || word.size() > 8 || !is_ascii(word.front())) return Kind::name;
  static constexpr auto kRanges = ranges_of(kKeywords);
  const Range range = kRanges[static_cast<unsigned char>(word.front())];
  for (std::size_t index = range.begin; index < range.end; ++index) {
    if (kKeywords[index].text == word) return kKeywords[index].kind;
  }
  return Kind::name;
}

Punctuation punctuation_at(std::string_view text) {
  if (text.empty() || !is_ascii(text.front())) return {};
  static constexpr auto kRanges = ranges_of(kPunctuation);
  const Range range = kRanges[static_cast<unsigned char>(text.front())];
  for (std::size_t index = range.begin; index < range.end; ++index) {
    if (text.starts_with(kPunctuation[index].text)) {
      return {kPunctuation[index].kind, kPunctuation[index].text.size()};
    }
  }
  return {};
}

std::optional<StringPrefix> string_prefix(std::string_view letters) {
  StringPrefix prefix{letters.size()};
  bool bytes = false;
  bool unicode = false;
  for (const char letter : letters) {
    switch (base::to_lower(letter)) {
      case 'r':
        if (std::exchange(prefix.raw, true)) return std::nullopt;
        break;
      case 'b':
        if (std::exchange(bytes, true)) return std::nullopt;
        break;
      case 'u':
        if (std::exchange(unicode, true)) return std::nullopt;
        break;
      case 'f':
      case 't':
        if (std::exchange(prefix.format, true)) return std::nullopt;
        break;
      default:
        return std::nullopt;
    }
  }
  if (unicode && letters.size() > 1) return std::nullopt;
  if (bytes && prefix.format) return std::nullopt;
  return prefix;
}

}  // namespace gate::readers::python
