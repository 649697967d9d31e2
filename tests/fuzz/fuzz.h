// What the fuzz targets share: bytes as text, and properties that have to hold for any of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "gate/base/text.h"
#include "gate/readers/formats/document.h"

// libFuzzer calls this (llvm.org/docs/LibFuzzer.html).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace gate::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline std::shared_ptr<const base::Source> source_of(const std::uint8_t* data, std::size_t size) {
  return std::make_shared<const base::Source>("input", std::string(text_of(data, size)));
}

// Ends the program, which libFuzzer reports with the input, unless the property holds.
inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void require_inside(base::Span span, std::string_view text) {
  require(span.begin <= span.end && span.end <= text.size());
}

// Every place of a document lies in its text, and its links form a tree.
inline void require_sound(const readers::Document& document) {
  const std::size_t count = document.nodes().size();
  std::size_t links = 0;
  for (const readers::Node& node : document.nodes()) {
    require_inside(node.span, document.source()->text());
    require_inside(node.key_span, document.source()->text());
    require(node.first < count && node.next < count);
    links += (node.first != 0 ? 1U : 0U) + (node.next != 0 ? 1U : 0U);
  }
  require(links < count || count == 0);
}

}  // namespace gate::fuzz
