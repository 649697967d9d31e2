#include "gate/system/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "gate/system/descriptor.h"

namespace gate::system {

Result<std::unique_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
  const auto failure = [&](int error) {
    return Error{fmt::format("read `{}`: {}", path.string(), std::strerror(error))};
  };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::unique_ptr<const MappedFile>();
    return failure(errno);
  }
  struct stat state {};
  if (fstat(file.get(), &state) != 0) return failure(errno);
  if (!S_ISREG(state.st_mode)) return failure(EINVAL);
  const auto size = static_cast<std::size_t>(state.st_size);
  if (size == 0) return std::unique_ptr<const MappedFile>(new MappedFile({}));
  void* const place = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (place == MAP_FAILED) return failure(errno);
  return std::unique_ptr<const MappedFile>(new MappedFile({static_cast<const char*>(place), size}));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace gate::system
