#include "gate/checks/readings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "gate/base/diagnostic.h"
#include "gate/checks/dialects.h"
#include "gate/finding/redaction.h"
#include "gate/readers/formats/document_builder.h"
#include "gate/readers/formats/dotenv.h"
#include "gate/readers/formats/ini.h"
#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/formats/jsonc.h"
#include "gate/readers/formats/toml.h"
#include "gate/readers/formats/toml_limits.h"
#include "gate/readers/formats/xml.h"
#include "gate/readers/settings/javascript/config.h"

namespace gate::checks {
namespace {

using readers::Document;
using readers::Node;
using readers::NodeKind;
using readers::Setting;
using readers::SettingKind;
using readers::Value;

// Returns how much the reader of a format takes: more is not read from disk either.
std::uint64_t most_bytes(FileFormat format) {
  switch (format) {
    case FileFormat::yaml:
      return readers::kYamlBytes;
    case FileFormat::toml:
      return readers::kTomlBytes;
    case FileFormat::json:
    case FileFormat::jsonc:
      return readers::kJsonBytes;
    case FileFormat::xml:
      return readers::kXmlBytes;
    case FileFormat::ini:
    case FileFormat::php_ini:
    case FileFormat::supervisor:
    case FileFormat::redis:
      return readers::kIniBytes;
    case FileFormat::dotenv:
      return readers::kEnvFileLimit;
    case FileFormat::javascript:
      return readers::javascript::kMaxBytes;
    case FileFormat::php_config:
    case FileFormat::django_settings:
      break;
  }
  return 0;  // they are read by the evaluator
}

finding::Place place_of(const Document& document, base::Span span) {
  const base::Source& source = *document.source();
  return finding::place_of(source.name(), source.lines(), span);
}

finding::Place as_place(const readers::SettingPlace& place) {
  return {place.path, place.line, place.column, place.end_line, place.end_column};
}

// Readers begin an error with "line 3, column 7: "; takes that off.
std::optional<base::Position> take_position(std::string& message) {
  constexpr std::string_view kLine = "line ";
  constexpr std::string_view kColumn = ", column ";
  if (!message.starts_with(kLine)) return std::nullopt;
  base::Position position;
  const char* const end = message.data() + message.size();
  const auto line = std::from_chars(message.data() + kLine.size(), end, position.line);
  const std::string_view rest(line.ptr, static_cast<std::size_t>(end - line.ptr));
  if (line.ec != std::errc() || !rest.starts_with(kColumn)) return std::nullopt;
  const auto column = std::from_chars(line.ptr + kColumn.size(), end, position.column);
  const std::string_view behind(column.ptr, static_cast<std::size_t>(end - column.ptr));
  if (column.ec != std::errc() || !behind.starts_with(": ")) return std::nullopt;
  message = behind.substr(2);
  return position;
}

// Returns the mark of a template language that the text holds, or nothing.
std::string_view template_mark(std::string_view text) {
  for (const std::string_view mark : {"{{", "{%", "<%", "<?php", "<?="}) {
    if (text.find(mark) != std::string_view::npos) return mark;
  }
  return {};
}

void set_problem(Reading& reading, const base::Source& source, std::string message,
                 std::string_view format) {
  reading.place.path = source.name();
  if (const auto position = take_position(message)) {
    reading.place.line = reading.place.end_line = position->line;
    reading.place.column = reading.place.end_column = position->column;
  }
  const std::string_view mark = template_mark(source.text());
  reading.problem = mark.empty()
                        ? fmt::format("no {}: {}", format, message)
                        : fmt::format("a template (`{}`), no {}: {}", mark, format, message);
}

void add(Reading& reading, Result<std::shared_ptr<const Document>> document,
         const base::Source& source, std::string_view format) {
  if (document) {
    reading.documents.emplace_back(*std::move(document));
  } else {
    set_problem(reading, source, document.error().message, format);
  }
}

using SourcePointer = std::shared_ptr<const base::Source>;

void read_yaml(const SourcePointer& source, Reading& reading) {
  Result<readers::YamlFile> file = readers::parse_yaml(source);
  if (!file) return set_problem(reading, *source, file.error().message, "YAML");
  for (auto& document : file->documents)
    reading.documents.emplace_back(std::move(document));
  for (const readers::DuplicateKey& key : file->duplicates) {
    const base::Position at = source->lines().position(key.again.begin);
    const base::Position end = source->lines().position(key.again.end);
    reading.duplicates.emplace_back(
        key.key, finding::Place{source->name(), at.line, at.column, end.line, end.column});
  }
}

void read_toml(const SourcePointer& source, Reading& reading) {
  base::Diagnostics diagnostics;
  auto document = readers::parse_toml(source, diagnostics);
  if (document) {
    reading.documents.emplace_back(std::move(document));
    return;
  }
  std::string message = "it cannot be read";
  if (!diagnostics.all().empty()) {
    const base::Diagnostic& first = diagnostics.all().front();
    message = first.message;
    const base::Position at = source->lines().position(first.place ? first.place->span.begin : 0);
    message = fmt::format("line {}, column {}: {}", at.line, at.column, message);
  }
  set_problem(reading, *source, std::move(message), "TOML");
}

// Files that programs read as strict JSON; any other may have comments.
bool is_strict(std::string_view path) {
  constexpr auto kStrict = std::to_array<std::string_view>(
      {"package.json", "package-lock.json", "composer.json", "composer.lock", "vercel.json",
       "now.json", "app.json", "manifest.json", "firebase.json", "npm-shrinkwrap.json"});
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::find(kStrict.begin(), kStrict.end(), name) != kStrict.end();
}

void read_dotenv(const SourcePointer& source, readers::EnvDialect dialect, Reading& reading) {
  const readers::EnvFile file = readers::parse_dotenv(source->text(), dialect);
  if (const auto* problem = file.find_problem(readers::EnvEffect::refuses_file)) {
    const base::Position at = source->lines().position(problem->span.begin);
    return set_problem(reading, *source,
                       fmt::format("line {}, column {}: {}", at.line, at.column, problem->message),
                       "environment file");
  }
  readers::DocumentBuilder builder;
  std::map<std::string_view, std::size_t> last;
  for (std::size_t index = 0; index < file.entries.size(); ++index)
    last[file.entries[index].key] = index;
  for (std::size_t index = 0; index < file.entries.size(); ++index) {
    const readers::EnvEntry& entry = file.entries[index];
    if (last[entry.key] != index) continue;
    Node node;
    node.kind = !entry.unknown.empty() ? NodeKind::unknown
                : entry.has_value      ? NodeKind::string
                                       : NodeKind::null;
    node.text = builder.keep(entry.unknown.empty() ? entry.value : entry.unknown);
    node.span = entry.value_span;
    builder.add(0, node, entry.key, entry.key_span);
  }
  reading.documents.emplace_back(std::move(builder).finish(source));
}

// Lays a setting out as nodes and remembers the setting of each.
class Layout {
 public:
  explicit Layout(const Setting& root) : origins_(1) { fill(0, root); }

