// Policies from texts in memory, with packs of their own and one kind of rule.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "gate/policy/packs.h"
#include "gate/policy/policy.h"
#include "gate/repo/sample.h"

namespace gate::policy::test {

using Texts = std::map<std::string, std::string>;

struct Loaded {
  std::unique_ptr<repo::Snapshot> files;
  Policy policy;
  base::Diagnostics diagnostics;
  std::string kinds;  // what the kind read: a line for each rule, "id text list limit"

  [[nodiscard]] std::string errors() const { return base::render(diagnostics, false); }
};

// The packs `shop` (always) and `php` (where there is an artisan), and `order` that joins any list.
[[nodiscard]] const PackShelf& shelf();

// Loads files["gate.toml"] over the shelf. The only kind is `probe`; its keys have one type each,
// named after it.
[[nodiscard]] std::unique_ptr<Loaded> load(Texts files, LoadOptions options = {});

[[nodiscard]] std::shared_ptr<const readers::Document> parse(const std::string& name,
                                                             const std::string& text);

}  // namespace gate::policy::test
