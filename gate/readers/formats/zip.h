// ZIP archives (PKWARE APPNOTE 6.3.10): the entries of one that lies in memory; stored and deflated
// ones, ZIP64 too. No encryption, no several volumes.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "gate/base/result.h"

namespace gate::readers {

// An entry that unpacks to more is an error: archives of records hold small files.
inline constexpr std::uint64_t kZipEntryLimit = std::uint64_t{64} << 20;

// Calls `on_entry(name, bytes)` for each file of the archive, in the order of its directory; the
// views live for the call only. Returns what is wrong with the archive; entries before the mistake
// were handed out.
Result<void> for_each_zip_entry(
    std::string_view archive,
    const std::function<void(std::string_view name, std::string_view bytes)>& on_entry);

}  // namespace gate::readers
