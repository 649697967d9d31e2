#include "gate/readers/formats/sql/column.h"

#include <string_view>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/expression.h"
#include "gate/readers/formats/sql/type.h"

namespace gate::readers::sql {
namespace {

// Reads CASCADE, SET NULL, NO ACTION ... and the columns that PostgreSQL takes behind SET NULL.
std::string read_action(Cursor& cursor) {
  std::string action;
  if (cursor.take("no")) action = "no ";
  if (cursor.take("set")) action = "set ";
  action += base::to_lower(cursor.token().text);
  cursor.skip();
  if (cursor.at_symbol("(")) cursor.skip();
  return action;
}

// What may follow any constraint and changes nothing of what it demands.
bool take_constraint_attribute(Cursor& cursor) {
  return cursor.take({"not", "deferrable"}) || cursor.take("deferrable") ||
         cursor.take({"initially", "deferred"}) || cursor.take({"initially", "immediate"}) ||
         cursor.take({"no", "inherit"}) || cursor.take("enforced");
}

void read_generated(Cursor& cursor, Column& column) {
  if (cursor.take({"by", "default"})) cursor.take({"on", "null"});
  cursor.take("always");
  cursor.take("as");
  if (cursor.take("identity")) {
    column.generated = Generated::identity;
    if (cursor.at_symbol("(")) cursor.skip();
    return;
  }
  const std::size_t begin = cursor.index();
  if (cursor.at_symbol("(")) cursor.skip();
  column.expression = cursor.text_from(begin);
  // Without a word PostgreSQL 18 and MySQL compute the value on reading.
  column.generated =
      cursor.take_any({"stored", "persistent"}) ? Generated::stored : Generated::virtual_column;
  cursor.take("virtual");
}

// Clauses that a rule may ask about; false where none of them comes next.
bool read_clause(Cursor& cursor, Column& column) {
  if (cursor.take({"not", "null"})) {
    column.nullable = false;
  } else if (cursor.take("null")) {
    column.nullable = true;
  } else if (cursor.take("default")) {
    column.default_value = read_default(cursor);
  } else if (cursor.take({"primary", "key"}) || (cursor.mysql() && cursor.take("key"))) {
    column.primary = true;
    cursor.take_any({"asc", "desc"});
    if (cursor.take("autoincrement")) column.auto_increment = true;
  } else if (cursor.take("unique")) {
    column.unique = true;
    if (cursor.mysql()) cursor.take("key");
    if (cursor.take({"nulls", "not", "distinct"}) || cursor.take({"nulls", "distinct"}))
      return true;
  } else if (cursor.take("check")) {
    column.check = true;
    if (cursor.at_symbol("(")) cursor.skip();
    if (cursor.mysql()) cursor.take({"not", "enforced"});
  } else if (cursor.take("references")) {
    column.reference = read_reference(cursor);
  } else if (cursor.take("generated")) {
    read_generated(cursor, column);
  } else if (cursor.at("as") && cursor.token(1).is_symbol("(")) {
    read_generated(cursor, column);
  } else if (cursor.take_any({"auto_increment", "autoincrement"})) {
    column.auto_increment = true;
  } else if (cursor.take({"on", "update"})) {
    column.updates_itself = true;
    cursor.skip();
    if (cursor.at_symbol("(")) cursor.skip();
  } else {
    return false;
  }
  return true;
}

// Clauses that matter to no rule; false where none of them comes next.
bool pass_clause(Cursor& cursor, Column& column) {
  if (cursor.take("constraint")) {
    column.constraint = cursor.identifier();
  } else if (cursor.take("collate")) {
    cursor.take_symbol("=");
    const std::string collation = cursor.name().name;
    if (cursor.mysql() && column.type.charset.empty())
      column.type.charset = charset_of_collation(collation);
  } else if (cursor.take({"character", "set"}) || cursor.take("charset")) {
    cursor.take_symbol("=");
    column.type.charset = base::to_lower(cursor.identifier());
  } else if (cursor.take("comment")) {
    cursor.take_symbol("=");
    cursor.skip();
  } else if (cursor.take("first")) {
    column.first = true;
  } else if (cursor.take("after")) {
    column.after = cursor.identifier();
  } else if (cursor.take("using")) {  // INDEX TABLESPACE x
    while (!cursor.done() && !cursor.at_symbol(",") && !cursor.at_symbol(")"))
      cursor.skip();
  } else if (cursor.take("with")) {
    cursor.skip();
  } else if (cursor.take_any(
                 {"storage", "column_format", "compression", "srid", "engine_attribute"})) {
    cursor.skip();
  } else if (cursor.take({"on", "conflict"})) {
    cursor.skip();
  } else {
    return take_constraint_attribute(cursor) ||
           cursor.take_any({"unsigned", "signed", "zerofill", "binary", "invisible", "visible",
                            "compressed", "cascade", "restrict"}) ||
           cursor.take({"not", "enforced"}) || cursor.take({"not", "valid"});
  }
  return true;
}

void read_constraint_tail(Cursor& cursor, Constraint& constraint) {
  for (;;) {
    if (cursor.take({"not", "valid"})) {
      constraint.not_valid = true;
    } else if (cursor.take({"not", "enforced"})) {
      constraint.not_enforced = true;
    } else if (cursor.take("include")) {
      cursor.skip();
    } else if (cursor.take("with")) {
      cursor.skip();
    } else if (cursor.take({"using", "index", "tablespace"})) {
      cursor.skip();
    } else if (cursor.take("where")) {
      constraint.partial = true;
      cursor.skip();
    } else if (cursor.take("using") || cursor.take_any({"comment", "key_block_size"})) {
      cursor.take_symbol("=");
      cursor.skip();
    } else if (!take_constraint_attribute(cursor)) {
      return;
    }
  }
}

// Whether the text is one group: the parenthesis in front closes at its end.
bool is_group(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')') --depth;
    if (depth <= 0) return at > 0 && at + 1 == text.size();
  }
  return false;
}

