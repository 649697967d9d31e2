// Snapshot: a read-only view of a repository at one moment, and the only way in which a check reads
// its files.
//
// Knows where bytes come from (work tree, index, commit, a sample in memory); knows nothing of
// rules.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gate/base/result.h"

namespace gate::repo {

enum class FileKind : std::uint8_t { regular, executable, symlink, submodule };

// One path of a snapshot. The view belongs to the snapshot and lives as long.
struct File {
  std::string_view
      path;  // relative to the judged folder, '/'-separated, in git's bytes (maybe not valid UTF-8)
  FileKind kind = FileKind::regular;
  bool tracked = true;     // false: in the work tree, not ignored, not in the index
  std::uint32_t slot = 0;  // the snapshot's own number for it

  // Returns whether it has bytes of its own: it is no symbolic link and no submodule.
  [[nodiscard]] bool is_plain() const {
    return kind == FileKind::regular || kind == FileKind::executable;
  }
};

// Reads files, one after the other. Not thread-safe: one reader a thread.
class FileReader {
 public:
  virtual ~FileReader() = default;

  // Opens `file`; the one before is closed. A symbolic link is never followed: its bytes are its
  // target. A submodule has no bytes.
  virtual Result<void> open(const File& file) = 0;

  // Reads on from where the last read ended, up to `length` bytes into `into`; returns how many, 0
  // at the end.
  virtual Result<std::size_t> read(char* into, std::size_t length) = 0;

  // Returns how many bytes the open file has, as far as that costs no reading; 0 where it is not
  // known. A hint: a file may grow or shrink while it is read.
  [[nodiscard]] virtual std::uint64_t size_hint() const { return 0; }
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // Returns "worktree", "index", "sample" or the commit's id in hex.
  [[nodiscard]] virtual std::string_view at() const = 0;

  // Returns every file, sorted by the bytes of its path, without doubles. Thread-safe.
  [[nodiscard]] virtual std::span<const File> files() const = 0;

  // Returns why files() came out incomplete. Only a snapshot that looks for its files when it is
  // first asked for them can fail at that; what was decided by it then counts for nothing.
  [[nodiscard]] virtual Result<void> is_complete() const { return {}; }

  [[nodiscard]] virtual std::unique_ptr<FileReader> reader() const = 0;

  // Returns the permission bits on disk (0..07777) where the snapshot has them (work tree, sample),
  // otherwise what git keeps: 0644 or 0755.
  [[nodiscard]] virtual Result<unsigned> mode(const File& file) const = 0;

  // Returns the permission bits of the plain file that lies on disk at `path` (relative, no `..`),
  // also of one that git ignores and files() does not list; nothing where there is none, or where
  // the snapshot is not of a disk.
  [[nodiscard]] virtual Result<std::optional<unsigned>> mode_on_disk(const std::string& path) const;

  // Returns how many bytes `file` has. Reads the file through where a snapshot knows no shorter
  // way.
  [[nodiscard]] virtual Result<std::uint64_t> size(const File& file) const;

  // Returns the file at exactly this path, or null. Thread-safe.
  [[nodiscard]] virtual const File* find(std::string_view path) const;

  // Returns the run of files below `folder` ("app/" or "app").
  [[nodiscard]] std::span<const File> below(std::string_view folder) const;
};

// Reads the whole of `file` into `buffer` (which only grows, to be reused) and returns a view of
// it. A file of more than `limit` bytes is an error that names the limit, never a part.
inline constexpr std::uint64_t kReadLimit = std::uint64_t{512} << 20;
Result<std::string_view> read_all(FileReader& reader, const File& file, std::string& buffer,
                                  std::uint64_t limit = kReadLimit);

// Returns how large a buffer full of `filled` bytes should become to take the rest of a file of at
// most `limit`: all of it where its reader knows the size (`hint`, see FileReader::size_hint), and
// one byte more, so that the end shows.
[[nodiscard]] std::size_t grown_size(std::uint64_t hint, std::size_t filled,
                                     std::uint64_t limit = kReadLimit);

// Opens a reader and returns the text of the file at `path`; an error where there is none.
Result<std::string> read_text(const Snapshot& snapshot, std::string_view path);

}  // namespace gate::repo
