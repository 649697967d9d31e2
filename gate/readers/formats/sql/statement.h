// What a statement of SQL does to a schema: the one model that every migration framework is read
// into.
//
// One statement holds one or more operations: ALTER TABLE several, most others one. Names are those
// the database keeps. Holds no view of the text: it outlives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::sql {

// A name of a table, an index, a type: with its schema where one is written.
struct Name {
  std::string schema;
  std::string name;
  base::Span span{};

  [[nodiscard]] bool empty() const { return name.empty(); }
  // Returns "schema.name", or the name alone.
  [[nodiscard]] std::string text() const { return schema.empty() ? name : schema + "." + name; }
};

struct Type {
  std::string
      name;  // "integer", "varchar", "timestamptz", "enum"; of a type of the user's own its name
  std::vector<std::string> arguments;  // lengths; the values of an enum or a set
  bool is_array = false;
  bool is_unsigned = false;
  bool is_serial = false;  // smallserial, serial, bigserial: `name` is then the integer behind it
  std::string charset;     // of a string in MySQL, where it is written
  std::string written;     // as in the text, blanks made single
  base::Span span{};

  [[nodiscard]] bool empty() const { return name.empty(); }
  // Returns "varchar(255)", "integer[]", "bigint unsigned".
  [[nodiscard]] std::string text() const;
};

// How a default comes about when a row is written.
enum class Volatility : std::uint8_t {
  constant,  // a literal, or an expression over literals
  stable,    // the same for a whole statement: now()
  changing,  // may differ from row to row: random(), a function nobody knows
};

struct Default {
  std::string text;  // as written
  Volatility volatility = Volatility::constant;
  bool is_null = false;
};

struct Reference {
  Name table;
  std::vector<std::string> columns;  // empty: its primary key
  std::string on_delete;             // "cascade", "set null" ...; empty where none is written
  std::string on_update;
};

enum class Generated : std::uint8_t { no, identity, stored, virtual_column };

struct Column {
  std::string name;
  base::Span span{};  // of the definition
  Type type;
  std::optional<bool> nullable;  // as written
  std::optional<Default> default_value;
  Generated generated = Generated::no;
  std::string expression;  // that a generated one is computed from, as written
  bool auto_increment = false;
  bool primary = false;
  bool unique = false;
  bool check = false;
  bool updates_itself = false;         // ON UPDATE CURRENT_TIMESTAMP
  std::optional<Reference> reference;  // written at the column
  std::string constraint;              // name of the constraint at the column, where one is given
  bool first = false;
  std::string after;
  bool quoted_name = false;
};

enum class ConstraintKind : std::uint8_t { primary, unique, foreign, check, exclusion, not_null };

struct Constraint {
  ConstraintKind kind = ConstraintKind::check;
  std::string name;
  std::vector<std::string> columns;  // of a primary key, unique or foreign key, or an exclusion
  std::optional<Reference> reference;
  std::string using_index;  // an index that is there already becomes the constraint
  bool not_valid = false;
  bool not_enforced = false;
  bool quoted_name = false;
  std::string expression;  // of a check
  std::string method;      // of an exclusion: gist
  bool partial = false;    // of an exclusion: WHERE
  base::Span span{};
};

struct IndexPart {
  std::string column;      // empty for an expression
  std::string expression;  // as written
};

struct Index {
  std::string name;  // empty: the database chooses one
  std::vector<IndexPart> parts;
  bool unique = false;
  bool partial = false;               // WHERE
  bool fulltext = false;              // FULLTEXT or SPATIAL
  bool pattern = false;               // for LIKE: the one that Django makes beside another
  bool nulls_equal = false;           // NULLS NOT DISTINCT
  std::vector<std::string> included;  // INCLUDE: columns that it holds and does not sort by
  std::string method;                 // btree, gin ...
  bool quoted_name = false;
  base::Span span{};
};