  ReadDocument finish(std::string path) && {
    auto source = std::make_shared<const base::Source>(path, std::string());
    return {std::move(builder_).finish(std::move(source)), std::move(origins_), std::move(path)};
  }

 private:
  void fill(std::uint32_t index, const Setting& setting) {
    origins_[index] = setting;
    Node& node = builder_.node(index);
    switch (setting.kind()) {
      case SettingKind::unknown:
        node.kind = NodeKind::unknown;
        node.text = builder_.keep(setting.reason());
        break;
      case SettingKind::null:
        node.kind = NodeKind::null;
        break;
      case SettingKind::boolean:
        node.kind = NodeKind::boolean;
        node.boolean = setting.truth();
        break;
      case SettingKind::integer:
        node.kind = NodeKind::integer;
        node.integer = setting.whole();
        break;
      case SettingKind::number:
        node.kind = NodeKind::number;
        node.number = setting.real();
        break;
      case SettingKind::string:
        node.kind = NodeKind::string;
        node.text = builder_.keep(setting.text());
        break;
      case SettingKind::list:
        node.kind = NodeKind::list;
        for (const Setting& item : setting.items())
          add(index, item, {});
        break;
      case SettingKind::map:
        node.kind = NodeKind::map;
        for (const readers::SettingEntry& entry : setting.entries())
          add(index, entry.value, entry.key);
        break;
    }
  }

  void add(std::uint32_t parent, const Setting& setting, std::string_view key) {
    const std::uint32_t index = builder_.add(parent, Node{}, key);
    origins_.emplace_back();
    fill(index, setting);
  }

