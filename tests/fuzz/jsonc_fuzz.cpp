#include "gate/readers/formats/jsonc.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = gate::readers::parse_jsonc(gate::fuzz::source_of(data, size));
  if (document) gate::fuzz::require_sound(**document);
  return 0;
}
