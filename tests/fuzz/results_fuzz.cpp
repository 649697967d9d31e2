// What tools print, by every reader there is for it.
#include "gate/readers/results/results.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = gate::fuzz::source_of(data, size);
  for (const gate::readers::ResultFormat* format : gate::readers::result_formats())
    (void)format->read(source);
  return 0;
}
