// What a group gives to the routes in it.
// Only for the sources of this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gate::readers::laravel {

struct RouteAttributes {
  std::string prefix;  // without slashes at its ends
  std::string name;    // in front of names: "admin."
  std::string name_space;
  std::string domain;
  std::string controller;
  // Each with where it was given: "group", "route".
  std::vector<std::pair<std::string, std::string>> middleware;
  std::vector<std::string> excluded;
  std::string unknown;  // why more may apply; empty: nothing else does

  // Returns what holds for a group with `inner` inside one with these.
  [[nodiscard]] RouteAttributes with(const RouteAttributes& inner) const;
};

// Returns two parts of a URI with one slash between them, none at the ends.
[[nodiscard]] std::string join_uri(std::string_view left, std::string_view right);

}  // namespace gate::readers::laravel
