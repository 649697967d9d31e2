// environs: Env with its methods, as of 9 to 14 (github.com/sloria/environs).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

struct Asked {
  std::optional<Value> text;      // what the variable holds
  std::optional<Value> fallback;  // what stands in for it, or the value of a call that has failed
};

Asked ask(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = text_argument(call, 0, "name");
  if (!key) return {{}, evaluator.unknown("the name of a variable is not known")};
  const Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state == State::set) return {variable.value, {}};
  if (variable.state == State::unknown) {
    return {{}, evaluator.unknown(variable.value.reason(), 0).with(variable.value.trace())};
  }
  const Value* fallback = call.find(1, "default");
  if (fallback == nullptr) {
    return {{}, evaluator.raise(call, "environs.EnvError", fmt::format("{} is not set", *key))};
  }
  if (fallback->is_object()) return {{}, *fallback};
  return {{},
          fallback->with(Trace::join(variable.value.trace(), fallback->trace()))
              .then({fmt::format("its default is {}", shown(*fallback)),
                     evaluator.place(call.scope, call.node)})
              .marked(fallback->origins() | origin::environment)};
}

Value text(Evaluator& evaluator, Call& call) {
  const Asked asked = ask(evaluator, call);
  return asked.text ? *asked.text : *asked.fallback;
}

Value boolean(Evaluator& evaluator, Call& call) {
  const Asked asked = ask(evaluator, call);
  if (!asked.text) return asked.fallback->marked(0);
  // The words of marshmallow's Boolean, as they are written there.
  constexpr auto kTrue = std::to_array<std::string_view>(
      {"t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"});
  constexpr auto kFalse = std::to_array<std::string_view>(
      {"f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"});
  const std::string& word = asked.text->text();
  const bool is_true = std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end();
  if (!is_true && std::find(kFalse.begin(), kFalse.end(), word) == kFalse.end()) {
    if (word.empty()) return evaluator.unknown("an empty switch", Evaluator::maybe_value);
    return evaluator.raise(call, "environs.EnvValidationError",
                           fmt::format("{} is no truth value", shown(*asked.text)));
  }
  return traced(evaluator, call, "env.bool", *asked.text, Value(is_true));
}

Value cast(Evaluator& evaluator, Call& call, std::string_view function) {
  const Asked asked = ask(evaluator, call);
  if (!asked.text) return *asked.fallback;
  if (asked.text->text().empty()) {
    return evaluator.unknown("an empty variable", Evaluator::maybe_value);
  }
  Call one{call.scope, call.node, {*asked.text}, {}};
  return find_native(function)(evaluator, one);
}
Value integer(Evaluator& evaluator, Call& call) { return cast(evaluator, call, "int"); }
Value number(Evaluator& evaluator, Call& call) { return cast(evaluator, call, "float"); }
Value json(Evaluator& evaluator, Call& call) { return cast(evaluator, call, "json.loads"); }

Value list(Evaluator& evaluator, Call& call) {
  const Asked asked = ask(evaluator, call);
  if (!asked.text) return *asked.fallback;
  const Value* each = call.find(SIZE_MAX, "subcast");
  if (call.find(SIZE_MAX, "delimiter") != nullptr) {
    return evaluator.unknown("a delimiter is not followed", 0, Type::list);
  }
  std::vector<Value> items;
  std::string_view rest = asked.text->text();
  while (!asked.text->text().empty()) {
    const std::size_t comma = rest.find(',');
    const std::string part(rest.substr(0, comma));
    // Versions differ about the blanks around an element.
    if (part.starts_with(' ') || part.ends_with(' ')) {
      return evaluator.unknown("blanks around the elements of a list", 0, Type::list);
    }
    Value item = Value(part).with(asked.text->trace());
    if (each != nullptr) {
      Call one{call.scope, call.node, {item}, {}};
      item = evaluator.call(*each, one);
    }
    items.push_back(std::move(item));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return make_list(std::move(items)).with(asked.text->trace());
}

// A default that is a text is a URL as well.
Value database(Evaluator& evaluator, Call& call) {
  const Asked asked = ask(evaluator, call);
  const Value& url = asked.text ? *asked.text : *asked.fallback;
  if (url.is_unknown() || evaluator.is_raising()) return url;
  Call parse{call.scope, call.node, {url}, {}};
  for (const Call::Named& named : call.named) {
    if (named.name != "default") parse.named.push_back(named);
  }
  return find_native("dj_database_url.parse")(evaluator, parse);
}

Value env_new(Evaluator& /*evaluator*/, Call& /*call*/) { return make_instance("environs.Env"); }

Value read(Evaluator& evaluator, Call& call) {
  return find_native("dotenv.load_dotenv")(evaluator, call);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"environs.Env", env_new},
    {"environs.Env.__call__", text},
    {"environs.Env.bool", boolean},
    {"environs.Env.dj_db_url", database},
    {"environs.Env.float", number},
    {"environs.Env.int", integer},
    {"environs.Env.json", json},
    {"environs.Env.list", list},
    {"environs.Env.read_env", read},
    {"environs.Env.str", text},
});

}  // namespace

std::span<const NativeEntry> environs_natives() { return kNatives; }

}  // namespace gate::readers::python
