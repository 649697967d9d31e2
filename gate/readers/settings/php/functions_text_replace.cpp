// Texts put in place of others: php.net/manual/en/ref.strings.php.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

using Text = std::optional<std::string>;

std::string replace_all(const std::string& text, const std::string& from, const std::string& to,
                        bool ignore_case) {
  if (from.empty()) return text;
  std::string out;
  std::size_t at = 0;
  const std::string searched = ignore_case ? base::to_lower(text) : text;
  const std::string wanted = ignore_case ? base::to_lower(from) : from;
  for (std::size_t found = searched.find(wanted); found != std::string::npos;
       found = searched.find(wanted, at)) {
    out.append(text, at, found - at).append(to);
    at = found + from.size();
    if (out.size() > Value::kMaxText) return out;
  }
  return out.append(text, at);
}

// One text, or each of several.
std::optional<std::vector<std::string>> texts_of(const Bound& given, std::size_t place) {
  std::vector<std::string> texts;
  if (const Array* const array = given.array(place)) {
    for (const Array::Entry& entry : array->entries()) {
      Text text = to_text(entry.value);
      if (!text) return std::nullopt;
      texts.push_back(*std::move(text));
    }
    return texts;
  }
  Text text = given.text(place);
  if (!text) return std::nullopt;
  texts.push_back(*std::move(text));
  return texts;
}

// Whether looking for so many texts in one takes longer than configuration may.
bool takes_long(std::size_t searched, std::size_t bytes) {
  constexpr std::size_t kMost = 1U << 24U;
  return bytes > 0 && searched > kMost / bytes;
}

Value takes_too_long() { return Value::unknown("computing it takes too many steps"); }

template <bool ignore_case>
Value str_replace(Evaluator& /*evaluator*/, const Bound& given) {
  const auto searched = texts_of(given, 0);
  const auto replaced = texts_of(given, 1);
  const bool one_for_all = given.array(1) == nullptr;
  if (!searched || !replaced || (given.array(0) == nullptr && !one_for_all))
    return wrong_arguments();
  const auto replace = [&](std::string text) {
    for (std::size_t i = 0; i < searched->size(); ++i) {
      const std::string to = one_for_all            ? replaced->front()
                             : i < replaced->size() ? (*replaced)[i]
                                                    : std::string();
      text = replace_all(text, (*searched)[i], to, ignore_case);
    }
    return text;
  };
  if (const Array* const array = given.array(2)) {
    Array out;
    std::size_t bytes = 0;
    for (const Array::Entry& entry : array->entries()) {
      const Text text = to_text(entry.value);
      if (!text) return wrong_arguments();
      bytes += text->size() + 1;
      if (takes_long(searched->size(), bytes)) return takes_too_long();
      out.set(entry.key, replace(*text));
    }
    return out;
  }
  const Text text = given.text(2);
  if (!text) return wrong_arguments();
  if (takes_long(searched->size(), text->size())) return takes_too_long();
  std::string out = replace(*text);
  if (out.size() > Value::kMaxText) return Value::unknown("the text is too long");
  return out;
}

// strtr(): each character by another, or by an array the longest that fits at each place.
Value strtr(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  std::string out;
  if (given.has(2)) {
    const Text from = given.text(1);
    const Text to = given.text(2);
    if (!from || !to) return wrong_arguments();
    const std::size_t count = std::min(from->size(), to->size());
    for (const char c : *text) {
      const std::size_t place = std::string_view(*from).substr(0, count).rfind(c);
      out += place == std::string_view::npos ? c : (*to)[place];
    }
    return out;
  }
  const Array* const pairs = given.array(1);
  if (pairs == nullptr) return wrong_arguments();
  std::vector<std::pair<std::string, std::string>> known;
  for (const Array::Entry& entry : pairs->entries()) {
    const Text to = to_text(entry.value);
    if (!to || entry.key.shown().empty()) return wrong_arguments();
    known.emplace_back(entry.key.shown(), *to);
  }
  if (takes_long(known.size(), text->size())) return takes_too_long();
  std::stable_sort(known.begin(), known.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (std::size_t at = 0; at < text->size();) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& pair) {
      return text->compare(at, pair.first.size(), pair.first) == 0;
    });
    out += found == known.end() ? text->substr(at, 1) : found->second;
    at += found == known.end() ? 1 : found->first.size();
    if (out.size() > Value::kMaxText) return Value::unknown("the text is too long");
  }
  return out;
}

Value substr_replace(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const Text put = given.text(1);
  const std::optional<std::int64_t> offset = given.integer(2);
  if (!text || !put || !offset) return wrong_arguments();
  const auto size = static_cast<std::int64_t>(text->size());
  const std::int64_t begin =
      std::clamp(*offset < 0 ? *offset + size : *offset, std::int64_t{0}, size);
  std::int64_t end = size;
  if (given.has(3) && !given[3].is(Type::null)) {
    const std::optional<std::int64_t> length = given.integer(3);
    if (!length) return wrong_arguments();
    end = *length < 0 ? std::max(begin, size + std::max(*length, -size))
                      : std::min(size, begin + std::min(*length, size));
  }
  return text->substr(0, static_cast<std::size_t>(begin)) + *put +
         text->substr(static_cast<std::size_t>(end));
}

constexpr std::array kTable = {
    Function{"str_ireplace", "search replace subject", 3, Needs::everything, str_replace<true>},
    Function{"str_replace", "search replace subject", 3, Needs::everything, str_replace<false>},
    Function{"strtr", "string from to", 2, Needs::everything, strtr},
    Function{"substr_replace", "string replace offset length", 3, Needs::everything,
             substr_replace},
};

}  // namespace

const std::span<const Function> kTextReplaceFunctions = kTable;

}  // namespace gate::readers::php
