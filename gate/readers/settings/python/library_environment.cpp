// os.environ and python-dotenv.
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

// The name of a variable; nothing where it is not known.
std::optional<std::string> key_of(const Call& call) { return text_argument(call, 0, "key"); }

Value unknown_key(Evaluator& evaluator, const Call& call) {
  const Value* key = call.find(0, "key");
  if (key == nullptr) return evaluator.unknown("the name of a variable is missing");
  return evaluator.unknown_because(*key, Type::text);
}

// What stands in for a variable that is not set: the trace says both.
Value fallback_for(Evaluator& evaluator, const Call& call, const Evaluator::Variable& variable,
                   const Value& fallback) {
  const std::uint8_t origins = fallback.origins() | origin::environment;
  if (fallback.is_object()) return fallback;
  const Trace trace = Trace::join(variable.value.trace(), fallback.trace());
  return fallback.with(trace)
      .then({fmt::format("its default is {}", shown(fallback)),
             evaluator.place(call.scope, call.node)})
      .marked(origins);
}

Value get(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = key_of(call);
  if (!key) return unknown_key(evaluator, call);
  const Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state != State::unset) {
    if (variable.state == State::unknown) {
      return evaluator.unknown(variable.value.reason(), 0)
          .with(variable.value.trace())
          .marked(origin::environment);
    }
    return variable.value;
  }
  const Value* fallback = call.find(1, "default");
  if (fallback == nullptr) return variable.value;
  return fallback_for(evaluator, call, variable, *fallback);
}

Value item(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = key_of(call);
  if (!key) return unknown_key(evaluator, call);
  const Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state == State::set) return variable.value;
  if (variable.state == State::unknown) {
    return evaluator.unknown(variable.value.reason(), Evaluator::maybe_lookup, Type::text)
        .with(variable.value.trace())
        .marked(origin::environment);
  }
  return evaluator.raise(call, "KeyError", fmt::format("{} is not set", *key));
}

Value set_default(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = key_of(call);
  const Value* value = call.find(1);
  if (!key || value == nullptr) return unknown_key(evaluator, call);
  const Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state != State::unset) return variable.value;
  evaluator.set_variable(*key, *value);
  return *value;
}

Value pop(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = key_of(call);
  if (!key) return unknown_key(evaluator, call);
  const Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state == State::unset) {
    const Value* fallback = call.find(1);
    if (fallback != nullptr) return fallback_for(evaluator, call, variable, *fallback);
    return evaluator.raise(call, "KeyError", fmt::format("{} is not set", *key));
  }
  evaluator.unset_variable(*key);
  return variable.value;
}

Value update(Evaluator& evaluator, Call& call) {
  for (const Value& from : call.positional) {
    if (!from.is(Type::dict)) continue;
    for (const Table::Entry& entry : from.object()->content.table.entries()) {
      if (entry.key.is(Type::text)) evaluator.set_variable(entry.key.text(), entry.value);
    }
  }
  for (const Call::Named& named : call.named)
    evaluator.set_variable(named.name, named.value);
  return {};
}

Value remove(Evaluator& evaluator, Call& call) {
  if (const std::optional<std::string> key = key_of(call)) evaluator.unset_variable(*key);
  return {};
}

Value has(Evaluator& evaluator, Call& call) {
  const Value* key = call.find(0);
  return key == nullptr ? Value(false) : evaluator.compare(Op::in, *key, call.self);
}

Value itself(Evaluator& /*evaluator*/, Call& call) { return call.self; }

Value keys(Evaluator& evaluator, Call& call) {
  std::vector<Value> items;
  for (const std::string& key : evaluator.environment_keys())
    items.emplace_back(key);
  items.push_back(Value::stretch("a program inherits variables that no file sets"));
  (void)call;
  return make_list(std::move(items));
}

Value pairs(Evaluator& evaluator, Call& /*call*/) {
  std::vector<Value> items;
  for (const std::string& key : evaluator.environment_keys()) {
    items.push_back(make_list({Value(key), evaluator.variable(key).value}, Type::tuple));
  }
  items.push_back(Value::stretch("a program inherits variables that no file sets"));
  return make_list(std::move(items));
}

// ---- python-dotenv

Value load(Evaluator& evaluator, Call& call) {
  const Value* path = call.find(0, "dotenv_path");
  if (path == nullptr || path->is_none()) {
    if (const auto found = evaluator.find_above(call.scope.module->path, {".env"})) {
      evaluator.load_dotenv(*found, "python-dotenv");
    }
  } else if (const std::optional<std::string> text = to_text(*path)) {
    if (const std::optional<std::string> below = project_path(*text))
      evaluator.load_dotenv(*below, "python-dotenv");
  }
  return evaluator.unknown("whether a file was found is not known", 0, Type::boolean);
}

Value find(Evaluator& evaluator, Call& call) {
  if (const auto found = evaluator.find_above(call.scope.module->path, {".env"})) {
    return Value(fmt::format("{}/{}", kProjectMark, *found));
  }
  return evaluator.unknown("whether there is a .env on the server is not known", 0, Type::text);
}

Value values(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("what the file on the server holds is not known");
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"dotenv.dotenv_values", values},
    {"dotenv.find_dotenv", find},
    {"dotenv.load_dotenv", load},
    {"dotenv.read_dotenv", load},
    {"os.environ.__contains__", has},
    {"os.environ.__delitem__", remove},
    {"os.environ.__getitem__", item},
    {"os.environ.copy", itself},
    {"os.environ.get", get},
    {"os.environ.items", pairs},
    {"os.environ.keys", keys},
    {"os.environ.pop", pop},
    {"os.environ.setdefault", set_default},
    {"os.environ.update", update},
    {"os.getenv", get},
    {"os.putenv", values},
});

}  // namespace

std::span<const NativeEntry> environment_natives() { return kNatives; }

}  // namespace gate::readers::python
