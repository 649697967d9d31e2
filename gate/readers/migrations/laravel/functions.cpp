// Functions of PHP and Laravel that a migration calls.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;

}  // namespace

std::string driver_name(const Database& database) {
  switch (database.engine) {
    case Engine::postgres:
      return "pgsql";
    case Engine::mysql:
    case Engine::mariadb:  // most configurations name the driver so for both
      return "mysql";
    case Engine::sqlite:
      return "sqlite";
  }
  return {};
}

// config('permission.table_names'): what the files of config/ give; where that hangs on something
// that is not known, what the migration does depends on where it runs.
Value Interpreter::read_config(const Arguments& arguments, Node node) {
  if (!arguments.has(0)) return {};
  const std::optional<std::string> key = arguments.get(0, "key").as_text();
  // config([...]) sets.
  if (!key || arguments.get(0, "key").is(Value::Kind::list)) return {};
  if (*key == "database.default") return Value::of(driver_name(schema_.database()));
  if (*key == "app.env") return environment_name(node);
  const bool has_fallback = arguments.has(1, "default");
  bool depends = false;
  Value value =
      project_.config(*key, has_fallback ? arguments.get(1, "default") : Value{}, depends);
  if (depends || !value.known()) remark(RemarkKind::environment, node);
  return value;
}

// Returns the environment of the application; where nobody knows it, what the migration does
// depends on where it runs.
Value Interpreter::environment_name(Node node) {
  Value name = project_.environment();
  if (!name.known()) remark(RemarkKind::environment, node);
  return name;
}

// app()->environment('local', 'test*'), App::isProduction(); nothing for what asks of something
// else.
std::optional<Value> Interpreter::ask_application(std::string_view method,
                                                  const Arguments& arguments, Node node) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kQuestions{
      {{"isProduction", "production"}, {"isLocal", "local"}, {"runningUnitTests", "testing"}}};
  for (const auto& [question, wanted] : kQuestions) {
    if (method != question) continue;
    const Value name = environment_name(node);
    return name.known() ? Value::of(name.text == wanted) : Value{};
  }
  if (method != "environment") return std::nullopt;
  const Value name = environment_name(node);
  if (!name.known() || arguments.places.empty()) return name;
  Value patterns = arguments.places.front();
  if (!patterns.is(Value::Kind::list)) {
    Items all;
    for (const Value& pattern : arguments.places)
      all.emplace_back(Value::of(static_cast<std::int64_t>(all.size())), pattern);
    patterns = Value::of(std::move(all));
  }
  return project_.compute("Str::is", {patterns, name});
}

// Functions that are called for each element of a list; each in the order of its parameters.
Value Interpreter::call_with_elements(std::string_view name, const Arguments& arguments) {
  const bool maps = name == "array_map";
  const Value list = arguments.get(maps ? 1 : 0);
  const Value closure = arguments.get(maps ? 0 : 1);
  if (!list.is(Value::Kind::list)) {
    call_closure(closure, {list});
    return {};
  }
  Items made;
  for (const auto& [key, value] : *list.items) {
    Value result =
        call_closure(closure, maps ? std::vector<Value>{value} : std::vector<Value>{value, key});
    made.emplace_back(key, std::move(result));
  }
  return maps ? Value::of(std::move(made)) : Value{};
}

// file_get_contents(), File::get() of a file of the application: SQL that DB::unprepared() runs.
Value Interpreter::read_file(const Arguments& arguments) {
  auto text = project_.text_of(arguments.text(0, "", "filename"));
  return text ? Value::of(*std::move(text)) : Value{};
}

Value Interpreter::call_function(std::string_view name, Node node) {
  const Arguments arguments = evaluate_arguments(node.child(1));
  if (name == "env") {
    remark(RemarkKind::environment, node);
    return {};
  }
  if (name == "config") return read_config(arguments, node);
  if (name == "app" || name == "resolve") {
    if (!arguments.has(0) && arguments.names.empty()) return Value::of(Value::Kind::application);
    const std::string wanted = arguments.text(0, "");
    if (wanted == "app") return Value::of(Value::Kind::application);
    if (wanted == "env") return environment_name(node);
    if (wanted == "db") return Value::of(Value::Kind::connection);
    if (wanted == "db.schema") return Value::of(Value::Kind::schema);
    if (!arguments.places.empty() && !arguments.get(0).is(Value::Kind::class_name)) return {};
    Value object = Value::of(Value::Kind::object);
    object.text = wanted;
    return object;
  }
  if (name == "collect") return arguments.get(0);
  if (auto path = Project::path_of(name, arguments.text(0, "", "path")))
    return arguments.places.empty() || arguments.get(0).known() ? Value::of(*std::move(path))
                                                                : Value{};
  if (name == "file_get_contents") return read_file(arguments);
  if (name == "in_array") {
    const Value list = arguments.get(1);
    if (!list.is(Value::Kind::list) || !arguments.get(0).known()) return {};
    Arguments wanted;
    wanted.places.push_back(arguments.get(0));
    return call_list(list, "contains", wanted);
  }
  if (name == "array_map" || name == "array_walk") return call_with_elements(name, arguments);
  if (name == "tap" || name == "retry" || name == "value" || name == "with") {
    const Value subject = arguments.get(0);
    if (subject.is(Value::Kind::closure)) return call_closure(subject, {});
    const Value result = call_closure(arguments.get(1), {subject});
    return name == "tap" ? subject : result;
  }
  if (name == "array_column" && arguments.places.size() == 2 &&
      arguments.get(0).is(Value::Kind::list)) {
    Arguments key;
    key.places.push_back(arguments.get(1));
    return call_list(arguments.get(0), "pluck", key);
  }
  if (name == "is_null") {
    const Value value = arguments.get(0);
    return value.known() ? Value::of(value.is(Value::Kind::null)) : Value{};
  }
  note_handed_over(arguments, node);
  const bool named = !arguments.names.empty();
  return named ? Value{} : project_.compute(name, arguments.places);
}

}  // namespace gate::readers::migrations::laravel
