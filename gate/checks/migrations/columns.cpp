// What happens to columns: added, required, of another type.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"
#include "gate/readers/migrations/type_change.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::CheckConstraint;
using readers::migrations::compare_types;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::migrations::TypeChange;
using readers::migrations::TypeChangeVerdict;
using readers::sql::Column;
using readers::sql::Generated;
using readers::sql::Volatility;

bool fills_itself(const Column& column) {
  return column.type.is_serial || column.auto_increment || column.generated != Generated::no;
}

void find_required(const Step& step, const Column& column) {
  const bool has_default = column.default_value && !column.default_value->is_null;
  if (has_default || fills_itself(column)) return;
  const std::string consequence =
      step.mysql()
          ? "the release still running writes rows without it and is refused in strict mode"
          : "it fails as soon as the table has a row, and the release still running writes "
            "rows without it";
  if (column.primary) {
    step.sink.add(
        step, Hazard::add_required_primary_key, column.name,
        fmt::format("adds primary key {{}} to `{}` without anything that fills it: {}",
                    step.table_name(), consequence),
        "add the column with an identity, fill it, build a unique index CONCURRENTLY, then "
        "ADD PRIMARY KEY USING INDEX");
    return;
  }
  if (!column.nullable || *column.nullable) return;
  step.sink.add(step, Hazard::add_required_column, column.name,
                fmt::format("adds {{}} to `{}` as NOT NULL without a default of the database: {}",
                            step.table_name(), consequence),
                advise_required_column(step));
}

// What makes PostgreSQL write the whole table anew for a column that is added.
void find_rewriting_column(const Step& step, const Column& column) {
  constexpr std::string_view kRewrite =
      "every row is written anew while nobody can read or write the table";
  constexpr std::string_view kFix =
      "add the column without it, fill it in batches, then set the default";
  if (column.generated == Generated::stored) {
    step.sink.add(
        step, Hazard::add_generated_stored, column.name,
        fmt::format("adds stored generated {{}} to `{}`: {}", step.table_name(), kRewrite),
        "add a plain column, fill it in batches and keep it up by a trigger, or compute it "
        "in a view");
    return;
  }
  if (column.generated == Generated::identity) {
    step.sink.add(step, Hazard::add_identity, column.name,
                  fmt::format("adds identity {{}} to `{}`: {}", step.table_name(), kRewrite),
                  "add a nullable bigint, fill it in batches, then ADD GENERATED AS IDENTITY");
    return;
  }
  if (column.type.is_serial) {
    step.sink.add(step, Hazard::add_serial, column.name,
                  fmt::format("adds serial {{}} to `{}`: {}", step.table_name(), kRewrite),
                  "add a nullable bigint, fill it in batches, then make it an identity");
    return;
  }
  if (!column.default_value || column.default_value->is_null) return;
  const bool any_rewrites = !step.database().at_least(11);
  if (column.default_value->volatility != Volatility::changing && !any_rewrites) return;
  step.sink.add(
      step, Hazard::add_volatile_default, column.name,
      any_rewrites
          ? fmt::format("adds {{}} to `{}` with a default: before PostgreSQL 11 {}",
                        step.table_name(), kRewrite)
          : fmt::format("adds {{}} to `{}` with the default `{}`, which differs from row to "
                        "row: {}",
                        step.table_name(), column.default_value->text, kRewrite),
      std::string(kFix));
}

void find_added(const Step& step) {
  if (step.is_new_table()) return;
  for (const Column& column : step.operation.columns) {
    const Table* table = step.table();
    if (table != nullptr && step.before.column(*table, column.name) != nullptr) continue;
    find_required(step, column);
    if (step.postgres()) find_rewriting_column(step, column);
  }
}

using Tokens = std::span<const readers::sql::Token>;

// Returns where the group that opens at `begin` ends, past its end where it does not.
std::size_t past_group(Tokens tokens, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < tokens.size(); ++at) {
    if (tokens[at].is_symbol("(")) ++depth;
    if (tokens[at].is_symbol(")") && --depth == 0) return at + 1;
  }
  return tokens.size();
}

// Returns whether an expression that holds for every row says that the column is not NULL: alone,
// or with AND beside others.
bool says_not_null(Tokens tokens, const std::string& column, readers::sql::Dialect dialect) {
  while (tokens.size() > 2 && tokens.front().is_symbol("(") &&
         past_group(tokens, 0) == tokens.size())
    tokens = tokens.subspan(1, tokens.size() - 2);
  std::size_t begin = 0;
  bool divided = false;
  bool said = false;
  for (std::size_t at = 0; at < tokens.size();) {
    if (tokens[at].is("or")) return false;
    if (tokens[at].is("and")) {
      divided = true;
      said = said || says_not_null(tokens.subspan(begin, at - begin), column, dialect);
      begin = at + 1;
    }
    at = tokens[at].is_symbol("(") ? past_group(tokens, at) : at + 1;
  }
  if (divided) return said || says_not_null(tokens.subspan(begin), column, dialect);
  return tokens.size() == 4 && readers::sql::identifier(tokens[0], dialect) == column &&
         tokens[1].is("is") && tokens[2].is("not") && tokens[3].is("null");
}

