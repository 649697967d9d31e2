// ALTER TABLE: what is set at the table itself.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/alter_action.h"
#include "gate/readers/formats/sql/read_parts.h"

namespace gate::readers::sql {

using Kind = OperationKind;

void ActionReader::read_conversion() {
  if (!cursor_.take({"character", "set"})) cursor_.take("charset");
  cursor_.take_symbol("=");
  Operation& operation = add(Kind::convert_charset);
  operation.words.push_back(base::to_lower(cursor_.identifier()));
  if (cursor_.take("collate")) {
    cursor_.take_symbol("=");
    cursor_.identifier();
  }
}

bool ActionReader::read_property() {
  if (cursor_.take("set")) {
    if (cursor_.take("schema")) {
      add(Kind::set_schema).other = cursor_.name();
    } else {
      const bool rewrites = cursor_.at("logged") || cursor_.at("unlogged") ||
                            cursor_.at("tablespace") || cursor_.at({"access", "method"});
      add(rewrites ? Kind::set_logged : Kind::other_ddl);
      pass_rest_of_action();
    }
    return true;
  }
  if (cursor_.at("enable") || cursor_.at("disable") || cursor_.at("force") ||
      cursor_.at({"no", "force"})) {
    const bool enable = cursor_.at("enable");
    cursor_.take("no");
    cursor_.skip();
    const bool rows = cursor_.at({"row", "level", "security"}) || cursor_.done();
    Operation& operation = add(rows && !cursor_.mysql() ? Kind::row_security : Kind::other_ddl);
    operation.flag = enable;
    pass_rest_of_action();
    return true;
  }
  constexpr std::array<std::string_view, 8> kOthers{"owner",   "inherit", "no",  "cluster",
                                                    "replica", "reset",   "not", "of"};
  for (const std::string_view word : kOthers) {
    if (!cursor_.at(word)) continue;
    add(Kind::other_ddl);
    pass_rest_of_action();
    return true;
  }
  return false;
}

// Partitions, and what else rebuilds a table of MySQL; the last action of its statement.
bool ActionReader::read_partition() {
  constexpr std::array<std::string_view, 14> kWords{
      "truncate", "coalesce", "reorganize", "exchange", "partition", "remove", "rebuild",
      "optimize", "analyze",  "repair",     "discard",  "import",    "order",  "convert"};
  const auto stands = [&](std::string_view word) { return cursor_.at(word); };
  if (!cursor_.mysql() || std::none_of(kWords.begin(), kWords.end(), stands)) return false;
  const bool empties = cursor_.at("truncate");
  const bool rebuilds =
      cursor_.at({"partition", "by"}) || cursor_.at("remove") || cursor_.at("order");
  Operation& operation = add(empties    ? Kind::detach_partition
                             : rebuilds ? Kind::set_logged
                                        : Kind::other_ddl);
  operation.flag = empties;
  if (empties) operation.words.emplace_back("truncate");
  cursor_.skip_all();
  return true;
}

void ActionReader::read_options() {
  if (cursor_.at("algorithm") || cursor_.at("lock")) {
    std::string word = base::to_lower(cursor_.token().text);
    cursor_.skip();
    cursor_.take_symbol("=");
    statement_.algorithms.push_back(word + "=" + base::to_lower(cursor_.token().text));
    cursor_.skip();
    return;
  }
  std::vector<std::string> words;
  while (!cursor_.done() && !cursor_.at_symbol(",") && read_table_option(cursor_, words))
    continue;
  if (words.empty()) {
    cursor_.fail("`" + std::string(cursor_.token().text) + "` in ALTER TABLE");
    pass_rest_of_action();
    return;
  }
  add(Kind::set_options).words = std::move(words);
}

}  // namespace gate::readers::sql
