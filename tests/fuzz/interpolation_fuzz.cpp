#include "gate/readers/formats/interpolation.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
    if (name.size() % 2 == 0) return std::nullopt;
    return std::string(name);
  };
  const auto filled = gate::readers::interpolate(text, lookup);
  if (filled && filled->size() > (std::size_t{1} << 20)) __builtin_trap();
  return 0;
}
