// Objects and arrays that several names and members hold: what changes one of them changes all.
//
// Values are copied; copies of one object have its number.
#include <optional>
#include <set>
#include <utility>

#include "gate/readers/settings/javascript/evaluator.h"

namespace gate::readers::javascript {
namespace {

using Ids = std::set<std::uint64_t>;

// Settings are not as deep; what lies deeper is not looked at.
constexpr std::uint32_t kMaxDepth = 100;

void collect(const Value& value, Ids& ids, std::uint32_t depth = 0) {
  if (depth > kMaxDepth) return;
  if (value.id != 0) ids.insert(value.id);
  for (const Value& item : value.items)
    collect(item, ids, depth + 1);
  for (const Property& property : value.properties)
    collect(*property.value, ids, depth + 1);
}

// Returns a value with `by` in the place of every object of these numbers; nothing where it holds
// none of them.
std::optional<Value> replaced(const Value& value, const Ids& ids, const Value& by,
                              std::uint32_t depth = 0) {
  if (value.id != 0 && ids.contains(value.id)) {
    Value made = by;
    if (by.is(Type::unknown)) made.trace = value.trace;
    return made;
  }
  if (depth > kMaxDepth) return Value::unknown("it is nested too deeply", value.trace);
  std::optional<Value> made;
  for (std::size_t index = 0; index < value.items.size(); ++index) {
    std::optional<Value> item = replaced(value.items[index], ids, by, depth + 1);
    if (!item) continue;
    if (!made) made = value;
    made->items[index] = *std::move(item);
  }
  for (std::size_t index = 0; index < value.properties.size(); ++index) {
    std::optional<Value> held = replaced(*value.properties[index].value, ids, by, depth + 1);
    if (!held) continue;
    if (!made) made = value;
    made->properties[index].value = std::make_shared<const Value>(*std::move(held));
  }
  return made;
}

}  // namespace

const Value* Evaluator::find(const std::vector<std::string>& path, std::size_t length) const {
  const Value* value = scope_->find(path.front());
  for (std::size_t index = 1; index < length && value != nullptr; ++index)
    value = value->find(path[index]);
  return value;
}

void Evaluator::replace_everywhere(const std::set<std::uint64_t>& ids, const Value& by) {
  steps_ += by.weight;
  for (const std::weak_ptr<Scope>& held : scopes_) {
    const std::shared_ptr<Scope> scope = held.lock();
    if (scope == nullptr) continue;
    for (auto& [name, value] : scope->names) {
      steps_ += value.weight;
      if (std::optional<Value> changed = replaced(value, ids, by)) value = *std::move(changed);
    }
  }
  if (!exported_) return;
  if (std::optional<Value> changed = replaced(*exported_, ids, by)) exported_ = std::move(changed);
}

void Evaluator::change(const std::vector<std::string>& path, Value changed) {
  if (changed.id != 0) return replace_everywhere({changed.id}, changed);
  // Nothing else holds it: the objects along the path are built anew.
  Value value = std::move(changed);
  for (std::size_t index = path.size(); index-- > 1;) {
    Value object = *find(path, index);
    object.set(path[index], std::move(value));
    value = std::move(object);
  }
  *scope_->find(path.front()) = std::move(value);
}

void Evaluator::forget(const Value& value, std::string_view why) {
  Ids ids;
  collect(value, ids);
  if (!ids.empty()) replace_everywhere(ids, Value::unknown(std::string(why)));
}

}  // namespace gate::readers::javascript
