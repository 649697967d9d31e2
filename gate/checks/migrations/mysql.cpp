// What MySQL and MariaDB do with a statement: copy the table, ignore a clause, keep an old charset.
//
// Which operations copy: measured on MariaDB 10.11 (the mildest ALGORITHM and LOCK accepted), MySQL
// 8.0 by its manual, section 15.12.1.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/checks/migrations/step.h"
#include "gate/readers/migrations/type_change.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::Engine;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::sql::Column;
using readers::sql::Constraint;
using readers::sql::ConstraintKind;
using readers::sql::Generated;
using readers::sql::Index;

constexpr std::string_view kCopyFix =
    "run it with gh-ost or pt-online-schema-change, or in a maintenance window";

void copies(const Step& step, std::string_view subject, const std::string& what) {
  step.sink.add(
      step, Hazard::mysql_copy, subject,
      fmt::format("{} of `{}`: the table is copied row by row while nobody can write to it", what,
                  step.table_name()),
      std::string(kCopyFix));
}

void find_copies(const Step& step) {
  const auto& operation = step.operation;
  if (step.is_new_table()) return;
  if (operation.kind == Kind::add_column) {
    for (const Column& column : operation.columns) {
      const bool computed = column.default_value &&
                            column.default_value->volatility == readers::sql::Volatility::changing;
      if (column.generated == Generated::stored)
        copies(step, column.name, "adds stored generated {}");
      if (computed) copies(step, column.name, "adds {} with a computed default");
    }
  } else if (operation.kind == Kind::set_logged) {
    step.sink.add(step, Hazard::mysql_copy, step.table_name(),
                  "writes table {} anew: it is copied row by row while nobody can write to it",
                  std::string(kCopyFix));
  } else if (operation.kind == Kind::add_constraint) {
    for (const Constraint& constraint : operation.constraints) {
      const std::string name = constraint.name.empty()
                                   ? fmt::format("{}", fmt::join(constraint.columns, ", "))
                                   : constraint.name;
      if (constraint.kind == ConstraintKind::foreign) copies(step, name, "adds foreign key {}");
      if (constraint.kind == ConstraintKind::check && !constraint.not_enforced)
        copies(step, name, "adds check {}");
    }
  } else if (operation.kind == Kind::add_index) {
    for (const Index& index : operation.indexes) {
      if (!index.fulltext) continue;
      step.sink.add(
          step, Hazard::mysql_copy, index.name,
          fmt::format("builds full-text or spatial index {{}} on `{}`: nobody can write to "
                      "the table meanwhile",
                      step.table_name()),
          std::string(kCopyFix));
    }
  }
}

void find_ignored_references(const Step& step) {
  const auto& database = step.database();
  const bool ignores = (database.engine == Engine::mysql && !database.at_least(9)) ||
                       (database.engine == Engine::mariadb && !database.at_least(10, 5));
  if (!ignores) return;
  for (const Column& column : step.operation.columns) {
    if (!column.reference) continue;
    step.sink.add(
        step, Hazard::mysql_reference_ignored, column.span, column.name,
        fmt::format("writes REFERENCES at column {{}}: {} reads it and makes no foreign key",
                    step.database().text()),
        "write it for the table: FOREIGN KEY (column) REFERENCES ...");
  }
}

void find_charset(const Step& step, std::string_view charset, base::Span span,
                  std::string_view subject) {
  if (charset.empty() || charset == "utf8mb4" || charset == "binary") return;
  if (charset == "utf8" || charset == "utf8mb3") {
    step.sink.add(
        step, Hazard::mysql_utf8mb3, span, subject,
        fmt::format("gives {{}} the charset {}: it holds no character beyond three bytes, "
                    "no emoji, and is deprecated",
                    charset),
        "write utf8mb4");
    return;
  }
  step.sink.add(
      step, Hazard::mysql_charset, span, subject,
      fmt::format("gives {{}} the charset {}: characters outside of it are lost", charset),
      "write utf8mb4");
}

// Options of a table: "engine=myisam", "charset=latin1".
void find_options(const Step& step) {
  const auto& operation = step.operation;
  for (const std::string& word : operation.words) {
    const std::size_t equals = word.find('=');
    const std::string key = word.substr(0, equals);
    std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    std::erase_if(value, [](char c) { return c == '\'' || c == '"' || c == '`'; });
    if (key == "charset") find_charset(step, value, operation.span, step.table_name());
    if (key != "engine" || value.empty() || value == "innodb") continue;
    step.sink.add(
        step, Hazard::mysql_engine, step.table_name(),
        fmt::format("keeps {{}} in the engine {}: it has no transactions, no foreign keys, "
                    "and a crash loses rows",
                    value),
        "write ENGINE=InnoDB");
  }
}

// Whether a default is a date without a month or a day, such as '0000-00-00', or the number 0.
bool is_zero_date(std::string_view text) {
  if (text == "0") return true;
  constexpr std::size_t kDate = 11;  // with the quote before it
  if (text.size() < kDate || (text.front() != '\'' && text.front() != '"')) return false;
  const std::string_view date = text.substr(1, kDate - 1);
  return base::is_digit(date[0]) && date[4] == '-' && date[7] == '-' &&
         (date.substr(5, 2) == "00" || date.substr(8, 2) == "00");
}

void find_zero_date(const Step& step, const Column& column, base::Span span) {
  if (!column.default_value || !is_zero_date(column.default_value->text)) return;
  step.sink.add(step, Hazard::mysql_zero_date, span, column.name,
                "gives {} a zero date as its default: strict mode refuses it, and most drivers "
                "cannot read it",
                "allow NULL, or use a real date");
}

