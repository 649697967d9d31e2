#include "gate/policy/table_reader.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/measures.h"

namespace gate::policy {
namespace {

// Returns whether a byte is a control character that no one means in a pattern.
bool is_stray_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

}  // namespace

using base::Diagnostic;
using readers::NodeKind;
using readers::Value;

TableReader::TableReader(Value table, std::optional<Value> overlay, const Vars* vars,
                         base::Diagnostics& diagnostics, bool trusted)
    : table_(table), vars_(vars), diagnostics_(&diagnostics), trusted_(trusted) {
  if (overlay) overlays_.push_back({*overlay, {}});
}

bool TableReader::Overlay::is_own(std::string_view key) const {
  return std::find(own.begin(), own.end(), key) != own.end();
}

void TableReader::add_overlay(Value overlay, std::span<const std::string_view> own) {
  overlays_.push_back({overlay, own});
}

void TableReader::know(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
}

std::optional<TableReader::Found> TableReader::look_up(std::string_view key) const {
  for (auto overlay = overlays_.rbegin(); overlay != overlays_.rend(); ++overlay) {
    if (overlay->is_own(key)) continue;
    if (const auto value = overlay->table.find(key)) return Found{*value, false};
  }
  if (const auto value = table_.find(key)) return Found{*value, trusted_};
  return std::nullopt;
}

bool TableReader::has(std::string_view key) const { return look_up(key).has_value(); }

std::vector<std::string_view> TableReader::keys() const {
  std::vector<std::string_view> keys;
  const auto add = [&keys](const Value& table, const Overlay* overlay) {
    for (const Value& child : table.children()) {
      if (overlay != nullptr && overlay->is_own(child->key)) continue;
      if (std::find(keys.begin(), keys.end(), child->key) == keys.end()) keys.push_back(child->key);
    }
  };
  add(table_, nullptr);
  for (const Overlay& overlay : overlays_)
    add(overlay.table, &overlay);
  return keys;
}

std::optional<TableReader::Found> TableReader::take(std::string_view key) {
  know(key);
  return look_up(key);
}

std::optional<TableReader::Found> TableReader::take(std::string_view key, NodeKind kind) {
  std::optional<Found> found = take(key);
  if (!found || found->value->kind == kind) return found;
  report_type(key, found->value, describe(kind));
  return std::nullopt;
}

void TableReader::report(const Value& value, std::string message, std::string help) {
  diagnostics_->add(Diagnostic::error(std::move(message))
                        .at(value.document().source(), value->span)
                        .hint(std::move(help)));
}

void TableReader::report_type(std::string_view key, const Value& value, std::string_view wanted,
                              std::string help) {
  report(value, fmt::format("`{}` must be {}, not {}", key, wanted, describe(value->kind)),
         std::move(help));
}

std::optional<TableReader::Item> TableReader::take_text(std::string_view key,
                                                        std::string_view wanted, bool as_pattern) {
  const std::optional<Found> found = take(key);
  if (!found) return std::nullopt;
  if (found->value->kind != NodeKind::string) {
    report_type(key, found->value, wanted);
    return std::nullopt;
  }
  std::optional<std::vector<std::string>> texts = expand(found->value, as_pattern);
  if (!texts) return std::nullopt;
  if (texts->size() != 1) {
    report(found->value,
           fmt::format("`{}` takes one text, and this var is a list of {}", key, texts->size()));
    return std::nullopt;
  }
  return Item{std::move(texts->front()), *found};
}

std::vector<TableReader::Item> TableReader::take_texts(std::string_view key, bool as_pattern) {
  std::vector<Item> items;
  const std::optional<Found> found = take(key);
  if (!found) return items;
  const auto add = [&](const Value& value) {
    std::optional<std::vector<std::string>> texts = expand(value, as_pattern);
    if (!texts) return;
    for (std::string& text : *texts)
      items.push_back({std::move(text), {value, found->trusted}});
  };
  if (found->value->kind == NodeKind::string) {
    add(found->value);
    return items;
  }
  if (found->value->kind != NodeKind::list) {
    report_type(key, found->value, "a string or a list of strings");
    return items;
  }
  for (const Value& element : found->value.children()) {
    if (element->kind == NodeKind::string) {
      add(element);
    } else {
      report(element, fmt::format("an element of `{}` must be a string, not {}", key,
                                  describe(element->kind)));
    }
  }
  return items;
}

std::optional<readers::Setting> TableReader::any(std::string_view key) {
  const std::optional<Found> found = take(key);
  if (!found) return std::nullopt;
  return setting_of(found->value);
}

readers::Setting TableReader::setting_of(const Value& value) {
  using readers::Setting;
  switch (value->kind) {
    case NodeKind::boolean:
      return Setting::boolean(value->boolean);
    case NodeKind::integer:
      return Setting::integer(value->integer);
    case NodeKind::number:
      return Setting::number(value->number);
    case NodeKind::date:
      return Setting::string(std::string(value->text));
    case NodeKind::string: {
      const std::optional<std::vector<std::string>> texts = expand(value, false);
      if (!texts) return Setting::string({});
      if (texts->size() == 1) return Setting::string(texts->front());
      readers::SettingList items;
      for (const std::string& text : *texts)
        items.push_back(Setting::string(text));
      return Setting::list(std::move(items));
    }
    case NodeKind::list: {
      readers::SettingList items;
      for (const Value& child : value.children()) {
        Setting item = setting_of(child);
        const bool several = child->kind == NodeKind::string && item.is(readers::SettingKind::list);
        if (several) {
          items.insert(items.end(), item.items().begin(), item.items().end());
        } else {
          items.push_back(std::move(item));
        }
      }
      return Setting::list(std::move(items));
    }
    case NodeKind::map: {
      readers::SettingMap entries;
      for (const Value& child : value.children())
        entries.push_back({std::string(child->key), setting_of(child)});
      return Setting::map(std::move(entries));
    }
    case NodeKind::null:
    case NodeKind::unknown:
      break;
  }
  return Setting::null();
}

std::string TableReader::text(std::string_view key, std::string_view otherwise) {
  std::optional<std::string> found = optional_text(key);
  return found ? *std::move(found) : std::string(otherwise);
}

std::optional<std::string> TableReader::optional_text(std::string_view key) {
  std::optional<Item> item = take_text(key, "a string", false);
  if (!item) return std::nullopt;
  return std::move(item->text);
}

std::string TableReader::required_text(std::string_view key) {
  if (!take(key)) {
    complain(key, fmt::format("`{}` is missing", key));
    return {};
  }
  std::optional<Item> item = take_text(key, "a string", false);
  if (!item) return {};
  if (item->text.empty()) report(item->from.value, fmt::format("`{}` is empty", key));
  return std::move(item->text);
}

bool TableReader::boolean(std::string_view key, bool otherwise) {
  const std::optional<Found> found = take(key, NodeKind::boolean);
  return found ? found->value->boolean : otherwise;
}

std::int64_t TableReader::integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) {
  return optional_integer(key, least, most).value_or(otherwise);
}

