// Str: laravel.com/docs/strings. Only texts of ASCII: what Str makes of other letters is a matter
// of tables that change with the versions of its libraries. slug() is in slug.cpp.
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
using php::Object;
using php::Type;
using php::Value;
using Text = std::optional<std::string>;

// A text of ASCII, or nothing.
Text ascii_text(const Bound& given, std::size_t place) {
  Text text = given.text(place);
  return text && is_ascii(*text) ? text : std::nullopt;
}

Value not_ascii() { return Value::unknown("it changes a text that is not plain ASCII"); }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Value lower(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  return text ? Value(base::to_lower(*text)) : not_ascii();
}

Value upper_all(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = ascii_text(given, 0);
  if (!text) return not_ascii();
  std::transform(text->begin(), text->end(), text->begin(), upper);
  return *std::move(text);
}

Value ucfirst(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = ascii_text(given, 0);
  if (!text) return not_ascii();
  if (!text->empty()) text->front() = upper(text->front());
  return *std::move(text);
}

Value lcfirst(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = ascii_text(given, 0);
  if (!text) return not_ascii();
  if (!text->empty()) text->front() = base::to_lower(text->front());
  return *std::move(text);
}

Value title(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = ascii_text(given, 0);
  // What a word is where something else than blanks stands between letters depends on PHP's
  // version.
  if (!text || text->find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -_") !=
                   std::string::npos)
    return not_ascii();
  bool begins = true;
  for (char& c : *text) {
    c = begins ? upper(c) : base::to_lower(c);
    begins = !base::is_letter(c);
  }
  return *std::move(text);
}

std::string snake_of(const std::string& value, const std::string& delimiter) {
  const bool is_lower = !value.empty() && std::all_of(value.begin(), value.end(),
                                                      [](char c) { return c >= 'a' && c <= 'z'; });
  if (is_lower) return value;
  std::string joined;  // ucwords, without blanks
  bool begins = true;
  for (const char c : value) {
    const bool blank = is_space(c);
    if (!blank) joined += begins ? upper(c) : c;
    begins = blank;
  }
  std::string out;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    out += base::to_lower(joined[i]);
    if (i + 1 < joined.size() && base::is_upper(joined[i + 1]) && joined[i] != '\n')
      out += base::to_lower(delimiter);
  }
  return out;
}

Value snake(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  const Text delimiter = given.has(1) ? ascii_text(given, 1) : Text("_");
  if (!text || !delimiter || delimiter->find_first_of("$\\") != std::string::npos)
    return not_ascii();
  return snake_of(*text, *delimiter);
}

Value kebab(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  return text ? Value(snake_of(*text, "-")) : not_ascii();
}

// A word that ends in a separator, or has two in a row, differs between versions.
std::optional<std::string> studly_of(const std::string& value) {
  std::string out;
  bool begins = true;
  for (const char c : value) {
    if (c == '\t' || c == '\n') return std::nullopt;
    const bool separates = c == '-' || c == '_' || c == ' ';
    if (!separates) out += begins ? upper(c) : c;
    begins = separates;
  }
  return out;
}

Value studly(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  const Text made = text ? studly_of(*text) : std::nullopt;
  return made ? Value(*made) : not_ascii();
}

Value camel(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  Text made = text ? studly_of(*text) : std::nullopt;
  if (!made) return not_ascii();
  if (!made->empty()) made->front() = base::to_lower(made->front());
  return *std::move(made);
}

// One text, or several.
std::optional<std::vector<std::string>> texts_of(const Bound& given, std::size_t place) {
  std::vector<std::string> texts;
  const Value all = php::apply(php::Operator::to_array, given[place]);
  if (!all.is(Type::array)) return std::nullopt;
  for (const Array::Entry& entry : all.array().entries()) {
    Text text = php::to_text(entry.value);
    if (!text) return std::nullopt;
    texts.push_back(*std::move(text));
  }
  return texts;
}

enum class Where { anywhere, begin, end };

template <Where where>
Value has(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const auto wanted = texts_of(given, 1);
  if (!text || !wanted || given.has(2)) return php::wrong_arguments();
  return std::any_of(wanted->begin(), wanted->end(), [&](const std::string& one) {
    if (one.empty()) return false;
    if (where == Where::begin) return text->starts_with(one);
    if (where == Where::end) return text->ends_with(one);
    return text->find(one) != std::string::npos;
  });
}

