// How the bytes of a Python file are to be read: byte order mark and coding comment (PEP 263).
#pragma once

#include <optional>
#include <string_view>

#include "gate/readers/formats/python/token.h"

namespace gate::readers::python {

struct SourceEncoding {
  Encoding encoding = Encoding::utf8;
  std::size_t skip = 0;              // bytes of the byte order mark
  std::optional<SyntaxError> error;  // NUL, invalid UTF-8, an encoding that is not read
};

// Returns the encoding of a file; linear in the text. A file of ASCII alone may declare any
// encoding that extends ASCII.
[[nodiscard]] SourceEncoding find_encoding(std::string_view text);

}  // namespace gate::readers::python
