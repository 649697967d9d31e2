// Environment reads: which variables a source file asks its environment for.
//
// Knows how PHP, Python and JavaScript programs spell such a question; knows no file and no value.
// It looks at tokens, so that comments and texts do not count; a name that is put together while
// the program runs is not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

struct EnvironmentRead {
  std::string key;
  base::Span span;        // of the name as written, with quotes where it has any
  bool required = false;  // the program stops where the variable is not set
};

enum class SourceLanguage : std::uint8_t { php, python, javascript };

// Returns the language of a file by the end of its name, or nothing for others.
[[nodiscard]] std::optional<SourceLanguage> source_language(std::string_view path);

// Returns the reads of a file in the order of the text; up to the first token that is none.
// env(), getenv(), $_ENV and $_SERVER of PHP; os.environ, os.getenv, django-environ and decouple
// of Python; process.env and import.meta.env of JavaScript.
// Linear in the text.
[[nodiscard]] std::vector<EnvironmentRead> find_environment_reads(std::string_view text,
                                                                  SourceLanguage language);

}  // namespace gate::readers
