// Hazards: what can go wrong with a migration, each by a name that a rule asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"
#include "gate/readers/migrations/folders.h"

namespace gate::checks {

// In the order of the table in hazard.cpp.
enum class Hazard : std::uint8_t {
  // What is lost, or what the release still running misses.
  drop_table,
  drop_column,
  drop_partition,
  drop_schema,
  drop_database,
  rename_table,
  rename_column,
  truncate,
  truncate_cascade,
  delete_all,
  update_all,
  backfill,
  dropped_while_used,
  schema_and_data,
  add_required_column,
  not_null_without_default,
  drop_not_null,
  // What locks, scans or copies.
  set_not_null,
  change_type,
  add_volatile_default,
  add_generated_stored,
  add_serial,
  add_identity,
  create_index_blocking,
  create_unique_index,
  drop_index_blocking,
  reindex_blocking,
  detach_partition_blocking,
  refresh_view_blocking,
  vacuum_full,
  prefer_repack,
  rewrite_table,
  add_fk_validated,
  add_column_with_fk,
  add_column_with_check,
  add_check_validated,
  validate_in_same_transaction,
  add_unique,
  add_unique_column,
  add_primary_key,
  add_primary_key_column,
  add_required_primary_key,
  drop_primary_key,
  primary_key_on_nullable,
  add_exclusion,
  add_domain_not_null,
  set_domain_not_null,
  add_domain_constraint,
  create_domain_constraint,
  // Transactions and time.
  concurrently_in_transaction,
  not_in_transaction,
  index_in_exclusive_transaction,
  rewrite_in_exclusive_transaction,
  no_lock_timeout,
  no_statement_timeout,
  transaction_nesting,
  uncommitted_transaction,
  enum_value_in_transaction,
  not_robust,
  split_alter_table,
  // MySQL and MariaDB.
  mysql_copy,
  mysql_reference_ignored,
  mysql_convert_charset,
  mysql_charset,
  mysql_engine,
  mysql_utf8mb3,
  mysql_zero_date,
  mysql_foreign_key,
  mysql_timestamp,
  mysql_float,
  mysql_name_case,
  mysql_datetime_index,
  // Types and names.
  char_type,
  int_type,
  smallint_type,
  int_primary_key,
  varchar_limit,
  timestamp_without_zone,
  json_type,
  serial_type,
  enum_value_order,
  identifier_too_long,
  table_without_schema,
  repeated_column,
  float_money,
  // The schema that comes out.
  fk_without_index,
  no_primary_key,
  redundant_index,
  // What cannot be known, and what depends on where it runs.
  opaque,
  environment_read,
  seeder,
  model_import,
  argument_names,
  model_name,
  // The way back.
  irreversible,
  irreversible_python,
  irreversible_sql,
  down_empty,
  down_differs,
  // The folder.
  graph_leaves,
  graph_parent,
  graph_cycle,
  // What a change does to merged migrations, and the order of files.
  edited,
  edited_beside,
  renamed,
  deleted,
  late,
  equal_version,
  key_before_table,
};

// Which key of a rule asks for a hazard.
enum class Aspect : std::uint8_t { safety, reversible, graph, immutable, order };

struct HazardDoc {
  Hazard hazard;
  std::string_view name;  // as policies write it
  Aspect aspect;
  std::string_view engines;  // "postgres", "mysql" or "" for all
  bool needs_base = false;   // is seen only against the commit that the change began from
};

[[nodiscard]] std::span<const HazardDoc> hazards();
[[nodiscard]] const HazardDoc& doc(Hazard hazard);

// One hazard that was found.
struct HazardFinding {
  Hazard hazard = Hazard::opaque;
  finding::Place place;
  std::string message;
  std::string fix;    // in the words of the framework; may be empty: then the rule's
  std::string table;  // that it is about, as the database names it; may be empty
  std::string identity;
  // Where it is less than its rule says; what is above the rule's severity counts as that.
  finding::Severity severity = finding::Severity::error;
};

}  // namespace gate::checks
