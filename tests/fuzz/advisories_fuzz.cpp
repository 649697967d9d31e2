// The first byte chooses what the rest is: `o` a record of OSV, `p` one of friendsofphp, another
// byte an index.
#include "gate/readers/lockfiles/advisories/friendsofphp.h"
#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/readers/lockfiles/advisories/osv.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace lockfiles = gate::readers::lockfiles;

// What was written into an index is found in it.
void check_record(const lockfiles::Advisory& advisory) {
  const std::string bytes = lockfiles::encode_index({advisory}, 1);
  const auto index = lockfiles::AdvisoryIndex::open(bytes);
  // One that was taken back, or is about no package, is not kept.
  const bool is_kept = !advisory.withdrawn && !advisory.affected.empty();
  gate::fuzz::require(index && index->advisories() == (is_kept ? 1U : 0U));
  if (!is_kept) return;
  for (const lockfiles::Affected& affected : advisory.affected) {
    const auto found = index->find(affected.ecosystem, affected.name);
    gate::fuzz::require(found && found->size() == 1 && found->front().id == advisory.id);
    gate::fuzz::require(lockfiles::covers(affected, ""));
    (void)lockfiles::covers(affected, "1.2.3");
    (void)lockfiles::fixed_in(affected, "1.2.3");
  }
}

void check_index(std::string_view bytes) {
  const auto index = lockfiles::AdvisoryIndex::open(bytes);
  if (!index) return;
  for (const lockfiles::Ecosystem ecosystem : lockfiles::ecosystems())
    (void)index->find(ecosystem, "a");
  (void)index->all();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = gate::fuzz::text_of(data + 1, size - 1);
  if (data[0] != 'o' && data[0] != 'p') {
    check_index(text);
    return 0;
  }
  const auto advisory =
      data[0] == 'o' ? lockfiles::parse_osv(text) : lockfiles::parse_friendsofphp(text, "a/a.yaml");
  if (advisory)
    check_record(*advisory);
  else
    gate::fuzz::require(!advisory.error().message.empty());
  return 0;
}
