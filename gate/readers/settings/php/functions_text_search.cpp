// Texts in texts: php.net/manual/en/ref.strings.php.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

using Text = std::optional<std::string>;

// Where a text lies in another from a place on; for the last one, from a place on or, counted from
// the end, up to it.
Value find_in(const Bound& given, bool ignore_case, bool last) {
  Text text = given.text(0);
  Text wanted = given.text(1);
  const std::optional<std::int64_t> offset =
      given.has(2) ? given.integer(2) : std::optional<std::int64_t>(0);
  if (!text || !wanted || !offset || (last && *offset != 0)) return wrong_arguments();
  if (ignore_case) {
    text = base::to_lower(*text);
    wanted = base::to_lower(*wanted);
  }
  const auto size = static_cast<std::int64_t>(text->size());
  const std::int64_t from = *offset < 0 ? *offset + size : *offset;
  if (from < 0 || from > size) return wrong_arguments();
  const std::size_t found =
      last ? text->rfind(*wanted) : text->find(*wanted, static_cast<std::size_t>(from));
  if (found == std::string::npos) return false;
  return static_cast<std::int64_t>(found);
}

Value strpos(Evaluator& /*evaluator*/, const Bound& given) { return find_in(given, false, false); }
Value stripos(Evaluator& /*evaluator*/, const Bound& given) { return find_in(given, true, false); }
Value strrpos(Evaluator& /*evaluator*/, const Bound& given) { return find_in(given, false, true); }

Value str_contains(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  if (!text || !wanted) return wrong_arguments();
  return text->find(*wanted) != std::string::npos;
}

Value str_starts_with(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  if (!text || !wanted) return wrong_arguments();
  return text->starts_with(*wanted);
}

Value str_ends_with(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  if (!text || !wanted) return wrong_arguments();
  return text->ends_with(*wanted);
}

template <bool ignore_case>
Value strstr(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  const std::optional<bool> before = given.has(2) ? given.truth(2) : std::optional(false);
  if (!text || !wanted || !before) return wrong_arguments();
  const std::size_t found =
      ignore_case ? base::to_lower(*text).find(base::to_lower(*wanted)) : text->find(*wanted);
  if (found == std::string::npos) return false;
  return *before ? text->substr(0, found) : text->substr(found);
}

Value substr_count(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  if (!text || !wanted || wanted->empty()) return wrong_arguments();
  std::int64_t count = 0;
  for (std::size_t at = text->find(*wanted); at != std::string::npos;
       at = text->find(*wanted, at + wanted->size()))
    ++count;
  return count;
}

// From the last place of a character on.
Value strrchr(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text wanted = given.text(1);
  if (!text || !wanted || wanted->empty()) return wrong_arguments();
  const std::size_t found = text->rfind(wanted->front());
  return found == std::string::npos ? Value(false) : Value(text->substr(found));
}

// Characters of UTF-8 count as one, so that only of ASCII the place is that of the bytes.
Value mb_strpos(Evaluator& evaluator, const Bound& given) {
  const Text text = given.text(0);
  return text && is_ascii(*text) ? strpos(evaluator, given)
                                 : Value::unknown("it counts in a text that is not ASCII");
}

constexpr std::array kTable = {
    Function{"mb_strpos", "haystack needle", 2, Needs::everything, mb_strpos},
    Function{"str_contains", "haystack needle", 2, Needs::everything, str_contains},
    Function{"str_ends_with", "haystack needle", 2, Needs::everything, str_ends_with},
    Function{"str_starts_with", "haystack needle", 2, Needs::everything, str_starts_with},
    Function{"strchr", "haystack needle before_needle", 2, Needs::everything, strstr<false>},
    Function{"stripos", "haystack needle offset", 2, Needs::everything, stripos},
    Function{"stristr", "haystack needle before_needle", 2, Needs::everything, strstr<true>},
    Function{"strpos", "haystack needle offset", 2, Needs::everything, strpos},
    Function{"strrchr", "haystack needle", 2, Needs::everything, strrchr},
    Function{"strrpos", "haystack needle offset", 2, Needs::everything, strrpos},
    Function{"strstr", "haystack needle before_needle", 2, Needs::everything, strstr<false>},
    Function{"substr_count", "haystack needle", 2, Needs::everything, substr_count},
};

}  // namespace

const std::span<const Function> kTextSearchFunctions = kTable;

}  // namespace gate::readers::php