  readers::DocumentBuilder builder_;
  std::vector<Setting> origins_;
};

void read_javascript(const base::Source& source, const Environment* environment, Reading& reading) {
  readers::JavascriptConfig config =
      readers::javascript_config(source, EnvironmentView(environment));
  if (!config.problem.empty()) {
    set_problem(reading, source, std::move(config.problem), "configuration in JavaScript");
    if (!config.problem_span.empty()) {
      const base::Position at = source.lines().position(config.problem_span.begin);
      reading.place.line = reading.place.end_line = at.line;
      reading.place.column = at.column;
      reading.place.end_column = at.column + 1;
    }
    return;
  }
  reading.documents.push_back(Layout(config.value).finish(source.name()));
}

}  // namespace

ReadDocument to_document(const Setting& setting, std::string path) {
  return Layout(setting).finish(std::move(path));
}

finding::Place ReadDocument::place(Value value) const {
  if (origins_.empty()) return place_of(*document_, value->span);
  finding::Place place = as_place(origins_[value.index()].place());
  if (place.path.empty()) place.path = path_;
  return place;
}

finding::Place ReadDocument::key_place(Value value) const {
  if (origins_.empty() && !value->key_span.empty()) return place_of(*document_, value->key_span);
  return place(value);
}

std::vector<std::string> ReadDocument::trace(Value value) const {
  if (origins_.empty()) return {};
  return readers::trace_lines(origins_[value.index()]);
}

bool ReadDocument::is_secret(Value value) const {
  const bool text = value->kind == NodeKind::string;
  if (text && finding::is_secret(value->key, value->text)) return true;
  return !origins_.empty() && origins_[value.index()].trace().is_secret();
}

std::shared_ptr<const Reading> Readings::read(const repo::File& file, FileFormat format) {
  std::shared_ptr<Slot> slot;
  {
    const std::lock_guard lock(mutex_);
    auto& known = slots_[{std::string(file.path), format}];
    if (!known) known = std::make_shared<Slot>();
    slot = known;
  }
  std::call_once(slot->once,
                 [&] { slot->reading = std::make_shared<const Reading>(read_now(file, format)); });
  return slot->reading;
}

const EffectiveSettings& Readings::settings() {
  std::call_once(settings_once_, [&] { settings_ = effective_settings(django_); });
  return settings_;
}

std::shared_ptr<const Reading> Readings::settings_reading() {
  std::call_once(document_once_, [&] {
    Reading reading;
    const EffectiveSettings& effective = settings();
    for (const std::string& trouble : effective.troubles)
      reading.problem += (reading.problem.empty() ? "" : "; ") + trouble;
    reading.documents.push_back(
        to_document(Setting::map(effective.settings.values), std::string()));
    settings_reading_ = std::make_shared<const Reading>(std::move(reading));
  });
  return settings_reading_;
}

Result<std::shared_ptr<const base::Source>> Readings::source(const repo::File& file,
                                                             std::uint64_t most) {
  Hand hand;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      hand = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!hand.reader) hand.reader = files_.reader();
  const Result<std::string_view> text = repo::read_all(*hand.reader, file, hand.buffer, most);
  if (!text) return text.error();
  auto source = std::make_shared<const base::Source>(std::string(file.path), std::string(*text));
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(hand));
  return source;
}

Reading Readings::read_now(const repo::File& file, FileFormat format) {
  Reading reading;
  reading.place.path = file.path;
  if (format == FileFormat::php_config) {
    std::string name(file.path.substr(file.path.rfind('/') + 1));
    name.resize(name.size() - std::min<std::size_t>(name.size(), 4));
    const Setting* setting = settings().settings.find(name);
    if (setting == nullptr) {
      reading.problem = settings().troubles.empty() ? "it is not part of the effective settings"
                                                    : settings().troubles.front();
    } else {
      reading.documents.push_back(to_document(*setting, std::string(file.path)));
    }
    return reading;
  }
  if (format == FileFormat::django_settings) return *settings_reading();

  const auto read_it = this->source(file, most_bytes(format));
  if (!read_it) {
    reading.problem = read_it.error().message;
    return reading;
  }
  const SourcePointer& source = *read_it;
  using readers::IniDialect;
  switch (format) {
    case FileFormat::json:
      add(reading,
          is_strict(file.path) ? readers::parse_json(source) : readers::parse_jsonc(source),
          *source, "JSON");
      break;
    case FileFormat::jsonc:
      add(reading, readers::parse_jsonc(source), *source, "JSON");
      break;
    case FileFormat::yaml:
      read_yaml(source, reading);
      break;
    case FileFormat::toml:
      read_toml(source, reading);
      break;
    case FileFormat::xml:
      add(reading, readers::parse_xml(source), *source, "XML");
      break;
    case FileFormat::ini:
      add(reading, readers::parse_ini(source, IniDialect::plain), *source, "INI");
      break;
    case FileFormat::php_ini:
      add(reading, readers::parse_ini(source, IniDialect::php), *source, "php.ini");
      break;
    case FileFormat::supervisor:
      add(reading, readers::parse_ini(source, IniDialect::supervisor), *source, "supervisor.conf");
      break;
    case FileFormat::redis:
      add(reading, readers::parse_ini(source, IniDialect::redis), *source, "redis.conf");
      break;
    case FileFormat::dotenv:
      read_dotenv(source, detect_dialect(files_, {std::string(file.path)}).dialect, reading);
      break;
    case FileFormat::javascript:
      read_javascript(*source, environment_, reading);
      break;
    case FileFormat::php_config:
    case FileFormat::django_settings:
      break;
  }
  return reading;
}

}  // namespace gate::checks
