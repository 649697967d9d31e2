// Sync: whether a lockfile and the manifests from which it is made agree.
//
// Knows what each package manager refuses when it is told to install exactly what is locked; reads
// no file by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/base/text.h"
#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

// What counts as a disagreement.
enum class Strictness : std::uint8_t {
  tool,   // what the package manager itself refuses
  exact,  // also what it lets pass, although a new lock would differ
};

// The files beside a lockfile. Paths are relative to its folder, without `..`.
class Neighbours {
 public:
  virtual ~Neighbours() = default;

  // Returns the text of a file; null where there is none.
  [[nodiscard]] virtual Result<std::shared_ptr<const base::Source>> read(
      std::string_view path) const = 0;

  // Returns the folders below the lock's own that hold a file of this name, "packages/web", sorted;
  // those of installed packages left out.
  [[nodiscard]] virtual std::vector<std::string> folders_with(std::string_view file) const = 0;
};

// One thing in which they differ.
struct Disagreement {
  std::string message;  // names the dependency, its range, what is locked, and both lines
  std::shared_ptr<const base::Source> source;  // where it stands: manifest or lockfile
  base::Span span;
  std::string identity;  // what it is about, without places
  // What mends it, where that is not the command of the format alone: "composer update acme/a".
  std::string command{};
};

struct Comparison {
  std::vector<Disagreement> disagreements;
  std::vector<std::string> unknown;    // what could not be told, because
  std::vector<std::string> manifests;  // paths that were compared
  std::vector<std::string> untold{};   // what the format does not tell to who is not its manager

  void add(std::string message, std::shared_ptr<const base::Source> source, base::Span span,
           std::string identity, std::string command = {});
};

using Sync = void (*)(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                      Comparison& comparison);

void sync_npm(const Lockfile& lock, const Neighbours& files, Strictness strictness,
              Comparison& comparison);
void sync_yarn(const Lockfile& lock, const Neighbours& files, Strictness strictness,
               Comparison& comparison);
void sync_pnpm(const Lockfile& lock, const Neighbours& files, Strictness strictness,
               Comparison& comparison);
void sync_bun(const Lockfile& lock, const Neighbours& files, Strictness strictness,
              Comparison& comparison);
void sync_composer(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                   Comparison& comparison);
void sync_poetry(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                 Comparison& comparison);
void sync_pipenv(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                 Comparison& comparison);
void sync_pdm(const Lockfile& lock, const Neighbours& files, Strictness strictness,
              Comparison& comparison);
void sync_uv(const Lockfile& lock, const Neighbours& files, Strictness strictness,
             Comparison& comparison);
void sync_bundler(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                  Comparison& comparison);
void sync_go(const Lockfile& lock, const Neighbours& files, Strictness strictness,
             Comparison& comparison);
void sync_cargo(const Lockfile& lock, const Neighbours& files, Strictness strictness,
                Comparison& comparison);

// Returns "composer.lock:12", the place of a span as messages name it.
[[nodiscard]] std::string place_text(const base::Source& source, base::Span span);

}  // namespace gate::readers::lockfiles
