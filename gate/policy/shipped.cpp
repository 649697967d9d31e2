// The doors to the shipped packs; apart from the rest, because the program that makes their tables
// is linked without them.
#include <algorithm>

#include "gate/policy/pack_table.h"
#include "gate/policy/packs.h"

namespace gate::policy {
namespace {

const PackTable* find_table(std::string_view name) {
  const std::span<const PackTable> tables = pack_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const PackTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

PackShelf make_shelf() {
  PackShelf shelf;
  for (const PackTable& table : pack_tables()) {
    shelf.names.push_back(table.name);
    if (is_implied(table)) shelf.implied.push_back(table.name);
  }
  shelf.document = shipped_pack;
  shelf.head = [](std::string_view name) {
    const PackTable* table = find_table(name);
    return table != nullptr ? unpack_head(*table) : PackHead();
  };
  return shelf;
}

}  // namespace

const PackShelf& shipped_packs() {
  static const PackShelf kShelf = make_shelf();
  return kShelf;
}

std::span<const std::string_view> pack_names() { return shipped_packs().names; }

std::shared_ptr<const readers::Document> shipped_pack(std::string_view name) {
  const PackTable* table = find_table(name);
  return table != nullptr ? unpack(*table) : nullptr;
}

std::vector<Detected> detect(const repo::Snapshot& files) { return detect(files, shipped_packs()); }

Policy load(const LoadOptions& options, const RuleCallback& on_rule,
            base::Diagnostics& diagnostics) {
  return load(options, shipped_packs(), on_rule, diagnostics);
}

}  // namespace gate::policy
