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

// The rules of doctrine/inflector 2 for English and the words of Illuminate's Pluralizer. Words
// that are their own plural, sorted:
constexpr std::array<std::string_view, 93> kSame{
    "advice",    "aircraft",    "art",          "audio",     "baggage",     "bison",
    "buffalo",   "butter",      "carp",         "cattle",    "chassis",     "clothes",
    "clothing",  "coal",        "compensation", "coreopsis", "corps",       "cotton",
    "data",      "debris",      "deer",         "diabetes",  "education",   "emoji",
    "equipment", "evidence",    "feedback",     "fish",      "flour",       "food",
    "furniture", "gold",        "headquarters", "homework",  "information", "innings",
    "jeans",     "jedi",        "kin",          "knowledge", "leather",     "love",
    "luggage",   "management",  "media",        "metadata",  "money",       "moose",
    "music",     "news",        "nexus",        "nutrition", "offspring",   "oil",
    "pants",     "patience",    "people",       "plankton",  "pokemon",     "police",
    "polish",    "proceedings", "progress",     "rain",      "recommended", "related",
    "research",  "rice",        "salmon",       "sand",      "scissors",    "series",
    "sheep",     "silk",        "sms",          "soap",      "spam",        "species",
    "staff",     "sugar",       "swine",        "talent",    "toothpaste",  "traffic",
    "travel",    "trivia",      "trousers",     "us",        "vinegar",     "weather",
    "wheat",     "wood",        "wool"};

// Words that follow no rule.
constexpr std::array<Irregular, 45> kIrregular{
    {{"atlas", "atlases"},        {"axe", "axes"},
     {"beef", "beefs"},           {"brother", "brothers"},
     {"cafe", "cafes"},           {"chateau", "chateaux"},
     {"child", "children"},       {"canvas", "canvases"},
     {"corpus", "corpuses"},      {"criterion", "criteria"},
     {"curriculum", "curricula"}, {"domino", "dominoes"},
     {"echo", "echoes"},          {"foot", "feet"},
     {"fungus", "fungi"},         {"gas", "gases"},
     {"genus", "genera"},         {"goose", "geese"},
     {"graffito", "graffiti"},    {"human", "humans"},
     {"iris", "irises"},          {"larva", "larvae"},
     {"leaf", "leaves"},          {"lens", "lenses"},
     {"loaf", "loaves"},          {"man", "men"},
     {"medium", "media"},         {"memorandum", "memoranda"},
     {"motto", "mottoes"},        {"niche", "niches"},
     {"nucleus", "nuclei"},       {"octopus", "octopuses"},
     {"opus", "opuses"},          {"ox", "oxen"},
     {"penis", "penises"},        {"person", "people"},
     {"plateau", "plateaux"},     {"safe", "safes"},
     {"syllabus", "syllabi"},     {"testis", "testes"},
     {"thief", "thieves"},        {"tooth", "teeth"},
     {"tornado", "tornadoes"},    {"valve", "valves"},
     {"volcano", "volcanoes"}}};

// Endings, the first that fits counts.
constexpr std::array<Irregular, 28> kEndings{{{"status", "statuses"},
                                              {"quiz", "quizzes"},
                                              {"mouse", "mice"},
                                              {"louse", "lice"},
                                              {"matrix", "matrices"},
                                              {"vertex", "vertices"},
                                              {"vertix", "vertices"},
                                              {"index", "indices"},
                                              {"indix", "indices"},
                                              {"x", "xes"},
                                              {"ch", "ches"},
                                              {"ss", "sses"},
                                              {"sh", "shes"},
                                              {"quy", "quies"},
                                              {"hive", "hives"},
                                              {"gulf", "gulfs"},
                                              {"lf", "lves"},
                                              {"rf", "rves"},
                                              {"sis", "ses"},
                                              {"tum", "ta"},
                                              {"ium", "ia"},
                                              {"taxon", "taxa"},
                                              {"criterion", "criteria"},
                                              {"person", "people"},
                                              {"man", "men"},
                                              {"child", "children"},
                                              {"foot", "feet"},
                                              {"alias", "aliases"}}};

// Words in -o that take -es, and those in -us that take -i.
constexpr std::array<std::string_view, 5> kInOes{"buffalo", "hero", "potato", "tomato", "volcano"};
constexpr std::array<std::string_view, 11> kInI{"alumnus",  "bacillus", "cactus", "focus",
                                                "fungus",   "nucleus",  "radius", "stimulus",
                                                "syllabus", "terminus", "virus"};

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
  const auto replace = [&](std::size_t drop, std::string_view end) {
    return std::string(word.substr(0, word.size() - drop)) + std::string(end);
  };
  const auto ends_so = [&](std::string_view end) { return word.ends_with(end); };
  if (word.empty() || std::binary_search(kSame.begin(), kSame.end(), word) ||
      (word.size() > 4 && ends_so("ware")) || (word.size() > 5 && ends_so("media")))
    return std::string(word);
  for (const Irregular& irregular : kIrregular) {
    if (word == irregular.one) return std::string(irregular.many);
  }
  const auto fits = std::find_if(kEndings.begin(), kEndings.end(),
                                 [&](const Irregular& ending) { return ends_so(ending.one); });
  const bool in_y = ends_so("y") && word.size() > 1 && !is_vowel(word[word.size() - 2]) &&
                    word[word.size() - 2] != 'y';
  if (in_y) return replace(1, "ies");
  if (ends_so("fe") && word.size() > 2 && word[word.size() - 3] != 'f') return replace(2, "ves");
  if (fits != kEndings.end()) return replace(fits->one.size(), fits->many);
  if (std::any_of(kInOes.begin(), kInOes.end(), ends_so)) return replace(0, "es");
  if (std::any_of(kInI.begin(), kInI.end(), ends_so)) return replace(2, "i");
  if (ends_so("us")) return replace(0, "es");
  if (ends_so("axis") || ends_so("testis")) return replace(2, "es");
  return ends_so("s") ? std::string(word) : replace(0, "s");
}

std::string table_of_model(std::string_view class_name) {
  const std::size_t slash = class_name.rfind('\\');
  if (slash != std::string_view::npos) class_name.remove_prefix(slash + 1);
  // Only the last of its words is made a plural.
  const std::string name = snake(class_name);
  const std::size_t last = name.rfind('_') == std::string::npos ? 0 : name.rfind('_') + 1;
  return name.substr(0, last) + plural(std::string_view(name).substr(last));
}

std::string index_name(std::string_view table, const std::vector<std::string>& columns,
                       std::string_view type) {
  std::string name = base::to_lower(fmt::format("{}_{}_{}", table, fmt::join(columns, "_"), type));
  std::replace(name.begin(), name.end(), '-', '_');
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace gate::readers::migrations::laravel
