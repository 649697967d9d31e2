#include "gate/readers/settings/php/value.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/closure.h"

namespace gate::readers::php {

Value::Value(std::string value) {
  if (value.size() > kMaxText) {
    data_ = Unknown{std::make_shared<const std::string>("the text is too long")};
    return;
  }
  weight_ = static_cast<std::uint32_t>(1 + value.size() / kTextOfOne);
  data_ = std::make_shared<const std::string>(std::move(value));
}
Value::Value(Array value) {
  const Array::Extent extent = value.measure();
  if (extent.weight > kMaxWeight || extent.depth > kMaxDepth) {
    data_ = Unknown{std::make_shared<const std::string>("the array is too large")};
    return;
  }
  weight_ = static_cast<std::uint32_t>(extent.weight);
  depth_ = static_cast<std::uint32_t>(extent.depth);
  data_ = std::make_shared<const Array>(std::move(value));
}
Value::Value(Closure value) : data_(std::make_shared<const Closure>(std::move(value))) {}
Value::Value(Object value) : weight_(value.value.weight_), depth_(value.value.depth_) {
  if (!value.value.is_known()) {  // too long a text
    data_ = Unknown{std::make_shared<const std::string>(value.value.reason())};
    return;
  }
  data_ = std::make_shared<const Object>(std::move(value));
}

Value Value::unknown(std::string reason) {
  Value value;
  value.data_ = Unknown{std::make_shared<const std::string>(std::move(reason))};
  return value;
}

const Value* Value::find_unknown() const {
  if (is(Type::unknown)) return this;
  if (is(Type::object)) return object().value.find_unknown();
  if (!is(Type::array)) return nullptr;
  for (const Array::Entry& entry : array().entries()) {
    if (const Value* const found = entry.value.find_unknown()) return found;
  }
  return nullptr;
}

Value Value::with(Trace trace) const {
  Value copy = *this;
  copy.trace_ = std::move(trace);
  return copy;
}

Value Value::then(TraceStep step) const { return with(trace_.then(std::move(step))); }

Key::Key(std::string_view text) : key_(std::string(text)) {
  // Only what PHP would write for a number is one: no sign but `-`, no leading zero.
  if (text.empty() || text.size() > 20) return;
  const bool negative = text[0] == '-';
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), base::is_digit)) return;
  if (digits[0] == '0' && (digits.size() > 1 || negative)) return;
  std::int64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc())
    key_ = number;
}

Value Key::value() const { return is_number() ? Value(number()) : Value(text()); }

std::string Key::shown() const { return is_number() ? std::to_string(number()) : text(); }

std::size_t Array::Hash::operator()(const Key& key) const {
  return key.is_number() ? std::hash<std::int64_t>()(key.number())
                         : std::hash<std::string>()(key.text());
}

std::size_t Array::place_of(const Key& key) const {
  if (!index_.empty()) {
    const auto found = index_.find(key);
    return found == index_.end() ? entries_.size() : found->second;
  }
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return static_cast<std::size_t>(found - entries_.begin());
}

const Value* Array::find(const Key& key) const {
  const std::size_t place = place_of(key);
  return place == entries_.size() ? nullptr : &entries_[place].value;
}

void Array::set(const Key& key, Value value) {
  const std::size_t place = place_of(key);
  if (place < entries_.size()) {
    entries_[place].value = std::move(value);
    return;
  }
  entries_.push_back({key, std::move(value)});
  if (!index_.empty()) {
    index_.emplace(key, place);
  } else if (entries_.size() > kIndexed) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      index_.emplace(entries_[i].key, i);
  }
  if (key.is_number() && key.number() < 0) had_negative_ = true;
  if (!key.is_number() || key.number() < next_) return;
  is_full_ = key.number() == std::numeric_limits<std::int64_t>::max();
  next_ = is_full_ ? key.number() : key.number() + 1;
}

void Array::push(Value value) {
  // Behind negative numbers alone PHP 8.3 goes on from the largest of them, older ones from 0.
  if (is_full_) unknown_key_ = "PHP has no number for another entry";
  if (had_negative_ && next_ == 0)
    unknown_key_ = "versions of PHP count on differently behind a negative key";
  set(Key(next_), std::move(value));
}

void Array::remove(const Key& key) {
  const std::size_t place = place_of(key);
  if (place == entries_.size()) return;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(place));
  index_.clear();
  if (entries_.size() <= kIndexed) return;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    index_.emplace(entries_[i].key, i);
}

void Array::pop() {
  const Key last = entries_.back().key;
  remove(last);
  if (last.is_number() && !is_full_ && last.number() + 1 == next_) next_ = last.number();
}

Array::Extent Array::measure() const {
  Extent extent;
  for (const Entry& entry : entries_) {
    extent.weight += entry.value.weight();
    extent.depth = std::max(extent.depth, entry.value.depth() + 1);
  }
  return extent;
}

bool Array::is_list() const {
  std::int64_t wanted = 0;
  return std::all_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.key == Key(wanted++); });
}

Setting to_setting(const Value& value) {
  switch (value.type()) {
    case Type::unknown:
      return Setting::unknown(value.reason(), value.trace());
    case Type::null:
      return Setting::null(value.trace());
    case Type::boolean:
      return Setting::boolean(value.truth(), value.trace());
    case Type::integer:
      return Setting::integer(value.whole(), value.trace());
    case Type::number:
      return Setting::number(value.real(), value.trace());
    case Type::string:
      return Setting::string(value.text(), value.trace());
    case Type::closure:
      return Setting::unknown("it is a function, which has no value until it is called",
                              value.trace());
    case Type::object:
      return Setting::unknown(value.object().of == Object::Class::path
                                  ? "it depends on where the application lies on the server"
                                  : "it is an object",
                              value.trace());
    case Type::array:
      break;
  }
  const Array& array = value.array();
  if (!array.unknown_key().empty()) return Setting::unknown(array.unknown_key(), value.trace());
  if (array.is_list()) {
    SettingList items;
    for (const Array::Entry& entry : array.entries())
      items.push_back(to_setting(entry.value));
    return Setting::list(std::move(items), value.trace());
  }
  SettingMap entries;
  for (const Array::Entry& entry : array.entries())
    entries.push_back({entry.key.shown(), to_setting(entry.value)});
  return Setting::map(std::move(entries), value.trace());
}

namespace {

void collect(const Value& value, Trace& trace, std::size_t& left) {
  if (left == 0) return;
  --left;
  trace = Trace::join(trace, value.trace());
  if (value.is(Type::object)) collect(value.object().value, trace, left);
  if (!value.is(Type::array)) return;
  for (const Array::Entry& entry : value.array().entries())
    collect(entry.value, trace, left);
}

}  // namespace

Trace whole_trace(const Value& value) {
  Trace trace;
  std::size_t left = Trace::kMostSteps;
  collect(value, trace, left);
  return trace;
}

std::string_view describe(Type type) {
  switch (type) {
    case Type::unknown:
      return "unknown";
    case Type::null:
      return "null";
    case Type::boolean:
      return "a boolean";
    case Type::integer:
      return "an integer";
    case Type::number:
      return "a number";
    case Type::string:
      return "a string";
    case Type::array:
      return "an array";
    case Type::closure:
      return "a function";
    case Type::object:
      return "an object";
  }
  return {};
}

}  // namespace gate::readers::php
