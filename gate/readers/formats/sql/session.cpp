// Transactions, settings, maintenance, and blocks that run statements.
#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/read.h"
#include "gate/readers/formats/sql/read_parts.h"
#include "gate/readers/formats/sql/script.h"

namespace gate::readers::sql {
namespace {

using Kind = OperationKind;

// Reads an option in parentheses: whether `(FULL)`, `(CONCURRENTLY false)` are there, and on.
struct Switch {
  bool written = false;
  bool on = false;
};

Switch read_switch(const Cursor& cursor, std::string_view word) {
  Switch found;
  if (!cursor.at_symbol("(")) return found;
  const auto tokens = cursor.rest();
  for (std::size_t at = 1; at < tokens.size() && !tokens[at].is_symbol(")"); ++at) {
    if (!tokens[at].is(word)) continue;
    found.written = true;
    const Token& value = at + 1 < tokens.size() ? tokens[at + 1] : tokens[at];
    const bool off = value.is("false") || value.is("off") ||
                     (value.kind == TokenKind::number && value.text == "0") ||
                     value.text == "'false'" || value.text == "'off'";
    found.on = !off;
  }
  return found;
}

void read_vacuum(Cursor& cursor, Statement& statement) {
  const Switch full = read_switch(cursor, "full");
  if (cursor.at_symbol("(")) cursor.skip();
  const bool word = cursor.take("full");
  Operation& operation =
      add_operation(statement, word || full.on ? Kind::vacuum_full : Kind::other);
  while (cursor.take_any({"freeze", "verbose", "analyze"}))
    continue;
  operation.column = "vacuum";
  operation.name = cursor.name();
  cursor.skip_all();
}

void read_cluster(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::cluster);
  if (cursor.at_symbol("(")) cursor.skip();
  cursor.take("verbose");
  operation.name = cursor.name();
  cursor.skip_all();
}

// REPACK of PostgreSQL 19.
void read_repack(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::other);
  operation.column = "repack";
  operation.concurrently = read_switch(cursor, "concurrently").on;
  if (cursor.at_symbol("(")) cursor.skip();
  operation.name = cursor.name();
  cursor.skip_all();
}

void read_reindex(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::reindex);
  const Switch option = read_switch(cursor, "concurrently");
  if (cursor.at_symbol("(")) cursor.skip();
  operation.column = base::to_lower(cursor.token().text);
  cursor.skip();
  operation.concurrently = cursor.take("concurrently") || option.on;
  operation.concurrently_off = option.written && !option.on;
  operation.name = cursor.name();
  cursor.skip_all();
}

void read_refresh(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::refresh_view);
  cursor.take({"materialized", "view"});
  operation.concurrently = cursor.take("concurrently");
  operation.name = cursor.name();
  operation.with_no_data = cursor.at({"with", "no", "data"});
  cursor.skip_all();
}

void read_rename(Cursor& cursor, Statement& statement) {
  if (!cursor.take_any({"table", "tables"})) {
    add_operation(statement, Kind::other_ddl);
    cursor.skip_all();
    return;
  }
  do {
    cursor.take({"if", "exists"});
    Operation& operation = add_operation(statement, Kind::rename_table);
    operation.name = cursor.name();
    if (cursor.take("wait")) cursor.skip();
    cursor.take("to");
    operation.other = cursor.name();
  } while (cursor.take_symbol(","));
}

// SET [LOCAL|SESSION] name = value, and select set_config of no-one: only the first of several.
void read_set(Cursor& cursor, Statement& statement) {
  const bool local = cursor.take("local");
  cursor.take_any({"session", "global"});
  Operation& operation = add_operation(statement, Kind::set_variable);
  operation.flag = local;
  operation.name = cursor.name();
  operation.name.name = base::to_lower(operation.name.name);
  if (!cursor.take_symbol("=")) cursor.take("to");
  const std::size_t begin = cursor.index();
  cursor.skip_all();
  operation.words.push_back(cursor.text_from(begin));
}

}  // namespace

bool read_session(Cursor& cursor, Statement& statement) {
  if (cursor.at("begin") || cursor.at({"start", "transaction"})) {
    add_operation(statement, Kind::begin);
    cursor.skip_all();
  } else if (cursor.at("commit") || cursor.at("end")) {
    add_operation(statement, Kind::commit);
    cursor.skip_all();
  } else if (cursor.at("abort") ||
             (cursor.at("rollback") &&
              std::none_of(cursor.rest().begin(), cursor.rest().end(),
                           [](const Token& token) { return token.is("to"); }))) {
    add_operation(statement, Kind::rollback);
    cursor.skip_all();
  } else if (cursor.take("set")) {
    read_set(cursor, statement);
  } else if (cursor.take("vacuum")) {
    read_vacuum(cursor, statement);
  } else if (cursor.take("cluster")) {
    read_cluster(cursor, statement);
  } else if (cursor.take("repack")) {
    read_repack(cursor, statement);
  } else if (cursor.take("reindex")) {
    read_reindex(cursor, statement);
  } else if (cursor.take("refresh")) {
    read_refresh(cursor, statement);
  } else if (cursor.take("rename")) {
    read_rename(cursor, statement);
  } else if (cursor.mysql() && cursor.at("do")) {  // an expression, for what it does
    add_operation(statement, Kind::other).column = "do";
    cursor.skip_all();
  } else if (cursor.take("do")) {
    read_do_block(cursor, statement);
  } else if (cursor.take("lock")) {
    cursor.take_any({"table", "tables"});
    add_operation(statement, Kind::lock_table).name = cursor.name();
    cursor.skip_all();
  } else {
    constexpr std::array<std::string_view, 9> kDefinitions{"comment",  "grant",  "revoke",
                                                           "security", "import", "reassign",
                                                           "install",  "flush",  "optimize"};
    constexpr std::array<std::string_view, 28> kOthers{
        "reset",   "rollback", "savepoint", "release", "analyze",    "explain", "unlock",
        "use",     "show",     "call",      "notify",  "listen",     "discard", "checkpoint",
        "declare", "fetch",    "close",     "pragma",  "deallocate", "attach",  "detach",
        "handler", "check",    "repair",    "kill",    "unlisten",   "move",    "exec"};
    const auto stands = [&](std::string_view word) { return cursor.at(word); };
    if (std::any_of(kDefinitions.begin(), kDefinitions.end(), stands)) {
      add_operation(statement, Kind::other_ddl);
    } else if (std::any_of(kOthers.begin(), kOthers.end(), stands)) {
      add_operation(statement, Kind::other).column = base::to_lower(cursor.token().text);
    } else {
      return false;
    }
    cursor.skip_all();
  }
  return true;
}

