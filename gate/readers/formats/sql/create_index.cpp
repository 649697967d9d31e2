#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/column.h"
#include "gate/readers/formats/sql/read_parts.h"

namespace gate::readers::sql {

void read_create_index(Cursor& cursor, Operation operation, Statement& statement) {
  operation.kind = OperationKind::add_index;
  operation.span = statement.span;
  Index index = operation.indexes.empty() ? Index{} : operation.indexes.front();
  operation.concurrently = cursor.take("concurrently");
  operation.if_not_exists = cursor.take({"if", "not", "exists"});
  if (!cursor.at("on") || cursor.token(1).is("on")) {
    index.quoted_name = cursor.token().kind == TokenKind::quoted;
    index.name = cursor.name().name;
  }
  if (cursor.mysql() && cursor.take("using")) index.method = base::to_lower(cursor.identifier());
  if (!cursor.take("on")) {
    cursor.fail("no table behind CREATE INDEX");
    return;
  }
  cursor.take("only");
  operation.name = cursor.name();
  if (cursor.take("using")) index.method = base::to_lower(cursor.identifier());
  index.parts = read_index_parts(cursor);
  read_index_options(cursor, index);
  while (cursor.at("algorithm") || cursor.at("lock")) {
    std::string word = base::to_lower(cursor.token().text);
    cursor.skip();
    cursor.take_symbol("=");
    statement.algorithms.push_back(word + "=" + base::to_lower(cursor.token().text));
    cursor.skip();
  }
  if (!cursor.done() && cursor.mysql()) cursor.take({"wait"});
  index.span = statement.span;
  operation.indexes = {std::move(index)};
  statement.operations.push_back(std::move(operation));
}

}  // namespace gate::readers::sql
