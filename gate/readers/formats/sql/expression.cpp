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
    " abbrev abs acos age array array_append array_cat array_dims array_fill array_length"
    " array_lower array_ndims array_position array_prepend array_remove array_replace"
    " array_to_json array_to_string array_to_tsvector array_upper ascii asin atan atan2"
    " bigint bit bit_count bit_length bool boolean box bpchar broadcast btrim cardinality"
    " cast cbrt ceil ceiling char char_length character_length chr cidr circle coalesce"
    " collate concat concat_ws convert convert_from convert_to cos cot current_database"
    " current_date current_schema current_setting current_time current_timestamp current_user"
    " date date_bin date_part date_trunc datemultirange daterange decode degrees div double"
    " encode exp extract factorial family float4 float8 floor for format gcd generate_series"
    " get_bit get_byte greatest hashtext host hostmask hstore in inet inet_client_addr"
    " inet_merge initcap int2 int4 int4multirange int4range int8 int8multirange int8range"
    " integer interval isempty isfinite json json_array_length json_build_array"
    " json_build_object json_extract_path json_extract_path_text json_object json_strip_nulls"
    " json_typeof jsonb jsonb_array_length jsonb_build_array jsonb_build_object"
    " jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_path_exists"
    " jsonb_path_query_first jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof"
    " justify_days justify_hours justify_interval lcm least left length line ln localtime"
    " localtimestamp log log10 lower lower_inc lpad lseg ltrim macaddr make_date"
    " make_interval make_time make_timestamp make_timestamptz masklen md5 min_scale mod money"
    " netmask network normalize now nullif num_nonnulls num_nulls numeric nummultirange"
    " numrange octet_length overlay parse_ident path pg_backend_pid pg_column_size"
    " pg_current_xact_id pg_typeof phraseto_tsquery pi plainto_tsquery point polygon position"
    " power precision quote_ident quote_literal quote_nullable radians real regexp_count"
    " regexp_instr regexp_like regexp_match regexp_replace regexp_split_to_array"
    " regexp_substr repeat replace reverse right round row row_to_json rpad rtrim scale"
    " session_user set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512 sign"
    " smallint split_part sqrt starts_with statement_timestamp string_to_array strpos substr"
    " substring tan text time timestamp timestamptz timetz timezone to_char to_date to_hex"
    " to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector transaction_timestamp"
    " translate trim trim_scale trunc tsmultirange tsrange tstzmultirange tstzrange"
    " txid_current unistr upper upper_inc uuid_nil uuid_ns_dns uuid_ns_url varbit varchar"
    " version websearch_to_tsquery width_bucket xml xmlcomment"
    " ";

// Those of them that take no arguments: one of the same name that does is somebody's own.
constexpr std::string_view kBare =
    " current_database inet_client_addr now pg_backend_pid pg_current_xact_id pi "
    "statement_timestamp"
    " transaction_timestamp txid_current uuid_nil version ";

// Functions of MySQL and MariaDB that give another value for every row; it has no others of the
// user's own in a default.
constexpr std::array<std::string_view, 8> kMySqlChanging{
    "nextval", "rand", "random_bytes", "sys_guid", "sysdate", "uuid", "uuid_short", "uuid_v7"};

// `bare`: it is called without arguments.
bool is_steady(std::string_view function, bool bare, Dialect dialect) {
  if (dialect == Dialect::mysql) {
    return std::find(kMySqlChanging.begin(), kMySqlChanging.end(), function) ==
           kMySqlChanging.end();
  }
  const std::string word = fmt::format(" {} ", function);
  return kSteady.find(word) != std::string_view::npos &&
         (bare || kBare.find(word) == std::string_view::npos);
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
    const bool bare = at + 2 < expression.size() && expression[at + 2].is_symbol(")");
    if (!is_steady(base::to_lower(identifier(token, dialect)), bare, dialect))
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
