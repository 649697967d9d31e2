// The packs compiled into the binary: tables that were made from rules/*.toml at build time.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/policy/policy.h"
#include "gate/readers/formats/document.h"
#include "gate/repo/snapshot.h"

namespace gate::policy {

// [pack] of a pack's file.
struct PackHead {
  std::string name;
  std::string title;
  std::string summary;
  bool by_name = false;  // runs only where a policy or --pack names it
  bool always = false;   // runs in every repository without gate.toml
  bool implied = false;  // joins whatever packs a gate.toml names
  When when;             // otherwise: where this holds
};

// Where packs come from: the shipped ones, or those of a test.
struct PackShelf {
  std::vector<std::string_view> names;    // sorted
  std::vector<std::string_view> implied;  // of them, those whose head says so
  std::function<std::shared_ptr<const readers::Document>(std::string_view name)> document;
  std::function<PackHead(std::string_view name)> head;  // cheaper than the document
};

[[nodiscard]] const PackShelf& shipped_packs();

// Returns the names of the shipped packs, sorted.
[[nodiscard]] std::span<const std::string_view> pack_names();

// Returns the document of a shipped pack, or null.
[[nodiscard]] std::shared_ptr<const readers::Document> shipped_pack(std::string_view name);

// Reads [pack]; mistakes in it are reported where `diagnostics` is given.
[[nodiscard]] PackHead pack_head(const readers::Document& pack,
                                 base::Diagnostics* diagnostics = nullptr);

// Reads the table itself.
[[nodiscard]] PackHead read_pack_head(readers::Value table, base::Diagnostics* diagnostics);

// A pack that fits a repository, and what told so ("artisan", "laravel/framework in
// composer.json").
struct Detected {
  std::string pack;
  std::string because;  // empty for one that always runs
};
[[nodiscard]] std::vector<Detected> detect(const repo::Snapshot& files);
[[nodiscard]] std::vector<Detected> detect(const repo::Snapshot& files, const PackShelf& packs);

}  // namespace gate::policy
