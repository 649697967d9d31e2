// Which of the names that a change takes away the code that is running still uses.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/migrations/parts.h"
#include "gate/readers/routes/inflect.h"

namespace gate::checks {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;  // of one file of code
// Shorter names stand everywhere: they count where an object of the table stands before them, or in
// quotes in the class of the model.
constexpr std::size_t kShortest = 6;

// Returns whether people write code of the application in files of this name.
bool is_code(std::string_view path) {
  constexpr std::array<std::string_view, 20> kEndings{
      ".php", ".py", ".js",   ".ts", ".jsx", ".tsx", ".mjs", ".cjs",  ".vue",  ".svelte",
      ".rb",  ".go", ".java", ".kt", ".rs",  ".cs",  ".ex",  ".twig", ".html", ".scala"};
  if (std::none_of(kEndings.begin(), kEndings.end(),
                   [&](std::string_view ending) { return path.ends_with(ending); }))
    return false;
  // What no running release executes.
  constexpr std::array<std::string_view, 21> kElsewhere{
      "migrations", "migration", "migrate",  "database",     "tests",  "test",
      "spec",       "__tests__", "docs",     "node_modules", "vendor", "storage",
      "dist",       "build",     "fixtures", "lang",         "locale", "site-packages",
      "factories",  "seeders",   "alembic"};
  const std::string lowered = base::to_lower(path);
  for (std::size_t begin = 0; begin < lowered.size();) {
    const std::size_t end = std::min(lowered.find('/', begin), lowered.size());
    const std::string_view part = std::string_view(lowered).substr(begin, end - begin);
    if (std::find(kElsewhere.begin(), kElsewhere.end(), part) != kElsewhere.end()) return false;
    begin = end + 1;
  }
  return true;
}

bool is_word(char c) { return base::is_alphanumeric(c) || c == '_'; }

// "order_items" -> "orderItems", or "OrderItems" where the first letter is to be large too.
std::string camel(std::string_view name, bool large) {
  std::string out;
  for (const char c : name) {
    if (c == '_') {
      large = true;
    } else {
      out += large && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      large = false;
    }
  }
  return out;
}

std::string without_marks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '_' && c != '-') out += base::to_lower(c);
  }
  return out;
}

// A name that is taken away, in the forms in which code writes it.
struct Wanted {
  const Loss* loss = nullptr;
  std::string stem;   // a file that speaks of the table holds it, without marks
  std::string model;  // the class of the table
  std::vector<std::string> places;
  bool stays = false;  // the change leaves one of the places as it is
};

class Search {
 public:
  Search(const std::vector<Loss>& losses, const repo::Snapshot& base, const repo::Snapshot& files)
      : base_(base), files_(files), reader_(base.reader()), head_reader_(files.reader()) {
    for (const Loss& loss : losses)
      want(loss);
  }

  std::vector<Wanted> run() {
    if (words_.empty()) return {};
    for (const repo::File& file : base_.files()) {
      if (file.is_plain() && is_code(file.path)) search(file);
    }
    return std::move(wanted_);
  }

 private:
  void want(const Loss& loss) {
    const std::size_t index = wanted_.size();
    Wanted wanted;
    wanted.loss = &loss;
    std::string table = loss.table.substr(loss.table.rfind('.') + 1);
    if (loss.model.empty()) {
      wanted.model = camel(readers::laravel::singular(table), true);
      wanted.stem = without_marks(readers::laravel::singular(table));
    } else {
      wanted.model = loss.model;
      wanted.stem = without_marks(loss.model);
    }
    std::set<std::string> words;
    if (loss.column.empty()) {
      words.insert(table);
      classes_.emplace(base::to_lower(wanted.model), index);
    } else {
      words = {loss.column, camel(loss.column, false), camel(loss.column, true)};
      // A key of Django is a field without the ending.
      if (!loss.model.empty() && loss.column.ends_with("_id"))
        words.insert(loss.column.substr(0, loss.column.size() - 3));
    }
    for (const std::string& word : words) {
      if (word.size() >= kShortest || !loss.column.empty()) words_.emplace(word, index);
    }
    wanted_.push_back(std::move(wanted));
  }

