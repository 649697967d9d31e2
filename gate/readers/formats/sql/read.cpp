#include "gate/readers/formats/sql/read.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/read_parts.h"
#include "gate/readers/formats/sql/script.h"

namespace gate::readers::sql {
namespace {

// The words that a statement begins with, as people call it: "CREATE UNIQUE INDEX".
std::string verb(std::span<const Token> tokens) {
  constexpr std::size_t kWords = 2;
  std::string verb;
  for (std::size_t at = 0; at < std::min(kWords, tokens.size()); ++at) {
    if (tokens[at].kind != TokenKind::word) break;
    if (!verb.empty()) verb += ' ';
    for (const char c : tokens[at].text)
      verb += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool alone = tokens[at].is("update") || tokens[at].is("truncate") ||
                       tokens[at].is("select") || tokens[at].is("with") || tokens[at].is("set") ||
                       tokens[at].is("vacuum");
    if (alone) break;
  }
  return verb;
}

bool read_any(Cursor& cursor, Statement& statement) {
  const std::size_t begin = cursor.index();
  if (cursor.take("create")) return read_create(cursor, statement);
  if (cursor.take("alter")) return read_alter(cursor, statement);
  if (cursor.take("drop")) return read_drop(cursor, statement);
  cursor.go_to(begin);
  return read_data(cursor, statement) || read_session(cursor, statement);
}

void move(Statement& statement, std::uint32_t offset) {
  const auto shift = [offset](base::Span& span) {
    span.begin += offset;
    span.end += offset;
  };
  shift(statement.span);
  for (base::Span& span : statement.repeated_columns)
    shift(span);
  for (Operation& operation : statement.operations) {
    shift(operation.span);
    shift(operation.name.span);
    shift(operation.other.span);
    for (Column& column : operation.columns) {
      shift(column.span);
      shift(column.type.span);
    }
    for (Constraint& constraint : operation.constraints)
      shift(constraint.span);
    for (Index& index : operation.indexes)
      shift(index.span);
  }
}

}  // namespace

Operation& add_operation(Statement& statement, OperationKind kind) {
  Operation operation;
  operation.kind = kind;
  operation.span = statement.span;
  statement.operations.push_back(std::move(operation));
  return statement.operations.back();
}

Statement read_statement(std::span<const Token> tokens, std::string_view source, Dialect dialect) {
  Statement statement;
  if (tokens.empty()) return statement;
  statement.span = {tokens.front().span.begin, tokens.back().span.end};
  statement.verb = verb(tokens);
  Cursor cursor(tokens, source, dialect);
  if (!read_any(cursor, statement)) {
    cursor.fail(statement.verb.empty() ? "it begins with no word of SQL"
                                       : fmt::format("`{}` is no statement known", statement.verb));
  } else if (!cursor.done()) {
    cursor.fail(fmt::format("`{}` where the statement should end", cursor.token().text));
  }
  if (tokens.back().unterminated) cursor.fail("a quote without an end");
  if (statement.operations.empty() && statement.algorithms.empty())
    cursor.fail(fmt::format("`{}` without saying what to do", statement.verb));
  statement.opaque = cursor.problem();
  if (statement.opaque.empty() || !statement.operations.empty()) return statement;
  add_operation(statement, OperationKind::other);
  return statement;
}

Script read_script(std::string_view text, Dialect dialect, std::uint32_t offset) {
  Script script;
  const Tokens tokens = tokenize(text, dialect);
  script.cut = tokens.cut;
  for (const std::span<const Token> part : split(tokens, dialect)) {
    script.statements.push_back(read_statement(part, text, dialect));
    if (offset != 0) move(script.statements.back(), offset);
  }
  return script;
}

}  // namespace gate::readers::sql
