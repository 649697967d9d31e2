#include "gate/system/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/system/descriptor.h"

namespace gate::system {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;

Error failure(std::string_view action, const std::filesystem::path& path, int error) {
  return {fmt::format("{} `{}`: {}", action, path.string(), std::strerror(error))};
}

std::string describe_size(std::uint64_t bytes) {
  constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;
  return bytes % kMegabyte == 0 ? fmt::format("{} MB", bytes / kMegabyte)
                                : fmt::format("{} bytes", bytes);
}

// Returns 0, or the number of the error.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// Writes to something that cannot be replaced by a rename: a terminal, a pipe, /dev/stdout.
Result<void> write_in_place(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) return failure("write", path, errno);
  if (const int error = write_all(file.get(), bytes); error != 0)
    return failure("write", path, error);
  return {};
}

// A new file beside the one it will replace; removed again unless it was put in place.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& beside) {
    unsigned attempt = 0;
    do {
      path_ = beside;
      path_.replace_filename(
          fmt::format(".{}.{}-{}.tmp", beside.filename().string(), getpid(), attempt++));
      file_ = Descriptor(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    } while (!file_ && errno == EEXIST);
    error_ = file_ ? 0 : errno;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (file_) unlink(path_.c_str());
  }

  // Each returns 0, or the number of the error.
  [[nodiscard]] int error() const { return error_; }
  int write(std::string_view bytes) { return write_all(file_.get(), bytes); }
  int set_mode(mode_t mode) { return fchmod(file_.get(), mode) == 0 ? 0 : errno; }
  int put_in_place(const std::filesystem::path& target) {
    if (rename(path_.c_str(), target.c_str()) != 0) return errno;
    file_.close();
    return 0;
  }

 private:
  std::filesystem::path path_;
  Descriptor file_;
  int error_ = 0;
};

}  // namespace

Result<std::optional<std::string>> read_file(const std::filesystem::path& path,
                                             std::uint64_t limit) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return failure("read", path, errno);
  }
  std::string bytes;
  std::array<char, kChunk> chunk{};
  while (true) {
    const ssize_t length = ::read(file.get(), chunk.data(), chunk.size());
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return failure("read", path, errno);
    if (length == 0) return std::optional(std::move(bytes));
    if (bytes.size() + static_cast<std::size_t>(length) > limit) {
      return Error{fmt::format("read `{}`: the file is larger than {}", path.string(),
                               describe_size(limit))};
    }
    bytes.append(chunk.data(), static_cast<std::size_t>(length));
  }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  // The file that a symbolic link names is replaced, not the link.
  std::filesystem::path target = path;
  if (std::filesystem::is_symlink(path, error)) {
    target = std::filesystem::canonical(path, error);
    if (error) return failure("write", path, error.value());
  }
  if (target.has_parent_path()) {
    std::filesystem::create_directories(target.parent_path(), error);
    if (error) return failure("make folder", target.parent_path(), error.value());
  }
  struct stat state {};
  const bool exists = stat(target.c_str(), &state) == 0;
  if (exists && S_ISDIR(state.st_mode)) return failure("write", path, EISDIR);
  if (exists && !S_ISREG(state.st_mode)) return write_in_place(target, bytes);

  TemporaryFile temporary(target);
  int number = temporary.error();
  if (number == 0 && exists) number = temporary.set_mode(state.st_mode & 07777);
  if (number == 0) number = temporary.write(bytes);
  if (number == 0) number = temporary.put_in_place(target);
  if (number != 0) return failure("write", path, number);
  return {};
}

}  // namespace gate::system
