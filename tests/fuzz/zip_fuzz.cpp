#include "gate/readers/formats/zip.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result = gate::readers::for_each_zip_entry(
      gate::fuzz::text_of(data, size), [](std::string_view name, std::string_view bytes) {
        gate::fuzz::require(!name.ends_with('/'));
        gate::fuzz::require(bytes.size() <= gate::readers::kZipEntryLimit);
      });
  gate::fuzz::require(result || !result.error().message.empty());
  return 0;
}
