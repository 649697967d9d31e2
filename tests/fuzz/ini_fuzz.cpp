#include "gate/readers/formats/ini.h"
#include "tests/fuzz/fuzz.h"

// The first byte chooses the dialect.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto document =
      gate::readers::parse_ini(gate::fuzz::source_of(data + 1, size - 1),
                               static_cast<gate::readers::IniDialect>(data[0] % 4));
  if (document) gate::fuzz::require_sound(**document);
  return 0;
}
