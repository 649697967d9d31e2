// The middleware of an application: groups, names, what runs for every request.
// Only for the sources of this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/routes/routes.h"

namespace gate::readers::laravel {

struct MiddlewareTable {
  std::map<std::string, std::vector<std::string>, std::less<>> groups;
  std::map<std::string, std::string, std::less<>> aliases;  // to full class names
  std::vector<std::string> global;
  // Why a group may hold more than is listed, and where it is defined, each by the group.
  std::map<std::string, std::string, std::less<>> unknown;
  std::map<std::string, SettingPlace, std::less<>> places;

  // Returns the tables of a Laravel from 11 on as it comes.
  [[nodiscard]] static MiddlewareTable framework();

  // Returns the class that a middleware means, without its parameters; empty where it is not
  // known.
  [[nodiscard]] std::string class_of(std::string_view middleware) const;

  // Puts the members of each group behind its name, and takes away what is excluded. `from` says
  // where each of `names` stands.
  [[nodiscard]] std::vector<RouteMiddleware> resolve(
      const std::vector<std::pair<std::string, std::string>>& names,
      const std::vector<std::string>& excluded) const;
};

// Returns a middleware without its parameters: `throttle` of `throttle:5,1`.
[[nodiscard]] std::string_view base_of(std::string_view middleware);

}  // namespace gate::readers::laravel
