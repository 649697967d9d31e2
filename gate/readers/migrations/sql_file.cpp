#include "gate/readers/migrations/sql_file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/read.h"

namespace gate::readers::migrations {
namespace {

// A stretch of the file, with its place.
struct Section {
  std::string_view text;
  std::size_t begin = 0;
};

struct Sections {
  Section up;
  std::optional<Section> down;
  std::optional<bool> in_transaction;
  Runner runner = Runner::plain;
};

// A comment line that a runner reads: `-- +goose Up`, `-- migrate:down`.
struct Mark {
  Runner runner = Runner::plain;
  std::string word;  // "up", "down", "no", "statementbegin" ...
  std::string rest;
};

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

std::optional<Mark> read_mark(std::string_view line) {
  line = trim(line);
  if (!line.starts_with("--")) return std::nullopt;
  const std::string text = base::to_lower(trim(line.substr(2)));
  std::string_view rest = text;
  Mark mark;
  if (rest.starts_with("+goose") || rest.starts_with("+migrate")) {
    mark.runner = Runner::goose;
    rest.remove_prefix(std::min(rest.find(' '), rest.size()));
  } else if (rest.starts_with("migrate:")) {
    mark.runner = Runner::dbmate;
    rest.remove_prefix(8);
  } else {
    return std::nullopt;
  }
  rest = trim(rest);
  const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
  mark.word = rest.substr(0, end);
  mark.rest = trim(rest.substr(end));
  return mark;
}

Sections cut(std::string_view text, Runner runner) {
  Sections sections;
  sections.runner = runner;
  sections.up = {text, 0};
  Section* open = nullptr;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t next = std::min(end + 1, text.size());
    if (line.find("--") != std::string_view::npos) {
      const std::string lowered = base::to_lower(trim(line));
      if (lowered == "-- no-transaction" || lowered == "-- atlas:txmode none") {
        sections.in_transaction = false;
      } else if (const auto mark = read_mark(line)) {
        sections.runner = mark->runner;
        if (mark->word == "up" || mark->word == "down") {
          if (open != nullptr) open->text = text.substr(open->begin, begin - open->begin);
          if (mark->word == "down") {
            sections.down.emplace();
            open = &*sections.down;
          } else {
            open = &sections.up;
          }
          *open = {text.substr(next), next};
        }
        const bool off = (mark->word == "no" && mark->rest.starts_with("transaction")) ||
                         mark->rest.find("transaction:false") != std::string::npos ||
                         mark->rest.find("notransaction") != std::string::npos;
        if (off) sections.in_transaction = false;
      }
    }
    begin = next;
  }
  return sections;
}

// The tokens of a text without comments and layout; a word in any letter case is one word.
std::string meaning_of(std::string_view text, sql::Dialect dialect) {
  std::string meaning;
  for (const sql::Token& token : sql::tokenize(text, dialect).tokens) {
    meaning +=
        token.kind == sql::TokenKind::word ? base::to_lower(token.text) : std::string(token.text);
    meaning += '\n';
  }
  return meaning;
}

bool does_nothing(const std::vector<sql::Statement>& statements) {
  return std::all_of(statements.begin(), statements.end(), [](const sql::Statement& statement) {
    return statement.opaque.empty() &&
           std::all_of(statement.operations.begin(), statement.operations.end(),
                       [](const sql::Operation& operation) {
                         using Kind = sql::OperationKind;
                         return operation.kind == Kind::select || operation.kind == Kind::begin ||
                                operation.kind == Kind::commit ||
                                operation.kind == Kind::set_variable;
                       });
  });
}

}  // namespace

Runner runner_of_marks(std::string_view text, Runner runner) { return cut(text, runner).runner; }

Migration read_sql_migration(std::string_view text, const std::string_view* down, Runner runner,
                             sql::Dialect dialect) {
  Migration migration;
  const Sections sections = cut(text, runner);
  sql::Script up =
      sql::read_script(sections.up.text, dialect, static_cast<std::uint32_t>(sections.up.begin));
  migration.up = std::move(up.statements);
  if (up.cut) migration.unreadable = "it is too long to be read to its end";
  migration.in_transaction = sections.in_transaction;
  migration.meaning = meaning_of(sections.up.text, dialect);
  if (!traits(sections.runner).goes_back && down == nullptr) return migration;
  if (sections.down) {
    migration.down = sql::read_script(sections.down->text, dialect,
                                      static_cast<std::uint32_t>(sections.down->begin))
                         .statements;
    migration.reverse_place = {static_cast<std::uint32_t>(sections.down->begin),
                               static_cast<std::uint32_t>(sections.down->begin)};
  } else if (down != nullptr) {
    migration.down = sql::read_script(*down, dialect).statements;
  } else {
    migration.reverse = traits(sections.runner).needs_down ? Reverse::absent : Reverse::unknown;
    return migration;
  }
  migration.reverse = does_nothing(migration.down) ? Reverse::empty : Reverse::written;
  return migration;
}

}  // namespace gate::readers::migrations
