// Str::slug() and the rest of Str that is found by name.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/settings/laravel/functions.h"

namespace gate::readers::laravel {
namespace {

using php::Bound;
using php::Evaluator;
using php::Function;
using php::Needs;
using php::Value;
using Text = std::optional<std::string>;

// What ASCII has for the letters from U+00C0 to U+017F; `-`: nothing. Source: voku/portable-ascii,
// whose versions agree about these.
constexpr std::string_view kLatin =
    "A A A A A A AE C E E E E I I I I D N O O O O O - O U U U U Y TH ss a a a a a a "
    "ae c e e e e i i i i d n o o o o o - o u u u u y th y A a A a A a C c C c C c C "
    "c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij "
    "J j k k k L l L l L l L l L l N n N n N n n N n O o O o O o OE oe R r R r R r S "
    "s S s S s S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z s";
constexpr base::CodePoint kFirstLatin = 0xC0;
constexpr base::CodePoint kLastLatin = 0x17F;

std::string_view latin(base::CodePoint code) {
  std::string_view rest = kLatin;
  for (base::CodePoint at = kFirstLatin; at < code; ++at)
    rest.remove_prefix(rest.find(' ') + 1);
  const std::string_view letters = rest.substr(0, rest.find(' '));
  return letters == "-" ? std::string_view() : letters;
}

// The text in ASCII; nothing where it has other characters than letters of Latin languages.
Text transliterated(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const base::Decoded character = base::decode(text);
    if (!character.valid) return std::nullopt;
    if (character.code < 0x80)
      out += text.front();
    else if (character.code >= kFirstLatin && character.code <= kLastLatin)
      out += latin(character.code);
    else
      return std::nullopt;
    text.remove_prefix(character.size);
  }
  return out;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Value slug(Evaluator& /*evaluator*/, const Bound& given) {
  const Text given_title = given.text(0);
  const Text title = given_title ? transliterated(*given_title) : std::nullopt;
  const Text separator = given.has(1) ? given.text(1) : Text("-");
  if (!title) return Value::unknown("it changes a text that is not plain ASCII");
  const bool is_usual = separator && separator->size() <= 1 &&
                        (separator->empty() || std::string_view("-_.:").find(separator->front()) !=
                                                   std::string_view::npos);
  // Dictionaries came later, other languages have their own letters.
  if (!is_usual || given.has(2) || given.has(3))
    return Value::unknown("it makes a slug in an odd way");
  const char other = *separator == "-" ? '_' : '-';
  const auto is_separator = [&](char c) { return !separator->empty() && c == separator->front(); };
  std::string kept;
  for (const char c : *title) {
    if (c == other)
      kept += *separator;
    else if (c == '@')
      kept += *separator + "at" + *separator;
    else if (base::is_alphanumeric(c) || is_separator(c) || is_space(c))
      kept += base::to_lower(c);
  }
  std::string out;
  bool joins = false;  // a run of separators and blanks is one
  for (const char c : kept) {
    if (is_separator(c) || is_space(c)) {
      joins = true;
      continue;
    }
    if (joins && !out.empty()) out += *separator;
    joins = false;
    out += c;
  }
  return out;
}

constexpr std::array kTable = {
    Function{"slug", "title separator language dictionary", 1, Needs::everything, slug},
};

const Function* find_in(std::span<const Function> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Function& function) { return function.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Function* find_str(std::string_view method) {
  const std::string lowered = base::to_lower(method);
  for (const std::span<const Function> table :
       {std::span<const Function>(kTable), kStrFunctions, kStrPartFunctions}) {
    if (const Function* const found = find_in(table, lowered)) return found;
  }
  return nullptr;
}

}  // namespace gate::readers::laravel
