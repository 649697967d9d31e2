// Objects and arrays that several names and members hold: what changes one of them changes all.
//
// Values are copied; copies of one object have its number.
#include <set>
#include <utility>

#include "gate/readers/settings/javascript/evaluator.h"

namespace gate::readers::javascript {
namespace {

using Ids = std::set<std::uint64_t>;

void collect(const Value& value, Ids& ids) {
  if (value.id != 0) ids.insert(value.id);
  for (const Value& item : value.items)
    collect(item, ids);
  for (const Property& property : value.properties)
    collect(*property.value, ids);
}

bool holds(const Value& value, const Ids& ids) {
  if (value.id != 0 && ids.contains(value.id)) return true;
  for (const Value& item : value.items) {
    if (holds(item, ids)) return true;
  }
  for (const Property& property : value.properties) {
    if (holds(*property.value, ids)) return true;
  }
  return false;
}

// Puts `by` in the place of every object of these numbers.
void replace(Value& value, const Ids& ids, const Value& by) {
  if (value.id != 0 && ids.contains(value.id)) {
    Trace trace = by.is(Type::unknown) ? value.trace : by.trace;
    value = by;
    value.trace = std::move(trace);
    return;
  }
  for (Value& item : value.items)
    replace(item, ids, by);
  for (Property& property : value.properties) {
    if (!holds(*property.value, ids)) continue;
    Value changed = *property.value;
    replace(changed, ids, by);
    property.value = std::make_shared<const Value>(std::move(changed));
  }
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
      replace(value, ids, by);
    }
  }
  if (exported_) replace(*exported_, ids, by);
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
