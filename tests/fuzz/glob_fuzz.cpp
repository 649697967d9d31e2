// The first line is the glob, the rest the path.
#include <algorithm>

#include "gate/base/glob.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto glob = gate::base::Glob::compile(text.substr(0, end));
  if (!glob) return 0;
  const std::string_view path = text.substr(std::min(end + 1, size));
  const bool fits = glob->matches(path);
  if (!glob->literal().empty()) {
    gate::fuzz::require(glob->matches(glob->literal()));
    gate::fuzz::require(fits == (path == glob->literal()));
  }
  return 0;
}
