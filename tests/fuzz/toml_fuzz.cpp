#include "gate/readers/formats/toml.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gate::base::Diagnostics diagnostics;
  const auto document = gate::readers::parse_toml(gate::fuzz::source_of(data, size), diagnostics);
  gate::fuzz::require((document == nullptr) == diagnostics.has_errors());
  if (document != nullptr) gate::fuzz::require_sound(*document);
  (void)gate::base::render(diagnostics, false);
  return 0;
}
