// Functions of functions: functools.
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

// What partial() was given: the function and the first arguments as elements, the named ones by
// name.
Value partial(Evaluator& evaluator, Call& call) {
  if (call.positional.empty()) return evaluator.raise(call, "TypeError", "partial()");
  Value made = make_instance("functools.partial");
  made.object()->content.items = call.positional;
  for (const Call::Named& named : call.named) {
    made.object()->content.table.set_name(named.name, named.value);
  }
  return made;
}

Value call_partial(Evaluator& evaluator, Call& call) {
  const Content& held = call.self.object()->content;
  const Value function = held.items.front();
  Call whole{call.scope, call.node, {held.items.begin() + 1, held.items.end()}, call.named};
  whole.positional.insert(whole.positional.end(), call.positional.begin(), call.positional.end());
  for (const Table::Entry& entry : held.table.entries()) {
    // What the call names itself comes first.
    if (call.find(SIZE_MAX, entry.code) == nullptr)
      whole.named.push_back({entry.code, entry.value});
  }
  return evaluator.call(function, whole);
}

Value reduce(Evaluator& evaluator, Call& call) {
  if (call.positional.size() < 2) return evaluator.raise(call, "TypeError", "reduce()");
  const Value function = call.positional[0];
  std::optional<Value> result;
  if (call.positional.size() > 2) result = call.positional[2];
  const std::optional<std::string> broken =
      evaluator.iterate(call.positional[1], [&](const Value& item) {
        if (!result) {
          result = item;
          return true;
        }
        Call one{call.scope, call.node, {*result, item}, {}};
        result = evaluator.call(function, one);
        return !evaluator.is_raising();
      });
  if (broken) return evaluator.unknown(*broken);
  if (!result) return evaluator.raise(call, "TypeError", "reduce() of nothing");
  return *result;
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"functools.partial", partial},
    {"functools.partial.__call__", call_partial},
    {"functools.reduce", reduce},
});

}  // namespace

std::span<const NativeEntry> function_natives() { return kNatives; }

}  // namespace gate::readers::python
