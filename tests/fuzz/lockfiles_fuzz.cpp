// The first byte chooses the format, the rest is the lockfile.
#include "gate/readers/lockfiles/formats.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace lockfiles = gate::readers::lockfiles;
  if (size == 0) return 0;
  const auto formats = lockfiles::formats();
  const lockfiles::Format& format =
      *formats[static_cast<std::size_t>(data[0] - 'a') % formats.size()];
  const auto lock = lockfiles::read_lockfile(format, gate::fuzz::source_of(data + 1, size - 1));
  if (!lock) {
    gate::fuzz::require(!lock.error().message.empty());
    return 0;
  }
  for (const lockfiles::Package& package : (*lock)->packages) {
    gate::fuzz::require_inside(package.span, (*lock)->text());
    (void)(*lock)->hashes(package);
    (void)(*lock)->requirements(package.requirements);
  }
  for (const lockfiles::Problem& problem : (*lock)->problems)
    gate::fuzz::require_inside(problem.span, (*lock)->text());
  return 0;
}
