#include "gate/readers/routes/inflect.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"

// Source: doctrine/inflector, Rules/English/Inflectible.php and Uninflected.php, which
// Str::singular() of Laravel asks.
namespace gate::readers::laravel {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Words that are their own singular. Sorted.
constexpr auto kSame = std::to_array<std::string_view>(
    {"advice",       "aircraft",    "amoyese",      "art",        "audio",       "baggage",
     "bison",        "borghese",    "bream",        "breeches",   "britches",    "buffalo",
     "butter",       "cantus",      "carp",         "cattle",     "chassis",     "clippers",
     "clothes",      "clothing",    "coal",         "cod",        "coitus",      "compensation",
     "congoese",     "contretemps", "coreopsis",    "corps",      "cotton",      "data",
     "debris",       "deer",        "diabetes",     "djinn",      "education",   "eland",
     "elk",          "emoji",       "equipment",    "evidence",   "faroese",     "fascia",
     "feedback",     "fish",        "flounder",     "flour",      "foochowese",  "food",
     "fuchsia",      "furniture",   "galleria",     "gallows",    "genevese",    "genoese",
     "gilbertese",   "gold",        "headquarters", "herpes",     "hijinks",     "homework",
     "hottentotese", "impatience",  "information",  "innings",    "jackanapes",  "jeans",
     "jedi",         "kin",         "kiplingese",   "knowledge",  "kongoese",    "leather",
     "love",         "lucchese",    "luggage",      "mackerel",   "mafia",       "maltese",
     "management",   "metadata",    "mews",         "militia",    "money",       "moose",
     "mumps",        "music",       "nankingese",   "news",       "nexus",       "niasese",
     "nutrition",    "offspring",   "oil",          "pants",      "patience",    "pekingese",
     "petunia",      "piedmontese", "pincers",      "pistoiese",  "plankton",    "pliers",
     "pokemon",      "police",      "polish",       "portuguese", "proceedings", "progress",
     "rabies",       "rain",        "research",     "rhinoceros", "rice",        "salmon",
     "sand",         "sarawakese",  "scissors",     "sepia",      "series",      "shavese",
     "shears",       "sheep",       "siemens",      "silk",       "sms",         "soap",
     "spam",         "species",     "staff",        "sugar",      "swine",       "talent",
     "toothpaste",   "traffic",     "travel",       "trivia",     "trousers",    "trout",
     "tuna",         "us",          "utopia",       "vermontese", "vinegar",     "weather",
     "wenchowese",   "wheat",       "whiting",      "wildebeest", "wood",        "wool",
     "yengeese"});

// Words that follow no rule, by their plural. Sorted.
constexpr auto kIrregular = std::to_array<Pair>({{"abuses", "abuse"},
                                                 {"atlases", "atlas"},
                                                 {"avalanches", "avalanche"},
                                                 {"axes", "axe"},
                                                 {"beefs", "beef"},
                                                 {"blouses", "blouse"},
                                                 {"brothers", "brother"},
                                                 {"caches", "cache"},
                                                 {"cafes", "cafe"},
                                                 {"canvases", "canvas"},
                                                 {"chateaux", "chateau"},
                                                 {"children", "child"},
                                                 {"cookies", "cookie"},
                                                 {"corpuses", "corpus"},
                                                 {"cows", "cow"},
                                                 {"criteria", "criterion"},
                                                 {"curricula", "curriculum"},
                                                 {"curves", "curve"},
                                                 {"demos", "demo"},
                                                 {"dominoes", "domino"},
                                                 {"echoes", "echo"},
                                                 {"emphases", "emphasis"},
                                                 {"feet", "foot"},
                                                 {"foes", "foe"},
                                                 {"fungi", "fungus"},
                                                 {"ganglions", "ganglion"},
                                                 {"gases", "gas"},
                                                 {"geese", "goose"},
                                                 {"genera", "genus"},
                                                 {"genies", "genie"},
                                                 {"graffiti", "graffito"},
                                                 {"graves", "grave"},
                                                 {"hippopotami", "hippopotamus"},
                                                 {"hoaxes", "hoax"},
                                                 {"hoofs", "hoof"},
                                                 {"humans", "human"},
                                                 {"irises", "iris"},
                                                 {"larvae", "larva"},
                                                 {"leaves", "leaf"},
                                                 {"lenses", "lens"},
                                                 {"loaves", "loaf"},
                                                 {"media", "medium"},
                                                 {"memoranda", "memorandum"},
                                                 {"men", "man"},
                                                 {"mongooses", "mongoose"},
                                                 {"monies", "money"},
                                                 {"mottoes", "motto"},
                                                 {"moves", "move"},
                                                 {"mythoi", "mythos"},
                                                 {"neuroses", "neurosis"},
                                                 {"niches", "niche"},
                                                 {"niveaux", "niveau"},
                                                 {"nuclei", "nucleus"},
                                                 {"numina", "numen"},
                                                 {"oases", "oasis"},
                                                 {"occiputs", "occiput"},
                                                 {"octopuses", "octopus"},
                                                 {"opuses", "opus"},
                                                 {"oxen", "ox"},
                                                 {"passersby", "passerby"},
                                                 {"penises", "penis"},
                                                 {"people", "person"},
                                                 {"plateaux", "plateau"},
                                                 {"runners-up", "runner-up"},
                                                 {"safes", "safe"},
                                                 {"saves", "save"},
                                                 {"sexes", "sex"},
                                                 {"sieves", "sieve"},
                                                 {"soliloquies", "soliloquy"},
                                                 {"sons-in-law", "son-in-law"},
                                                 {"syllabi", "syllabus"},
                                                 {"teeth", "tooth"},
                                                 {"testes", "testis"},
                                                 {"thieves", "thief"},
                                                 {"tornadoes", "tornado"},
                                                 {"trilbys", "trilby"},
                                                 {"turfs", "turf"},
                                                 {"valves", "valve"},
                                                 {"volcanoes", "volcano"},
                                                 {"waves", "wave"},
                                                 {"zombies", "zombie"}});

// An ending and what stands in its place. `before`: one of these characters must stand in front of
// it, or, where it begins with `^`, a character that is none of these.
struct Ending {
  std::string_view plural;
  std::string_view single;
  std::string_view before{};
  bool whole_word = false;
};

// The first that fits counts.
constexpr auto kEndings = std::to_array<Ending>({
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
    {"buffaloes", "buffalo"},
    {"heroes", "hero"},
    {"potatoes", "potato"},
    {"tomatoes", "tomato"},
    {"volcanoes", "volcano"},
    {"alumni", "alumnus"},
    {"bacilli", "bacillus"},
    {"cacti", "cactus"},
    {"foci", "focus"},
    {"fungi", "fungus"},
    {"nuclei", "nucleus"},
    {"radii", "radius"},
    {"stimuli", "stimulus"},
    {"syllabi", "syllabus"},
    {"termini", "terminus"},
    {"viri", "virus"},
    {"faxes", "fax"},
    {"taxes", "tax"},
    {"waxes", "wax"},
    {"analyses", "analysis"},
    {"axes", "axis"},
    {"crises", "crisis"},
    {"testes", "testis"},
    {"theses", "thesis"},
    {"shoes", "shoe"},
    {"slaves", "slave"},
    {"oes", "o"},
    {"ouses", "ouse"},
    {"uses", "us", "^a"},
    {"mice", "mouse"},
    {"lice", "louse"},
    {"xes", "x"},
    {"ches", "ch"},
    {"sses", "ss"},
    {"shes", "sh"},
    {"movies", "movie"},
    {"series", "series"},
    {"quies", "quy"},
    {"ies", "y", "^aeiouy"},
    {"ves", "f", "lr"},
    {"tives", "tive"},
    {"hives", "hive"},
    {"drives", "drive"},
    {"dives", "dive"},
    {"olives", "olive"},
    {"ves", "fe", "^fo"},
    {"diagnoses", "diagnosis"},
    {"bases", "basis", {}, true},
    {"parentheses", "parenthesis"},
    {"prognoses", "prognosis"},
    {"synopses", "synopsis"},
    {"taxa", "taxon"},
    {"criteria", "criterion"},
    {"ta", "tum"},
    {"ia", "ium"},
    {"people", "person"},
    {"men", "man"},
    {"children", "child"},
    {"feet", "foot"},
    {"news", "news"},
    {"eaus", "eau"},
    {"tights", "tights", {}, true},
    {"shorts", "shorts", {}, true},
    {"s", ""},
});

bool fits(const Ending& ending, std::string_view word) {
  if (!word.ends_with(ending.plural)) return false;
  if (ending.whole_word) return word.size() == ending.plural.size();
  if (ending.before.empty()) return true;
  if (word.size() == ending.plural.size()) return false;
  const char before = word[word.size() - ending.plural.size() - 1];
  const bool none_of = ending.before.starts_with('^');
  return (ending.before.find(before, none_of ? 1 : 0) == std::string_view::npos) == none_of;
}

bool is_same(std::string_view word) {
  return word.ends_with("ss") || word.ends_with("ware") ||
         std::binary_search(kSame.begin(), kSame.end(), word);
}

}  // namespace

std::string singular(std::string_view word) {
  const std::string lowered = base::to_lower(word);
  if (is_same(lowered)) return std::string(word);
  const auto* const irregular = std::lower_bound(
      kIrregular.begin(), kIrregular.end(), std::string_view(lowered),
      [](const Pair& pair, std::string_view wanted) { return pair.first < wanted; });
  if (irregular != kIrregular.end() && irregular->first == lowered)
    return std::string(irregular->second);
  for (const Ending& ending : kEndings) {
    if (fits(ending, lowered))
      return std::string(word.substr(0, word.size() - ending.plural.size())) +
             std::string(ending.single);
  }
  return std::string(word);
}

}  // namespace gate::readers::laravel
