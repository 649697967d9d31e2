#include "gate/readers/formats/dockerfile_images.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  for (const gate::readers::BaseImage& image : gate::readers::read_base_images(text)) {
    gate::fuzz::require_inside(image.span, text);
    gate::fuzz::require(image.tag.find('/') == std::string::npos);
  }
  return 0;
}
