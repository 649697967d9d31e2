// From values of Python to settings.
#include <cmath>

#include <fmt/format.h>

#include "gate/readers/settings/python/value.h"
#include "gate/readers/settings/python/walk.h"

namespace gate::readers::python {
namespace {

constexpr std::string_view kOver = "it is nested too deeply or has too many elements";

const Value* unknown_at(const Value& value, Walk walk) {
  if (value.is_unknown() || walk.is_over()) return &value;
  if (!value.is_object()) return nullptr;
  const Content& content = value.object()->content;
  if (!content.poison.empty()) return &value;
  for (const Value& item : content.items) {
    if (const Value* found = unknown_at(item, walk.deeper())) return found;
  }
  if (!value.is(Type::dict)) return nullptr;
  if (!content.others.empty()) return &value;
  for (const Table::Entry& entry : content.table.entries()) {
    if (const Value* found = unknown_at(entry.value, walk.deeper())) return found;
  }
  return nullptr;
}

Setting setting_at(const Value& value, const Trace& outer, Walk walk) {
  // What stands in a container without a trace of its own was written where the container was.
  const Trace& trace = value.trace().empty() ? outer : value.trace();
  if (walk.is_over()) return Setting::unknown(std::string(kOver), trace);
  if (value.is_object() && !value.object()->content.poison.empty()) {
    return Setting::unknown(value.object()->content.poison, trace);
  }
  switch (value.type()) {
    case Type::unknown:
      return Setting::unknown(value.reason(), trace);
    case Type::none:
      return Setting::null(trace);
    case Type::boolean:
      return Setting::boolean(value.truth(), trace);
    case Type::integer:
      return Setting::integer(value.whole(), trace);
    case Type::number:
      if (!std::isfinite(value.real())) return Setting::unknown("it is no finite number", trace);
      return Setting::number(value.real(), trace);
    case Type::text:
      walk.pay_for(value.text());
      return Setting::string(show_project_mark(value.text()), trace);
    case Type::list:
    case Type::tuple:
    case Type::set: {
      SettingList items;
      items.reserve(value.items().size());
      for (const Value& item : value.items())
        items.push_back(setting_at(item, trace, walk.deeper()));
      return Setting::list(std::move(items), trace);
    }
    case Type::dict: {
      SettingMap entries;
      for (const Table::Entry& entry : value.object()->content.table.entries()) {
        std::optional<std::string> key = to_text(entry.key);
        if (!key) return Setting::unknown("a key of it has no text", trace);
        entries.push_back({show_project_mark(*key), setting_at(entry.value, trace, walk.deeper())});
      }
      // Keys that nobody knows stand for themselves, so that what is known can be asked.
      const std::string& others = value.object()->content.others;
      if (!others.empty()) entries.push_back({"*", Setting::unknown(others, trace)});
      return Setting::map(std::move(entries), trace);
    }
    case Type::instance: {
      if (const std::optional<std::string> text = to_text(value)) {
        return Setting::string(show_project_mark(*text), trace);
      }
      if (value.object()->name == "re.Pattern") {
        return setting_at(*value.object()->content.table.find("value"), trace, walk.deeper());
      }
      return Setting::unknown(fmt::format("it is an object of {}", value.object()->name), trace);
    }
    default:
      return Setting::unknown(
          fmt::format("it is a {}, which has no value of its own", describe(value.type())), trace);
  }
}

}  // namespace

const Value* find_unknown(const Value& value) {
  std::size_t left = kMaxWalk;
  return unknown_at(value, Walk(left));
}

std::string unknown_reason(const Value& value) {
  const Value* found = find_unknown(value);
  if (found == nullptr) return {};
  if (found->is_unknown()) return found->reason();
  const Content& content = found->object()->content;
  if (!content.poison.empty()) return content.poison;
  if (!content.others.empty()) return content.others;
  return std::string(kOver);
}

Setting to_setting(const Value& value) {
  std::size_t left = kMaxWalk;
  return setting_at(value, {}, Walk(left));
}

}  // namespace gate::readers::python
