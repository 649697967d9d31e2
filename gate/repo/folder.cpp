#include "gate/repo/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace gate::repo {
namespace {

// Never wait (FIFO), never become a controlling terminal, never leak into a child.
constexpr int kAlways = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

// O_PATH refuses flags that mean nothing with it.
int all_flags(int flags) {
  return (flags & O_PATH) != 0 ? flags | O_CLOEXEC | O_NOFOLLOW : flags | kAlways;
}

// The same without openat2 (Linux before 5.6, or a sandbox that forbids it): one part after the
// other.
Descriptor open_parts(int folder, const char* path, int flags) {
  Descriptor current;
  int at = folder;
  for (const char* slash = std::strchr(path, '/'); slash != nullptr;
       slash = std::strchr(path, '/')) {
    const std::string part(path, slash);
    if (part == "..") {
      errno = EXDEV;
      return {};
    }
    Descriptor next(openat(at, part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next.is_open()) return {};
    current = std::move(next);
    at = current.number();
    path = slash + 1;
  }
  if (std::strcmp(path, "..") == 0) {
    errno = EXDEV;
    return {};
  }
  return Descriptor(openat(at, path, all_flags(flags)));
}

Child::Type type_of(mode_t mode) {
  if (S_ISREG(mode)) return Child::Type::file;
  if (S_ISDIR(mode)) return Child::Type::folder;
  if (S_ISLNK(mode)) return Child::Type::symlink;
  return Child::Type::special;
}

std::optional<Child::Type> type_of_entry(unsigned char type) {
  switch (type) {
    case DT_REG:
      return Child::Type::file;
    case DT_DIR:
      return Child::Type::folder;
    case DT_LNK:
      return Child::Type::symlink;
    case DT_UNKNOWN:
      return std::nullopt;
    default:
      return Child::Type::special;
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

std::string system_reason(int error) {
  if (error == ELOOP) return "a symbolic link is in the way";  // this room follows none
  std::string text = std::generic_category().message(error);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Result<Descriptor> open_folder(const std::filesystem::path& path) {
  Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open())
    return Error{fmt::format("open folder {}: {}", path.string(), system_reason(errno))};
  return folder;
}

Descriptor open_below(int folder, const char* path, int flags) {
  if (std::strchr(path, '/') == nullptr)
    return open_parts(folder, path, flags);  // one part: no need of openat2
  open_how how{};
  how.flags = static_cast<unsigned>(all_flags(flags));
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  Descriptor file(static_cast<int>(syscall(SYS_openat2, folder, path, &how, sizeof how)));
  if (!file.is_open() && (errno == ENOSYS || errno == EPERM || errno == EAGAIN))
    return open_parts(folder, path, flags);
  return file;
}

Result<std::optional<struct stat>> stat_below(int folder, const char* path) {
  struct stat status {};
  if (std::strchr(path, '/') == nullptr) {
    if (fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0) return std::optional(status);
  } else {
    const Descriptor file = open_below(folder, path, O_PATH);
    if (file.is_open() && fstat(file.number(), &status) == 0) return std::optional(status);
  }
  if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return std::optional<struct stat>();
  return Error{fmt::format("{}: {}", path, system_reason(errno))};
}

Result<std::string> link_target(int folder, const char* path) {
  const Descriptor link = open_below(folder, path, O_PATH);
  if (!link.is_open()) return Error{fmt::format("{}: {}", path, system_reason(errno))};
  std::string target(256, '\0');
  for (;;) {
    const ssize_t length = readlinkat(link.number(), "", target.data(), target.size());
    if (length < 0) return Error{fmt::format("{}: {}", path, system_reason(errno))};
    if (static_cast<std::size_t>(length) < target.size()) {
      target.resize(static_cast<std::size_t>(length));
      return target;
    }
    target.resize(target.size() * 2);
  }
}

Result<std::optional<std::string>> read_rest(int file, std::uint64_t limit) {
  std::string bytes;
  std::size_t filled = 0;
  struct stat status {};
  if (fstat(file, &status) == 0 && status.st_size > 0) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > limit) return std::optional<std::string>();
    bytes.resize(static_cast<std::size_t>(size) + 1);  // one more, so that the end shows at once
  }
  for (;;) {
    if (filled == bytes.size()) bytes.resize(std::max<std::size_t>(4096, bytes.size() * 2));
    const ssize_t count = ::read(file, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{system_reason(errno)};
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > limit) return std::optional<std::string>();
  }
  bytes.resize(filled);
  return std::optional(std::move(bytes));
}

Result<std::optional<std::string>> read_git_file(const std::filesystem::path& path) {
  constexpr std::uint64_t kLimit = std::uint64_t{4} << 30;
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return Error{fmt::format("read {}: {}", path.string(), system_reason(errno))};
  }
  auto bytes = read_rest(file.number(), kLimit);
  if (!bytes) return std::move(bytes).error().within(fmt::format("read {}", path.string()));
  if (!bytes->has_value()) return Error{fmt::format("read {}: it is too large", path.string())};
  return bytes;
}

bool git_order(const Child& a, const Child& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = std::memcmp(a.name.data(), b.name.data(), common);
  if (order != 0) return order < 0;
  const auto next = [common](const Child& child) -> unsigned char {
    if (child.name.size() > common) return static_cast<unsigned char>(child.name[common]);
    return child.type == Child::Type::folder ? '/' : '\0';
  };
  return next(a) < next(b);
}

Result<void> Listing::read(int folder, std::string_view path) {
  // getdents64 without opendir: a folder costs two calls and no allocation.
  constexpr std::size_t kBuffer = std::size_t{32} << 10;
  raw_.resize(kBuffer);
  names_.clear();
  children_.clear();
  for (;;) {
    const ssize_t length = getdents64(folder, raw_.data(), raw_.size());
    if (length < 0) return Error{fmt::format("read folder {}: {}", path, system_reason(errno))};
    if (length == 0) break;
    for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
      dirent64 head{};
      std::memcpy(&head, raw_.data() + at, offsetof(dirent64, d_name));
      const char* name = raw_.data() + at + offsetof(dirent64, d_name);
      at += head.d_reclen;
      const std::string_view text(name);
      if (text == "." || text == "..") continue;
      auto type = type_of_entry(head.d_type);
      if (!type) {  // a file system that does not say
        struct stat status {};
        if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;  // gone meanwhile
        type = type_of(status.st_mode);
      }
      names_.insert(names_.end(), name, name + text.size() + 1);
      children_.push_back({text, *type});  // moved to `names_` below, when that grows no more
    }
  }
  const char* name = names_.data();
  for (Child& child : children_) {
    child.name = std::string_view(name, child.name.size());
    name += child.name.size() + 1;
  }
  std::sort(children_.begin(), children_.end(), git_order);
  return {};
}

}  // namespace gate::repo
