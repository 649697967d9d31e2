#include "gate/system/scratch_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::system {
namespace {

bool needs_no_quotes(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return base::is_alphanumeric(c) || c == '/' || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace

std::string temporary_folder() {
  const char* named = std::getenv("TMPDIR");
  const std::string_view wanted = named == nullptr ? "" : named;
  return wanted.starts_with('/') && needs_no_quotes(wanted) ? std::string(wanted) : "/tmp";
}

Result<ScratchFolder> ScratchFolder::make() {
  std::string path = temporary_folder() + "/gate-XXXXXX";
  if (mkdtemp(path.data()) == nullptr)
    return Error{fmt::format("no temporary folder `{}`: {}", path, std::strerror(errno))};
  return ScratchFolder(path);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace gate::system
