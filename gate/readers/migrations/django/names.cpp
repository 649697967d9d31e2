#include "gate/readers/migrations/django/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/base/hash.h"

namespace gate::readers::migrations::django {
namespace {

// Connection.ops.max_name_length(); 0 for none.
std::size_t most(const Database& database) {
  constexpr std::size_t kPostgres = 63;
  constexpr std::size_t kMySql = 64;
  if (database.is_postgres()) return kPostgres;
  return database.is_mysql() ? kMySql : 0;
}

}  // namespace

std::string cut_name(const std::string& name, const Database& database) {
  constexpr std::size_t kHash = 4;
  const std::size_t length = most(database);
  if (length == 0 || name.size() <= length) return name;
  return name.substr(0, length - kHash) + base::md5(name).substr(0, kHash);
}

std::string index_name(std::string_view table, const std::vector<std::string>& columns,
                       std::string_view suffix, const Database& database) {
  constexpr std::size_t kHash = 8;
  constexpr std::size_t kUnlimited = 200;
  const std::size_t length = most(database) == 0 ? kUnlimited : most(database);
  const std::string joined = fmt::format("{}", fmt::join(columns, "_"));
  std::string tail = base::md5(fmt::format("{}{}", table, fmt::join(columns, ""))).substr(0, kHash);
  tail += suffix;
  std::string name = fmt::format("{}_{}_{}", table, joined, tail);
  if (name.size() <= length) return name;
  if (tail.size() > length / 3) tail.resize(length / 3);
  const std::size_t other = (length - tail.size()) / 2 - 1;
  name = fmt::format("{}_{}_{}", table.substr(0, other), std::string_view(joined).substr(0, other),
                     tail);
  if (name.front() == '_' || base::is_digit(name.front())) {
    name.pop_back();
    name.insert(name.begin(), 'D');
  }
  return name;
}

}  // namespace gate::readers::migrations::django
