#include "gate/readers/migrations/laravel/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"

namespace gate::readers::migrations::laravel {
namespace {

struct Irregular {
  std::string_view one;
  std::string_view many;
};

// Doctrine's inflector, English: irregular nouns that name tables.
constexpr std::array<Irregular, 22> kIrregular{
    {{"person", "people"},   {"child", "children"},     {"man", "men"},
     {"woman", "women"},     {"foot", "feet"},          {"tooth", "teeth"},
     {"goose", "geese"},     {"mouse", "mice"},         {"ox", "oxen"},
     {"leaf", "leaves"},     {"index", "indices"},      {"matrix", "matrices"},
     {"vertex", "vertices"}, {"criterion", "criteria"}, {"phenomenon", "phenomena"},
     {"datum", "data"},      {"medium", "media"},       {"curriculum", "curricula"},
     {"axis", "axes"},       {"quiz", "quizzes"},       {"shelf", "shelves"},
     {"virus", "viri"}}};

constexpr std::array<std::string_view, 18> kUncountable{
    "equipment", "information", "rice",   "money",    "species", "series",
    "fish",      "sheep",       "news",   "metadata", "audio",   "feedback",
    "media",     "software",    "stadia", "staff",    "stock",   "traffic"};

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

}  // namespace

std::string snake(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (base::is_upper(c) && at > 0) out += '_';
    out += base::to_lower(c);
  }
  return out;
}

std::string plural(std::string_view word) {
  const auto tail_is = [&](std::string_view tail) {
    return word.ends_with(tail) &&
           (word.size() == tail.size() || word[word.size() - tail.size() - 1] == '_');
  };
  if (std::any_of(kUncountable.begin(), kUncountable.end(), tail_is)) return std::string(word);
  for (const Irregular& irregular : kIrregular) {
    if (tail_is(irregular.many)) return std::string(word);
    if (tail_is(irregular.one))
      return std::string(word.substr(0, word.size() - irregular.one.size())) +
             std::string(irregular.many);
  }
  const auto replace = [&](std::size_t drop, std::string_view end) {
    return std::string(word.substr(0, word.size() - drop)) + std::string(end);
  };
  if (word.ends_with("y") && word.size() > 1 && !is_vowel(word[word.size() - 2]))
    return replace(1, "ies");
  if (word.ends_with("is")) return replace(2, "es");
  if (word.ends_with("us")) return replace(0, "es");
  if (word.ends_with("ss") || word.ends_with("sh") || word.ends_with("ch") || word.ends_with("x") ||
      word.ends_with("zz"))
    return replace(0, "es");
  if (word.ends_with("s")) return std::string(word);
  if (word.ends_with("fe")) return replace(2, "ves");
  if (word.ends_with("lf") || word.ends_with("rf")) return replace(1, "ves");
  if (word.ends_with("hero") || word.ends_with("potato") || word.ends_with("tomato") ||
      word.ends_with("echo"))
    return replace(0, "es");
  return replace(0, "s");
}

std::string table_of_model(std::string_view class_name) {
  const std::size_t slash = class_name.rfind('\\');
  if (slash != std::string_view::npos) class_name.remove_prefix(slash + 1);
  return plural(snake(class_name));
}

std::string index_name(std::string_view table, const std::vector<std::string>& columns,
                       std::string_view type) {
  std::string name = base::to_lower(fmt::format("{}_{}_{}", table, fmt::join(columns, "_"), type));
  std::replace(name.begin(), name.end(), '-', '_');
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace gate::readers::migrations::laravel
