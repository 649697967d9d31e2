// Folder: files below one folder, reached without following any symbolic link. Knows POSIX, nothing
// of git.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <utility>
#include <vector>

#include "gate/base/result.h"

namespace gate::repo {

// A file descriptor, closed at the end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

// The reason of errno: "permission denied".
[[nodiscard]] std::string system_reason(int error);

// Opens a folder by its own path, for the calls below. Symbolic links on the way to it are
// followed.
Result<Descriptor> open_folder(const std::filesystem::path& path);

// Opens `path` (relative, no `..`) below `folder` with open(2)'s flags. A symbolic link anywhere on
// the way, or as the last part, is ELOOP; with O_PATH the last part may be one and is opened
// itself. Opening never waits for a FIFO. On failure errno says why and the descriptor is not open.
[[nodiscard]] Descriptor open_below(int folder, const char* path, int flags);

// Returns what lstat says of `path` below `folder`; nothing where it does not exist.
Result<std::optional<struct stat>> stat_below(int folder, const char* path);

// Returns the target of the symbolic link at `path`.
Result<std::string> link_target(int folder, const char* path);

// Reads the rest of an open file, or nothing where it holds more than `limit` bytes.
Result<std::optional<std::string>> read_rest(int file, std::uint64_t limit);

// Reads a file by its own path, links followed (for git's files, which lie where git says); nothing
// where there is none.
Result<std::optional<std::string>> read_git_file(const std::filesystem::path& path);

// One name in a folder.
struct Child {
  enum class Type : std::uint8_t { file, folder, symlink, special };
  std::string_view name;  // followed by a NUL; belongs to the listing
  Type type = Type::file;
};

// The names in one folder. Reuse one for folder after folder: the memory is kept.
class Listing {
 public:
  // Reads the names in the open `folder`, but `.` and `..`; sorted as git sorts paths, that is a
  // folder as if its name ended in `/`. `path` is for messages.
  Result<void> read(int folder, std::string_view path);

  [[nodiscard]] const std::vector<Child>& children() const { return children_; }

 private:
  std::vector<char> raw_;
  std::vector<char> names_;
  std::vector<Child> children_;
};

// Returns whether folder name `a` sorts before `b` in git's order of paths.
[[nodiscard]] bool git_order(const Child& a, const Child& b);

}  // namespace gate::repo
