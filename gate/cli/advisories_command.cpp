// gate advisories: the known holes that rules of kind `lockfile` match against.
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "gate/base/date.h"
#include "gate/base/json_writer.h"
#include "gate/base/size_text.h"
#include "gate/base/unicode.h"
#include "gate/cli/advisory_cache.h"
#include "gate/cli/advisory_import.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/system/clock.h"
#include "gate/system/files.h"
#include "gate/system/mapped_file.h"

namespace gate::cli {
namespace {

namespace fs = std::filesystem;
using readers::lockfiles::Advisory;
using readers::lockfiles::AdvisoryIndex;

constexpr std::size_t kShownProblems = 20;

constexpr std::array kImportOptions{
    Option{"--fresh", "", "forget what was imported before"},
};
constexpr std::array<std::string_view, 2> kFormats{"text", "json"};
constexpr std::array kStatusOptions{
    Option{"--format", "FORMAT", "text (default) or json", false, kFormats},
};

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(system::now().time_since_epoch()).count();
}

int fail(const Arguments& arguments, Streams& streams, std::string message, int status,
         std::string help = {}) {
  streams.err += base::render(base::Diagnostic::error(std::move(message)).hint(std::move(help)),
                              use_color(arguments, streams.err_is_terminal));
  return status;
}

// Returns what was imported before; nothing to read is no error.
Result<std::vector<Advisory>> read_before(const fs::path& path) {
  GATE_TRY(const auto file, system::MappedFile::open(path));
  if (!file) return std::vector<Advisory>();
  GATE_TRY(const AdvisoryIndex index, AdvisoryIndex::open(file->bytes()));
  return index.all();
}

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

int import_command(const Arguments& arguments, Streams& streams) {
  const Result<fs::path> target = advisory_file();
  if (!target) return fail(arguments, streams, target.error().message, undecided);
  std::vector<Advisory> all;
  if (!arguments.has("--fresh")) {
    Result<std::vector<Advisory>> before = read_before(*target);
    if (!before) {
      return fail(arguments, streams, before.error().message, undecided,
                  "`gate advisories import --fresh PATH` begins anew");
    }
    all = *std::move(before);
  }
  std::size_t found = 0;
  std::size_t withdrawn = 0;
  std::vector<std::string> problems;
  for (const std::string& path : arguments.positional()) {
    std::error_code error;
    if (!fs::exists(path, error))
      return fail(arguments, streams, fmt::format("there is no `{}`", path), misuse);
    Collected collected = collect_advisories(path);
    found += collected.advisories.size();
    withdrawn += static_cast<std::size_t>(
        std::count_if(collected.advisories.begin(), collected.advisories.end(),
                      [](const Advisory& advisory) { return advisory.withdrawn; }));
    std::move(collected.problems.begin(), collected.problems.end(), std::back_inserter(problems));
    all = merge_advisories(std::move(all), std::move(collected.advisories));
  }
  for (std::size_t index = 0; index < problems.size() && index < kShownProblems; ++index)
    streams.err += fmt::format("not read: {}\n", base::for_terminal(problems[index]));
  if (problems.size() > kShownProblems)
    streams.err += fmt::format("and {} more\n", problems.size() - kShownProblems);
  if (found == 0) {
    return fail(arguments, streams, "no advisory was found", undecided,
                "name a folder, a .zip or a file of OSV records: one JSON map each, with `id` and "
                "`affected`");
  }
  const std::string bytes = readers::lockfiles::encode_index(all, seconds_now());
  if (const Result<void> written = system::write_file(*target, bytes); !written)
    return fail(arguments, streams, written.error().message, undecided);
  const auto index = AdvisoryIndex::open(bytes);
  streams.out +=
      fmt::format("{} read{}; {} of {} now in {}\n", count(found, "advisory", "advisories"),
                  withdrawn == 0 ? "" : fmt::format(" ({} withdrawn)", withdrawn),
                  count(index->advisories(), "advisory", "advisories"),
                  count(index->packages(), "package", "packages"), target->string());
  return problems.empty() ? passed : undecided;
}

int status_command(const Arguments& arguments, Streams& streams) {
  const Result<fs::path> path = advisory_file();
  if (!path) return fail(arguments, streams, path.error().message, undecided);
  const auto file = system::MappedFile::open(*path);
  if (!file) return fail(arguments, streams, file.error().message, undecided);
  if (!*file) {
    return fail(arguments, streams, "no advisories were imported", undecided,
                "`gate advisories import PATH` takes OSV records");
  }
  const auto index = AdvisoryIndex::open((*file)->bytes());
  if (!index) return fail(arguments, streams, index.error().message, undecided);
  const Result<std::vector<Advisory>> all = index->all();
  if (!all) return fail(arguments, streams, all.error().message, undecided);
  std::map<std::string_view, std::size_t> by_ecosystem;
  std::string newest;
  for (const Advisory& advisory : *all) {
    newest = std::max(newest, advisory.modified);
    std::vector<readers::lockfiles::Ecosystem> seen;
    for (const auto& affected : advisory.affected) {
      if (std::find(seen.begin(), seen.end(), affected.ecosystem) != seen.end()) continue;
      seen.push_back(affected.ecosystem);
      ++by_ecosystem[names(affected.ecosystem).word];
    }
  }
  const base::Date imported(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(index->imported_seconds()))));
  const auto days = (system::today() - imported).count();
  if (arguments.text("--format") == "json") {
    base::JsonWriter json;
    json.begin_object();
    json.key("file").string(path->string());
    json.key("imported").string(base::format_date(imported));
    json.key("days_old").number(days);
    json.key("newest").string(newest);
    json.key("advisories").number(index->advisories());
    json.key("packages").number(index->packages());
    json.key("ecosystems").begin_object();
    for (const auto& [ecosystem, number] : by_ecosystem)
      json.key(ecosystem).number(number);
    json.end_object();
    json.end_object();
    streams.out += std::move(json).text() + "\n";
    return passed;
  }
  streams.out += fmt::format("file        {} ({})\n", path->string(),
                             base::size_text((*file)->bytes().size()));
  streams.out += fmt::format(
      "imported    {} ({})\n", base::format_date(imported),
      days == 0 ? "today" : count(static_cast<std::size_t>(days), "day ago", "days ago"));
  if (newest.size() >= 10)
    streams.out += fmt::format("newest      {}\n", base::for_terminal(newest.substr(0, 10)));
  streams.out += fmt::format("advisories  {} of {}\n", index->advisories(),
                             count(index->packages(), "package", "packages"));
  for (const auto& [ecosystem, number] : by_ecosystem)
    streams.out += fmt::format("  {:<10}{}\n", ecosystem, number);
  return passed;
}

}  // namespace

const Command kAdvisoriesImport{
    "advisories import",
    "PATH...",
    "Take in known holes of packages, for rules of kind lockfile",
    "PATH is a folder of OSV records (ossf.github.io/osv-schema), a .zip of them as\n"
    "OSV hands out for each ecosystem, a .jsonl or .ndjson with one a line, or a\n"
    "clone of FriendsOfPHP/security-advisories. Nothing is fetched. What was imported\n"
    "before stays; a record of the same id is replaced, one that was withdrawn is\n"
    "dropped.",
    1,
    64,
    kImportOptions,
    import_command};
const Command kAdvisoriesStatus{"advisories status",
                                "",
                                "Show which advisories there are, and how old they are",
                                "",
                                0,
                                0,
                                kStatusOptions,
                                status_command};

}  // namespace gate::cli
