#include "gate/repo/blob_reader.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace gate::repo {

Result<void> BlobReader::open(const ObjectId& id, std::string_view path) {
  close();
  if (objects_ == nullptr) {
    GATE_TRY(objects_, Objects::open(store_));
  }
  auto blob = objects_->read(id, Objects::Type::blob);
  if (!blob) return std::move(blob).error().within(fmt::format("read {}", path));
  blob_ = *std::move(blob);
  rest_ = blob_->bytes();
  return {};
}

void BlobReader::close() {
  blob_.reset();
  rest_ = {};
}

std::size_t BlobReader::read(char* into, std::size_t length) {
  const std::size_t count = std::min(length, rest_.size());
  if (count != 0) std::memcpy(into, rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

}  // namespace gate::repo
