#include "gate/readers/formats/sql/type.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"

namespace gate::readers::sql {
namespace {

struct Alias {
  std::string_view written;
  std::string_view meant;
};

// PostgreSQL 15, section 8.1, table 8.1, and the internal names.
constexpr std::array kPostgres{
    Alias{"bool", "boolean"},
    Alias{"bpchar", "char"},
    Alias{"character", "char"},
    Alias{"character varying", "varchar"},
    Alias{"char varying", "varchar"},
    Alias{"nchar", "char"},
    Alias{"national character", "char"},
    Alias{"national char", "char"},
    Alias{"national character varying", "varchar"},
    Alias{"national char varying", "varchar"},
    Alias{"dec", "numeric"},
    Alias{"decimal", "numeric"},
    Alias{"double", "double precision"},
    Alias{"float8", "double precision"},
    Alias{"float4", "real"},
    Alias{"int", "integer"},
    Alias{"int2", "smallint"},
    Alias{"int4", "integer"},
    Alias{"int8", "bigint"},
    Alias{"bit varying", "varbit"},
    Alias{"timestamp without time zone", "timestamp"},
    Alias{"timestamp with time zone", "timestamptz"},
    Alias{"time without time zone", "time"},
    Alias{"time with time zone", "timetz"},
};

// MySQL 8.0, section 11.1.
constexpr std::array kMySql{
    Alias{"integer", "int"},
    Alias{"int1", "tinyint"},
    Alias{"int2", "smallint"},
    Alias{"int3", "mediumint"},
    Alias{"int4", "int"},
    Alias{"int8", "bigint"},
    Alias{"middleint", "mediumint"},
    Alias{"bool", "tinyint"},
    Alias{"boolean", "tinyint"},
    Alias{"numeric", "decimal"},
    Alias{"dec", "decimal"},
    Alias{"fixed", "decimal"},
    Alias{"float4", "float"},
    Alias{"float8", "double"},
    Alias{"double precision", "double"},
    Alias{"real", "double"},
    Alias{"character", "char"},
    Alias{"nchar", "char"},
    Alias{"national char", "char"},
    Alias{"national character", "char"},
    Alias{"character varying", "varchar"},
    Alias{"char varying", "varchar"},
    Alias{"nvarchar", "varchar"},
    Alias{"national varchar", "varchar"},
    Alias{"national char varying", "varchar"},
    Alias{"national character varying", "varchar"},
    Alias{"long", "mediumtext"},
    Alias{"long varchar", "mediumtext"},
};

struct Serial {
  std::string_view written;
  std::string_view integer;
};
constexpr std::array<Serial, 6> kSerials{{{"smallserial", "smallint"},
                                          {"serial2", "smallint"},
                                          {"serial", "integer"},
                                          {"serial4", "integer"},
                                          {"bigserial", "bigint"},
                                          {"serial8", "bigint"}}};

template <class Table>
std::string_view look_up(const Table& table, std::string_view written) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Alias& alias) { return alias.written == written; });
  return found == table.end() ? written : found->meant;
}

// Words that stand in a definition where a type would stand, if there were one.
bool begins_no_type(const Cursor& cursor) {
  if (cursor.token().kind == TokenKind::quoted) return false;
  constexpr std::array<std::string_view, 13> kWords{
      "not",        "null", "default", "constraint", "primary", "unique",        "check",
      "references", "as",   "with",    "generated",  "collate", "auto_increment"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return cursor.at(word); });
}

// Reads a name of several words.
std::string read_words(Cursor& cursor) {
  const bool is_word = cursor.token().kind == TokenKind::word;
  std::string name = cursor.identifier();
  if (!is_word) return name;
  name = base::to_lower(name);
  if (name == "national") name += " " + base::to_lower(cursor.identifier());
  if (name == "double" && cursor.take("precision")) name += " precision";
  if (name == "long" && cursor.take("varchar")) name += " varchar";
  constexpr std::array<std::string_view, 6> kVarying{"character",          "char",          "nchar",
                                                     "national character", "national char", "bit"};
  if (std::find(kVarying.begin(), kVarying.end(), name) != kVarying.end() && cursor.take("varying"))
    name += " varying";
  return name;
}