  void search(const repo::File& file) {
    const Result<std::string_view> bytes = repo::read_all(*reader_, file, buffer_, kMostBytes);
    if (!bytes) return;  // larger than people write it
    const std::string_view text = *bytes;
    std::string bare;  // made when it is needed
    std::uint32_t line = 1;
    std::string_view before;  // the word in front
    std::set<std::size_t> told;
    for (std::size_t at = 0; at < text.size();) {
      if (!is_word(text[at])) {
        if (text[at] == '\n') ++line;
        ++at;
        continue;
      }
      std::size_t end = at + 1;
      while (end < text.size() && is_word(text[end]))
        ++end;
      const std::string word(text.substr(at, end - at));
      for (const auto* names : {&words_, &classes_}) {
        if (names == &classes_ && before != "class") continue;
        const auto [first, last] =
            names->equal_range(names == &classes_ ? base::to_lower(word) : word);
        for (auto name = first; name != last; ++name) {
          Wanted& wanted = wanted_[name->second];
          // A form for orders speaks of them by its name, too.
          if (bare.empty() && !wanted.stem.empty())
            bare = without_marks(text) + '\n' + without_marks(file.path);
          if (bare.find(wanted.stem) == std::string::npos) continue;
          const bool told_apart =
              names == &classes_ || word.size() >= kShortest ||
              is_of_object(text.substr(0, at), before, wanted) ||
              (is_quoted(text, at, end) && bare.find("class " + wanted.stem) != std::string::npos);
          if (!told_apart) continue;
          if (!told.insert(name->second).second) continue;
          wanted.places.push_back(fmt::format("{}:{}", file.path, line));
          wanted.stays = wanted.stays || is_still_there(file.path, word);
        }
      }
      before = text.substr(at, end - at);
      at = end;
    }
  }

  // $order->shelf, order.shelf; `before` is the word in front of what ends `text`.
  static bool is_of_object(std::string_view text, std::string_view before, const Wanted& wanted) {
    if (!text.ends_with("->") && !text.ends_with('.')) return false;
    const std::string object = without_marks(before);
    return !wanted.stem.empty() && object.ends_with(wanted.stem);
  }

  static bool is_quoted(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin == 0 || end >= text.size()) return false;
    const char quote = text[begin - 1];
    return (quote == '\'' || quote == '"') && text[end] == quote;
  }

  bool is_still_there(std::string_view path, std::string_view word) {
    const repo::File* file = files_.find(path);
    if (file == nullptr) return false;
    const Result<std::string_view> text =
        repo::read_all(*head_reader_, *file, head_buffer_, kMostBytes);
    if (!text) return true;
    for (std::size_t at = text->find(word); at != std::string_view::npos;
         at = text->find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if ((at == 0 || !is_word((*text)[at - 1])) && (end == text->size() || !is_word((*text)[end])))
        return true;
    }
    return false;
  }

  const repo::Snapshot& base_;
  const repo::Snapshot& files_;
  std::unique_ptr<repo::FileReader> reader_;
  std::unique_ptr<repo::FileReader> head_reader_;
  std::string buffer_;
  std::string head_buffer_;
  std::vector<Wanted> wanted_;
  std::multimap<std::string, std::size_t> words_;    // word -> index of wanted_
  std::multimap<std::string, std::size_t> classes_;  // the same, where `class` stands before it
};

}  // namespace

void find_uses(const std::vector<Loss>& losses, const repo::Snapshot& base,
               const repo::Snapshot& files, std::vector<HazardFinding>& findings) {
  if (losses.empty()) return;
  for (const Wanted& wanted : Search(losses, base, files).run()) {
    if (wanted.places.empty()) continue;
    const Loss& loss = *wanted.loss;
    const std::string what = loss.column.empty()
                                 ? fmt::format("table `{}`", loss.table)
                                 : fmt::format("`{}` of `{}`", loss.column, loss.table);
    const std::string more = wanted.places.size() == 1
                                 ? std::string()
                                 : fmt::format(" and {} more", wanted.places.size() - 1);
    findings.push_back(
        {Hazard::dropped_while_used, loss.place,
         fmt::format("{} {}, which the code that is running uses ({}{}): it fails from the moment "
                     "the migration runs{}",
                     loss.renamed ? "renames" : "drops", what, wanted.places.front(), more,
                     wanted.stays ? ", and so does the code of this change"
                                  : " until the new code is everywhere"),
         "ship the code without the name first, and the migration in a release after it",
         loss.table, loss.table + "." + loss.column});
  }
}

}  // namespace gate::checks
