#include "gate/cli/advisory_cache.h"

#include <mutex>
#include <optional>
#include <utility>

#include "gate/system/cache_folder.h"
#include "gate/system/mapped_file.h"

namespace gate::cli {
namespace {

using Opened = Result<std::shared_ptr<const checks::AdvisoryBytes>>;

class MappedAdvisories final : public checks::AdvisoryBytes {
 public:
  explicit MappedAdvisories(std::unique_ptr<const system::MappedFile> file)
      : file_(std::move(file)) {}

  [[nodiscard]] std::string_view bytes() const override { return file_->bytes(); }

 private:
  std::unique_ptr<const system::MappedFile> file_;
};

Opened open() {
  const std::shared_ptr<const checks::AdvisoryBytes> none;
  const Result<std::filesystem::path> path = advisory_file();
  // Who has no cache has imported nothing.
  if (!path) return none;
  GATE_TRY(std::unique_ptr<const system::MappedFile> file, system::MappedFile::open(*path));
  if (!file) return none;
  return std::shared_ptr<const checks::AdvisoryBytes>(
      std::make_shared<const MappedAdvisories>(std::move(file)));
}

struct Once {
  std::once_flag asked;
  std::optional<Opened> opened;
};

}  // namespace

Result<std::filesystem::path> advisory_file() {
  const std::optional<std::filesystem::path> folder = system::cache_folder();
  if (!folder) return Error{"there is no cache folder: neither XDG_CACHE_HOME nor HOME is set"};
  return *folder / "advisories.index";
}

std::function<Opened()> advisory_opener() {
  return [once = std::make_shared<Once>()] {
    std::call_once(once->asked, [&] { once->opened.emplace(open()); });
    return *once->opened;
  };
}

}  // namespace gate::cli