// ALTER COLUMN ... SET DEFAULT: of a column whose type is not known, text of zeros alone is a date.
void find_default(const Step& step) {
  const Table* table = step.table();
  for (const Column& column : step.operation.columns) {
    const TableColumn* before =
        table == nullptr ? nullptr : step.before.column(*table, column.name);
    if (before != nullptr && !before->type.empty()
            ? readers::migrations::is_date_type(before->type)
            : column.default_value && column.default_value->text.find("0000-00-00") == 1)
      find_zero_date(step, column, step.operation.span);
  }
}

// Where a framework writes the types and keys of a table that is new, it is the framework's choice.
bool is_customary(const Step& step) {
  return !step.traits_are_sql() &&
         (step.operation.kind == Kind::create_table || step.is_new_table());
}

void find_columns(const Step& step) {
  for (const Column& column : step.operation.columns) {
    const base::Span span = column.span.empty() ? step.operation.span : column.span;
    find_charset(step, column.type.charset, span, column.name);
    const std::string& type = column.type.name;
    if (readers::migrations::is_date_type(column.type)) find_zero_date(step, column, span);
    if (type == "timestamp" && step.traits_are_sql()) {
      step.sink.add(step, Hazard::mysql_timestamp, span, column.name,
                    "makes {} a TIMESTAMP: it ends on 2038-01-19", "write DATETIME");
    }
    if (type == "float" || type == "double") {
      step.sink.add(step, Hazard::mysql_float, span, column.name,
                    fmt::format("makes {{}} a {}: values are rounded, and sums differ", type),
                    "write DECIMAL for amounts");
    }
    if (column.reference && !is_customary(step)) {
      step.sink.add(step, Hazard::mysql_foreign_key, span, column.name,
                    "uses a foreign key at {}: tools that change tables online cannot work with it",
                    "hold the reference in the application, where such tools are used");
    }
  }
}

void find_foreign_keys(const Step& step) {
  for (const Constraint& constraint : step.operation.constraints) {
    if (constraint.kind != ConstraintKind::foreign || is_customary(step)) continue;
    const std::string name = constraint.name.empty()
                                 ? fmt::format("{}", fmt::join(constraint.columns, ", "))
                                 : constraint.name;
    step.sink.add(step, Hazard::mysql_foreign_key, constraint.span, name,
                  "uses foreign key {}: tools that change tables online cannot work with it",
                  "hold the reference in the application, where such tools are used");
  }
}

void find_name_case(const Step& step, const std::string& name) {
  if (std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return;
  step.sink.add(step, Hazard::mysql_name_case, name,
                "names a table {}: whether capital letters count depends on the server's system",
                "write names of tables in small letters");
}

// The columns of an index with their types, of the table that is made or of the one that is there.
bool has_date_before_end(const Step& step, const std::vector<std::string>& columns) {
  const Table* table = step.operation.kind == Kind::create_table ? nullptr : step.table();
  for (std::size_t index = 0; index + 1 < columns.size(); ++index) {
    for (const Column& column : step.operation.columns) {
      if (step.before.same(column.name, columns[index]) &&
          readers::migrations::is_date_type(column.type))
        return true;
    }
    if (table == nullptr) continue;
    const TableColumn* column = step.before.column(*table, columns[index]);
    if (column != nullptr && readers::migrations::is_date_type(column->type)) return true;
  }
  return false;
}

void find_date_index(const Step& step) {
  const auto report = [&](const std::string& name, const std::vector<std::string>& columns,
                          base::Span span) {
    if (!has_date_before_end(step, columns)) return;
    step.sink.add(
        step, Hazard::mysql_datetime_index, span, name,
        "puts a date before other columns in index {}: a range of dates makes the columns "
        "behind it useless",
        "put the date last");
  };
  for (const Index& index : step.operation.indexes) {
    std::vector<std::string> columns;
    for (const auto& part : index.parts)
      columns.push_back(part.column);
    report(index.name, columns, index.span);
  }
  for (const Constraint& constraint : step.operation.constraints) {
    if (constraint.kind == ConstraintKind::unique || constraint.kind == ConstraintKind::primary)
      report(constraint.name, constraint.columns, constraint.span);
  }
}

}  // namespace

void find_mysql_hazards(const Step& step) {
  if (!step.mysql()) return;
  const auto& operation = step.operation;
  find_copies(step);
  if (operation.kind == Kind::convert_charset) {
    if (!step.is_new_table()) {
      step.sink.add(
          step, Hazard::mysql_convert_charset, step.table_name(),
          "converts {} to another charset: the table is copied row by row while nobody can "
          "write to it",
          std::string(kCopyFix));
    }
    find_charset(step, operation.words.front(), operation.span, step.table_name());
  }
  if (operation.kind == Kind::create_table || operation.kind == Kind::set_options)
    find_options(step);
  const bool defines = operation.kind == Kind::create_table || operation.kind == Kind::add_column ||
                       operation.kind == Kind::restate_column;
  if (defines) {
    find_columns(step);
    find_ignored_references(step);
  }
  if (operation.kind == Kind::set_default) find_default(step);
  if (operation.kind == Kind::create_table || operation.kind == Kind::add_constraint)
    find_foreign_keys(step);
  if (operation.kind == Kind::create_table) find_name_case(step, operation.name.name);
  if (operation.kind == Kind::rename_table) find_name_case(step, operation.other.name);
  find_date_index(step);
}

}  // namespace gate::checks
