#include "gate/base/size_text.h"

#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

TEST_CASE("a number of bytes is shown in the unit that people read") {
  for (const auto& [bytes, text] : {std::pair<std::uint64_t, std::string_view>{0, "0 bytes"},
                                    {1, "1 byte"},
                                    {1023, "1023 bytes"},
                                    {1024, "1.0 KB"},
                                    {1536, "1.5 KB"},
                                    {1048524, "1023.9 KB"},
                                    {1048575, "1.0 MB"},
                                    {5242880, "5.0 MB"},
                                    {1073741824, "1.0 GB"},
                                    {~std::uint64_t{0}, "16777216.0 TB"}}) {
    CHECK(size_text(bytes) == text);
  }
}

}  // namespace
}  // namespace gate::base