bool take_field(Cursor& cursor) {
  return cursor.take_any({"year", "month", "day", "hour", "minute", "second"});
}

void read_interval(Cursor& cursor) {
  if (!take_field(cursor)) return;
  if (cursor.at_symbol("(")) cursor.skip();
  if (!cursor.take("to")) return;
  take_field(cursor);
  if (cursor.at_symbol("(")) cursor.skip();
}

// What may follow a type of MySQL and belongs to it.
void read_attributes(Cursor& cursor, Type& type) {
  for (;;) {
    if (cursor.take("unsigned")) {
      type.is_unsigned = true;
    } else if (cursor.take({"character", "set"}) || cursor.take("charset")) {
      cursor.take_symbol("=");
      type.charset = base::to_lower(cursor.identifier());
    } else if (!cursor.take_any({"signed", "zerofill", "binary", "ascii", "unicode"})) {
      return;
    }
  }
}

void read_array(Cursor& cursor, Type& type) {
  if (cursor.take("array")) type.is_array = true;
  while (cursor.at_symbol("[")) {
    type.is_array = true;
    cursor.skip();
  }
}

}  // namespace

std::string Type::text() const {
  std::string text = name;
  if (name == "enum" || name == "set") {
    std::vector<std::string> quoted;
    quoted.reserve(arguments.size());
    for (const std::string& value : arguments)
      quoted.push_back(fmt::format("'{}'", value));
    text += fmt::format("({})", fmt::join(quoted, ","));
  } else if (!arguments.empty()) {
    text += fmt::format("({})", fmt::join(arguments, ","));
  }
  if (is_unsigned) text += " unsigned";
  if (is_array) text += "[]";
  return text;
}

std::string charset_of_collation(std::string_view collation) {
  const std::string charset = base::to_lower(collation.substr(0, collation.find('_')));
  return charset == "uca1400" || charset == "default" ? std::string() : charset;
}

void set_type_name(Type& type, std::string name, Dialect dialect) {
  if (dialect == Dialect::mysql) {
    if (name == "serial") {
      type.is_serial = true;
      type.is_unsigned = true;
      name = "bigint";
    }
    type.name = look_up(kMySql, name);
    if (type.name == "tinyint" && name.starts_with("bool")) type.arguments = {"1"};
    return;
  }
  const auto serial = std::find_if(kSerials.begin(), kSerials.end(),
                                   [&](const Serial& item) { return item.written == name; });
  type.is_serial = serial != kSerials.end();
  type.name = type.is_serial ? serial->integer : look_up(kPostgres, name);
}

Type read_type(Cursor& cursor) {
  Type type;
  if (!cursor.at_name() || begins_no_type(cursor)) return type;
  const std::size_t begin = cursor.index();
  std::string name = read_words(cursor);
  while (cursor.at_symbol(".")) {
    cursor.take_symbol(".");
    const bool built_in = name == "pg_catalog";
    std::string part = read_words(cursor);
    name = built_in ? std::move(part) : name + "." + part;
  }
  if (name == "interval") read_interval(cursor);
  if (cursor.at_symbol("(")) type.arguments = cursor.argument_list();
  if (name == "timestamp" || name == "time") {
    if (cursor.take({"with", "time", "zone"})) name += " with time zone";
    if (cursor.take({"without", "time", "zone"})) name += " without time zone";
  }
  set_type_name(type, std::move(name), cursor.dialect());
  if (cursor.mysql()) {
    read_attributes(cursor, type);
  } else {
    cursor.take("unsigned");  // SQLite takes any words
    read_array(cursor, type);
  }
  type.written = cursor.text_from(begin);
  type.span = cursor.span_from(begin);
  return type;
}

}  // namespace gate::readers::sql
