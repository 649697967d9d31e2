// MappedFile: a file in memory as far as it is looked at, for large ones of which little is needed.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "gate/base/result.h"

namespace gate::system {

class MappedFile {
 public:
  // Maps a file for reading; null where there is none. A file that is changed in place afterwards
  // shows its new bytes: who writes one replaces it whole (write_file).
  static Result<std::unique_ptr<const MappedFile>> open(const std::filesystem::path& path);

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes_;
};

}  // namespace gate::system
