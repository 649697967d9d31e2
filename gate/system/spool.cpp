#include "gate/system/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/system/scratch_folder.h"

namespace gate::system {
namespace {

constexpr std::size_t kInMemory = std::size_t{1} << 20;

}  // namespace

void Spool::add(std::string_view bytes) {
  if (cut_) return;
  size_ += bytes.size();
  if (size_ > limit_) {
    cut_ = true;
    memory_ = std::string();  // gives the memory back
    file_.close();
    return;
  }
  memory_ += bytes;
  if (memory_.size() > kInMemory && !no_file_) spill();
}

// Moves what is in memory to the file. Where the disk takes no more, the rest stays in memory.
void Spool::spill() {
  if (!file_)
    file_ = Descriptor(open(temporary_folder().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR));
  std::size_t written = 0;
  while (file_ && written < memory_.size()) {
    const ssize_t length = write(file_.get(), memory_.data() + written, memory_.size() - written);
    if (length <= 0) break;
    written += static_cast<std::size_t>(length);
  }
  memory_.erase(0, written);
  no_file_ = !memory_.empty();
}

std::string Spool::take() {
  if (!file_) return std::move(memory_);
  std::string bytes(static_cast<std::size_t>(size_) - memory_.size(), '\0');
  std::size_t read = 0;
  while (read < bytes.size()) {
    const ssize_t length =
        pread(file_.get(), bytes.data() + read, bytes.size() - read, static_cast<off_t>(read));
    if (length <= 0) break;
    read += static_cast<std::size_t>(length);
  }
  cut_ = read < bytes.size();  // the disk has lost it
  file_.close();
  return std::move(bytes.append(memory_));
}

}  // namespace gate::system