void read_parts(Cursor& cursor, Constraint& constraint) {
  for (const IndexPart& part : read_index_parts(cursor))
    constraint.columns.push_back(part.column.empty() ? part.expression : part.column);
}

// PRIMARY KEY and UNIQUE: columns, or an index that is there.
void read_key(Cursor& cursor, Constraint& constraint) {
  if (cursor.take({"using", "index"})) {
    constraint.using_index = cursor.identifier();
    return;
  }
  if (cursor.take({"nulls", "not", "distinct"}) || cursor.take({"nulls", "distinct"})) {
    constraint.columns = cursor.name_list();
    return;
  }
  if (cursor.mysql()) {
    cursor.take_any({"index", "key"});
    if (!cursor.at_symbol("(") && !cursor.at("using")) {
      std::string name = cursor.identifier();
      if (!name.empty()) constraint.name = std::move(name);
    }
    if (cursor.take("using")) cursor.skip();
  }
  read_parts(cursor, constraint);
}

}  // namespace

Reference read_reference(Cursor& cursor) {
  Reference reference;
  reference.table = cursor.name();
  reference.columns = cursor.name_list();
  for (;;) {
    if (cursor.take({"on", "delete"})) {
      reference.on_delete = read_action(cursor);
    } else if (cursor.take({"on", "update"})) {
      reference.on_update = read_action(cursor);
    } else if (cursor.take("match")) {
      cursor.skip();
    } else {
      return reference;
    }
  }
}

void read_column_clauses(Cursor& cursor, Column& column) {
  while (!cursor.done() && !cursor.at_symbol(",") && !cursor.at_symbol(")")) {
    if (read_clause(cursor, column) || pass_clause(cursor, column)) continue;
    cursor.fail("`" + std::string(cursor.token().text) + "` in the definition of a column");
    cursor.skip();
  }
}

Column read_column(Cursor& cursor) {
  Column column;
  const std::size_t begin = cursor.index();
  column.quoted_name = cursor.token().kind == TokenKind::quoted;
  column.name = cursor.identifier();
  if (column.name.empty()) {
    cursor.fail("no name where a column is defined");
    cursor.skip_element();
    return column;
  }
  column.type = read_type(cursor);
  read_column_clauses(cursor, column);
  column.span = cursor.span_from(begin);
  return column;
}

bool at_constraint(const Cursor& cursor) {
  if (cursor.token().kind != TokenKind::word) return false;
  return cursor.at("constraint") || cursor.at({"primary", "key"}) ||
         cursor.at({"foreign", "key"}) || (cursor.at("check") && cursor.token(1).is_symbol("(")) ||
         (cursor.at("unique") &&
          (cursor.mysql() || cursor.token(1).is_symbol("(") || cursor.at({"unique", "using"}) ||
           cursor.at({"unique", "nulls"}))) ||
         (!cursor.mysql() && cursor.at("exclude") &&
          (cursor.token(1).is_symbol("(") || cursor.token(1).is("using"))) ||
         (!cursor.mysql() && cursor.at({"not", "null"}));
}

