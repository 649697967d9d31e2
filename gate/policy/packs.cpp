#include "gate/policy/packs.h"

#include "gate/policy/rule_table.h"
#include "gate/policy/when.h"

namespace gate::policy {

PackHead read_pack_head(readers::Value value, base::Diagnostics* diagnostics) {
  base::Diagnostics unheard;
  TableReader table(value, std::nullopt, nullptr, diagnostics != nullptr ? *diagnostics : unheard,
                    true);
  PackHead head;
  head.name = table.required_text("name");
  head.title = table.required_text("title");
  head.summary = table.required_text("summary");
  head.by_name = table.boolean("by_name", false);
  head.always = table.boolean("always", false);
  head.implied = table.boolean("implied", false);
  head.when = read_when(table);
  if (!head.always && !head.by_name && head.when.empty()) {
    table.complain("when", "nothing tells where the pack runs",
                   "add `always = true` or a condition like `when.file = \"artisan\"`");
  }
  table.finish();
  return head;
}

PackHead pack_head(const readers::Document& pack, base::Diagnostics* diagnostics) {
  if (const auto table = pack.root().find("pack");
      table && table->node().kind == readers::NodeKind::map)
    return read_pack_head(*table, diagnostics);
  if (diagnostics != nullptr) {
    diagnostics->add(
        base::Diagnostic::error("the file has no table `[pack]`").at(pack.source(), {0, 0}));
  }
  return {};
}

std::vector<Detected> detect(const repo::Snapshot& files, const PackShelf& packs) {
  std::vector<Detected> detected;
  Conditions conditions(files, std::nullopt);
  for (const std::string_view name : packs.names) {
    const PackHead head = packs.head(name);
    if (head.by_name) continue;
    if (head.always) {
      detected.push_back({std::string(name), {}});
    } else if (!conditions.refusal(head.when)) {
      detected.push_back({std::string(name), conditions.evidence(head.when)});
    }
  }
  return detected;
}

}  // namespace gate::policy
