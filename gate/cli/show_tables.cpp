// gate show tables: the schema that the migrations add up to.
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/checks/migration_history.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/show.h"

namespace gate::cli {
namespace {

using readers::migrations::ForeignKey;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::migrations::TableIndex;

constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

const std::vector<Option>& options() {
  static const std::vector<Option> kOptions = show_options(kFormats, "text (default) or json");
  return kOptions;
}

// What one sequence of migrations adds up to.
struct Shown {
  const checks::MigrationSequence* sequence;
  checks::Replayed replayed;
};

checks::MigrationSettings settings_of(const policy::Policy& policy) {
  const auto value = [&](std::string_view name) {
    const auto found = policy.vars.find(name);
    return found == policy.vars.end() || found->second.values.empty()
               ? std::string()
               : found->second.values.front();
  };
  return {value("database"), value("transaction"), nullptr};
}

std::vector<Shown> replay_all(const checks::MigrationHistory& history) {
  std::vector<Shown> all;
  for (const checks::MigrationSequence& sequence : history.sequences()) {
    checks::Replayed replayed = checks::replay(sequence);
    for (const auto& [key, table] : replayed.schema->tables()) {
      if (table.complete) continue;
      replayed.unread.push_back(
          {{sequence.sequence.folder, 0, 0, 0, 0},
           fmt::format("table `{}` is changed, and nothing that was read says "
                       "what is in it",
                       key)});
    }
    all.push_back({&sequence, std::move(replayed)});
  }
  return all;
}

void write_column(base::JsonWriter& json, const TableColumn& column) {
  json.begin_object();
  json.key("name").string(column.name);
  json.key("type").string(column.type.text());
  json.key("nullable").boolean(column.nullable);
  json.key("default");
  if (column.default_value) {
    json.string(column.default_value->text);
  } else {
    json.null();
  }
  json.end_object();
}

void write_texts(base::JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts)
    json.string(text);
  json.end_array();
}

void write_table(base::JsonWriter& json, const Table& table) {
  json.begin_object();
  json.key("name").string(table.name);
  json.key("columns").begin_array();
  for (const TableColumn& column : table.columns)
    write_column(json, column);
  json.end_array();
  json.key("indexes").begin_array();
  for (const TableIndex& index : table.indexes) {
    json.begin_object();
    json.key("name").string(index.name);
    json.key("columns");
    write_texts(json, index.part_texts());
    json.key("unique").boolean(index.unique);
    json.key("primary").boolean(index.primary);
    json.end_object();
  }
  json.end_array();
  json.key("foreign_keys").begin_array();
  for (const ForeignKey& foreign : table.foreign_keys) {
    json.begin_object();
    json.key("columns");
    write_texts(json, foreign.columns);
    json.key("references").begin_object();
    json.key("table").string(foreign.table);
    json.key("columns");
    write_texts(json, foreign.references);
    json.end_object();
    json.key("on_delete").string(foreign.on_delete);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string to_json(const std::vector<Shown>& all) {
  base::JsonWriter json;
  json.begin_object();
  json.key("tables").begin_array();
  for (const Shown& shown : all) {
    for (const auto& [key, table] : shown.replayed.schema->tables()) {
      if (table.complete && !table.temporary) write_table(json, table);
    }
  }
  json.end_array();
  json.key("opaque").begin_array();
  for (const Shown& shown : all) {
    for (const checks::Unread& unread : shown.replayed.unread) {
      json.begin_object();
      json.key("path").string(unread.place.path);
      json.key("line").number(unread.place.line);
      json.key("why").string(unread.why);
      json.end_object();
    }
  }
  json.end_array();
  json.end_object();
  return std::move(json).text() + "\n";
}

void print_table(const Table& table, Streams& streams) {
  const auto line = [&](const std::string& text) {
    streams.out += base::for_terminal(text);
    streams.out += '\n';
  };
  line(table.name);
  for (const TableColumn& column : table.columns) {
    line(fmt::format("  {} {}{}{}", column.name, column.type.text(),
                     column.nullable ? "" : " not null",
                     column.default_value ? " default " + column.default_value->text : ""));
  }
  for (const TableIndex& index : table.indexes) {
    line(fmt::format("  {} {} ({}){}",
                     index.primary  ? "primary key"
                     : index.unique ? "unique"
                                    : "index",
                     index.name, fmt::join(index.part_texts(), ", "),
                     index.partial ? " for some rows" : ""));
  }
  for (const ForeignKey& foreign : table.foreign_keys) {
    line(fmt::format(
        "  foreign key ({}) to {}{}{}", fmt::join(foreign.columns, ", "), foreign.table,
        foreign.references.empty() ? std::string()
                                   : fmt::format(" ({})", fmt::join(foreign.references, ", ")),
        foreign.on_delete.empty() ? "" : ", on delete " + foreign.on_delete));
  }
  line("");
}

void print_text(const std::vector<Shown>& all, Streams& streams) {
  if (all.empty()) streams.out += "no migrations were found\n";
  for (const Shown& shown : all) {
    const checks::MigrationSequence& sequence = *shown.sequence;
    streams.out += fmt::format(
        "{} ({}, {} migrations, {}{})\n\n", base::for_terminal(sequence.sequence.folder),
        sequence.traits().name, sequence.entries.size(), sequence.database.text(),
        sequence.database_because.empty() ? ", assumed" : " as in " + sequence.database_because);
    for (const auto& [key, table] : shown.replayed.schema->tables()) {
      if (table.complete && !table.temporary) print_table(table, streams);
    }
    for (const checks::Unread& unread : shown.replayed.unread) {
      streams.out += base::for_terminal(
          unread.place.line == 0 ? fmt::format("not known: {}: {}", unread.place.path, unread.why)
                                 : fmt::format("not known: {}:{}: {}", unread.place.path,
                                               unread.place.line, unread.why));
      streams.out += '\n';
    }
  }
}

int print_tables(const Session& session, std::string_view format, Streams& streams) {
  const auto history = checks::MigrationHistory::read(
      *session.place.files, nullptr, nullptr,
      settings_of(session.policy).in(session.environment ? &*session.environment : nullptr),
      checks::MigrationHistory::Ways::there);
  const std::vector<Shown> all = replay_all(history);
  if (format == "json") {
    streams.out += to_json(all);
  } else {
    print_text(all, streams);
  }
  return passed;
}

int tables_command(const Arguments& arguments, Streams& streams) {
  return show(arguments, streams, print_tables);
}

}  // namespace

const Command kShowTables{
    "show tables", "[PATH]",      "Show the tables that the migrations add up to", "", 0, 1,
    options(),     tables_command};

}  // namespace gate::cli
