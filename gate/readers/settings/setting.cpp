#include "gate/readers/settings/setting.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace gate::readers {

std::string_view describe(SettingKind kind) {
  switch (kind) {
    case SettingKind::unknown:
      return "unknown";
    case SettingKind::null:
      return "nothing";
    case SettingKind::boolean:
      return "true or false";
    case SettingKind::integer:
      return "an integer";
    case SettingKind::number:
      return "a number";
    case SettingKind::string:
      return "a string";
    case SettingKind::list:
      return "a list";
    case SettingKind::map:
      return "a map";
  }
  return "";
}

Setting Setting::unknown(std::string reason, Trace trace) {
  return {Value(Unknown{std::move(reason)}), std::move(trace)};
}
Setting Setting::null(Trace trace) { return {Value(std::monostate()), std::move(trace)}; }
Setting Setting::boolean(bool value, Trace trace) { return {Value(value), std::move(trace)}; }
Setting Setting::integer(std::int64_t value, Trace trace) {
  return {Value(value), std::move(trace)};
}
Setting Setting::number(double value, Trace trace) { return {Value(value), std::move(trace)}; }
Setting Setting::string(std::string value, Trace trace) {
  return {Value(std::move(value)), std::move(trace)};
}
Setting Setting::list(SettingList items, Trace trace) {
  return {Value(std::make_shared<SettingList>(std::move(items))), std::move(trace)};
}
Setting Setting::map(SettingMap entries, Trace trace) {
  return {Value(std::make_shared<SettingMap>(std::move(entries))), std::move(trace)};
}

const std::string& Setting::reason() const {
  static const std::string kNone;
  const auto* unknown = std::get_if<Unknown>(&value_);
  return unknown == nullptr ? kNone : unknown->reason;
}

const SettingList& Setting::items() const {
  static const SettingList kNone;
  const auto* items = std::get_if<std::shared_ptr<SettingList>>(&value_);
  return items == nullptr ? kNone : **items;
}

const SettingMap& Setting::entries() const {
  static const SettingMap kNone;
  const auto* entries = std::get_if<std::shared_ptr<SettingMap>>(&value_);
  return entries == nullptr ? kNone : **entries;
}

SettingList& Setting::edit_items() {
  auto& items = std::get<std::shared_ptr<SettingList>>(value_);
  if (items.use_count() > 1) items = std::make_shared<SettingList>(*items);
  return *items;
}

SettingMap& Setting::edit_entries() {
  auto& entries = std::get<std::shared_ptr<SettingMap>>(value_);
  if (entries.use_count() > 1) entries = std::make_shared<SettingMap>(*entries);
  return *entries;
}

void Setting::set(std::string key, Setting value) {
  SettingMap& entries = edit_entries();
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const SettingEntry& entry) { return entry.key == key; });
  if (found != entries.end()) {
    found->value = std::move(value);
  } else {
    entries.push_back({std::move(key), std::move(value)});
  }
}

