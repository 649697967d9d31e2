// python-decouple 3.8: config() with casts, Csv, Choices.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

// strtobool() of distutils, which decouple holds a copy of.
std::optional<bool> word_truth(std::string_view text) {
  constexpr auto kTrue = std::to_array<std::string_view>({"y", "yes", "t", "true", "on", "1"});
  constexpr auto kFalse = std::to_array<std::string_view>({"n", "no", "f", "false", "off", "0"});
  const std::string word = base::to_lower(text);
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  return std::nullopt;
}

Value to_bool(Evaluator& evaluator, const Call& call, const Value& value) {
  const std::optional<std::string> text = to_text(value);
  if (!text) return evaluator.unknown_because(value, Type::boolean);
  if (text->empty()) return traced(evaluator, call, "cast=bool", value, Value(false));
  const std::optional<bool> truth = word_truth(*text);
  if (!truth) {
    return evaluator.raise(call, "ValueError", fmt::format("{} is no truth value", shown(value)));
  }
  return traced(evaluator, call, "cast=bool", value, Value(*truth));
}

Value config(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = text_argument(call, 0, "option");
  if (!key) return evaluator.unknown("the name of a variable is not known");
  const Value* fallback = call.find(1, "default");
  const Value* cast = call.find(2, "cast");
  Evaluator::Variable variable = evaluator.variable(*key);
  if (variable.state == State::unset) {
    // The first settings.ini or .env above the module that asks.
    const std::string& path = call.scope.module->path;
    const std::optional<std::string> file = evaluator.find_above(path, {"settings.ini", ".env"});
    if (file && file->ends_with(".env")) {
      if (std::optional<Value> found = evaluator.dotenv_value(*file, *key, "decouple")) {
        variable = {State::set, *std::move(found)};
      }
    } else if (file) {
      return evaluator.unknown(fmt::format("{} is not followed", *file));
    }
  }
  Value value = variable.value;
  if (variable.state == State::unset) {
    if (fallback == nullptr) {
      return evaluator.raise(call, "decouple.UndefinedValueError",
                             fmt::format("{} is not set", *key));
    }
    value = *fallback;
    if (!value.is_object()) {
      value = value.with(Trace::join(variable.value.trace(), value.trace()))
                  .then({fmt::format("its default is {}", shown(value)),
                         evaluator.place(call.scope, call.node)});
    }
    value = value.marked(value.origins() | origin::environment);
  }
  if (cast == nullptr) return value;
  if (value.is_unknown()) {
    const bool boolean = cast->is(Type::native) && cast->object()->name == "bool";
    return evaluator.unknown_because(value, boolean ? Type::boolean : Type::unknown);
  }
  if (cast->is(Type::native) && cast->object()->name == "bool")
    return to_bool(evaluator, call, value);
  const Value function = *cast;
  Call one{call.scope, call.node, {value.marked(0)}, {}};
  return evaluator.call(function, one);
}

Value csv_new(Evaluator& /*evaluator*/, Call& call) {
  Value made = make_instance("decouple.Csv");
  constexpr auto kNames =
      std::to_array<std::string_view>({"cast", "delimiter", "strip", "post_process"});
  for (std::size_t at = 0; at < kNames.size(); ++at) {
    if (const Value* given = call.find(at, kNames[at])) {
      made.object()->content.table.set_name(kNames[at], *given);
    }
  }
  return made;
}

Value csv_call(Evaluator& evaluator, Call& call) {
  const Table& options = call.self.object()->content.table;
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "Csv()");
  if (value->is_unknown()) return evaluator.unknown_because(*value, Type::list);
  if (!value->is(Type::text)) return evaluator.unknown("Csv() of something else than a text");
  std::string delimiter = ",";
  std::string blanks = " \t\n\r\v\f";
  if (const Value* given = options.find("delimiter")) {
    if (!given->is(Type::text)) return evaluator.unknown_because(*given, Type::list);
    delimiter = given->text();
  }
  if (const Value* given = options.find("strip")) {
    if (!given->is(Type::text)) return evaluator.unknown_because(*given, Type::list);
    blanks = given->text();
  }
  // Quotes, escapes and comments of shlex are not followed.
  if (value->text().find_first_of("\"'\\#") != std::string::npos) {
    return evaluator.unknown("quotes in a list of values are not followed", Evaluator::maybe_value,
                             Type::list);
  }
  std::vector<Value> items;
  std::string_view rest = value->text();
  while (!rest.empty()) {
    const std::size_t at = rest.find_first_of(delimiter);
    std::string_view part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    if (part.empty()) continue;
    const std::size_t begin = part.find_first_not_of(blanks);
    part = begin == std::string_view::npos
               ? std::string_view()
               : part.substr(begin, part.find_last_not_of(blanks) - begin + 1);
    Value item = Value(std::string(part)).with(value->trace());
    if (const Value* cast = options.find("cast")) {
      Call one{call.scope, call.node, {item}, {}};
      item = evaluator.call(*cast, one);
    }
    items.push_back(std::move(item));
  }
  const Value list = make_list(std::move(items)).with(value->trace());
  if (const Value* process = options.find("post_process")) {
    Call one{call.scope, call.node, {list}, {}};
    return evaluator.call(*process, one);
  }
  return list;
}

Value choices_new(Evaluator& /*evaluator*/, Call& call) {
  Value made = make_instance("decouple.Choices");
  if (const Value* cast = call.find(1, "cast")) {
    made.object()->content.table.set_name("cast", *cast);
  }
  return made;
}

Value choices_call(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "Choices()");
  const Value* cast = call.self.object()->content.table.find("cast");
  if (cast == nullptr) return *value;
  Call one{call.scope, call.node, {*value}, {}};
  return evaluator.call(*cast, one);
}

Value config_new(Evaluator& /*evaluator*/, Call& /*call*/) {
  return make_instance("decouple.Config");
}
Value repository_new(Evaluator& /*evaluator*/, Call& /*call*/) {
  return make_instance("decouple.Repository");
}

Value truth_of_word(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "strtobool()");
  if (!value->is(Type::text)) {
    if (value->is_unknown()) return evaluator.unknown_because(*value, Type::integer);
    return evaluator.raise(call, "AttributeError", "strtobool() takes a text");
  }
  const std::optional<bool> truth = word_truth(value->text());
  if (!truth) {
    return evaluator.raise(call, "ValueError", fmt::format("{} is no truth value", shown(*value)));
  }
  return traced(evaluator, call, "strtobool", *value, Value(std::int64_t{*truth ? 1 : 0}));
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"decouple.AutoConfig", config_new},
    {"decouple.Choices", choices_new},
    {"decouple.Choices.__call__", choices_call},
    {"decouple.Config", config_new},
    {"decouple.Config.__call__", config},
    {"decouple.Config.get", config},
    {"decouple.Csv", csv_new},
    {"decouple.Csv.__call__", csv_call},
    {"decouple.RepositoryEmpty", repository_new},
    {"decouple.RepositoryEnv", repository_new},
    {"decouple.RepositoryIni", repository_new},
    {"decouple.config", config},
    {"decouple.config.get", config},
    {"distutils.util.strtobool", truth_of_word},
});

}  // namespace

std::span<const NativeEntry> decouple_natives() { return kNatives; }

}  // namespace gate::readers::python
