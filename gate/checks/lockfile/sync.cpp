#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/words.h"
#include "gate/checks/lockfile/target.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Comparison;
using readers::lockfiles::Disagreement;

// The files beside a lockfile, read from the snapshot.
class SnapshotNeighbours final : public readers::lockfiles::Neighbours {
 public:
  SnapshotNeighbours(const Inventory& inventory, std::string folder)
      : inventory_(inventory), folder_(std::move(folder)) {}

  [[nodiscard]] Result<std::shared_ptr<const base::Source>> read(
      std::string_view path) const override {
    const std::string resolved = resolve_path(folder_, path);
    if (resolved.empty()) return std::shared_ptr<const base::Source>();
    return inventory_.text(resolved);
  }

  [[nodiscard]] std::vector<std::string> folders_with(std::string_view name) const override {
    std::vector<std::string> folders;
    for (const repo::File& file : inventory_.files().below(folder_)) {
      const std::string_view path = file.path.substr(folder_.size());
      if (!path.ends_with(name) || path.size() <= name.size()) continue;
      const std::size_t slash = path.size() - name.size() - 1;
      if (path[slash] != '/' || Inventory::is_installed(path)) continue;
      folders.emplace_back(path.substr(0, slash));
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }

 private:
  const Inventory& inventory_;
  std::string folder_;
};

}  // namespace

void judge_sync(const Target& target) {
  const LockfileEntry& entry = target.entry;
  if (entry.format->sync == nullptr) {
    target.tally.skipped(fmt::format("{}: nothing tells what it was made from", entry.path));
    return;
  }
  Comparison comparison;
  const SnapshotNeighbours neighbours(target.inventory, entry.folder);
  entry.format->sync(target.lock, neighbours, *target.rule.sync, comparison);
  for (const std::string& unknown : comparison.unknown)
    target.tally.unknown(fmt::format("{}: {}", entry.path, unknown));
  if (comparison.manifests.empty() && comparison.unknown.empty()) {
    target.tally.skipped(fmt::format(
        "{}: no {} beside it", entry.path,
        entry.format->manifests.empty() ? "manifest" : entry.format->manifests.front()));
    return;
  }
  for (const std::string& untold : comparison.untold)
    target.tally.skipped(fmt::format("{}: {}", entry.path, untold));
  if (!comparison.manifests.empty() && comparison.untold.empty()) target.tally.judged();
  for (const Disagreement& one : comparison.disagreements) {
    target.report_at(
        one.source.get(), one.span, one.message, one.identity,
        fmt::format("run `{}` and commit {}",
                    one.command.empty() ? entry.format->command : std::string_view(one.command),
                    entry.path));
  }
}

}  // namespace gate::checks::lockfile
