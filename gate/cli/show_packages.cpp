// gate show packages: the packages that the lockfiles name.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/checks/inventory.h"
#include "gate/cli/commands.h"
#include "gate/cli/cyclonedx.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/show.h"

namespace gate::cli {
namespace {

using checks::Inventory;
using checks::LockfileEntry;
using readers::lockfiles::Lockfile;
using readers::lockfiles::Package;
using readers::lockfiles::Source;

constexpr std::array<std::string_view, 3> kFormats{"text", "json", "cyclonedx"};

const std::vector<Option>& options() {
  static const std::vector<Option> kOptions =
      show_options(kFormats, "text (default), json or cyclonedx (a bill of materials)");
  return kOptions;
}

// What the lock settles; a requirement that leaves the version open names no package.
bool is_settled(const Package& package) {
  return !package.is(Package::unpinned) && !package.name.empty();
}

std::string source_text(const Package& package) {
  if (package.location.empty()) return std::string(name(package.source));
  if (package.source == Source::path && package.location.find(':') == std::string_view::npos)
    return fmt::format("path:{}", package.location);
  return std::string(package.location);
}

void write_json(const Inventory& inventory, const LockfileEntry& entry, base::JsonWriter& json) {
  const Lockfile& lock = *entry.lock;
  for (const Package& package : lock.packages) {
    if (!is_settled(package)) continue;
    json.begin_object();
    json.key("lockfile").string(entry.path);
    json.key("ecosystem").string(names(lock.ecosystem).osv);
    json.key("name").string(package.name);
    json.key("version").string(package.version.empty() ? package.commit : package.version);
    json.key("source").string(source_text(package));
    json.key("dev").boolean(inventory.is_development(entry, package));
    json.key("line").number(entry.source->lines().position(package.span.begin).line);
    json.key("hashes").begin_array();
    for (const std::string_view hash : lock.hashes(package))
      json.string(hash);
    json.end_array();
    json.key("licenses").begin_array();
    for (const std::string_view license : lock.licenses(package))
      json.string(license);
    json.end_array();
    json.end_object();
  }
}

void write_text(const Inventory& inventory, const LockfileEntry& entry, std::string& out) {
  const Lockfile& lock = *entry.lock;
  const auto count = static_cast<std::size_t>(
      std::count_if(lock.packages.begin(), lock.packages.end(), is_settled));
  out += fmt::format("{}: {} package{} ({})\n", base::for_terminal(entry.path), count,
                     count == 1 ? "" : "s", names(lock.ecosystem).word);
  for (const Package& package : lock.packages) {
    if (!is_settled(package)) continue;
    out +=
        fmt::format("  {} {}{}{}\n", base::for_terminal(package.name),
                    base::for_terminal(package.version.empty() ? package.commit : package.version),
                    package.source == Source::registry
                        ? ""
                        : fmt::format(" ({})", base::for_terminal(source_text(package))),
                    inventory.is_development(entry, package) ? ", development" : "");
  }
}

int packages_command(const Arguments& arguments, Streams& streams) {
  return show(arguments, streams, [](const Session& session, std::string_view format, Streams& to) {
    const Inventory inventory(*session.place.files);
    base::JsonWriter json;
    json.begin_array();
    ExitCode status = passed;
    for (const LockfileEntry& entry : inventory.lockfiles()) {
      if (!entry.lock) {
        to.err += base::render(
            base::Diagnostic::error(fmt::format("{}: {}", entry.path, entry.problem)), false);
        status = undecided;
      } else if (format == "json") {
        write_json(inventory, entry, json);
      } else if (format == "text") {
        write_text(inventory, entry, to.out);
      }
    }
    json.end_array();
    if (format == "cyclonedx") {
      to.out += write_cyclonedx(inventory, session.place.folder.filename().string()) + "\n";
    }
    if (format == "json") to.out += std::move(json).text() + "\n";
    return status;
  });
}

}  // namespace

const Command kShowPackages{
    "show packages", "[PATH]",        "Show the packages that the lockfiles name", "", 0, 1,
    options(),       packages_command};

}  // namespace gate::cli
