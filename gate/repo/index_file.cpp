#include "gate/repo/index_file.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace gate::repo {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kStatSize = 40;  // ten numbers before the id, mode among them
constexpr std::size_t kFixedSize = kStatSize + ObjectId::kSize + 2;
constexpr std::uint32_t kNameMask = 0xFFF;  // a longer name is found by its NUL
constexpr std::uint32_t kExtended = 0x4000;
constexpr int kMaxDepth = 2048;  // of folders; git's core.maxTreeDepth

std::uint32_t number16(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(bytes[at + i])};
  };
  return byte(0) << 8 | byte(1);
}

std::uint32_t number32(std::string_view bytes, std::size_t at) {
  return number16(bytes, at) << 16 | number16(bytes, at + 2);
}

Error damaged(std::string_view how) { return Error{fmt::format("the index is damaged: {}", how)}; }

// Reads git's variable-width integer (the one of offset deltas), moving `at` behind it.
std::optional<std::size_t> read_offset(std::string_view bytes, std::size_t& at) {
  std::size_t value = 0;
  for (int count = 0; count < 4 && at < bytes.size(); ++count) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    value = (count == 0 ? 0 : (value + 1) << 7) | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

// Reads a decimal number up to `end`, moving `at` behind `end`.
std::optional<std::int32_t> read_decimal(std::string_view bytes, std::size_t& at, char end) {
  std::int32_t value = 0;
  const char* last = bytes.data() + bytes.size();
  const auto [stop, problem] = std::from_chars(bytes.data() + at, last, value);
  if (problem != std::errc() || stop == last || *stop != end) return std::nullopt;
  at = static_cast<std::size_t>(stop - bytes.data()) + 1;
  return value;
}

// Reads one node and what is below it. The cache tree is advice: one that cannot be read counts as
// not there.
std::optional<CachedTree> read_cached_tree(std::string_view bytes, std::size_t& at, int depth) {
  if (depth > kMaxDepth || at >= bytes.size()) return std::nullopt;
  CachedTree node;
  const std::size_t end_of_name = bytes.find('\0', at);
  if (end_of_name == std::string_view::npos) return std::nullopt;
  node.name = bytes.substr(at, end_of_name - at);
  at = end_of_name + 1;
  const auto entry_count = read_decimal(bytes, at, ' ');
  if (!entry_count) return std::nullopt;
  const auto child_count = read_decimal(bytes, at, '\n');
  if (!child_count || *child_count < 0) return std::nullopt;
  node.entry_count = *entry_count;
  if (node.entry_count >= 0) {
    if (bytes.size() - at < ObjectId::kSize) return std::nullopt;
    node.id = ObjectId::from_raw(bytes.substr(at));
    at += ObjectId::kSize;
  }
  for (std::int32_t i = 0; i < *child_count; ++i) {
    auto child = read_cached_tree(bytes, at, depth + 1);
    if (!child) return std::nullopt;
    node.children.push_back(std::move(*child));
  }
  return node;
}

}  // namespace

Result<IndexFile> IndexFile::parse(std::string bytes) {
  IndexFile index;
  index.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  if (!index.bytes_->empty()) {
    GATE_CHECK(index.read(*index.bytes_));
  }
  return index;
}

Result<void> IndexFile::read(std::string_view bytes) {
  if (bytes.size() < kHeaderSize + ObjectId::kSize) return damaged("it is cut short");
  if (!bytes.starts_with("DIRC")) return damaged("it does not begin with `DIRC`");
  const std::uint32_t version = number32(bytes, 4);
  if (version < 2 || version > 4) {
    return Error{fmt::format("the index has version {}; gate reads versions 2 to 4", version)};
  }
  const std::string_view body =
      bytes.substr(0, bytes.size() - ObjectId::kSize);  // without its checksum
  const std::uint32_t count = number32(bytes, 8);
  if (count > body.size() / kFixedSize) return damaged("it holds fewer entries than it says");
  entries_.reserve(count);
  std::size_t at = kHeaderSize;
  for (std::uint32_t i = 0; i < count; ++i) {
    GATE_TRY(at, read_entry(body, at, version));
  }
  GATE_CHECK(read_extensions(body.substr(at)));
  if (!entries_.empty() && entries_.front().path.empty() && !is_split_)
    return damaged("an entry has no path");
  return {};
}

