#include "gate/readers/formats/zip.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <zlib.h>

#include <fmt/format.h>

namespace gate::readers {
namespace {

constexpr std::string_view kEndMark("PK\x05\x06", 4);
constexpr std::string_view kEnd64Mark("PK\x06\x06", 4);
constexpr std::string_view kLocator64Mark("PK\x06\x07", 4);
constexpr std::string_view kDirectoryMark("PK\x01\x02", 4);
constexpr std::string_view kLocalMark("PK\x03\x04", 4);
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocator64Size = 20;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kDirectorySize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::uint64_t kIn64 = 0xFFFFFFFF;
constexpr std::uint16_t kSizes64 = 1;  // the extra field that holds what does not fit
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncrypted = 1;

// Little endian, `size` bytes at an offset; the caller has made sure that they are there.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t index = 0; index < size; ++index)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + index]))
             << (8 * index);
  return value;
}

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct Entry {
  std::string_view name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t check = 0;  // CRC-32 of the unpacked bytes
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;
  std::uint64_t offset = 0;
};

std::optional<Directory> find_directory(std::string_view archive) {
  const std::size_t end = archive.rfind(kEndMark);
  if (end == std::string_view::npos || archive.size() - end < kEndSize) return std::nullopt;
  Directory directory{number(archive, end + 10, 2), number(archive, end + 16, 4),
                      number(archive, end + 12, 4)};
  if (end < kLocator64Size || archive.substr(end - kLocator64Size, 4) != kLocator64Mark)
    return directory;
  const std::uint64_t record = number(archive, end - kLocator64Size + 8, 8);
  if (record > archive.size() || archive.size() - record < kEnd64Size ||
      archive.substr(record, 4) != kEnd64Mark)
    return std::nullopt;
  const auto at = static_cast<std::size_t>(record);
  return Directory{number(archive, at + 32, 8), number(archive, at + 48, 8),
                   number(archive, at + 40, 8)};
}

// Takes the sizes that did not fit from the extra field.
void read_sizes64(std::string_view extra, Entry& entry) {
  while (extra.size() >= 4) {
    const auto id = static_cast<std::uint16_t>(number(extra, 0, 2));
    const auto size = static_cast<std::size_t>(number(extra, 2, 2));
    std::string_view field = extra.substr(4, size);
    if (id == kSizes64) {
      for (std::uint64_t* value : {&entry.unpacked, &entry.packed, &entry.offset}) {
        if (*value != kIn64 || field.size() < 8) continue;
        *value = number(field, 0, 8);
        field.remove_prefix(8);
      }
    }
    extra.remove_prefix(std::min(extra.size(), 4 + size));
  }
}

// Reads the entry at the start of the directory and takes it off; nothing where it is none.
std::optional<Entry> take_entry(std::string_view& directory) {
  if (directory.size() < kDirectorySize || !directory.starts_with(kDirectoryMark))
    return std::nullopt;
  Entry entry;
  entry.flags = static_cast<std::uint16_t>(number(directory, 8, 2));
  entry.method = static_cast<std::uint16_t>(number(directory, 10, 2));
  entry.check = static_cast<std::uint32_t>(number(directory, 16, 4));
  entry.packed = number(directory, 20, 4);
  entry.unpacked = number(directory, 24, 4);
  entry.offset = number(directory, 42, 4);
  const auto name = static_cast<std::size_t>(number(directory, 28, 2));
  const auto extra = static_cast<std::size_t>(number(directory, 30, 2));
  const auto comment = static_cast<std::size_t>(number(directory, 32, 2));
  if (directory.size() - kDirectorySize < name + extra + comment) return std::nullopt;
  entry.name = directory.substr(kDirectorySize, name);
  read_sizes64(directory.substr(kDirectorySize + name, extra), entry);
  directory.remove_prefix(kDirectorySize + name + extra + comment);
  return entry;
}

// Returns the packed bytes of an entry; nothing where it lies outside the archive.
std::optional<std::string_view> packed_bytes(std::string_view archive, const Entry& entry) {
  if (entry.offset > archive.size() || archive.size() - entry.offset < kLocalSize)
    return std::nullopt;
  const auto at = static_cast<std::size_t>(entry.offset);
  if (archive.substr(at, 4) != kLocalMark) return std::nullopt;
  const std::uint64_t begin =
      entry.offset + kLocalSize + number(archive, at + 26, 2) + number(archive, at + 28, 2);
  if (begin > archive.size() || archive.size() - begin < entry.packed) return std::nullopt;
  return archive.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(entry.packed));
}

// Unpacks raw deflate (RFC 1951) into exactly `size` bytes.
bool inflate_into(std::string_view packed, std::uint64_t size, std::string& out) {
  if (packed.size() > std::numeric_limits<uInt>::max()) return false;
  out.resize(static_cast<std::size_t>(size));
  z_stream stream{};
  // Negative: neither zlib's nor gzip's head stands in front.
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
  std::string input(packed);  // zlib takes no pointer to const
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = inflate(&stream, Z_FINISH);
  const bool whole = status == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  return whole;
}

bool is_intact(std::string_view bytes, const Entry& entry) {
  return crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())) ==
         entry.check;
}

}  // namespace

Result<void> for_each_zip_entry(
    std::string_view archive,
    const std::function<void(std::string_view name, std::string_view bytes)>& on_entry) {
  const std::optional<Directory> directory = find_directory(archive);
  if (!directory || directory->offset > archive.size() ||
      archive.size() - directory->offset < directory->size)
    return Error{"it is no ZIP archive, or its end is missing"};
  std::string_view rest = archive.substr(static_cast<std::size_t>(directory->offset),
                                         static_cast<std::size_t>(directory->size));
  std::string unpacked;
  for (std::uint64_t index = 0; index < directory->entries; ++index) {
    const std::optional<Entry> entry = take_entry(rest);
    if (!entry) return Error{fmt::format("entry {} of its directory is damaged", index + 1)};
    if (entry->name.ends_with('/')) continue;  // a folder
    const auto failed = [&](std::string_view why) {
      return Error{fmt::format("`{}` {}", entry->name, why)};
    };
    if ((entry->flags & kEncrypted) != 0) return failed("is encrypted");
    if (std::max(entry->unpacked, entry->packed) > kZipEntryLimit)
      return failed("unpacks to more than 64 MB");
    const std::optional<std::string_view> packed = packed_bytes(archive, *entry);
    if (!packed) return failed("lies outside the archive");
    std::string_view bytes = *packed;
    if (entry->method == kDeflated) {
      if (!inflate_into(*packed, entry->unpacked, unpacked)) return failed("cannot be unpacked");
      bytes = unpacked;
    } else if (entry->method != kStored) {
      return failed(fmt::format("is packed by method {}, which is not read", entry->method));
    }
    if (!is_intact(bytes, *entry)) return failed("is damaged: its checksum is another");
    on_entry(entry->name, bytes);
  }
  return {};
}

}  // namespace gate::readers