namespace {

// Words of PL/pgSQL that stand before a statement in a block.
void pass_control(Cursor& cursor, bool& conditional) {
  for (;;) {
    if (cursor.take("begin") || cursor.take("else") || cursor.take("loop")) continue;
    if (cursor.at("if") || cursor.at("elsif") || cursor.at("when") || cursor.at("case")) {
      conditional = true;
      while (!cursor.done() && !cursor.at("then"))
        cursor.skip();
      cursor.take("then");
      continue;
    }
    if (cursor.at("for") || cursor.at("while") || cursor.at("foreach")) {
      conditional = true;
      while (!cursor.done() && !cursor.at("loop"))
        cursor.skip();
      cursor.take("loop");
      continue;
    }
    if (cursor.take("exception")) {
      conditional = true;
      continue;
    }
    return;
  }
}

// Statements of a block that only steer it.
bool is_control(const Cursor& cursor) {
  constexpr std::array<std::string_view, 9> kWords{"end",      "raise", "null", "return", "exit",
                                                   "continue", "get",   "open", "assert"};
  return cursor.done() || std::any_of(kWords.begin(), kWords.end(),
                                      [&](std::string_view word) { return cursor.at(word); });
}

// EXECUTE 'ALTER TABLE ...': what the text does, where it is written out.
void execute_text(const Cursor& words, Cursor& cursor, Statement& statement) {
  if (words.rest().size() != 1 || words.token().kind != TokenKind::text) {
    cursor.fail("a DO block that executes a text put together at run time");
    return;
  }
  const std::string text = string_value(words.token(), cursor.dialect());
  const Tokens tokens = tokenize(text, cursor.dialect());
  for (const std::span<const Token> part : split(tokens, cursor.dialect())) {
    if (part.front().is("do")) {
      cursor.fail("a DO block in a DO block");
      continue;
    }
    Statement read = read_statement(part, text, cursor.dialect());
    if (!read.opaque.empty()) cursor.fail("in a DO block: " + read.opaque);
    for (Operation& operation : read.operations) {
      operation.guarded = true;
      operation.span = words.token().span;
      for (Column& column : operation.columns)
        column.span = words.token().span;
      statement.operations.push_back(std::move(operation));
    }
  }
}

}  // namespace

void read_do_block(Cursor& cursor, Statement& statement) {
  const auto body = std::find_if(cursor.rest().begin(), cursor.rest().end(),
                                 [](const Token& token) { return token.kind == TokenKind::text; });
  if (body == cursor.rest().end()) {
    cursor.fail("a DO block without a body");
    return;
  }
  // The text between the marks, at its own place, so that spans stay true.
  std::string_view source = cursor.source().substr(0, body->span.end);
  const std::size_t mark = body->text.starts_with('$') ? body->text.find('$', 1) + 1 : 1;
  if (!body->unterminated && body->text.size() >= 2 * mark) source.remove_suffix(mark);
  const std::size_t open = body->span.begin + mark;
  Tokens inner = tokenize(source.substr(open), cursor.dialect());
  for (Token& token : inner.tokens) {
    token.span.begin += static_cast<std::uint32_t>(open);
    token.span.end += static_cast<std::uint32_t>(open);
  }
  bool declares = !inner.tokens.empty() && inner.tokens.front().is("declare");
  for (const std::span<const Token> part : split(inner, cursor.dialect())) {
    Cursor words(part, source, cursor.dialect());
    if (declares) {
      const auto begin = std::find_if(part.begin(), part.end(),
                                      [](const Token& token) { return token.is("begin"); });
      if (begin == part.end()) continue;
      declares = false;
      words.go_to(static_cast<std::size_t>(begin - part.begin()));
    }
    bool conditional = false;
    pass_control(words, conditional);
    if (is_control(words)) continue;
    if (words.take("perform")) continue;
    if (words.take("execute")) {
      execute_text(words, cursor, statement);
      continue;
    }
    if (words.at("do")) {
      cursor.fail("a DO block in a DO block");
      continue;
    }
    const bool assigns = words.token(1).is_symbol(":=") || words.token(1).is_symbol("=");
    if (assigns) continue;
    Statement read = read_statement(words.rest(), source, cursor.dialect());
    if (!read.opaque.empty()) cursor.fail("in a DO block: " + read.opaque);
    for (Operation& operation : read.operations) {
      operation.guarded = true;
      if (operation.kind != Kind::select) statement.operations.push_back(std::move(operation));
    }
  }
  if (statement.operations.empty()) add_operation(statement, Kind::other);
  cursor.skip_all();
}

}  // namespace gate::readers::sql
