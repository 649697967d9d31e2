// The methods of Str that cut, pad and compare: laravel.com/docs/strings.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/laravel/functions.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Array;
using php::Bound;
using php::Evaluator;
using php::Function;
using php::is_ascii;
using php::Needs;
using php::Value;
using Text = std::optional<std::string>;

Value not_ascii() { return Value::unknown("it changes a text that is not plain ASCII"); }

// The texts of one argument: one, or several.
std::optional<std::vector<std::string>> texts_of(const Bound& given, std::size_t place) {
  std::vector<std::string> texts;
  const Value all = php::apply(php::Operator::to_array, given[place]);
  if (!all.is(php::Type::array)) return std::nullopt;
  for (const Array::Entry& entry : all.array().entries()) {
    Text text = php::to_text(entry.value);
    if (!text) return std::nullopt;
    texts.push_back(*std::move(text));
  }
  return texts;
}

// The function of PHP of this name on the same arguments.
Value of_php(std::string_view name, Evaluator& evaluator, const Bound& given) {
  php::Arguments passed;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given.has(i)) return php::wrong_arguments();
    passed.push_back({given[i], {}});
  }
  return php::call_function(*php::find_function(name), evaluator, passed);
}

Value limit(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<std::int64_t> most =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(100);
  const Text end = given.has(2) ? given.text(2) : Text("...");
  if (!text || !most || *most < 0 || !end) return php::wrong_arguments();
  if (!is_ascii(*text)) return not_ascii();
  const auto size = static_cast<std::size_t>(*most);
  if (text->size() <= size) return *text;
  std::string kept = text->substr(0, size);
  while (!kept.empty() &&
         std::string_view(" \n\r\t\v\0", 6).find(kept.back()) != std::string_view::npos)
    kept.pop_back();
  return kept + *end;
}

// `*` stands for anything.
bool fits(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  // Each part between two stars as early as it can be, the last one at the end.
  for (std::size_t next = pattern.find('*'); next != std::string_view::npos;
       next = pattern.find('*')) {
    const std::size_t found = text.find(pattern.substr(0, next));
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + next);
    pattern.remove_prefix(next + 1);
  }
  return text.ends_with(pattern);
}

Value is(Evaluator& /*evaluator*/, const Bound& given) {
  const auto patterns = texts_of(given, 0);
  const Text text = given.text(1);
  if (!patterns || !text || given.has(2)) return php::wrong_arguments();
  // Whether `*` goes on behind a line end differs between versions.
  if (text->find('\n') != std::string::npos) return not_ascii();
  return std::any_of(patterns->begin(), patterns->end(),
                     [&](const std::string& one) { return fits(one, *text); });
}

Value contains_all(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const auto wanted = given.array(1) != nullptr ? texts_of(given, 1) : std::nullopt;
  if (!text || !wanted || given.has(2)) return php::wrong_arguments();
  return std::all_of(wanted->begin(), wanted->end(), [&](const std::string& one) {
    return !one.empty() && text->find(one) != std::string::npos;
  });
}

template <bool last>
Value between(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  const Text from = given.text(1);
  const Text to = given.text(2);
  if (!text || !from || !to) return php::wrong_arguments();
  if (from->empty() || to->empty()) return *text;
  if (const std::size_t found = text->find(*from); found != std::string::npos)
    text->erase(0, found + from->size());
  const std::size_t end = last ? text->rfind(*to) : text->find(*to);
  return text->substr(0, end);
}

Value replace_array(Evaluator& /*evaluator*/, const Bound& given) {
  const Text search = given.text(0);
  const auto puts = texts_of(given, 1);
  const Text text = given.text(2);
  if (!search || search->empty() || !puts || !text) return php::wrong_arguments();
  std::string out;
  std::size_t at = 0;
  std::size_t next = 0;
  for (std::size_t found = text->find(*search); found != std::string::npos;
       found = text->find(*search, at)) {
    out += text->substr(at, found - at) + (next < puts->size() ? (*puts)[next] : *search);
    at = found + search->size();
    ++next;
  }
  return out + text->substr(at);
}

template <std::int64_t side>
Value pad(Evaluator& evaluator, const Bound& given) {
  const Text text = given.text(0);
  if (!text || !is_ascii(*text)) return not_ascii();
  std::vector<std::optional<Value>> values = {
      given[0], given[1], given.has(2) ? given[2] : Value(std::string(" ")), Value(side)};
  return of_php("str_pad", evaluator, Bound(std::move(values), false));
}

Value repeat(Evaluator& evaluator, const Bound& given) {
  return of_php("str_repeat", evaluator, given);
}
Value substr_count(Evaluator& evaluator, const Bound& given) {
  return of_php("substr_count", evaluator, given);
}

Value squish(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text || !is_ascii(*text)) return not_ascii();
  std::string out;
  for (const char c : base::trim(*text)) {
    const bool blank = base::kBlanks.find(c) != std::string_view::npos;
    if (blank && out.back() == ' ') continue;
    out += blank ? ' ' : c;
  }
  return out;
}

constexpr std::array kTable = {
    Function{"between", "subject from to", 3, Needs::everything, between<true>},
    Function{"betweenfirst", "subject from to", 3, Needs::everything, between<false>},
    Function{"containsall", "haystack needles ignoreCase", 2, Needs::everything, contains_all},
    Function{"is", "pattern value ignoreCase", 2, Needs::everything, is},
    Function{"limit", "value limit end", 1, Needs::everything, limit},
    Function{"padboth", "value length pad", 2, Needs::everything, pad<2>},
    Function{"padleft", "value length pad", 2, Needs::everything, pad<0>},
    Function{"padright", "value length pad", 2, Needs::everything, pad<1>},
    Function{"repeat", "string times", 2, Needs::everything, repeat},
    Function{"replacearray", "search replace subject", 3, Needs::everything, replace_array},
    Function{"squish", "value", 1, Needs::everything, squish},
    Function{"substrcount", "haystack needle", 2, Needs::everything, substr_count},
};

}  // namespace

const std::span<const Function> kStrPartFunctions = kTable;

}  // namespace gate::readers::laravel
