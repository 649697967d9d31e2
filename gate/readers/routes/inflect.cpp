#include "gate/readers/routes/inflect.h"

#include <array>
#include <utility>

#include "gate/base/ascii.h"

namespace gate::readers::laravel {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Words that are their own singular.
constexpr std::array<std::string_view, 34> kSame = {
    "advice",   "audio",      "clothing", "data",      "education", "equipment",   "evidence",
    "feedback", "fish",       "food",     "furniture", "homework",  "information", "knowledge",
    "luggage",  "management", "metadata", "money",     "music",     "news",        "police",
    "progress", "research",   "rice",     "series",    "sheep",     "sms",         "software",
    "spam",     "species",    "staff",    "talent",    "traffic",   "weather"};

// Words that follow no rule.
constexpr std::array<Pair, 26> kIrregular = {{
    {"axes", "axe"},       {"beliefs", "belief"},     {"caches", "cache"},
    {"cafes", "cafe"},     {"canvases", "canvas"},    {"children", "child"},
    {"cookies", "cookie"}, {"criteria", "criterion"}, {"curricula", "curriculum"},
    {"curves", "curve"},   {"echoes", "echo"},        {"feet", "foot"},
    {"gases", "gas"},      {"geese", "goose"},        {"leaves", "leaf"},
    {"lenses", "lens"},    {"media", "medium"},       {"men", "man"},
    {"moves", "move"},     {"niches", "niche"},       {"people", "person"},
    {"saves", "save"},     {"teeth", "tooth"},        {"thieves", "thief"},
    {"waves", "wave"},     {"women", "woman"},
}};

// Endings, the first that fits counts.
constexpr std::array<Pair, 36> kEndings = {{
    {"statuses", "status"},
    {"status", "status"},
    {"campus", "campus"},
    {"menus", "menu"},
    {"quizzes", "quiz"},
    {"matrices", "matrix"},
    {"vertices", "vertex"},
    {"indices", "index"},
    {"aliases", "alias"},
    {"alias", "alias"},
    {"heroes", "hero"},
    {"potatoes", "potato"},
    {"tomatoes", "tomato"},
    {"analyses", "analysis"},
    {"crises", "crisis"},
    {"theses", "thesis"},
    {"diagnoses", "diagnosis"},
    {"shoes", "shoe"},
    {"houses", "house"},
    {"mice", "mouse"},
    {"movies", "movie"},
    {"drives", "drive"},
    {"archives", "archive"},
    {"actives", "active"},
    {"olives", "olive"},
    {"lives", "life"},
    {"wives", "wife"},
    {"knives", "knife"},
    {"shelves", "shelf"},
    {"halves", "half"},
    {"xes", "x"},
    {"ches", "ch"},
    {"shes", "sh"},
    {"sses", "ss"},
    {"oes", "o"},
    {"buses", "bus"},
}};

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

std::string singular_word(const std::string& word) {
  const std::string lowered = base::to_lower(word);
  for (const std::string_view same : kSame)
    if (lowered == same) return word;
  for (const auto& [plural, single] : kIrregular)
    if (lowered == plural) return std::string(single);
  for (const auto& [plural, single] : kEndings) {
    if (lowered.ends_with(plural))
      return word.substr(0, word.size() - plural.size()) + std::string(single);
  }
  if (lowered.size() > 3 && lowered.ends_with("ies") && !is_vowel(lowered[lowered.size() - 4]))
    return word.substr(0, word.size() - 3) + "y";
  if (lowered.ends_with('s') && !lowered.ends_with("ss") && !lowered.ends_with("us"))
    return word.substr(0, word.size() - 1);
  return word;
}

}  // namespace

std::string singular(std::string_view word) {
  const std::size_t cut = word.find_last_of("-_. ");
  const std::size_t begin = cut == std::string_view::npos ? 0 : cut + 1;
  return std::string(word.substr(0, begin)) + singular_word(std::string(word.substr(begin)));
}

}  // namespace gate::readers::laravel