template <bool after, bool last>
Value part(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text search = given.text(1);
  if (!text || !search) return php::wrong_arguments();
  const std::size_t found = last ? text->rfind(*search) : text->find(*search);
  if (search->empty() || found == std::string::npos) return *text;
  return after ? text->substr(found + search->size()) : text->substr(0, found);
}

Value finish(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  const Text cap = given.text(1);
  if (!text || !cap || cap->empty() || text->ends_with('\n')) return php::wrong_arguments();
  while (text->ends_with(*cap))
    text->resize(text->size() - cap->size());
  return *text + *cap;
}

Value start(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  const Text prefix = given.text(1);
  if (!text || !prefix || prefix->empty()) return php::wrong_arguments();
  while (text->starts_with(*prefix))
    text->erase(0, prefix->size());
  return *prefix + *text;
}

Value replace(Evaluator& evaluator, const Bound& given) {
  if (given.has(3)) return Value::unknown("it replaces in any case");
  php::Arguments passed;
  for (std::size_t i = 0; i < 3; ++i)
    passed.push_back({given[i], {}});
  return php::call_function(*php::find_function("str_replace"), evaluator, passed);
}

template <bool last>
Value replace_one(Evaluator& /*evaluator*/, const Bound& given) {
  const Text search = given.text(0);
  const Text put = given.text(1);
  Text text = given.text(2);
  if (!search || !put || !text) return php::wrong_arguments();
  const std::size_t found = last ? text->rfind(*search) : text->find(*search);
  if (search->empty() || found == std::string::npos) return *text;
  return text->replace(found, search->size(), *put);
}

Value remove(Evaluator& evaluator, const Bound& given) {
  if (given.has(2)) return Value::unknown("it removes in any case");
  return php::call_function(*php::find_function("str_replace"), evaluator,
                            {{given[0], {}}, {std::string(), {}}, {given[1], {}}});
}

Value length(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  return text ? Value(static_cast<std::int64_t>(text->size())) : not_ascii();
}

Value substr(Evaluator& evaluator, const Bound& given) {
  if (!ascii_text(given, 0)) return not_ascii();
  php::Arguments passed;
  for (std::size_t i = 0; i < given.size(); ++i)
    passed.push_back({given[i], {}});
  return php::call_function(*php::find_function("substr"), evaluator, passed);
}

Value ascii(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = ascii_text(given, 0);
  return text ? Value(*text) : not_ascii();
}

Value of(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(Object{Object::Class::stringable, Value(*text)}) : php::wrong_arguments();
}

constexpr std::array kTable = {
    Function{"after", "subject search", 2, Needs::everything, part<true, false>},
    Function{"afterlast", "subject search", 2, Needs::everything, part<true, true>},
    Function{"ascii", "value", 1, Needs::everything, ascii},
    Function{"before", "subject search", 2, Needs::everything, part<false, false>},
    Function{"beforelast", "subject search", 2, Needs::everything, part<false, true>},
    Function{"camel", "value", 1, Needs::everything, camel},
    Function{"contains", "haystack needles ignoreCase", 2, Needs::everything, has<Where::anywhere>},
    Function{"endswith", "haystack needles", 2, Needs::everything, has<Where::end>},
    Function{"finish", "value cap", 2, Needs::everything, finish},
    Function{"kebab", "value", 1, Needs::everything, kebab},
    Function{"lcfirst", "string", 1, Needs::everything, lcfirst},
    Function{"length", "value", 1, Needs::everything, length},
    Function{"lower", "value", 1, Needs::everything, lower},
    Function{"of", "string", 1, Needs::everything, of},
    Function{"remove", "search subject caseSensitive", 2, Needs::everything, remove},
    Function{"replace", "search replace subject caseSensitive", 3, Needs::everything, replace},
    Function{"replacefirst", "search replace subject", 3, Needs::everything, replace_one<false>},
    Function{"replacelast", "search replace subject", 3, Needs::everything, replace_one<true>},
    Function{"snake", "value delimiter", 1, Needs::everything, snake},
    Function{"start", "value prefix", 2, Needs::everything, start},
    Function{"startswith", "haystack needles", 2, Needs::everything, has<Where::begin>},
    Function{"studly", "value", 1, Needs::everything, studly},
    Function{"substr", "string start length", 2, Needs::everything, substr},
    Function{"title", "value", 1, Needs::everything, title},
    Function{"ucfirst", "string", 1, Needs::everything, ucfirst},
    Function{"upper", "value", 1, Needs::everything, upper_all},
};

}  // namespace

const std::span<const Function> kStrFunctions = kTable;

}  // namespace gate::readers::laravel
