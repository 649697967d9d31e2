#include "gate/readers/settings/python/value.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace gate::readers::python {
namespace {

constexpr auto kTypeNames = std::to_array<std::string_view>({
    "unknown",
    "NoneType",
    "bool",
    "int",
    "float",
    "str",
    "list",
    "tuple",
    "set",
    "dict",
    "function",
    "builtin",
    "method",
    "module",
    "type",
    "object",
});
static_assert(kTypeNames.size() == static_cast<std::size_t>(Type::instance) + 1);

}  // namespace

std::string_view describe(Type type) { return kTypeNames[static_cast<std::size_t>(type)]; }

Value Value::unknown(std::string reason, Type hint) {
  Value made;
  made.data_ = Unknown{std::make_shared<const std::string>(std::move(reason)), hint, false};
  return made;
}

Value Value::stretch(std::string reason) {
  Value made;
  made.data_ = Unknown{std::make_shared<const std::string>(std::move(reason)), Type::unknown, true};
  return made;
}

Type Value::type() const {
  switch (data_.index()) {
    case 0:
      return Type::unknown;
    case 1:
      return Type::none;
    case 2:
      return Type::boolean;
    case 3:
      return Type::integer;
    case 4:
      return Type::number;
    case 5:
      return Type::text;
    default:
      return object()->type;
  }
}

bool Value::is_sequence() const {
  if (!is_object()) return false;
  const Type type = object()->type;
  return type == Type::list || type == Type::tuple || type == Type::set;
}

const std::vector<Value>& Value::items() const { return object()->content.items; }

Value Value::with(Trace trace) const {
  Value copy = *this;
  copy.trace_ = std::move(trace);
  return copy;
}

Value Value::then(TraceStep step) const { return with(trace_.then(std::move(step))); }

Value Value::marked(std::uint8_t origin) const {
  Value copy = *this;
  copy.origin_ = origin;
  return copy;
}

std::size_t Table::place_of(std::string_view code) const {
  if (!index_.empty()) {
    const auto found = index_.find(std::string(code));
    return found == index_.end() ? entries_.size() : found->second;
  }
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.code == code; });
  return static_cast<std::size_t>(found - entries_.begin());
}

const Value* Table::find(std::string_view code) const {
  const std::size_t place = place_of(code);
  return place == entries_.size() ? nullptr : &entries_[place].value;
}

void Table::set(std::string code, Value key, Value value) {
  const std::size_t place = place_of(code);
  if (place < entries_.size()) {
    entries_[place].value = std::move(value);
    return;
  }
  entries_.push_back({std::move(code), std::move(key), std::move(value)});
  if (entries_.size() == kIndexed) {
    for (std::size_t at = 0; at < entries_.size(); ++at)
      index_.emplace(entries_[at].code, at);
  } else if (entries_.size() > kIndexed) {
    index_.emplace(entries_.back().code, entries_.size() - 1);
  }
}

void Table::set_name(std::string_view name, Value value) {
  set(std::string(name), Value(), std::move(value));
}

bool Table::remove(std::string_view code) {
  const std::size_t place = place_of(code);
  if (place == entries_.size()) return false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(place));
  index_.clear();
  if (entries_.size() >= kIndexed) {
    for (std::size_t at = 0; at < entries_.size(); ++at)
      index_.emplace(entries_[at].code, at);
  }
  return true;
}

std::vector<Table::Entry> Table::release() {
  index_.clear();
  return std::exchange(entries_, {});
}

void Table::clear() {
  entries_.clear();
  index_.clear();
}

ObjectPtr Value::release() {
  return is_object() ? std::get<ObjectPtr>(std::exchange(data_, std::monostate())) : nullptr;
}

Object::~Object() {
  thread_local std::vector<ObjectPtr>* freed = nullptr;
  std::vector<ObjectPtr> own;
  const bool is_first = freed == nullptr;
  if (is_first) freed = &own;
  const auto keep = [](Value& value) {
    if (ObjectPtr object = value.release()) freed->push_back(std::move(object));
  };
  for (Value& item : content.items)
    keep(item);
  for (Table::Entry& entry : content.table.release()) {
    keep(entry.key);
    keep(entry.value);
  }
  for (Value& part : parts)
    keep(part);
  for (std::optional<Value>& value : defaults) {
    if (value) keep(*value);
  }
  if (!is_first) return;
  while (!own.empty()) {
    const ObjectPtr next = std::move(own.back());
    own.pop_back();
  }
  freed = nullptr;
}

Value make_list(std::vector<Value> items, Type type) {
  auto object = std::make_shared<Object>(type);
  object->content.items = std::move(items);
  return {std::move(object)};
}

Value make_dict() { return {std::make_shared<Object>(Type::dict)}; }

Value make_native(std::string name) {
  auto object = std::make_shared<Object>(Type::native);
  object->name = std::move(name);
  return {std::move(object)};
}

Value make_instance(std::string class_name) {
  auto object = std::make_shared<Object>(Type::instance);
  object->name = std::move(class_name);
  return {std::move(object)};
}

bool has_project_mark(std::string_view text) {
  return text.find(kProjectMark) != std::string_view::npos;
}

std::string show_project_mark(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == kProjectMark) {
      out += "<project>";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace gate::readers::python
