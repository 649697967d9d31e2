#include "gate/repo/snapshot.h"

#include <algorithm>

#include <fmt/format.h>

namespace gate::repo {
namespace {

constexpr std::size_t kFirstBuffer = std::size_t{64} << 10;
constexpr std::size_t kLeastBuffer = std::size_t{4} << 10;

Error too_large(std::string_view path, std::uint64_t limit) {
  return Error{
      fmt::format("{} is larger than {} bytes, the most that is read at once", path, limit)};
}

}  // namespace

const File* Snapshot::find(std::string_view path) const {
  const auto all = files();
  const auto found = std::lower_bound(
      all.begin(), all.end(), path,
      [](const File& file, std::string_view wanted) { return file.path < wanted; });
  return found != all.end() && found->path == path ? &*found : nullptr;
}

Result<std::optional<unsigned>> Snapshot::mode_on_disk(const std::string& /*path*/) const {
  return std::optional<unsigned>();
}

Result<std::uint64_t> Snapshot::size(const File& file) const {
  const std::unique_ptr<FileReader> bytes = reader();
  GATE_CHECK(bytes->open(file));
  std::string buffer(kFirstBuffer, '\0');
  std::uint64_t total = 0;
  while (true) {
    GATE_TRY(const std::size_t count, bytes->read(buffer.data(), buffer.size()));
    if (count == 0) return total;
    total += count;
  }
}

std::span<const File> Snapshot::below(std::string_view folder) const {
  while (folder.ends_with('/'))
    folder.remove_suffix(1);
  const auto all = files();
  if (folder.empty()) return all;
  // Every path below "app" lies between "app/" and "app0": '0' is the byte after '/'.
  std::string border(folder);
  border += '/';
  const auto before = [](const File& file, const std::string& wanted) {
    return file.path < wanted;
  };
  const auto first = std::lower_bound(all.begin(), all.end(), border, before);
  border.back() = '/' + 1;
  const auto last = std::lower_bound(first, all.end(), border, before);
  return {first, last};
}

Result<std::string_view> read_all(FileReader& reader, const File& file, std::string& buffer,
                                  std::uint64_t limit) {
  GATE_CHECK(reader.open(file));
  // The buffer only grows, and what is beyond the view is left over from files before: clearing it
  // would cost more than most files' reading.
  std::size_t filled = 0;
  for (;;) {
    if (filled == buffer.size()) {
      const std::uint64_t hint = reader.size_hint();
      if (hint > limit) return too_large(file.path, limit);
      buffer.resize(grown_size(hint, filled, limit));
    }
    GATE_TRY(const std::size_t count, reader.read(buffer.data() + filled, buffer.size() - filled));
    if (count == 0) break;
    filled += count;
    if (filled > limit) return too_large(file.path, limit);
  }
  return std::string_view(buffer).substr(0, filled);
}

std::size_t grown_size(std::uint64_t hint, std::size_t filled, std::uint64_t limit) {
  // Whatever a file system claims, no more is asked for than would be read.
  const auto most = static_cast<std::size_t>(std::min(hint, limit));
  const std::size_t whole = most >= filled ? most + 1 : 0;
  return std::max({whole, filled * 2, kLeastBuffer});
}

Result<std::string> read_text(const Snapshot& snapshot, std::string_view path) {
  const File* file = snapshot.find(path);
  if (file == nullptr) return Error{fmt::format("{} does not exist", path)};
  const std::unique_ptr<FileReader> reader = snapshot.reader();
  GATE_CHECK(reader->open(*file));
  std::string text;
  std::size_t filled = 0;
  for (;;) {
    if (filled == text.size()) text.resize(grown_size(reader->size_hint(), filled));
    GATE_TRY(const std::size_t count, reader->read(text.data() + filled, text.size() - filled));
    if (count == 0) break;
    filled += count;
    if (filled > kReadLimit) return too_large(path, kReadLimit);
  }
  text.resize(filled);
  if (text.capacity() > filled * 2) text.shrink_to_fit();
  return text;
}

}  // namespace gate::repo
