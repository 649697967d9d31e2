// ScratchFolder: a folder of this process alone, gone at the end of its life.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "gate/base/result.h"

namespace gate::system {

// Returns the folder for what is gone with this process: TMPDIR, or /tmp where TMPDIR names no path
// that needs no quotes in a shell.
[[nodiscard]] std::string temporary_folder();

class ScratchFolder {
 public:
  // Makes a folder that only this user can enter, in temporary_folder().
  static Result<ScratchFolder> make();

  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace gate::system
