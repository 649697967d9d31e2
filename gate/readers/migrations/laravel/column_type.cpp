#include "gate/readers/migrations/laravel/column_type.h"

#include <algorithm>
#include <array>

namespace gate::readers::migrations::laravel {
namespace {

// How many arguments become part of the type, and what stands for one that is absent.
struct Row {
  std::string_view name;
  std::string_view mysql;
  std::string_view postgres;
  std::string_view default_length;  // of a text; of decimals "8,2"; empty: none
  bool takes_length;
};

constexpr std::array kTypes{
    Row{"char", "char", "char", "255", true},
    Row{"string", "varchar", "varchar", "255", true},
    Row{"tinyText", "tinytext", "varchar", "", false},
    Row{"text", "text", "text", "", false},
    Row{"mediumText", "mediumtext", "text", "", false},
    Row{"longText", "longtext", "text", "", false},
    Row{"integer", "int", "integer", "", false},
    Row{"tinyInteger", "tinyint", "smallint", "", false},
    Row{"smallInteger", "smallint", "smallint", "", false},
    Row{"mediumInteger", "mediumint", "integer", "", false},
    Row{"bigInteger", "bigint", "bigint", "", false},
    Row{"float", "float", "double precision", "", false},
    Row{"double", "double", "double precision", "", false},
    Row{"decimal", "decimal", "numeric", "8,2", true},
    Row{"json", "json", "json", "", false},
    Row{"jsonb", "json", "jsonb", "", false},
    Row{"date", "date", "date", "", false},
    Row{"dateTime", "datetime", "timestamp", "", true},
    Row{"dateTimeTz", "datetime", "timestamptz", "", true},
    Row{"time", "time", "time", "", true},
    Row{"timeTz", "time", "timetz", "", true},
    Row{"timestamp", "timestamp", "timestamp", "", true},
    Row{"timestampTz", "timestamp", "timestamptz", "", true},
    Row{"year", "year", "integer", "", false},
    Row{"binary", "blob", "bytea", "", false},
    Row{"uuid", "char", "uuid", "", false},
    Row{"ulid", "char", "char", "", false},
    Row{"ipAddress", "varchar", "inet", "", false},
    Row{"macAddress", "varchar", "macaddr", "", false},
    Row{"geometry", "geometry", "geometry", "", false},
    Row{"geography", "geometry", "geography", "", false},
    Row{"point", "point", "geometry", "", false},
    Row{"lineString", "linestring", "geometry", "", false},
    Row{"polygon", "polygon", "geometry", "", false},
    Row{"geometryCollection", "geometrycollection", "geometry", "", false},
    Row{"multiPoint", "multipoint", "geometry", "", false},
    Row{"multiLineString", "multilinestring", "geometry", "", false},
    Row{"multiPolygon", "multipolygon", "geometry", "", false},
    Row{"vector", "vector", "vector", "", true},
    Row{"tsvector", "text", "tsvector", "", false},
};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

// Lengths that MySQL needs where PostgreSQL has a type of its own.
void set_mysql_length(sql::Type& type, std::string_view name) {
  if (name == "uuid") type.arguments = {"36"};
  if (name == "ulid") type.arguments = {"26"};
  if (name == "ipAddress") type.arguments = {"45"};
  if (name == "macAddress") type.arguments = {"17"};
}

sql::Type choice(const TypeRequest& request, const Database& database) {
  sql::Type type;
  if (database.is_mysql()) {
    type.name = request.name;
    type.arguments = request.values;
  } else {
    type.name = "varchar";
    if (database.is_postgres()) type.arguments = {"255"};
  }
  return type;
}

}  // namespace

std::optional<sql::Type> column_type(const TypeRequest& request, const Database& database) {
  if (request.name == "enum" || request.name == "set") return choice(request, database);
  sql::Type type;
  if (request.name == "boolean") {
    type.name = database.is_postgres() ? "boolean" : "tinyint";
    if (!database.is_postgres()) type.arguments = {"1"};
    return type;
  }
  const auto row = std::find_if(kTypes.begin(), kTypes.end(),
                                [&](const Row& item) { return item.name == request.name; });
  if (row == kTypes.end()) return std::nullopt;
  type.name = database.is_mysql() ? row->mysql : row->postgres;
  if (row->takes_length) {
    type.arguments = request.arguments;
    const std::vector<std::string> usual = split(row->default_length);
    for (std::size_t index = type.arguments.size(); index < usual.size(); ++index)
      type.arguments.push_back(usual[index]);
    std::erase(type.arguments, "");
    if (type.arguments == std::vector<std::string>{"0"} && usual.empty()) type.arguments.clear();
  }
  if (database.is_mysql()) set_mysql_length(type, request.name);
  if (request.name == "ulid" && database.is_postgres()) type.arguments = {"26"};
  if (request.name == "tinyText" && database.is_postgres()) type.arguments = {"255"};
  return type;
}

}  // namespace gate::readers::migrations::laravel
