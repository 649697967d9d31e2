// Where the values of a document stand in it, as JSONPath.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/readers/formats/document.h"

namespace gate::readers {

// The way from the root of one document to each of its values. Made in one pass over the document,
// which must outlive it.
class ValuePaths {
 public:
  explicit ValuePaths(const Document& document);

  // Returns the normalized path (RFC 9535, section 2.7): `$['services']['web'][0]`. Of a key that
  // a map has twice both values have the same path.
  [[nodiscard]] std::string normalized(Value value) const;

  // Returns a path for people, with dots where a name allows it: `$.services.web[0]`.
  [[nodiscard]] std::string shown(Value value) const;

  // Returns whether `value` is `ancestor` or stands somewhere in it.
  [[nodiscard]] bool is_within(Value value, Value ancestor) const;

 private:
  [[nodiscard]] std::string path(Value value, bool with_dots) const;

  const Document& document_;
  std::vector<std::uint32_t> parents_;    // by node; the root is its own
  std::vector<std::uint32_t> positions_;  // by node: its place among the children of its parent
};

}  // namespace gate::readers