bool names_not_null(const std::string& expression, const std::string& column,
                    readers::sql::Dialect dialect) {
  const readers::sql::Tokens tokens = readers::sql::tokenize(expression, dialect);
  return says_not_null(tokens.tokens, column, dialect);
}

// PostgreSQL 12 and later believe a validated check.
bool is_proved_not_null(const Step& step, const std::string& column) {
  if (!step.database().at_least(12)) return false;
  const Table* table = step.table();
  if (table != nullptr) {
    const auto proves = [&](const CheckConstraint& check) {
      return check.validated && names_not_null(check.expression, column, step.database().dialect());
    };
    if (std::any_of(table->checks.begin(), table->checks.end(), proves)) return true;
    if (table->complete) return false;
  }
  // A constraint that no migration adds: what it says is not known.
  const std::string name = step.table_name();
  return std::any_of(
      step.file.validated.begin(), step.file.validated.end(), [&](const auto& validated) {
        return validated.first == name &&
               (table == nullptr || std::none_of(table->checks.begin(), table->checks.end(),
                                                 [&](const CheckConstraint& check) {
                                                   return check.name == validated.second;
                                                 }));
      });
}

void find_not_null(const Step& step, const std::string& column) {
  const Table* table = step.table();
  const TableColumn* before = table == nullptr ? nullptr : step.before.column(*table, column);
  if (before != nullptr && !before->nullable) return;
  if (step.is_new_table() || (before != nullptr && step.is_new(before->origin) && !step.postgres()))
    return;
  if (!step.postgres() || is_proved_not_null(step, column)) return;
  step.sink.add(step, Hazard::set_not_null, column,
                fmt::format("makes {{}} of `{}` NOT NULL: the whole table is read while nobody can "
                            "read or write it, and one NULL makes it fail",
                            step.table_name()),
                advise_not_null(step));
}

void report_type(const Step& step, const std::string& column, const std::string& from,
                 const std::string& to, const TypeChangeVerdict& verdict) {
  const std::string change =
      from.empty() ? fmt::format("changes {{}} of `{}` to {}", step.table_name(), to)
                   : fmt::format("changes {{}} of `{}` from {} to {}", step.table_name(), from, to);
  const std::string_view locked = step.mysql()
                                      ? "the table is copied while nobody can write to it"
                                      : "every row is written anew while nobody can read or write "
                                        "the table";
  std::string consequence;
  switch (verdict.change) {
    case TypeChange::unknown:
      consequence = fmt::format(
          "the type it has is not known here; unless the new one is a mere "
          "widening, {}",
          locked);
      break;
    case TypeChange::narrows:
      consequence = fmt::format("{}, and values that do not fit make it fail or are cut", locked);
      break;
    default:
      consequence = locked;
      break;
  }
  if (!verdict.why.empty()) consequence += fmt::format(" ({})", verdict.why);
  step.sink.add(
      step, Hazard::change_type, column, fmt::format("{}: {}", change, consequence),
      "add a column of the new type, write to both, copy in batches, switch, drop the old "
      "one");
}

void find_type_change(const Step& step, const std::string& name, const Column& to) {
  if (step.is_new_table() || to.type.empty()) return;
  const Table* table = step.table();
  const TableColumn* before = table == nullptr ? nullptr : step.before.column(*table, name);
  if (before != nullptr && step.is_new(before->origin)) return;
  const TypeChangeVerdict verdict =
      before == nullptr ? TypeChangeVerdict{}
                        : compare_types(before->type, to.type, step.database(), table->charset);
  if (verdict.change == TypeChange::none || verdict.change == TypeChange::free) return;
  report_type(step, name, before == nullptr ? std::string() : before->type.text(), to.type.text(),
              verdict);
}

}  // namespace

void find_column_hazards(const Step& step) {
  const auto& operation = step.operation;
  switch (operation.kind) {
    case Kind::add_column:
      find_added(step);
      break;
    case Kind::set_not_null:
      find_not_null(step, operation.column);
      break;
    case Kind::change_type:
      find_type_change(step, operation.column, operation.columns.front());
      break;
    case Kind::restate_column: {
      const Column& column = operation.columns.front();
      find_type_change(step, operation.column, column);
      if (column.nullable && !*column.nullable) find_not_null(step, operation.column);
      break;
    }
    case Kind::set_logged:
      if (step.is_new_table()) break;
      step.sink.add(step, Hazard::rewrite_table, step.table_name(),
                    "writes table {} anew while nobody can read or write it",
                    "do it in a maintenance window, or with a tool that works online");
      break;
    default:
      break;
  }
}

}  // namespace gate::checks
