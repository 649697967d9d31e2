// BlobReader: reads the blobs of files one after the other, in pieces.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "gate/repo/objects.h"

namespace gate::repo {

// Opens the object database with the first blob. Not thread-safe. `store` must outlive it.
class BlobReader {
 public:
  explicit BlobReader(const ObjectStore& store) : store_(store) {}

  // Opens the blob; the one before is closed. `path` is for the message where it cannot be read.
  Result<void> open(const ObjectId& id, std::string_view path);

  // Leaves nothing to read.
  void close();

  // Reads on, up to `length` bytes into `into`; returns how many, 0 at the end.
  std::size_t read(char* into, std::size_t length);

  // Returns how many bytes the open blob has, 0 where none is open.
  [[nodiscard]] std::size_t size() const { return blob_ ? blob_->bytes().size() : 0; }

 private:
  const ObjectStore& store_;
  std::unique_ptr<Objects> objects_;
  std::optional<ObjectBytes> blob_;
  std::string_view rest_;
};

}  // namespace gate::repo