std::optional<std::int64_t> TableReader::optional_integer(std::string_view key, std::int64_t least,
                                                          std::int64_t most) {
  const std::optional<Found> found = take(key);
  if (!found) return std::nullopt;
  std::int64_t integer = 0;
  if (found->value->kind == NodeKind::string && found->value->text.starts_with("${")) {
    const std::optional<Item> item = take_text(key, "an integer", false);
    if (!item) return std::nullopt;
    const char* const end = item->text.data() + item->text.size();
    const auto [stop, problem] = std::from_chars(item->text.data(), end, integer);
    if (problem != std::errc() || stop != end) {
      report(found->value,
             fmt::format("`{}` must be an integer, and this var is `{}`", key, item->text));
      return std::nullopt;
    }
  } else if (found->value->kind == NodeKind::integer) {
    integer = found->value->integer;
  } else {
    report_type(key, found->value, "an integer");
    return std::nullopt;
  }
  if (integer >= least && integer <= most) return integer;
  const bool open = most == std::numeric_limits<std::int64_t>::max();
  report(found->value,
         open ? fmt::format("`{}` must be at least {}, not {}", key, least, integer)
              : fmt::format("`{}` must be from {} to {}, not {}", key, least, most, integer));
  return std::nullopt;
}

std::vector<std::int64_t> TableReader::integers(std::string_view key, std::int64_t least,
                                                std::int64_t most) {
  std::vector<std::int64_t> integers;
  const std::optional<Found> found = take(key);
  if (!found) return integers;
  const bool is_list = found->value->kind == NodeKind::list;
  for (const Value& element : is_list ? found->value.children() : std::vector{found->value}) {
    if (element->kind != NodeKind::integer) {
      report(element, fmt::format("`{}` must be an integer or a list of integers, not {}", key,
                                  describe(element->kind)));
    } else if (element->integer < least || element->integer > most) {
      report(element,
             fmt::format("`{}` must be from {} to {}, not {}", key, least, most, element->integer));
    } else {
      integers.push_back(element->integer);
    }
  }
  return integers;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  std::vector<std::string> texts;
  std::vector<Value> origins;
  for (Item& item : take_texts(key, false)) {
    texts.push_back(std::move(item.text));
    origins.push_back(item.from.value);
  }
  if (!origins.empty()) origins_.insert_or_assign(std::string(key), std::move(origins));
  return texts;
}

std::optional<base::Pattern> TableReader::compile(std::string_view key, const Item& item,
                                                  base::Pattern::Options options) {
  if (item.from.trusted) return base::Pattern::trusted(item.text, options);
  if (const auto control = std::find_if(item.text.begin(), item.text.end(), is_stray_control);
      control != item.text.end()) {
    report(item.from.value,
           fmt::format("`{}` holds the control character {:#04x}: in double quotes `\\b` is a "
                       "backspace, not the edge of a word",
                       key, static_cast<unsigned char>(*control)),
           "write patterns in single quotes: '\\bdd\\('");
    return std::nullopt;
  }
  Result<base::Pattern> pattern = base::Pattern::compile(item.text, options);
  if (pattern) return std::move(*pattern);
  const bool perl =
      item.text.find("(?=") != std::string::npos || item.text.find("(?!") != std::string::npos ||
      item.text.find("(?<=") != std::string::npos || item.text.find("(?<!") != std::string::npos ||
      pattern.error().message.starts_with("invalid escape sequence: \\");
  report(item.from.value,
         fmt::format("`{}` is not a pattern RE2 accepts: {}", key, pattern.error().message),
         perl ? "RE2 has no lookaround and no backreferences" : "");
  return std::nullopt;
}

