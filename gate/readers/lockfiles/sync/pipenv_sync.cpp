// Whether Pipfile.lock is what the Pipfile asks for: the hash in its `_meta` (plette.pipfiles and
// pipenv.project.calculate_pipfile_hash).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/base/hash.h"
#include "gate/readers/lockfiles/canonical/python_json.h"
#include "gate/readers/lockfiles/ecosystem.h"
#include "gate/readers/lockfiles/registries.h"
#include "gate/readers/lockfiles/sync/lacking.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

constexpr PythonJsonStyle kStyle{",", ":"};

// What a Pipfile without [[source]] means.
std::string default_sources(std::string_view url) {
  return python_json(
      PythonMap{{"name", "\"pypi\""}, {"url", fmt::format("\"{}\"", url)}, {"verify_ssl", "true"}},
      kStyle);
}

// Packages by name; since 2026 pipenv brings the names into the form of PEP 503 first.
std::string packages(const std::optional<Value>& table, bool normalize) {
  PythonMap map;
  if (table) {
    for (const Value& child : table->children()) {
      map.insert_or_assign(normalize ? pep503(child->key) : std::string(child->key),
                           python_json(child, kStyle));
    }
  }
  return python_json(map, kStyle);
}

std::string pipfile_hash(const Value& root, std::string_view default_url, bool normalize) {
  constexpr std::array<std::string_view, 9> kKnown{"source",   "packages", "dev-packages",
                                                   "requires", "scripts",  "pipfile",
                                                   "pipenv",   "default",  "develop"};
  PythonMap meta;
  const auto sources = root.find("source");
  meta.emplace("sources",
               sources ? python_json(*sources, kStyle) : "[" + default_sources(default_url) + "]");
  const auto requires_table = root.find("requires");
  meta.emplace("requires", requires_table ? python_json(*requires_table, kStyle) : "{}");
  PythonMap whole{{"_meta", python_json(meta, kStyle)},
                  {"default", packages(root.find("packages"), normalize)},
                  {"develop", packages(root.find("dev-packages"), normalize)}};
  for (const Value& child : root.children()) {
    if (std::find(kKnown.begin(), kKnown.end(), child->key) != kKnown.end()) continue;
    whole.emplace(child->key, child->kind == NodeKind::map ? packages(child, normalize)
                                                           : python_json(child, kStyle));
  }
  return base::Sha256().add(python_json(whole, kStyle)).hex();
}

}  // namespace

void sync_pipenv(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
                 Comparison& comparison) {
  const auto document = load_toml(files, "Pipfile", comparison);
  if (!document) return;
  if (lock.hash.empty()) {
    comparison.add("Pipfile.lock has no hash in `_meta`", lock.source(), lock.hash_span, "hash");
    return;
  }
  const Value root = document->root();
  std::string latest;
  for (const std::string_view url : {pypi_index(), old_pypi_index()}) {
    for (const bool normalize : {false, true}) {
      std::string hash = pipfile_hash(root, url, normalize);
      if (hash == lock.hash) return;
      if (latest.empty()) latest = std::move(hash);
    }
  }
  comparison.add(fmt::format("the Pipfile has changed since Pipfile.lock was written: its hash is "
                             "`{}`, the Pipfile gives `{}`",
                             lock.hash, latest),
                 lock.source(), lock.hash_span, "hash");
  add_lacking(lock, files, "Pipfile", comparison);
}

}  // namespace gate::readers::lockfiles
