#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/column.h"
#include "gate/readers/formats/sql/read_parts.h"
#include "gate/readers/formats/sql/type.h"

namespace gate::readers::sql {
namespace {

// INCLUDING and EXCLUDING, each of which takes back what came before.
void read_like_options(Cursor& cursor, Operation& operation) {
  constexpr std::array<std::string_view, 4> kParts{"defaults", "identity", "generated", "indexes"};
  while (!cursor.done() && !cursor.at_symbol(",") && !cursor.at_symbol(")")) {
    const bool taken = cursor.take("including");
    cursor.take("excluding");
    for (const std::string_view part : kParts) {
      if (!cursor.at(part) && !cursor.at("all")) continue;
      const std::string word = "like " + std::string(part);
      std::erase(operation.words, word);
      if (taken) operation.words.push_back(word);
    }
    cursor.skip();
  }
}

// `LIKE other` among the elements of PostgreSQL, or PERIOD of MariaDB; read over.
bool pass_other_element(Cursor& cursor, Operation& operation) {
  if (!cursor.mysql() && cursor.take("like")) {
    operation.other = cursor.name();
    read_like_options(cursor, operation);
    return true;
  }
  if (cursor.take({"period", "for"})) {
    cursor.skip_element();
    return true;
  }
  return false;
}

void read_elements(Cursor& cursor, Operation& operation) {
  if (!cursor.take_symbol("(")) return;
  while (!cursor.done() && !cursor.at_symbol(")")) {
    const std::size_t begin = cursor.index();
    if (at_constraint(cursor)) {
      if (auto constraint = read_constraint(cursor)) {
        operation.constraints.push_back(*std::move(constraint));
      } else {
        cursor.fail("a constraint of a kind nobody knows");
      }
    } else if (at_index(cursor)) {
      operation.indexes.push_back(read_inline_index(cursor));
    } else if (!pass_other_element(cursor, operation)) {
      operation.columns.push_back(read_column(cursor));
    }
    if (!cursor.done() && !cursor.at_symbol(",") && !cursor.at_symbol(")")) {
      cursor.fail("`" + std::string(cursor.token().text) + "` among the columns");
      cursor.skip_element();
    }
    if (!cursor.take_symbol(",") && cursor.index() == begin) break;
  }
  if (!cursor.take_symbol(")")) cursor.fail("the list of columns has no end");
}

void read_query(Cursor& cursor, Operation& operation) {
  operation.select = true;
  cursor.skip_all();
}

// What follows the columns, up to the end.
void read_tail(Cursor& cursor, Operation& operation) {
  while (!cursor.done()) {
    if (cursor.at("select") || cursor.at("with") || cursor.at("values") || cursor.at("table")) {
      if (cursor.at("with") && cursor.token(1).is_symbol("(")) {  // storage parameters
        cursor.take("with");
        cursor.skip();
        continue;
      }
      read_query(cursor, operation);
      return;
    }
    if (cursor.take("as")) {
      read_query(cursor, operation);
      return;
    }
    if (cursor.take("inherits")) {
      if (cursor.take_symbol("(")) operation.other = cursor.name();
      operation.inherits = true;
      while (!cursor.done() && !cursor.take_symbol(")"))
        cursor.skip();
    } else if (cursor.take("partition")) {
      operation.words.emplace_back("partitioned");
      cursor.take("by");
      cursor.skip();
    } else if (!read_table_option(cursor, operation.words)) {
      cursor.skip();
    }
  }
}

}  // namespace

namespace {

// A collation names a charset too, where no other word does.
void add_charset(Cursor cursor, std::vector<std::string>& words) {
  const bool named = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("charset=");
  });
  std::string charset = charset_of_collation(cursor.identifier());
  if (!named && !charset.empty()) words.push_back("charset=" + std::move(charset));
}

}  // namespace

bool read_table_option(Cursor& cursor, std::vector<std::string>& words) {
  const bool is_default = cursor.take("default");
  if (cursor.take({"character", "set"}) || cursor.take("charset")) {
    cursor.take_symbol("=");
    words.push_back("charset=" + base::to_lower(cursor.identifier()));
    return true;
  }
  constexpr std::array<std::string_view, 20> kOptions{
      "engine",          "type",           "collate",          "auto_increment",    "comment",
      "row_format",      "avg_row_length", "checksum",         "compression",       "connection",
      "delay_key_write", "encryption",     "insert_method",    "key_block_size",    "max_rows",
      "min_rows",        "pack_keys",      "stats_persistent", "stats_auto_recalc", "tablespace"};
  for (const std::string_view option : kOptions) {
    if (!cursor.take(option)) continue;
    cursor.take_symbol("=");
    words.push_back(std::string(option) + "=" + base::to_lower(cursor.token().text));
    if (option == "collate" && cursor.mysql()) add_charset(cursor, words);
    cursor.skip();
    return true;
  }
  // MariaDB: options of the storage engine go by any name.
  if (cursor.mysql() && cursor.token().kind == TokenKind::word && cursor.token(1).is_symbol("=")) {
    cursor.skip();
    cursor.take_symbol("=");
    cursor.skip();
    words.emplace_back("other");
    return true;
  }
  return is_default;
}

void read_create_table(Cursor& cursor, Operation operation, Statement& statement) {
  operation.kind = OperationKind::create_table;
  operation.if_not_exists = cursor.take({"if", "not", "exists"});
  operation.name = cursor.name();
  if (operation.name.empty()) {
    cursor.fail("no name behind CREATE TABLE");
    return;
  }
  if (cursor.take({"partition", "of"})) {
    operation.partition = true;
    operation.other = cursor.name();
    cursor.skip_all();
  } else if (cursor.take("of")) {
    cursor.name();
    cursor.skip_all();
    cursor.fail("a table of a type");
  } else if (cursor.mysql() && cursor.take("like")) {
    operation.other = cursor.name();
  } else {
    if (cursor.mysql() && cursor.token().is_symbol("(") && cursor.token(1).is("like")) {
      cursor.take_symbol("(");
      cursor.take("like");
      operation.other = cursor.name();
      cursor.take_symbol(")");
    } else if (cursor.at_symbol("(") && !cursor.token(1).is("select") &&
               !cursor.token(1).is("with")) {
      // `CREATE TABLE t (a, b) AS` names the columns of a query and no types.
      read_elements(cursor, operation);
    }
    read_tail(cursor, operation);
  }
  operation.span = statement.span;
  note_table_columns(operation, statement);
  statement.operations.push_back(std::move(operation));
}

}  // namespace gate::readers::sql
