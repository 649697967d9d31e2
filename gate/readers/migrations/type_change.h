// What changing the type of a column costs: nothing, a new copy of the table, or values.
//
// Sources: PostgreSQL 15, ALTER TABLE, notes; MySQL 8.0, section 15.12.1; measured on PostgreSQL 15
// and MariaDB 10.11 where they are silent.
#pragma once

#include <cstdint>
#include <string>

#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

enum class TypeChange : std::uint8_t {
  none,      // the same type
  free,      // the catalogue changes, no row is touched
  rewrites,  // every row is written anew while the table is locked
  narrows,   // the same, and values may not fit
  unknown,   // the old type is not known
};

struct TypeChangeVerdict {
  TypeChange change = TypeChange::unknown;
  std::string why;  // "varchar(50) to varchar(255) crosses 255 bytes"; may be empty
};

// `charset`: of the table, where it is known.
[[nodiscard]] TypeChangeVerdict compare_types(const sql::Type& from, const sql::Type& to,
                                              const Database& database, const std::string& charset);

// Returns whether two types are one and the same to the database, however they are written: int and
// int(11) of MySQL. Also where the values of an enum are not known.
[[nodiscard]] bool is_same_type(const sql::Type& a, const sql::Type& b, const Database& database);

// Returns whether the type holds dates: date, datetime, timestamp.
[[nodiscard]] bool is_date_type(const sql::Type& type);

}  // namespace gate::readers::migrations