std::optional<base::Pattern> TableReader::pattern(std::string_view key,
                                                  base::Pattern::Options options) {
  const std::optional<Item> item = take_text(key, "a pattern in quotes", true);
  return item ? compile(key, *item, options) : std::nullopt;
}

std::vector<base::Pattern> TableReader::patterns(std::string_view key,
                                                 base::Pattern::Options options) {
  std::vector<base::Pattern> patterns;
  for (const Item& item : take_texts(key, true)) {
    if (auto pattern = compile(key, item, options)) patterns.push_back(std::move(*pattern));
  }
  return patterns;
}

base::GlobSet TableReader::globs(std::string_view key) {
  base::GlobSet globs;
  for (const Item& item : take_texts(key, false)) {
    if (const Result<void> added = globs.add(item.text); !added) {
      report(item.from.value,
             fmt::format("an element of `{}` is not a glob: {}", key, added.error().message));
    }
  }
  return globs;
}

std::size_t TableReader::one_of(std::string_view key, std::span<const std::string_view> choices,
                                std::size_t otherwise) {
  const std::optional<Item> item = take_text(key, "a string", false);
  if (!item) return otherwise;
  const auto found = std::find(choices.begin(), choices.end(), item->text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  report(item->from.value, fmt::format("`{}` cannot be `{}`", key, item->text),
         base::suggest(item->text, choices));
  return otherwise;
}

std::chrono::milliseconds TableReader::duration(std::string_view key,
                                                std::chrono::milliseconds otherwise) {
  const std::optional<Item> item = take_text(key, "a duration in quotes", false);
  if (!item) return otherwise;
  if (const auto duration = parse_duration(item->text)) return *duration;
  report(item->from.value, fmt::format("`{}` must be a duration, not `{}`", key, item->text),
         R"(write a number with `ms`, `s`, `m`, `h` or `d`: "90s", "10m")");
  return otherwise;
}

std::optional<std::uint64_t> TableReader::bytes(std::string_view key) {
  const std::optional<Found> found = take(key);
  if (!found) return std::nullopt;
  if (found->value->kind == NodeKind::integer) {
    if (found->value->integer >= 0) return static_cast<std::uint64_t>(found->value->integer);
    report(found->value,
           fmt::format("`{}` must be at least 0, not {}", key, found->value->integer));
    return std::nullopt;
  }
  const std::optional<Item> item = take_text(key, "a size", false);
  if (!item) return std::nullopt;
  if (const auto size = parse_bytes(item->text)) return size;
  report(item->from.value, fmt::format("`{}` must be a size, not `{}`", key, item->text),
         R"(write bytes, or a number with `KB`, `MB` or `GB`: "5MB")");
  return std::nullopt;
}

std::optional<base::Date> TableReader::date(std::string_view key) {
  const std::optional<Found> found = take(key);
  if (!found) return std::nullopt;
  const bool readable =
      found->value->kind == NodeKind::date || found->value->kind == NodeKind::string;
  if (readable) {
    if (const auto date = base::parse_date(found->value->text)) return date;
  }
  constexpr std::string_view kHelp = "write a day: 2027-03-01";
  if (readable) {
    report(found->value, fmt::format("`{}` must be a day, not `{}`", key, found->value->text),
           std::string(kHelp));
  } else {
    report_type(key, found->value, "a day", std::string(kHelp));
  }
  return std::nullopt;
}

std::map<std::string, std::string> TableReader::text_map(std::string_view key) {
  std::map<std::string, std::string> texts;
  std::optional<TableReader> inner = table(key);
  if (!inner) return texts;
  for (const std::string_view name : inner->keys()) {
    if (auto text = inner->optional_text(name)) texts.emplace(name, *std::move(text));
  }
  return texts;
}

std::optional<TableReader> TableReader::table(std::string_view key) {
  const std::optional<Found> found = take(key, NodeKind::map);
  if (!found) return std::nullopt;
  return TableReader(found->value, std::nullopt, vars_, *diagnostics_, found->trusted);
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
  std::vector<TableReader> tables;
  const std::optional<Found> found = take(key);
  if (!found) return tables;
  if (found->value->kind != NodeKind::list) {
    report_type(key, found->value, "a list of tables",
                fmt::format("write `[[{}]]` above each", key));
    return tables;
  }
  for (const Value& element : found->value.children()) {
    if (element->kind == NodeKind::map) {
      tables.emplace_back(element, std::nullopt, vars_, *diagnostics_, found->trusted);
    } else {
      report(element, fmt::format("an element of `{}` must be a table, not {}", key,
                                  describe(element->kind)));
    }
  }
  return tables;
}

}  // namespace gate::policy
