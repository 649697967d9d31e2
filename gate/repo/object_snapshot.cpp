#include "gate/repo/object_snapshot.h"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "gate/repo/blob_reader.h"

namespace gate::repo {
namespace {

constexpr unsigned kAnyExecute = 0111;

FileKind kind_of(std::uint32_t mode) {
  switch (mode & kModeType) {
    case kModeSymlink:
      return FileKind::symlink;
    case kModeSubmodule:
      return FileKind::submodule;
    default:
      return (mode & kAnyExecute) != 0 ? FileKind::executable : FileKind::regular;
  }
}

class ObjectReader final : public FileReader {
 public:
  ObjectReader(const std::vector<TrackedFile>& files, const ObjectStore& store)
      : files_(files), blob_(store) {}

  Result<void> open(const File& file) override {
    blob_.close();
    if (file.kind == FileKind::submodule) return {};
    const TrackedFile& wanted = files_[file.slot];
    if (wanted.id.is_zero()) {
      return Error{
          fmt::format("read {}: it is in conflict, its content is not decided", file.path)};
    }
    return blob_.open(wanted.id, file.path);
  }

  Result<std::size_t> read(char* into, std::size_t length) override {
    return blob_.read(into, length);
  }

  [[nodiscard]] std::uint64_t size_hint() const override { return blob_.size(); }

 private:
  const std::vector<TrackedFile>& files_;  // the snapshot's
  BlobReader blob_;
};

class ObjectSnapshot final : public Snapshot {
 public:
  ObjectSnapshot(std::string at, std::vector<TrackedFile> files, std::size_t prefix_length,
                 ObjectStore store)
      : at_(std::move(at)), tracked_(std::move(files)), store_(std::move(store)) {
    files_.reserve(tracked_.size());
    for (const TrackedFile& file : tracked_) {
      const std::string_view path = std::string_view(file.path).substr(prefix_length);
      files_.push_back({path, kind_of(file.mode), true, static_cast<std::uint32_t>(files_.size())});
    }
  }

  std::string_view at() const override { return at_; }
  std::span<const File> files() const override { return files_; }
  std::unique_ptr<FileReader> reader() const override {
    return std::make_unique<ObjectReader>(tracked_, store_);
  }

  Result<unsigned> mode(const File& file) const override {
    // Git keeps the owner's execute bit; old trees have 0664 too.
    return (tracked_[file.slot].mode & kAnyExecute) != 0 ? 0755U : 0644U;
  }

  Result<std::uint64_t> size(const File& file) const override {
    const TrackedFile& wanted = tracked_[file.slot];
    // A file in conflict has no content to measure: the reader says so.
    if (file.kind == FileKind::submodule || wanted.id.is_zero()) return Snapshot::size(file);
    const std::lock_guard lock(mutex_);
    if (objects_ == nullptr) {
      GATE_TRY(objects_, Objects::open(store_));
    }
    return objects_->blob_size(wanted.id);
  }

 private:
  mutable std::mutex mutex_;                  // guards objects_
  mutable std::unique_ptr<Objects> objects_;  // opened with the first question for a size
  std::string at_;
  std::vector<TrackedFile> tracked_;
  ObjectStore store_;
  std::vector<File> files_;
};

}  // namespace

std::unique_ptr<Snapshot> make_object_snapshot(std::string at, std::vector<TrackedFile> files,
                                               std::size_t prefix_length, ObjectStore store) {
  return std::make_unique<ObjectSnapshot>(std::move(at), std::move(files), prefix_length,
                                          std::move(store));
}

}  // namespace gate::repo