const Setting* Setting::find(std::string_view key) const {
  for (const SettingEntry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

const Setting* Setting::find_unknown() const {
  if (is(SettingKind::unknown)) return this;
  for (const Setting& item : items()) {
    if (const Setting* found = item.find_unknown()) return found;
  }
  for (const SettingEntry& entry : entries()) {
    if (const Setting* found = entry.value.find_unknown()) return found;
  }
  return nullptr;
}

Setting Setting::then(TraceStep step) const {
  Setting next = *this;
  next.trace_ = trace_.then(std::move(step));
  return next;
}

SettingPlace Setting::place() const {
  const TraceStep* last = trace_.last();
  return last == nullptr ? SettingPlace{} : last->place;
}

bool same_value(const Setting& a, const Setting& b) {
  const auto is_numeric = [](const Setting& value) {
    return value.is(SettingKind::integer) || value.is(SettingKind::number);
  };
  if (a.kind() != b.kind()) {
    if (!is_numeric(a) || !is_numeric(b)) return false;
    const double real = a.is(SettingKind::number) ? a.real() : b.real();
    const std::int64_t whole = a.is(SettingKind::integer) ? a.whole() : b.whole();
    // Beyond 2^63 no double is an int64, and the conversion would be undefined.
    return real >= -0x1p63 && real < 0x1p63 && static_cast<std::int64_t>(real) == whole &&
           static_cast<double>(static_cast<std::int64_t>(real)) == real;
  }
  switch (a.kind()) {
    case SettingKind::unknown:
      return false;
    case SettingKind::null:
      return true;
    case SettingKind::boolean:
      return a.truth() == b.truth();
    case SettingKind::integer:
      return a.whole() == b.whole();
    case SettingKind::number:
      return a.real() == b.real();
    case SettingKind::string:
      return a.text() == b.text();
    case SettingKind::list:
      return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(),
                        [](const Setting& x, const Setting& y) { return same_value(x, y); });
    case SettingKind::map:
      return a.entries().size() == b.entries().size() &&
             std::all_of(a.entries().begin(), a.entries().end(), [&](const SettingEntry& entry) {
               const Setting* other = b.find(entry.key);
               return other != nullptr && same_value(entry.value, *other);
             });
  }
  return false;
}

void write_value(base::JsonWriter& json, const Setting& setting) {
  switch (setting.kind()) {
    case SettingKind::unknown:
    case SettingKind::null:
      json.null();
      break;
    case SettingKind::boolean:
      json.boolean(setting.truth());
      break;
    case SettingKind::integer:
      json.number(setting.whole());
      break;
    case SettingKind::number:
      json.number(setting.real());
      break;
    case SettingKind::string:
      json.string(setting.text());
      break;
    case SettingKind::list:
      json.begin_array();
      for (const Setting& item : setting.items())
        write_value(json, item);
      json.end_array();
      break;
    case SettingKind::map:
      json.begin_object();
      for (const SettingEntry& entry : setting.entries()) {
        json.key(entry.key);
        write_value(json, entry.value);
      }
      json.end_object();
      break;
  }
}

const Setting* Settings::find(std::string_view key) const {
  for (const SettingEntry& entry : values) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

namespace {

void append_flat(SettingMap& out, const std::string& path, const Setting& value) {
  const auto is_nested = [](const Setting& item) {
    return item.is(SettingKind::list) || item.is(SettingKind::map);
  };
  if (value.is(SettingKind::map) && !value.entries().empty()) {
    for (const SettingEntry& entry : value.entries())
      append_flat(out, path + "." + entry.key, entry.value);
  } else if (std::any_of(value.items().begin(), value.items().end(), is_nested)) {
    std::size_t number = 0;
    for (const Setting& item : value.items())
      append_flat(out, fmt::format("{}.{}", path, number++), item);
  } else {
    out.push_back({path, value});
  }
}

}  // namespace

Settings flatten(const Settings& settings) {
  Settings flat;
  for (const SettingEntry& entry : settings.values)
    append_flat(flat.values, entry.key, entry.value);
  return flat;
}

namespace {

constexpr std::size_t kMaxBelow = 64;  // keys of a path

std::optional<Setting> descend(const Setting& setting, std::string_view path, std::size_t depth);

// The entry whose key begins the path: the longest, so that keys with dots are found.
std::optional<Setting> descend_map(const SettingMap& entries, std::string_view path,
                                   std::size_t depth) {
  const SettingEntry* best = nullptr;
  for (const SettingEntry& entry : entries) {
    const bool begins = path.starts_with(entry.key) &&
                        (path.size() == entry.key.size() || path[entry.key.size()] == '.');
    if (begins && (best == nullptr || entry.key.size() > best->key.size())) best = &entry;
  }
  if (best != nullptr) {
    if (path.size() == best->key.size()) return best->value;
    return descend(best->value, path.substr(best->key.size() + 1), depth + 1);
  }
  // A map that may hold more than is known has `*` among its keys.
  const auto rest = std::find_if(entries.begin(), entries.end(), [](const SettingEntry& entry) {
    return entry.key == "*" && entry.value.is(SettingKind::unknown);
  });
  return rest == entries.end() ? std::nullopt : std::optional(rest->value);
}

std::optional<Setting> descend(const Setting& setting, std::string_view path, std::size_t depth) {
  if (depth > kMaxBelow) return std::nullopt;
  if (setting.is(SettingKind::unknown)) return setting;
  if (setting.is(SettingKind::map)) return descend_map(setting.entries(), path, depth);
  if (!setting.is(SettingKind::list)) return std::nullopt;
  const std::size_t dot = std::min(path.find('.'), path.size());
  std::size_t place = 0;
  const auto read = std::from_chars(path.data(), path.data() + dot, place);
  if (dot == 0 || read.ec != std::errc() || read.ptr != path.data() + dot) return std::nullopt;
  if (place >= setting.items().size()) return std::nullopt;
  const Setting& item = setting.items()[place];
  return dot == path.size() ? item : descend(item, path.substr(dot + 1), depth + 1);
}

}  // namespace

std::optional<Setting> find_below(const Settings& settings, std::string_view path) {
  return descend_map(settings.values, path, 0);
}

std::vector<std::string> trace_lines(const Setting& setting) {
  std::vector<std::string> lines;
  const auto append = [&](const Trace& trace) {
    for (const TraceStep& step : trace.steps())
      lines.push_back(describe(step));
  };
  append(setting.trace());
  const Setting* unknown = setting.find_unknown();
  if (unknown == nullptr) return lines;
  if (unknown != &setting) append(unknown->trace());
  lines.push_back("unknown: " + unknown->reason());
  return lines;
}

void write_settings(base::JsonWriter& json, const Settings& settings) {
  json.begin_object();
  json.key("values").begin_object();
  for (const auto& [key, setting] : settings.values) {
    const bool known = setting.find_unknown() == nullptr;
    json.key(key).begin_object();
    json.key("value");
    if (known) {
      write_value(json, setting);
    } else {
      json.null();
    }
    json.key("state").string(known ? "known" : "unknown");
    json.key("trace").begin_array();
    for (const std::string& line : trace_lines(setting))
      json.string(line);
    json.end_array();
    json.end_object();
  }
  json.end_object();
  json.end_object();
}

}  // namespace gate::readers
