// PackageChange: a package that a change brings in, takes out or moves to other versions.
#pragma once

#include <string>
#include <vector>

namespace gate::finding {

// Versions are sorted by their bytes, without doubles; a package without one has its commit or
// address, one that the file leaves open `*`.
struct PackageChange {
  std::string lockfile;  // path relative to the judged folder
  std::string ecosystem;
  std::string name;
  std::vector<std::string> before;  // empty: it is new
  std::vector<std::string> after;   // empty: it is gone
  bool development = false;         // nothing of production needs it
};

// Packages that differ between two moments.
struct PackageChanges {
  std::string base;                     // id of the commit that was compared with
  std::vector<PackageChange> packages;  // by lockfile, then name
  std::vector<std::string> unknown;     // lockfiles that cannot be compared, because
};

}  // namespace gate::finding
