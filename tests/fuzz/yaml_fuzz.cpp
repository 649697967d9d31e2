#include "gate/readers/formats/yaml.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = gate::readers::parse_yaml(gate::fuzz::source_of(data, size));
  if (!file) return 0;
  for (const auto& document : file->documents)
    gate::fuzz::require_sound(*document);
  return 0;
}