Result<std::size_t> IndexFile::read_entry(std::string_view bytes, std::size_t at,
                                          std::uint32_t version) {
  const std::size_t start = at;
  if (bytes.size() - at < kFixedSize) return damaged("it is cut short");
  IndexEntry entry;
  entry.stat = {number32(bytes, at),      number32(bytes, at + 4),  number32(bytes, at + 8),
                number32(bytes, at + 12), number32(bytes, at + 16), number32(bytes, at + 20),
                number32(bytes, at + 28), number32(bytes, at + 32), number32(bytes, at + 36)};
  entry.mode = number32(bytes, at + 24);
  entry.id = ObjectId::from_raw(bytes.substr(at + kStatSize));
  const std::uint32_t flags = number16(bytes, at + kStatSize + ObjectId::kSize);
  entry.assume_valid = (flags & 0x8000) != 0;
  entry.stage = static_cast<std::uint8_t>(flags >> 12 & 3);
  at += kFixedSize;
  if ((flags & kExtended) != 0) {
    if (version < 3 || bytes.size() - at < 2)
      return damaged("an entry has flags that its version has not");
    const std::uint32_t more = number16(bytes, at);
    entry.skip_worktree = (more & 0x4000) != 0;
    entry.intent_to_add = (more & 0x2000) != 0;
    at += 2;
  }

  if (version == 4) {
    const auto dropped = read_offset(bytes, at);
    const std::string_view previous = entries_.empty() ? std::string_view() : entries_.back().path;
    if (!dropped || *dropped > previous.size()) return damaged("a path cannot be decompressed");
    const std::size_t end = bytes.find('\0', at);
    if (end == std::string_view::npos) return damaged("a path has no end");
    std::string path(previous.substr(0, previous.size() - *dropped));
    path += bytes.substr(at, end - at);
    paths_.push_back(std::make_unique<const std::string>(std::move(path)));
    entry.path = *paths_.back();
    at = end + 1;
  } else {
    std::size_t length = flags & kNameMask;
    if (length == kNameMask || bytes.size() - at <= length || bytes[at + length] != '\0') {
      const std::size_t end = bytes.find('\0', at);
      if (length != kNameMask || end == std::string_view::npos) return damaged("a path has no end");
      length = end - at;
    }
    entry.path = bytes.substr(at, length);
    // One to eight NULs, so that an entry is a multiple of eight bytes.
    at = start + ((at - start + length + 8) & ~std::size_t{7});
    if (at > bytes.size()) return damaged("it is cut short");
  }

  // The entries of a split index that replace shared ones come first and have no path.
  if (!entries_.empty() && !entry.path.empty()) {
    const IndexEntry& before = entries_.back();
    const int order = before.path.compare(entry.path);
    if (order > 0 || (order == 0 && before.stage >= entry.stage))
      return damaged("its entries are not in order");
  }
  entries_.push_back(entry);
  return at;
}

Result<void> IndexFile::read_extensions(std::string_view rest) {
  constexpr std::size_t kExtensionHeader = 8;
  while (rest.size() >= kExtensionHeader) {
    const std::string_view name = rest.substr(0, 4);
    const std::size_t size = number32(rest, 4);
    if (size > rest.size() - kExtensionHeader) return damaged("an extension is cut short");
    if (name == "TREE") {
      cache_tree_ = rest.substr(kExtensionHeader, size);
    } else if (name == "link") {
      is_split_ = true;
    } else if (name == "sdir") {
      is_sparse_ = true;
    } else if (name[0] < 'A' || name[0] > 'Z') {  // a reader that does not know it must not go on
      return Error{"the index has an extension that gate does not know"};
    }
    rest.remove_prefix(kExtensionHeader + size);
  }
  if (!rest.empty()) return damaged("there is something behind its last extension");
  return {};
}

Result<void> IndexFile::expand(const List& list) {
  std::vector<IndexEntry> expanded;
  expanded.reserve(entries_.size());
  for (const IndexEntry& entry : entries_) {
    if (!entry.is_folder()) {
      expanded.push_back(entry);
      continue;
    }
    GATE_TRY(std::vector<TrackedFile> files, list(entry.path, entry.id));
    for (TrackedFile& file : files) {
      paths_.push_back(std::make_unique<const std::string>(std::move(file.path)));
      IndexEntry inside;
      inside.path = *paths_.back();
      inside.id = file.id;
      inside.mode = file.mode;
      inside.skip_worktree = true;
      expanded.push_back(inside);
    }
  }
  entries_ = std::move(expanded);
  is_sparse_ = false;
  return {};
}

CachedTree IndexFile::cached_tree() const {
  std::size_t at = 0;
  return read_cached_tree(cache_tree_, at, 0).value_or(CachedTree{});
}

}  // namespace gate::repo
