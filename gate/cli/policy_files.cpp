#include "gate/cli/policy_files.h"

#include <fmt/format.h>

#include "gate/system/files.h"

namespace gate::cli {

policy::LoadOptions policy_files(const Place& place,
                                 const std::optional<std::string>& policy_file) {
  policy::LoadOptions load;
  load.files = place.files.get();
  if (policy_file) {
    load.file = *policy_file;
    load.file_required = true;
  }
  load.read = [&place, policy_file](std::string_view path) -> Result<std::optional<std::string>> {
    if (policy_file && path == *policy_file) return system::read_file(std::filesystem::path(path));
    const repo::File* file = place.files->find(path);
    if (file == nullptr) return std::optional<std::string>();
    if (file->kind == repo::FileKind::symlink) {
      return Error{fmt::format(
          "{} is a symbolic link; a policy file must be a file of the repository", path)};
    }
    GATE_TRY(std::string text, repo::read_text(*place.files, path));
    return std::optional<std::string>(std::move(text));
  };
  return load;
}

}  // namespace gate::cli
