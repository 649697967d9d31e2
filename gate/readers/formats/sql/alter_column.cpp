// ALTER TABLE ... ALTER COLUMN.
#include <string>
#include <utility>

#include "gate/readers/formats/sql/alter_action.h"
#include "gate/readers/formats/sql/expression.h"
#include "gate/readers/formats/sql/type.h"

namespace gate::readers::sql {

using Kind = OperationKind;

void ActionReader::read_alter() {
  if (cursor_.at("constraint") ||
      (cursor_.mysql() && (cursor_.at("index") || cursor_.at("check")))) {
    add(Kind::other_ddl);
    pass_rest_of_action();
    return;
  }
  cursor_.take("column");
  cursor_.take({"if", "exists"});
  const std::string column = cursor_.identifier();
  if (cursor_.take("type") || cursor_.take({"set", "data", "type"})) {
    Operation& operation = add(Kind::change_type);
    Column changed;
    changed.name = column;
    changed.type = read_type(cursor_);
    operation.columns.push_back(std::move(changed));
    if (cursor_.take("collate")) cursor_.name();
    operation.flag = cursor_.take("using");
    pass_rest_of_action();
  } else if (cursor_.take({"set", "default"})) {
    Column changed;
    changed.name = column;
    changed.default_value = read_default(cursor_);
    add(Kind::set_default).columns.push_back(std::move(changed));
  } else if (cursor_.take({"drop", "default"})) {
    add(Kind::drop_default);
  } else if (cursor_.take({"set", "not", "null"})) {
    add(Kind::set_not_null);
  } else if (cursor_.take({"drop", "not", "null"})) {
    add(Kind::drop_not_null);
  } else if (cursor_.at({"add", "generated"})) {
    add(Kind::add_identity);
    pass_rest_of_action();
  } else if (cursor_.take({"drop", "identity"})) {
    add(Kind::drop_identity).if_exists = cursor_.take({"if", "exists"});
  } else if (cursor_.take({"drop", "expression"})) {
    add(Kind::drop_expression).if_exists = cursor_.take({"if", "exists"});
  } else {
    add(Kind::other_ddl);  // SET STATISTICS, SET STORAGE, RESET ...
    pass_rest_of_action();
  }
  statement_.operations.back().column = column;
}

}  // namespace gate::readers::sql
