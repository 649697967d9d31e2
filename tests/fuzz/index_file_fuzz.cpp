#include "gate/repo/index_file.h"
#include "tests/fuzz/fuzz.h"

namespace {

// Adds up what is there, so that every byte a view points to is read.
std::size_t walk(const gate::repo::CachedTree& tree) {
  std::size_t sum = tree.name.size();
  for (const gate::repo::CachedTree& child : tree.children)
    sum += walk(child);
  return sum;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto index = gate::repo::IndexFile::parse(std::string(gate::fuzz::text_of(data, size)));
  if (!index) return 0;
  for (const gate::repo::IndexEntry& entry : index->entries()) {
    gate::fuzz::require(entry.stage <= 3 && entry.path.data()[entry.path.size()] == '\0');
  }
  (void)walk(index->cached_tree());
  return 0;
}
