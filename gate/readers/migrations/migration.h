// Migration: what one file does to the schema, and how it can be taken back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::migrations {

// How a migration can be taken back.
enum class Reverse : std::uint8_t {
  unknown,    // the runner takes nothing back, or the file cannot be read
  automatic,  // the runner works it out: Django's operations
  written,    // by statements of the file's own: Migration::down
  empty,      // a way back is there and does nothing
  absent,
  refused,  // it says that there is none: down() throws
};

enum class RemarkKind : std::uint8_t {
  one_way_code,    // RunPython without reverse
  one_way_sql,     // RunSQL without reverse
  model_import,    // a model of the application is used instead of the one of that moment
  model_name,      // the variable that holds a model is named unlike it
  argument_names,  // RunPython's function takes other names than apps and schema_editor
  environment,     // env(), config(): what it does depends on where it runs
  seeder,          // a seeder, a command, HTTP
  left_column,     // `column` of `table` stays in the database, and the models lose it
};

// Something that a reader of a framework saw and no statement holds.
struct Remark {
  RemarkKind kind = RemarkKind::environment;
  base::Span span{};
  std::string text;   // what stands there: "env('APP_ENV')"
  std::string fix{};  // what to write instead, where it can be said; else the rule says it
  std::string table{};
  std::string column{};
};

// A migration that another one of Django names.
struct Link {
  std::string app;
  std::string name;
  base::Span span{};
};

// Of Django and Alembic: how a migration hangs together with others.
struct Links {
  std::vector<Link> dependencies;
  std::vector<Link> run_before;
  std::vector<Link> replaces;
  base::Span place{};  // of the list of dependencies
};

// What the way back comes to, tried on the replayed schema.
struct RollbackVerdict {
  enum class Kind : std::uint8_t { restores, differs, fails };
  Kind kind = Kind::restores;  // also where it cannot be told
  std::string text;            // what differs, or why the database refuses it
  base::Span place{};          // where it fails
};

struct Migration {
  std::vector<sql::Statement> up;
  std::vector<sql::Statement> down;
  Reverse reverse = Reverse::unknown;
  base::Span reverse_place{};          // of down(), where it is written
  std::optional<bool> in_transaction;  // where the file says it itself
  RollbackVerdict rollback;
  std::vector<Remark> remarks;
  base::Span code{};  // of code that fills rows and that no statement shows: RunPython
  Links links;
  // What runs, without comments and layout: two files of one meaning do the same. Empty where the
  // file cannot be read.
  std::string meaning;
  // The same of what stands beside it and matters less: a function of RunPython, what a field is
  // called. By names for people.
  std::map<std::string, std::string> beside;
  std::string unreadable;  // not empty: why the file as a whole cannot be read
};

}  // namespace gate::readers::migrations
