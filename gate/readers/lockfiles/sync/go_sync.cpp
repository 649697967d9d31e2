// Whether go.sum has the hashes of everything that go.mod requires (go.dev/ref/mod, "go.sum
// files"): what `go build -mod=readonly` refuses.
#include <string>
#include <unordered_set>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/sync/manifests.h"

namespace gate::readers::lockfiles {
namespace {

using Lines = std::unordered_set<std::string>;

// "module version" and "module version/go.mod" of every line with a hash.
Lines read_sums(std::string_view text) {
  Lines lines;
  base::for_each_line(text, [&](std::string_view line) {
    std::string id;
    std::size_t words = 0;
    bool hashed = false;
    base::for_each_word(line, [&](std::string_view word) {
      if (words < 2) id += (words == 0 ? "" : " ") + std::string(word);
      if (words == 2) hashed = word.starts_with("h1:");
      ++words;
    });
    if (words == 3 && hashed) lines.insert(std::move(id));
  });
  return lines;
}

}  // namespace

void sync_go(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
             Comparison& comparison) {
  const auto sums = load_text(files, "go.sum", comparison);
  if (!sums && !comparison.unknown.empty()) return;
  comparison.manifests.push_back(sums ? sums->name() : lock.path());
  const Lines lines = sums ? read_sums(sums->text()) : Lines();
  for (const Package& package : lock.packages) {
    if (package.source == Source::path) continue;
    const std::string id = fmt::format("{} {}", package.name, package.version);
    const bool has_archive = lines.contains(id);
    const bool has_manifest = lines.contains(id + "/go.mod");
    if (has_archive && has_manifest) continue;
    comparison.add(fmt::format("go.mod requires {} {}, go.sum has no hash of {}", package.name,
                               package.version, has_archive ? "its go.mod" : "it"),
                   lock.source(), package.span, "sum " + id);
  }
}

}  // namespace gate::readers::lockfiles
