#include "gate/readers/lockfiles/yarn.h"

#include <array>
#include <utility>

namespace gate::readers::lockfiles {
namespace {

ReadResult read(std::shared_ptr<const base::Source> source) {
  const std::string_view text = source->text();
  const bool is_berry =
      text.starts_with("__metadata:") || text.find("\n__metadata:") != std::string_view::npos;
  return is_berry ? read_yarn_berry(std::move(source)) : read_yarn_classic(std::move(source));
}

constexpr std::array<std::string_view, 1> kLocks{"yarn.lock"};
constexpr std::array<std::string_view, 1> kManifests{"package.json"};

}  // namespace

const Format kYarn{"yarn", Ecosystem::npm, "yarn install", kLocks, kManifests, read, sync_yarn};

}  // namespace gate::readers::lockfiles
