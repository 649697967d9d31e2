#include "gate/readers/settings/python/journal.h"

#include <algorithm>
#include <utility>

namespace gate::readers::python {
namespace {

bool is_same(const Value& a, const Value& b) {
  if (a.is_object() && b.is_object() && a.object() == b.object()) return true;
  if (a.is_unknown() && b.is_unknown()) return a.reason() == b.reason();
  // 1 and True are equal, but not the same.
  return a.type() == b.type() && equal(a, b) == true;
}

// What stands at the beginning and at the end of both lists is known to stand there.
std::vector<Value> merge_items(const std::vector<Value>& a, const std::vector<Value>& b,
                               const std::string& reason) {
  std::size_t front = 0;
  while (front < a.size() && front < b.size() && is_same(a[front], b[front]))
    ++front;
  if (front == a.size() && front == b.size()) return a;
  std::size_t back = 0;
  while (back < a.size() - front && back < b.size() - front &&
         is_same(a[a.size() - 1 - back], b[b.size() - 1 - back])) {
    ++back;
  }
  std::vector<Value> merged(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(front));
  merged.push_back(Value::stretch(reason));
  merged.insert(merged.end(), a.end() - static_cast<std::ptrdiff_t>(back), a.end());
  return merged;
}

Content merge_contents(Type type, const Content& a, const Content& b, const std::string& reason) {
  Content merged;
  merged.poison = a.poison.empty() ? b.poison : a.poison;
  merged.others = a.others.empty() ? b.others : a.others;
  if (!merged.poison.empty()) return merged;
  if (type == Type::set) {
    // In no order: what both hold, and perhaps more.
    bool same = a.items.size() == b.items.size();
    for (const Value& item : a.items) {
      const bool found = std::any_of(b.items.begin(), b.items.end(),
                                     [&](const Value& other) { return is_same(item, other); });
      if (found) merged.items.push_back(item);
      same = same && found;
    }
    if (!same) merged.items.push_back(Value::stretch(reason));
  } else {
    merged.items = merge_items(a.items, b.items, reason);
  }
  for (const Table::Entry& entry : a.table.entries()) {
    const Value* other = b.table.find(entry.code);
    Value value =
        other == nullptr ? Value::unknown(reason) : merge_values(entry.value, *other, reason);
    // A key of a dict that only one way sets: the dict may lack it.
    if (other == nullptr && type == Type::dict) {
      merged.others = reason;
      continue;
    }
    merged.table.set(entry.code, entry.key, std::move(value));
  }
  for (const Table::Entry& entry : b.table.entries()) {
    if (a.table.find(entry.code) != nullptr) continue;
    if (type == Type::dict) {
      merged.others = reason;
    } else {
      merged.table.set(entry.code, entry.key, Value::unknown(reason));
    }
  }
  return merged;
}

}  // namespace

Value merge_values(const Value& a, const Value& b, const std::string& reason) {
  if (is_same(a, b)) return a;
  if (a.is_sequence() && b.is_sequence() && a.type() == b.type()) {
    const Content& left = a.object()->content;
    const Content& right = b.object()->content;
    if (left.poison.empty() && right.poison.empty()) {
      Content merged = merge_contents(a.type(), left, right, reason);
      return make_list(std::move(merged.items), a.type()).with(a.trace());
    }
  }
  const Type a_type = a.is_unknown() ? a.hint() : a.type();
  const Type b_type = b.is_unknown() ? b.hint() : b.type();
  Value merged =
      Value::unknown(reason, a_type == b_type && a_type < Type::list ? a_type : Type::unknown);
  return merged.with(Trace::join(a.trace(), b.trace()))
      .marked(static_cast<std::uint8_t>(a.origins() | b.origins()));
}

Journal::~Journal() {
  std::vector<Content> contents;
  for (const auto& [address, held] : touched_) {
    if (const ObjectPtr object = held.lock())
      contents.push_back(std::exchange(object->content, {}));
  }
}

void Journal::touch(const ObjectPtr& object) {
  touched_.try_emplace(object.get(), object);
  if (open_.empty()) return;
  Changes& top = open_.back();
  if (top.contents.try_emplace(object.get(), object->content).second) top.order.push_back(object);
}

void Journal::begin() { open_.emplace_back(); }

void Journal::keep() {
  Changes top = std::move(open_.back());
  open_.pop_back();
  if (open_.empty()) return;
  Changes& below = open_.back();
  for (const ObjectPtr& object : top.order) {
    const auto [at, is_new] =
        below.contents.try_emplace(object.get(), std::move(top.contents[object.get()]));
    if (is_new) below.order.push_back(object);
  }
}

Changes Journal::take_back() {
  Changes top = std::move(open_.back());
  open_.pop_back();
  for (const ObjectPtr& object : top.order) {
    std::swap(object->content, top.contents[object.get()]);
  }
  return top;
}

void Journal::bring_back(Changes changes) {
  for (const ObjectPtr& object : changes.order) {
    touch(object);
    object->content = std::move(changes.contents[object.get()]);
  }
}

void Journal::merge(Changes a, Changes b, const std::string& reason) {
  for (const ObjectPtr& object : a.order) {
    touch(object);
    const auto other = b.contents.find(object.get());
    const Content& theirs = other == b.contents.end() ? object->content : other->second;
    object->content =
        merge_contents(object->type, a.contents[object.get()], Content(theirs), reason);
  }
  for (const ObjectPtr& object : b.order) {
    if (a.contents.contains(object.get())) continue;
    touch(object);
    object->content =
        merge_contents(object->type, Content(object->content), b.contents[object.get()], reason);
  }
}

}  // namespace gate::readers::python