std::optional<Constraint> read_constraint(Cursor& cursor) {
  Constraint constraint;
  const std::size_t begin = cursor.index();
  if (cursor.take("constraint") && !cursor.at({"primary", "key"}) &&
      !cursor.at({"foreign", "key"}) && !cursor.at("check") && !cursor.at("unique")) {
    cursor.take({"if", "not", "exists"});
    constraint.quoted_name = cursor.token().kind == TokenKind::quoted;
    constraint.name = cursor.identifier();
  }
  if (cursor.take({"primary", "key"})) {
    constraint.kind = ConstraintKind::primary;
    read_key(cursor, constraint);
  } else if (cursor.take("unique")) {
    constraint.kind = ConstraintKind::unique;
    read_key(cursor, constraint);
  } else if (cursor.take({"foreign", "key"})) {
    constraint.kind = ConstraintKind::foreign;
    if (cursor.mysql()) {
      cursor.take({"if", "not", "exists"});
      if (!cursor.at_symbol("(")) {
        std::string name = cursor.identifier();  // of its index
        if (constraint.name.empty()) constraint.name = std::move(name);
      }
    }
    constraint.columns = cursor.name_list();
    if (cursor.take("references")) constraint.reference = read_reference(cursor);
  } else if (cursor.take("check")) {
    constraint.kind = ConstraintKind::check;
    const std::size_t open = cursor.index();
    if (cursor.at_symbol("(")) cursor.skip();
    constraint.expression = cursor.text_from(open);
  } else if (cursor.take("exclude")) {
    constraint.kind = ConstraintKind::exclusion;
    if (cursor.take("using")) constraint.method = base::to_lower(cursor.identifier());
    read_parts(cursor, constraint);
  } else if (cursor.take({"not", "null"})) {
    constraint.kind = ConstraintKind::not_null;
    constraint.columns.push_back(cursor.identifier());
  } else {
    return std::nullopt;
  }
  read_constraint_tail(cursor, constraint);
  constraint.span = cursor.span_from(begin);
  return constraint;
}

bool at_index(const Cursor& cursor) {
  return cursor.mysql() &&
         (cursor.at("key") || cursor.at("index") || cursor.at("fulltext") || cursor.at("spatial"));
}

Index read_inline_index(Cursor& cursor) {
  Index index;
  const std::size_t begin = cursor.index();
  index.fulltext = cursor.take_any({"fulltext", "spatial"});
  cursor.take_any({"key", "index"});
  cursor.take({"if", "not", "exists"});
  if (!cursor.at_symbol("(") && !cursor.at("using")) index.name = cursor.identifier();
  if (cursor.take("using")) index.method = base::to_lower(cursor.identifier());
  index.parts = read_index_parts(cursor);
  read_index_options(cursor, index);
  index.span = cursor.span_from(begin);
  return index;
}

std::vector<IndexPart> read_index_parts(Cursor& cursor) {
  std::vector<IndexPart> parts;
  if (!cursor.take_symbol("(")) return parts;
  while (!cursor.done() && !cursor.at_symbol(")")) {
    IndexPart part;
    const std::size_t begin = cursor.index();
    const bool is_name = cursor.at_name();
    const bool grouped = cursor.token(1).is_symbol("(");
    const bool is_length = grouped && cursor.token(2).kind == TokenKind::number && cursor.mysql();
    if (is_name && (!grouped || is_length) && !cursor.token(1).is_symbol(".")) {
      part.column = cursor.identifier();
      if (is_length) cursor.skip();
      if (cursor.at_symbol("->") || cursor.at_symbol("::") || cursor.at_symbol("||"))
        part.column.clear();
    }
    // What follows the expression is an operator class or an order.
    const std::size_t after = cursor.index();
    if (part.column.empty() && after == begin && (cursor.at_symbol("(") || grouped)) {
      if (!cursor.at_symbol("(")) cursor.skip();
      cursor.skip();
      const TokenKind next = cursor.token().kind;
      if (cursor.at_symbol(",") || cursor.at_symbol(")") || next == TokenKind::word ||
          next == TokenKind::quoted)
        part.expression = cursor.text_from(begin);
    }
    cursor.skip_element();
    if (part.expression.empty()) part.expression = cursor.text_from(begin);
    while (is_group(part.expression) &&
           is_group(std::string_view(part.expression).substr(1, part.expression.size() - 2)))
      part.expression = part.expression.substr(1, part.expression.size() - 2);
    if (cursor.index() > begin) parts.push_back(std::move(part));
    if (!cursor.take_symbol(",")) break;
  }
  cursor.take_symbol(")");
  return parts;
}

void read_index_options(Cursor& cursor, Index& index) {
  for (;;) {
    if (cursor.take("where")) {
      index.partial = true;
      while (!cursor.done() && !cursor.at_symbol(",") && !cursor.at_symbol(")"))
        cursor.skip();
    } else if (cursor.take({"nulls", "not", "distinct"})) {
      index.nulls_equal = true;
    } else if (cursor.take({"nulls", "distinct"})) {
      continue;
    } else if (cursor.take("using")) {
      index.method = base::to_lower(cursor.identifier());
    } else if (cursor.take("include")) {
      index.included = cursor.name_list();
    } else if (cursor.take("tablespace")) {
      cursor.skip();
    } else if (cursor.take("with")) {
      if (cursor.take("parser"))
        cursor.skip();
      else if (cursor.at_symbol("("))
        cursor.skip();
    } else if (cursor.take_any({"comment", "key_block_size"})) {
      cursor.take_symbol("=");
      cursor.skip();
    } else if (!cursor.take_any({"visible", "invisible", "ignored"}) &&
               !cursor.take({"not", "ignored"})) {
      return;
    }
  }
}

}  // namespace gate::readers::sql
