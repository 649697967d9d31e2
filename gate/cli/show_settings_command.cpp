// gate show settings: the effective values of the production environment, each with its trace.
#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/checks/effective_settings.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/show.h"
#include "gate/finding/redaction.h"

namespace gate::cli {
namespace {

using readers::Setting;
using readers::Settings;

// KEY and PATH as typed: one argument that is a folder is the path.
struct Asked {
  std::optional<std::string> key;
  std::optional<std::string> path;
};

Asked read_asked(const std::vector<std::string>& given) {
  if (given.empty()) return {};
  if (given.size() > 1) return {given[0], given[1]};
  std::error_code ignored;
  if (std::filesystem::is_directory(given[0], ignored)) return {std::nullopt, given[0]};
  return {given[0], std::nullopt};
}

// The settings of this key, and of the keys below it; a key may lead into a value.
Settings select(const Settings& settings, const std::string& key) {
  Settings chosen;
  for (const readers::SettingEntry& entry : settings.values) {
    if (entry.key == key || entry.key.starts_with(key + ".")) chosen.values.push_back(entry);
  }
  if (!chosen.values.empty()) return chosen;
  if (std::optional<Setting> below = readers::find_below(settings, key))
    chosen.values.push_back({key, *std::move(below)});
  return chosen;
}

// The keys that a mistyped one may mean: those of the settings, and those beside it in the value
// that it leads into.
std::vector<std::string> keys_near(const Settings& settings, const std::string& key) {
  std::vector<std::string> keys;
  for (const readers::SettingEntry& entry : settings.values)
    keys.push_back(entry.key);
  const std::size_t dot = key.rfind('.');
  if (dot == std::string::npos) return keys;
  const std::string above = key.substr(0, dot);
  if (const std::optional<Setting> map = readers::find_below(settings, above)) {
    for (const readers::SettingEntry& entry : map->entries())
      keys.push_back(above + "." + entry.key);
  }
  return keys;
}

std::string hidden(std::string_view text) {
  return fmt::format("hidden, {} character{}", text.size(), text.size() == 1 ? "" : "s");
}

// Writes a value as JSON, its secrets by their length. `all`: every text in it is one.
void write_shown(base::JsonWriter& json, std::string_view key, const Setting& setting, bool all) {
  using readers::SettingKind;
  if (setting.is(SettingKind::string)) {
    const std::string& text = setting.text();
    const bool secret =
        !text.empty() && (all || setting.trace().is_secret() || finding::is_secret(key, text));
    json.string(secret ? hidden(text) : text);
  } else if (setting.is(SettingKind::list)) {
    json.begin_array();
    for (const Setting& item : setting.items())
      write_shown(json, key, item, all);
    json.end_array();
  } else if (setting.is(SettingKind::map)) {
    json.begin_object();
    for (const readers::SettingEntry& entry : setting.entries()) {
      json.key(entry.key);
      write_shown(json, entry.key, entry.value, all);
    }
    json.end_object();
  } else {
    readers::write_value(json, setting);
  }
}

std::string shown_value(const std::string& key, const Setting& setting) {
  if (setting.find_unknown() != nullptr) return "unknown";
  const bool secret = setting.trace().is_secret();
  if (setting.is(readers::SettingKind::string) && !setting.text().empty() &&
      (secret || finding::is_secret(key, setting.text()))) {
    return hidden(setting.text());
  }
  const bool number =
      setting.is(readers::SettingKind::integer) || setting.is(readers::SettingKind::number);
  if (secret && number) return "hidden";
  base::JsonWriter json;
  write_shown(json, key, setting, secret);
  return std::move(json).text();
}

void print_text(const checks::EffectiveSettings& effective, const Settings& settings,
                Streams& streams) {
  append_wrapped(streams, effective.summary, 0);
  for (const readers::SettingEntry& entry : settings.values) {
    append_wrapped(streams, fmt::format("{} = {}", entry.key, shown_value(entry.key, entry.value)),
                   0);
    for (const std::string& line : readers::trace_lines(entry.value))
      append_wrapped(streams, line, 4);
  }
}

int unknown_key(const Settings& settings, const std::string& key, const Arguments& arguments,
                Streams& streams) {
  const std::vector<std::string> near = keys_near(settings, key);
  const std::vector<std::string_view> keys(near.begin(), near.end());
  streams.err += base::render(
      base::Diagnostic::error(fmt::format("`{}` is neither set nor read in this environment", key))
          .hint(base::suggest(key, keys)),
      use_color(arguments, streams.err_is_terminal));
  return misuse;
}

int print_settings(const Session& session, const Asked& asked, bool json_wanted,
                   const Arguments& arguments, Streams& streams) {
  const checks::EffectiveSettings effective = checks::effective_settings(
      *session.place.files, session.environment ? &*session.environment : nullptr);
  const bool color = use_color(arguments, streams.err_is_terminal);
  for (const std::string& trouble : effective.troubles)
    streams.err += base::render(base::Diagnostic::error(trouble), color);
  const Settings all = effective.dotted ? readers::flatten(effective.settings) : effective.settings;
  Settings settings = all;
  if (asked.key) {
    settings = select(all, *asked.key);
    if (settings.values.empty() && effective.troubles.empty())
      return unknown_key(all, *asked.key, arguments, streams);
  }
  if (json_wanted) {
    base::JsonWriter json;
    readers::write_settings(json, settings);
    streams.out += std::move(json).text() + "\n";
  } else {
    print_text(effective, settings, streams);
  }
  return effective.troubles.empty() ? passed : undecided;
}

int settings_command(const Arguments& arguments, Streams& streams) {
  const Asked asked = read_asked(arguments.positional());
  return show_at(arguments, asked.path, streams,
                 [&](const Session& session, std::string_view format, Streams& to) {
                   return print_settings(session, asked, format == "json", arguments, to);
                 });
}

constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

const std::vector<Option>& options() {
  static const std::vector<Option> all = show_options(kFormats, "text (default) or json");
  return all;
}

constexpr std::string_view kDetails =
    R"(In a Laravel project the keys are those of config(), `app.debug`; in a
Django project the names of the settings module; elsewhere the variables of the
environment. A value is what production gets from the files of
[environment.production], of the process where it names variables, and from the
defaults in the code. KEY may lead into a value: `DATABASES.default.ENGINE`,
`database.connections.mysql.host`, `MIDDLEWARE.0`. What cannot be known without
running the code is unknown, with the reason. As text, secrets are hidden; as
JSON they are not.)";

}  // namespace

const Command kShowSettings{
    "show settings",
    "[KEY] [PATH]",
    "Show the effective values of the production environment and where they come from",
    kDetails,
    0,
    2,
    options(),
    settings_command};

}  // namespace gate::cli
