// INI files in the three forms that servers read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

enum class IniDialect : std::uint8_t {
  // php.ini (zend_ini_scanner): `;` comments, quotes, On and Off, `&` `|` `^` `~` `!` on numbers.
  // Sections mean nothing but [PATH=…] and [HOST=…], so their keys stand at the top; a key given
  // twice has its last value, `key[] =` a list.
  php,
  // supervisor (Python's RawConfigParser): sections, `=` or `:`, indented lines go on, and a `;`
  // behind white space begins a comment even inside a command. Values are texts.
  supervisor,
  // redis.conf: a directive and its arguments a line. A directive's value is its arguments with one
  // space between them; of one given several times a list of those.
  redis,
  // Any other: sections, `=` or `:`, `;` and `#` comments at the start of a line. Values are texts.
  plain,
};

inline constexpr std::size_t kIniBytes = std::size_t{4} << 20;  // of a file; more is an error

// Returns the document of a file: a map of sections, each a map (php and redis: no sections). Keys
// before the first section stand at the top. The error says what is wrong and where ("line 3,
// column 7: …").
[[nodiscard]] Result<std::shared_ptr<const Document>> parse_ini(
    std::shared_ptr<const base::Source> source, IniDialect dialect);

}  // namespace gate::readers
