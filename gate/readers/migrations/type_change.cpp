#include "gate/readers/migrations/type_change.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace gate::readers::migrations {
namespace {

using sql::Type;

std::optional<long> argument(const Type& type, std::size_t index) {
  if (index >= type.arguments.size()) return std::nullopt;
  const std::string& text = type.arguments[index];
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr long kNoLimit = 1'000'000'000;

TypeChangeVerdict verdict(TypeChange change, std::string why = {}) {
  return {change, std::move(why)};
}

// Whole numbers by their width in bytes; 0 for other types.
int integer_width(const Type& type) {
  struct Width {
    std::string_view name;
    int bytes;
  };
  constexpr std::array<Width, 6> kWidths{{{"tinyint", 1},
                                          {"smallint", 2},
                                          {"mediumint", 3},
                                          {"int", 4},
                                          {"integer", 4},
                                          {"bigint", 8}}};
  const auto found = std::find_if(kWidths.begin(), kWidths.end(),
                                  [&](const Width& width) { return width.name == type.name; });
  return found == kWidths.end() ? 0 : found->bytes;
}

TypeChangeVerdict compare_integers(const Type& from, const Type& to) {
  const int before = integer_width(from);
  const int after = integer_width(to);
  if (before == after && from.is_unsigned == to.is_unsigned) return verdict(TypeChange::none);
  const bool narrows = after < before || from.is_unsigned != to.is_unsigned;
  return verdict(narrows ? TypeChange::narrows : TypeChange::rewrites);
}

// Types of PostgreSQL that lie in a row as others do, beside those that differ by a length.
bool lies_alike(const Type& from, const Type& to) {
  struct Pair {
    std::string_view from;
    std::string_view to;
  };
  constexpr std::array<Pair, 9> kPairs{{{"cidr", "inet"},
                                        {"text", "citext"},
                                        {"varchar", "citext"},
                                        {"citext", "text"},
                                        {"citext", "varchar"},
                                        {"xml", "text"},
                                        {"xml", "varchar"},
                                        {"integer", "oid"},
                                        {"oid", "integer"}}};
  if (from.name == "bit" && to.name == "varbit") return to.arguments.empty();
  return to.arguments.empty() && std::any_of(kPairs.begin(), kPairs.end(), [&](const Pair& pair) {
           return pair.from == from.name && pair.to == to.name;
         });
}

TypeChangeVerdict compare_postgres(const Type& from, const Type& to) {
  const auto is = [](const Type& type, std::string_view name) { return type.name == name; };
  const bool text_before = is(from, "varchar") || is(from, "text");
  const bool text_after = is(to, "varchar") || is(to, "text");
  if (text_before && text_after) {
    const long before = argument(from, 0).value_or(kNoLimit);
    const long after = argument(to, 0).value_or(kNoLimit);
    if (after >= before)
      return verdict(from.name == to.name && after == before ? TypeChange::none : TypeChange::free);
    return verdict(TypeChange::narrows);
  }
  if (is(from, "numeric") && is(to, "numeric")) {
    if (to.arguments.empty()) return verdict(TypeChange::free);
    const long scale_before = argument(from, 1).value_or(0);
    const long scale_after = argument(to, 1).value_or(0);
    const long before = argument(from, 0).value_or(kNoLimit);
    const long after = argument(to, 0).value_or(kNoLimit);
    if (scale_before == scale_after && after >= before) return verdict(TypeChange::free);
    return verdict(after - scale_after < before - scale_before || scale_after < scale_before
                       ? TypeChange::narrows
                       : TypeChange::rewrites);
  }
  if (from.name == to.name) {
    // Lengths and precisions of the other types: a longer one is free for these only.
    const bool is_time = is(from, "timestamp") || is(from, "timestamptz") || is(from, "time") ||
                         is(from, "timetz") || is(from, "interval");
    const bool steps = is_time || is(from, "varbit");
    constexpr long kMicroseconds = 6;  // the digits of a time without a precision
    const long most = is_time ? kMicroseconds : kNoLimit;
    const long before = argument(from, 0).value_or(most);
    const long after = argument(to, 0).value_or(most);
    if (steps && after >= before) return verdict(TypeChange::free);
    return verdict(after < before ? TypeChange::narrows : TypeChange::rewrites);
  }
  if (lies_alike(from, to)) return verdict(TypeChange::free);
  if (is(from, "timestamp") && is(to, "timestamptz"))
    return verdict(TypeChange::rewrites, "but for a session whose time zone is UTC");
  if (integer_width(from) != 0 && integer_width(to) != 0) return compare_integers(from, to);
  if (is(to, "text") || (is(to, "varchar") && to.arguments.empty()))
    return verdict(TypeChange::rewrites);
  const bool widens = (is(from, "json") && is(to, "jsonb")) ||
                      (integer_width(from) != 0 && (is(to, "numeric") && to.arguments.empty())) ||
                      (is(from, "real") && is(to, "double precision"));
  return verdict(widens ? TypeChange::rewrites : TypeChange::narrows);
}

// A charset by its one name; of a column without any that of its table.
std::string_view charset_of(const Type& type, std::string_view of_table) {
  const std::string_view charset = type.charset.empty() ? of_table : type.charset;
  return charset == "utf8" ? std::string_view("utf8mb3") : charset;
}

// Bytes that one character can take.
long character_bytes(const Type& type, const std::string& table_charset) {
  if (type.name == "varbinary") return 1;
  const std::string_view charset = charset_of(type, table_charset);
  if (charset == "latin1" || charset == "ascii" || charset == "binary") return 1;
  if (charset == "utf8mb3") return 3;
  return 4;
}

bool is_mysql_text(const Type& type) {
  return type.name.ends_with("text") || type.name.ends_with("blob") || type.name == "json";
}

bool holds_characters(const Type& type) {
  return type.name.ends_with("text") || type.name == "varchar" || type.name == "char";
}

TypeChangeVerdict compare_enums(const Type& from, const Type& to) {
  const bool appends =
      to.arguments.size() >= from.arguments.size() &&
      std::equal(from.arguments.begin(), from.arguments.end(), to.arguments.begin());
  if (appends) {
    return verdict(to.arguments.size() == from.arguments.size() ? TypeChange::none
                                                                : TypeChange::free);
  }
  const bool keeps =
      std::all_of(from.arguments.begin(), from.arguments.end(), [&](const std::string& value) {
        return std::find(to.arguments.begin(), to.arguments.end(), value) != to.arguments.end();
      });
  return verdict(keeps ? TypeChange::rewrites : TypeChange::narrows,
                 keeps ? "the values are in another order" : "values are taken away");
}

TypeChangeVerdict compare_mysql(const Type& from, const Type& to, const std::string& charset) {
  if (from.name == to.name && (from.name == "enum" || from.name == "set"))
    return compare_enums(from, to);
  if (integer_width(from) != 0 && integer_width(to) != 0) return compare_integers(from, to);
  const std::string_view charset_before = charset_of(from, charset);
  const std::string_view charset_after = charset_of(to, charset);
  const bool changes_charset = !charset_before.empty() && !charset_after.empty() &&
                               charset_before != charset_after && holds_characters(from) &&
                               holds_characters(to);
  if (changes_charset) return verdict(TypeChange::rewrites, "the character set changes");
  if (from.name == to.name && (from.name == "varchar" || from.name == "varbinary")) {
    const long before = argument(from, 0).value_or(0);
    const long after = argument(to, 0).value_or(0);
    if (after < before) return verdict(TypeChange::narrows);
    if (after == before) return verdict(TypeChange::none);
    // The length of a value takes one byte up to 255, two from there on.
    constexpr long kOneByte = 255;
    const bool crosses = before * character_bytes(from, charset) <= kOneByte &&
                         after * character_bytes(to, charset) > kOneByte;
    return verdict(crosses ? TypeChange::rewrites : TypeChange::free,
                   crosses ? "its length crosses 255 bytes" : "");
  }
  if (from.name == to.name && from.arguments == to.arguments && from.is_unsigned == to.is_unsigned)
    return verdict(TypeChange::none);
  const auto longer = [&] {
    for (std::size_t index = 0; index < std::max(from.arguments.size(), to.arguments.size());
         ++index) {
      if (argument(to, index).value_or(0) < argument(from, index).value_or(0)) return false;
    }
    return true;
  };
  if (from.name == to.name) return verdict(longer() ? TypeChange::rewrites : TypeChange::narrows);
  const bool text_before = is_mysql_text(from) || from.name == "varchar" || from.name == "char";
  if (text_before && (to.name == "longtext" || to.name == "mediumtext" ||
                      (to.name == "text" && !is_mysql_text(from))))
    return verdict(TypeChange::rewrites);
  return verdict(TypeChange::narrows);
}

// Returns a type of MySQL as MariaDB shows it: with the widths that it gives where none is written.
Type with_widths(Type type) {
  struct Usual {
    std::string_view name;
    std::string_view width;
    std::string_view of_unsigned;
  };
  constexpr std::array<Usual, 5> kUsual{{{"tinyint", "4", "3"},
                                         {"smallint", "6", "5"},
                                         {"mediumint", "9", "8"},
                                         {"int", "11", "10"},
                                         {"bigint", "20", "20"}}};
  if (!type.arguments.empty()) return type;
  for (const Usual& usual : kUsual) {
    if (usual.name == type.name)
      type.arguments = {std::string(type.is_unsigned ? usual.of_unsigned : usual.width)};
  }
  if (type.name == "decimal") type.arguments = {"10", "0"};
  return type;
}

}  // namespace

TypeChangeVerdict compare_types(const Type& from, const Type& to, const Database& database,
                                const std::string& charset) {
  if (from.empty() || to.empty()) return verdict(TypeChange::unknown);
  if (from.is_array != to.is_array) return verdict(TypeChange::narrows);
  if (database.is_mysql()) return compare_mysql(from, to, charset);
  if (from.text() == to.text()) return verdict(TypeChange::none);
  TypeChangeVerdict found = compare_postgres(from, to);
  // Whatever the elements are, an array is put together anew.
  if (from.is_array && found.change == TypeChange::free) found.change = TypeChange::rewrites;
  return found;
}

bool is_same_type(const sql::Type& a, const sql::Type& b, const Database& database) {
  if (a.text() == b.text()) return true;
  const bool choice = a.name == "enum" || a.name == "set";
  if (choice && a.name == b.name && (a.arguments.empty() || b.arguments.empty())) return true;
  return database.is_mysql() && with_widths(a).text() == with_widths(b).text();
}

bool is_date_type(const Type& type) {
  return type.name == "date" || type.name == "datetime" || type.name == "timestamp" ||
         type.name == "timestamptz";
}

}  // namespace gate::readers::migrations
