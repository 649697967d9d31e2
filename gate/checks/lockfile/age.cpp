// How long a release has been out: by the dates of the lock, or by the setting of the package
// manager where its lock keeps none.
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/formats/toml.h"
#include "gate/readers/formats/yaml.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Package;
using std::chrono::milliseconds;

long days(milliseconds age) { return std::chrono::duration_cast<std::chrono::days>(age).count(); }

void judge_date(const Target& target, const Package& package) {
  if (package.released.size() < 10) return;
  const auto released = base::parse_date(package.released.substr(0, 10));
  if (!released) return;
  target.tally.judged();
  if (target.context.today - *released >= *target.rule.min_age) return;
  target.report(package,
                fmt::format("{} came out on {}, less than {} days ago", spell(package),
                            base::format_date(*released), days(*target.rule.min_age)),
                "age");
}

// Reads "3d", "12h", "1w" or a bare number of `unit`.
std::optional<milliseconds> parse_age(std::string_view text, milliseconds unit) {
  constexpr std::array<std::pair<std::string_view, milliseconds>, 6> kUnits{
      {{"ms", milliseconds(1)},
       {"s", std::chrono::seconds(1)},
       {"m", std::chrono::minutes(1)},
       {"h", std::chrono::hours(1)},
       {"d", std::chrono::days(1)},
       {"w", std::chrono::weeks(1)}}};
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr std::int64_t kMost = 1'000'000'000;
  if (error != std::errc{} || count < 0 || count > kMost) return std::nullopt;
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty()) return count * unit;
  for (const auto& [word, length] : kUnits) {
    if (rest == word) return count * length;
  }
  return std::nullopt;
}

// A setting that keeps a package manager from releases that are too young.
struct Setting {
  std::string_view format;  // of the lock
  std::string_view file;    // in its folder
  std::string_view key;
  std::string_view section;  // of TOML
  milliseconds unit;         // of a bare number
};

// npm help config "min-release-age", pnpm.io/settings "minimumReleaseAge", yarnpkg.com
// "npmMinimalAgeGate", bun.sh/docs/runtime/bunfig "install.minimumReleaseAge".
constexpr std::array<Setting, 5> kSettings{{
    {"npm", ".npmrc", "min-release-age", "", std::chrono::days(1)},
    {"pnpm", "pnpm-workspace.yaml", "minimumReleaseAge", "", std::chrono::minutes(1)},
    {"pnpm", ".npmrc", "minimum-release-age", "", std::chrono::minutes(1)},
    {"yarn", ".yarnrc.yml", "npmMinimalAgeGate", "", std::chrono::minutes(1)},
    {"bun", "bunfig.toml", "minimumReleaseAge", "install", std::chrono::seconds(1)},
}};

std::string from_lines(std::string_view text, std::string_view key) {
  std::string value;
  base::for_each_line(text, [&](std::string_view line) {
    const base::Halves halves = base::split_once(line, "=");
    if (halves.found && base::trim(halves.before) == key) value = base::trim(halves.behind);
  });
  return value;
}

std::string scalar(const std::optional<readers::Value>& value) {
  if (!value) return {};
  const readers::Node& node = value->node();
  if (node.kind == readers::NodeKind::integer) return fmt::format("{}", node.integer);
  return std::string(node.text);
}

// Returns what stands under the key; empty where nothing does.
Result<std::string> read_setting(const Setting& setting,
                                 const std::shared_ptr<const base::Source>& source) {
  if (setting.file == ".npmrc") return from_lines(source->text(), setting.key);
  if (!setting.section.empty()) {
    GATE_TRY(const auto document, readers::lockfiles::read_toml(source));
    return scalar(readers::lockfiles::at(document->root(), {setting.section, setting.key}));
  }
  GATE_TRY(const readers::YamlFile file, readers::parse_yaml(source));
  return file.documents.empty() ? std::string()
                                : scalar(file.documents.front()->root().find(setting.key));
}

void judge_setting(const Target& target) {
  const Setting* first = nullptr;
  for (const Setting& setting : kSettings) {
    if (setting.format != target.lock.format) continue;
    if (first == nullptr) first = &setting;
    const std::string path = target.entry.folder + std::string(setting.file);
    const auto source = target.inventory.text(path);
    const Result<std::string> value = !source   ? Result<std::string>(source.error())
                                      : *source ? read_setting(setting, *source)
                                                : Result<std::string>(std::string());
    if (!value) {
      target.tally.unknown(fmt::format("{}: {}", path, value.error().message));
      return;
    }
    if (value->empty()) continue;
    target.tally.judged();
    const auto age = parse_age(*value, setting.unit);
    if (age && *age >= *target.rule.min_age) return;
    target.report_at(source->get(), {},
                     fmt::format("`{} = {}` lets releases in that are less than {} days old",
                                 setting.key, *value, days(*target.rule.min_age)),
                     "age setting");
    return;
  }
  if (first == nullptr) {
    target.tally.skipped(fmt::format("{}: its format keeps no dates", target.entry.path));
    return;
  }
  target.tally.judged();
  const bool in_days = first->unit == milliseconds(std::chrono::days(1));
  target.report_at(
      nullptr, {},
      fmt::format("{} keeps no dates, and {} does not set `{}`", target.entry.path, first->file,
                  first->key),
      "age setting",
      fmt::format(
          "set `{}` to {} in {}", first->key,
          in_days ? fmt::format("{}", days(*target.rule.min_age))
                  : fmt::format("{} days, in {}", days(*target.rule.min_age),
                                first->unit == milliseconds(std::chrono::minutes(1)) ? "minutes"
                                                                                     : "seconds"),
          first->file));
}

}  // namespace

void judge_age(const Target& target) {
  bool has_dates = target.lock.packages.empty();
  for (const Package& package : target.lock.packages) {
    has_dates = has_dates || !package.released.empty();
    if (target.is_asked(package)) judge_date(target, package);
  }
  if (!has_dates) judge_setting(target);
}

}  // namespace gate::checks::lockfile