enum class OperationKind : std::uint8_t {
  // Tables. `name` is the table.
  create_table,  // columns, constraints, indexes; `select` where it is filled from a query; LIKE
                 // `other` takes what `words` say: "like defaults", "like indexes" ...
  drop_table,
  rename_table,  // to `other`
  truncate,
  set_schema,   // to the schema named in `other`
  set_options,  // `words`: "engine=innodb", "charset=utf8mb4", "auto_increment"
  convert_charset,
  set_logged,  // LOGGED or UNLOGGED, ACCESS METHOD, TABLESPACE; of MySQL PARTITION BY, ORDER BY:
               // the
               // table is written anew
  attach_partition,
  detach_partition,
  row_security,  // ENABLE, DISABLE, FORCE
  // Columns of table `name`.
  add_column,      // columns; constraints that are written at them
  drop_column,     // `column`
  rename_column,   // `column` to `other`
  change_type,     // `column` to columns[0].type
  restate_column,  // `column` becomes columns[0] in full: MODIFY, CHANGE
  set_not_null,
  drop_not_null,
  set_default,  // columns[0].default_value
  drop_default,
  add_identity,
  drop_identity,
  drop_expression,
  // Constraints of table `name`.
  add_constraint,    // constraints[0]
  drop_constraint,   // `other`
  drop_foreign_key,  // `other`
  drop_primary_key,
  rename_constraint,
  validate_constraint,
  // Indexes.
  add_index,     // indexes[0] on table `name`
  drop_index,    // index `other`; `name` is its table where one is written
  rename_index,  // `column` to `other`
  reindex,       // `column`: what of: index, table, schema, database, system
  // Types.
  create_enum,     // `name`, `words`
  add_enum_value,  // to `name`; words[0]; `placed` where BEFORE or AFTER is written
  rename_enum_value,
  rename_type,            // to `other`
  create_domain,          // `flag` where it has a constraint
  add_domain_constraint,  // `flag` where it is NOT VALID
  add_domain_not_null,
  set_domain_not_null,
  drop_type,
  // Whole databases and what holds data.
  create_schema,
  drop_schema,
  drop_database,
  create_view,
  drop_view,
  refresh_view,
  vacuum_full,
  cluster,
  create_trigger,
  // Data.
  insert,
  update,
  remove,  // DELETE
  merge,
  select,
  // The session.
  begin,
  commit,
  rollback,
  set_variable,  // `name` and words[0]
  lock_table,
  // The rest.
  other_ddl,  // known, and nothing of what rules ask about: COMMENT, GRANT, CREATE FUNCTION
  other,
};

struct Operation {
  OperationKind kind = OperationKind::other;
  base::Span span{};  // of the statement's part that says it
  Name name;
  Name other;
  std::string column;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  std::vector<Index> indexes;
  std::vector<std::string> words;

  bool table_if_exists = false;  // ALTER TABLE IF EXISTS
  bool if_exists = false;
  bool if_not_exists = false;
  bool guarded = false;  // runs only where the schema lets it: IF NOT EXISTS in a DO block
  bool concurrently = false;
  bool concurrently_off = false;  // CONCURRENTLY switched off in so many words
  bool cascade = false;
  bool temporary = false;
  bool select = false;     // CREATE TABLE ... AS
  bool partition = false;  // CREATE TABLE ... PARTITION OF
  bool inherits = false;   // CREATE TABLE ... INHERITS (other)
  bool has_where = false;
  bool flag = false;  // see the kind
  bool with_no_data = false;
  bool or_replace = false;
};

struct Statement {
  base::Span span{};
  std::vector<Operation> operations;
  std::string verb;    // its first words, for people: "ALTER TABLE"
  std::string opaque;  // not empty: why it cannot be read; operations hold what could
  std::vector<base::Span> repeated_columns;  // where a column stands that its list names again
  std::vector<std::string> algorithms;       // MySQL: "algorithm=instant", "lock=none"
};

}  // namespace gate::readers::sql
