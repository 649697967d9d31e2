#include "gate/cli/advisory_import.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/formats/zip.h"
#include "gate/readers/lockfiles/advisories/friendsofphp.h"
#include "gate/readers/lockfiles/advisories/osv.h"
#include "gate/system/mapped_file.h"

namespace gate::cli {
namespace {

namespace fs = std::filesystem;
using readers::lockfiles::Advisory;

class Collector {
 public:
  Collected run(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      add_folder(path);
    } else {
      add_file(path, path.string(), true);
    }
    for (auto& [id, advisory] : by_id_)
      collected_.advisories.push_back(std::move(advisory));
    return std::move(collected_);
  }

 private:
  void problem(std::string_view where, std::string_view what) {
    collected_.problems.push_back(fmt::format("{}: {}", where, what));
  }

  // In the order of paths, so that the same folder gives the same index.
  void add_folder(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    fs::recursive_directory_iterator walk(folder, error);
    for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
      if (walk->is_directory() && walk->path().filename() == ".git") {
        walk.disable_recursion_pending();
        continue;
      }
      if (walk->is_regular_file()) files.push_back(walk->path());
    }
    if (error) problem(folder.string(), error.message());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files)
      add_file(file, file.lexically_relative(folder).generic_string(), false);
  }

  void add_file(const fs::path& path, const std::string& shown, bool named) {
    const std::string extension = path.extension().string();
    const bool known = extension == ".json" || extension == ".yaml" || extension == ".yml" ||
                       extension == ".jsonl" || extension == ".ndjson" || extension == ".zip";
    if (!known && !named) {
      ++collected_.passed_over;
      return;
    }
    const auto file = system::MappedFile::open(path);
    if (!file || !*file) {
      problem(shown, file ? "there is no such file" : file.error().message);
      return;
    }
    const std::string_view bytes = (*file)->bytes();
    if (extension == ".zip" || bytes.starts_with("PK\x03\x04")) {
      const Result<void> done =
          readers::for_each_zip_entry(bytes, [&](std::string_view name, std::string_view text) {
            add_record(name, text, fmt::format("{}/{}", shown, name));
          });
      if (!done) problem(shown, done.error().message);
    } else if (extension == ".jsonl" || extension == ".ndjson") {
      add_lines(bytes, shown);
    } else {
      add_record(path.filename().string(), bytes, shown);
    }
  }

  void add_lines(std::string_view text, const std::string& shown) {
    std::size_t number = 0;
    base::for_each_line(text, [&](std::string_view line) {
      ++number;
      if (!base::trim(line).empty())
        add(readers::lockfiles::parse_osv(line), fmt::format("{}:{}", shown, number));
    });
  }

  void add_record(std::string_view name, std::string_view text, const std::string& shown) {
    if (name.ends_with(".yaml") || name.ends_with(".yml")) {
      // Other YAML of such a repository (its CI) says nothing of packages.
      if (text.find("composer://") == std::string_view::npos) {
        ++collected_.passed_over;
        return;
      }
      const std::string_view file = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
      add(readers::lockfiles::parse_friendsofphp(text, file), shown);
    } else if (name.ends_with(".json") || base::trim(text).starts_with('{')) {
      if (text.find("\"affected\"") == std::string_view::npos) {
        ++collected_.passed_over;
        return;
      }
      add(readers::lockfiles::parse_osv(text), shown);
    } else {
      ++collected_.passed_over;
    }
  }

  void add(Result<Advisory> advisory, const std::string& shown) {
    if (!advisory) {
      problem(shown, advisory.error().message);
      return;
    }
    const auto [entry, is_new] = by_id_.try_emplace(advisory->id, *advisory);
    if (is_new) return;
    // One CVE may have a record for each package.
    std::move(advisory->affected.begin(), advisory->affected.end(),
              std::back_inserter(entry->second.affected));
  }

  std::map<std::string, Advisory> by_id_;
  Collected collected_;
};

}  // namespace

Collected collect_advisories(const fs::path& path) { return Collector().run(path); }

std::vector<Advisory> merge_advisories(std::vector<Advisory> before, std::vector<Advisory> added) {
  std::map<std::string, Advisory> by_id;
  for (std::vector<Advisory>* list : {&added, &before}) {
    for (Advisory& advisory : *list) {
      const std::string id = advisory.id;
      by_id.try_emplace(id, std::move(advisory));
    }
  }
  std::vector<Advisory> merged;
  for (auto& [id, advisory] : by_id)
    merged.push_back(std::move(advisory));
  return merged;
}

}  // namespace gate::cli
