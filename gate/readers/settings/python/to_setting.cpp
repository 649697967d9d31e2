// From values of Python to settings.
#include <fmt/format.h>

#include "gate/readers/settings/python/value.h"

namespace gate::readers::python {
namespace {

constexpr int kDeepest = 50;

const Value* unknown_at(const Value& value, int depth) {
  if (value.is_unknown() || depth > kDeepest) return &value;
  if (!value.is_object()) return nullptr;
  const Content& content = value.object()->content;
  if (!content.poison.empty()) return &value;
  for (const Value& item : content.items) {
    if (const Value* found = unknown_at(item, depth + 1)) return found;
  }
  if (!value.is(Type::dict)) return nullptr;
  if (!content.others.empty()) return &value;
  for (const Table::Entry& entry : content.table.entries()) {
    if (const Value* found = unknown_at(entry.value, depth + 1)) return found;
  }
  return nullptr;
}

Setting setting_at(const Value& value, const Trace& outer, int depth) {
  // What stands in a container without a trace of its own was written where the container was.
  const Trace& trace = value.trace().empty() ? outer : value.trace();
  if (depth > kDeepest) return Setting::unknown("it is nested too deeply", trace);
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
      return Setting::number(value.real(), trace);
    case Type::text:
      return Setting::string(show_project_mark(value.text()), trace);
    case Type::list:
    case Type::tuple:
    case Type::set: {
      SettingList items;
      items.reserve(value.items().size());
      for (const Value& item : value.items())
        items.push_back(setting_at(item, trace, depth + 1));
      return Setting::list(std::move(items), trace);
    }
    case Type::dict: {
      SettingMap entries;
      for (const Table::Entry& entry : value.object()->content.table.entries()) {
        std::optional<std::string> key = to_text(entry.key);
        if (!key) return Setting::unknown("a key of it has no text", trace);
        entries.push_back({show_project_mark(*key), setting_at(entry.value, trace, depth + 1)});
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
        return setting_at(*value.object()->content.table.find("value"), trace, depth + 1);
      }
      return Setting::unknown(fmt::format("it is an object of {}", value.object()->name), trace);
    }
    default:
      return Setting::unknown(
          fmt::format("it is a {}, which has no value of its own", describe(value.type())), trace);
  }
}

}  // namespace

const Value* find_unknown(const Value& value) { return unknown_at(value, 0); }

std::string unknown_reason(const Value& value) {
  const Value* found = find_unknown(value);
  if (found == nullptr) return {};
  if (found->is_unknown()) return found->reason();
  const Content& content = found->object()->content;
  if (!content.poison.empty()) return content.poison;
  if (!content.others.empty()) return content.others;
  return "it is nested too deeply";
}

Setting to_setting(const Value& value) { return setting_at(value, {}, 0); }

}  // namespace gate::readers::python
