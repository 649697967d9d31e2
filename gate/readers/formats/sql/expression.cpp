#include "gate/readers/formats/sql/expression.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::sql {
namespace {

// What ends a default among the other clauses of a column.
bool ends_default(const Cursor& cursor) {
  constexpr std::array<std::string_view, 25> kWords{
      "not",     "null",       "constraint", "primary",       "unique",         "key",
      "check",   "references", "generated",  "collate",       "comment",        "on",
      "after",   "first",      "deferrable", "initially",     "auto_increment", "invisible",
      "visible", "storage",    "engine",     "column_format", "autoincrement",  "using",
      "default"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return cursor.at(word); });
}

// Functions of PostgreSQL 15 that are immutable or stable (pg_proc.provolatile), as far as a
// default has a use for them, and the operators that look like functions.
constexpr std::string_view kSteady =
    " abs acos age array array_append array_cat array_fill array_length array_position"
    " array_prepend array_remove array_replace array_to_json array_to_string array_to_tsvector"
    " ascii bit_length bool box bpchar btrim cardinality cast cbrt ceil ceiling char"
    " char_length character_length chr circle coalesce collate concat concat_ws convert"
    " convert_from convert_to cos current_database current_date current_schema current_setting"
    " current_time current_timestamp current_user date date_bin date_part date_trunc daterange"
    " decode degrees div encode exp extract factorial float4 float8 floor format gcd"
    " generate_series greatest host hstore in inet_client_addr initcap int2 int4 int4range"
    " int8 int8range isfinite json_build_array json_build_object json_object jsonb_build_array"
    " jsonb_build_object jsonb_object jsonb_set jsonb_strip_nulls justify_days justify_hours"
    " justify_interval lcm least left length ln localtime localtimestamp log lower lpad ltrim"
    " make_date make_interval make_time make_timestamp make_timestamptz md5 mod money"
    " normalize now nullif numeric numrange octet_length overlay pi point polygon position"
    " power quote_ident quote_literal radians regexp_replace repeat replace reverse right"
    " round row rpad rtrim session_user sign split_part sqrt statement_timestamp"
    " string_to_array strpos substr substring text timestamp timestamptz timezone to_char"
    " to_date to_json to_jsonb to_number to_timestamp to_tsvector transaction_timestamp"
    " translate trim trunc tsrange tstzrange txid_current upper uuid_nil varchar version xml"
    " ";

// Functions of MySQL and MariaDB that give another value for every row; it has no others of the
// user's own in a default.
constexpr std::array<std::string_view, 8> kMySqlChanging{
    "nextval", "rand", "random_bytes", "sys_guid", "sysdate", "uuid", "uuid_short", "uuid_v7"};

bool is_steady(std::string_view function, Dialect dialect) {
  if (dialect == Dialect::mysql) {
    return std::find(kMySqlChanging.begin(), kMySqlChanging.end(), function) ==
           kMySqlChanging.end();
  }
  return kSteady.find(fmt::format(" {} ", function)) != std::string_view::npos;
}

// Words that a parenthesis may follow without a call.
bool is_operator_word(const Token& token) {
  constexpr std::array<std::string_view, 14> kWords{"and",  "or",   "not",  "in",     "any",
                                                    "all",  "some", "case", "when",   "then",
                                                    "else", "is",   "like", "between"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return token.is(word); });
}

// Words without parentheses that stand for the time or the user.
bool is_stable_word(const Token& token) {
  constexpr std::array<std::string_view, 10> kWords{
      "current_timestamp", "current_date", "current_time", "localtime",    "localtimestamp",
      "current_user",      "session_user", "user",         "current_role", "current_catalog"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return token.is(word); });
}

}  // namespace

Volatility volatility(std::span<const Token> expression, Dialect dialect) {
  Volatility found = Volatility::constant;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const Token& token = expression[at];
    if (token.kind != TokenKind::word && token.kind != TokenKind::quoted) continue;
    if (is_stable_word(token)) found = std::max(found, Volatility::stable);
    const bool called = at + 1 < expression.size() && expression[at + 1].is_symbol("(");
    if (!called || is_operator_word(token)) continue;
    const bool is_type =
        at > 0 && (expression[at - 1].is_symbol("::") || expression[at - 1].is("as"));
    if (is_type) continue;
    if (!is_steady(base::to_lower(identifier(token, dialect)), dialect))
      return Volatility::changing;
    found = std::max(found, Volatility::stable);
  }
  return found;
}

Default read_default(Cursor& cursor) {
  Default value;
  const std::size_t begin = cursor.index();
  const std::span<const Token> all = cursor.rest();
  value.is_null = cursor.at("null");
  if (!cursor.done()) cursor.skip();
  value.text = cursor.text_until(ends_default);
  value.text = cursor.text_from(begin);
  value.volatility = volatility(all.first(cursor.index() - begin), cursor.dialect());
  if (value.text.ends_with(")") && cursor.dialect() == Dialect::mysql && value.text == "(NULL)")
    value.is_null = true;
  return value;
}

}  // namespace gate::readers::sql
