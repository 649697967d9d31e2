#include "gate/repo/load_index.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/repo/folder.h"

namespace gate::repo {

Result<LoadedIndex> load_index(const std::filesystem::path& path, const ObjectStore& store) {
  constexpr std::uint64_t kLimit = std::uint64_t{4} << 30;
  LoadedIndex index;
  std::string bytes;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.is_open()) {
    struct stat status {};
    if (fstat(file.number(), &status) == 0) {
      index.seconds = status.st_mtim.tv_sec;
      index.nanoseconds = status.st_mtim.tv_nsec;
    }
    auto read = read_rest(file.number(), kLimit);
    if (!read) return std::move(read).error().within("read the index");
    if (!read->has_value()) return Error{"read the index: it is too large"};
    if ((*read)->empty()) return Error{"the index is damaged: it is empty"};
    bytes = **std::move(read);
  } else if (errno != ENOENT) {
    return Error{fmt::format("read the index: {}", system_reason(errno))};
  }
  GATE_TRY(index.file, IndexFile::parse(std::move(bytes)));
  if (index.file.is_split()) {
    return Error{
        "the index is split (`core.splitIndex`), which gate does not read; join it with "
        "`git update-index --no-split-index`"};
  }
  if (index.file.is_sparse()) {
    GATE_TRY(const auto objects, Objects::open(store));
    GATE_CHECK(index.file.expand(
        [&](std::string_view folder, const ObjectId& tree) -> Result<std::vector<TrackedFile>> {
          std::vector<TrackedFile> files;
          GATE_CHECK(objects->list(tree, std::string(folder), files));
          return files;
        }));
  }
  return index;
}

}  // namespace gate::repo
