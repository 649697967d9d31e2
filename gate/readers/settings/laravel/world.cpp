#include "gate/readers/settings/laravel/world.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/php.h"
#include "gate/readers/settings/laravel/functions.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Arguments;
using php::Type;
using php::Value;

// A class by its short name, whatever the file imports: facades are known without their namespace
// too.
bool is_class(std::string_view name, std::string_view full) {
  return php::same_name(name, full) || php::same_name(name, php::short_name(full));
}

const php::Function* find_static(std::string_view class_name, std::string_view method) {
  const std::string lowered = base::to_lower(method);
  if (is_class(class_name, "Illuminate\\Support\\Str")) return find_str(lowered);
  if (is_class(class_name, "Illuminate\\Support\\Arr")) return find_arr(lowered);
  return nullptr;
}

bool is_env_get(std::string_view class_name, std::string_view method) {
  return is_class(class_name, "Illuminate\\Support\\Env") && php::same_name(method, "get");
}

// Laravel's words for true, false, nothing and the empty text, and one pair of quotes around a
// line.
Value cast(const std::string& text) {
  const std::string word = base::to_lower(text);
  if (word == "true" || word == "(true)") return true;
  if (word == "false" || word == "(false)") return false;
  if (word == "empty" || word == "(empty)") return std::string();
  if (word == "null" || word == "(null)") return {};
  const bool is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                         text.front() == text.back() && text.find('\n') == std::string::npos;
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

// The folder that a path helper stands for, from the root of the application.
std::optional<std::string_view> folder_of(std::string_view helper) {
  constexpr std::string_view kHelpers[][2] = {
      {"app_path", "app"},
      {"base_path", ""},
      {"config_path", "config"},
      {"database_path", "database"},
      {"lang_path", "lang"},
      {"public_path", "public"},
      {"resource_path", "resources"},
      {"storage_path", "storage"},
  };
  for (const auto& [name, folder] : kHelpers)
    if (name == helper) return folder;
  return std::nullopt;
}

Value path_below(std::string_view folder, const Arguments& arguments) {
  std::string path(folder);
  if (const Value* const more = php::find_argument(arguments, 0, "path")) {
    if (!more->is_known()) return *more;
    const std::optional<std::string> text = php::to_text(*more);
    if (!text) return php::wrong_arguments();
    if (!text->empty()) {
      path += '/';
      path += text->substr(std::min(text->find_first_not_of('/'), text->size()));
    }
  }
  if (path.starts_with('/')) path.erase(0, 1);
  return php::Object{php::Object::Class::path, Value(std::move(path))};
}

// The constants of PDO itself, the same in every build.
std::optional<std::int64_t> pdo_number(std::string_view name) {
  constexpr std::pair<std::string_view, std::int64_t> kNumbers[] = {
      {"ATTR_AUTOCOMMIT", 0},
      {"ATTR_CASE", 8},
      {"ATTR_DEFAULT_FETCH_MODE", 19},
      {"ATTR_EMULATE_PREPARES", 20},
      {"ATTR_ERRMODE", 3},
      {"ATTR_ORACLE_NULLS", 11},
      {"ATTR_PERSISTENT", 12},
      {"ATTR_PREFETCH", 1},
      {"ATTR_STRINGIFY_FETCHES", 17},
      {"ATTR_TIMEOUT", 2},
      {"CASE_LOWER", 2},
      {"CASE_NATURAL", 0},
      {"CASE_UPPER", 1},
      {"ERRMODE_EXCEPTION", 2},
      {"ERRMODE_SILENT", 0},
      {"ERRMODE_WARNING", 1},
      {"FETCH_ASSOC", 2},
      {"FETCH_BOTH", 4},
      {"FETCH_CLASS", 8},
      {"FETCH_NUM", 3},
      {"FETCH_OBJ", 5},
      {"NULL_EMPTY_STRING", 1},
      {"NULL_NATURAL", 0},
      {"NULL_TO_STRING", 2},
  };
  for (const auto& [known, number] : kNumbers)
    if (known == name) return number;
  return std::nullopt;
}

// A path without `.`, `..` and doubled slashes; nothing where it leaves the application.
std::optional<std::string> normal_path(std::string_view path) {
  std::string normal;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (normal.empty()) return std::nullopt;
      const std::size_t last = normal.rfind('/');
      normal.resize(last == std::string::npos ? 0 : last);
      continue;
    }
    if (!normal.empty()) normal += '/';
    normal += part;
  }
  return normal;
}

}  // namespace

EnvironmentValue World::find(std::string_view key) const {
  if (changed_.empty()) return environment_.find(key);
  EnvironmentValue value;
  value.state = EnvironmentValue::State::unknown;
  value.reason = changed_;
  return value;
}

void World::forget_environment(const std::string& reason) {
  if (changed_.empty()) changed_ = reason;
}

std::optional<Value> World::env(std::string_view key, Trace& trace) {
  const EnvironmentValue found = find(key);
  trace = found.trace(key);
  switch (found.state) {
    case EnvironmentValue::State::unset:
      if (found.secret) trace = Trace({fmt::format("{} is not set", key), {}}, true);
      return std::nullopt;
    case EnvironmentValue::State::unknown:
      return Value::unknown(fmt::format("{} is not known: {}", key, found.reason)).with(trace);
    case EnvironmentValue::State::set:
      break;
  }
  // A key without a value unsets the variable.
  if (!found.has_value) return std::nullopt;
  return cast(found.value).with(trace);
}

Value World::environment(std::string_view key) {
  const EnvironmentValue found = find(key);
  const Trace trace = found.trace(key);
  if (found.state == EnvironmentValue::State::unknown)
    return Value::unknown(fmt::format("{} is not known: {}", key, found.reason)).with(trace);
  if (found.state == EnvironmentValue::State::unset || !found.has_value) return Value().with(trace);
  return Value(found.value).with(trace);
}

std::optional<Value> World::call(php::Evaluator& evaluator, std::string_view function,
                                 const Arguments& arguments) {
  if (function == "env") {
    const Value* const key = php::find_argument(arguments, 0, "key");
    if (key == nullptr) return php::wrong_arguments();
    if (!key->is(Type::string)) return key->is_known() ? php::wrong_arguments() : *key;
    Trace trace;
    if (std::optional<Value> value = env(key->text(), trace)) return value;
    const Value* const given = php::find_argument(arguments, 1, "default");
    Value fallback = given == nullptr ? Value() : *given;
    if (fallback.is(Type::closure)) fallback = evaluator.invoke(fallback, {});
    return fallback.with(Trace::join(trace, fallback.trace()));
  }
  if (const auto folder = folder_of(function)) return path_below(*folder, arguments);
  if (function == "config") {
    const Value* const key = php::find_argument(arguments, 0, "key");
    const Value* const fallback = php::find_argument(arguments, 1, "default");
    if (key == nullptr || !key->is(Type::string)) return std::nullopt;
    return config(key->text(), fallback == nullptr ? Value() : *fallback);
  }
  if (const php::Function* const helper = find_helper(function))
    return call_function(*helper, evaluator, arguments);
  return std::nullopt;
}

std::optional<Value> World::call_static(php::Evaluator& evaluator, std::string_view class_name,
                                        std::string_view method, const Arguments& arguments) {
  if (is_env_get(class_name, method)) return call(evaluator, "env", arguments);
  if (const php::Function* const function = find_static(class_name, method))
    return call_function(*function, evaluator, arguments);
  return std::nullopt;
}

std::optional<Value> World::call_method(php::Evaluator& evaluator, const Value& object,
                                        std::string_view method, const Arguments& arguments) {
  if (!object.is(Type::object)) return std::nullopt;
  return call_fluent(evaluator, object.object(), base::to_lower(method), arguments);
}

std::optional<Value> World::class_constant(std::string_view class_name, std::string_view name) {
  if (php::same_name(class_name, "PDO")) {
    if (const std::optional<std::int64_t> number = pdo_number(name)) return Value(*number);
    // Those of the drivers differ between builds of PHP; as a name of its own each is enough to
    // tell entries apart.
    return Value::unknown(fmt::format("PDO::{} differs between builds of PHP", name));
  }
  return std::nullopt;
}

bool World::takes_values(std::string_view function) {
  const std::size_t scope = function.find("::");
  if (scope == std::string_view::npos) {
    return function == "env" || function == "config" || folder_of(function) ||
           find_helper(function) != nullptr;
  }
  const std::string_view class_name = function.substr(0, scope);
  const std::string_view method = function.substr(scope + 2);
  return is_env_get(class_name, method) || find_static(class_name, method) != nullptr;
}

std::optional<std::string> World::text(std::string_view path) const {
  const std::optional<std::string> normal = normal_path(path);
  return normal ? files_.read(*normal) : std::nullopt;
}

std::optional<std::string_view> World::helper_folder(std::string_view helper) {
  return folder_of(helper);
}

std::optional<php::File> World::file(std::string_view path) {
  const std::optional<std::string> normal = normal_path(path);
  if (!normal) return std::nullopt;
  if (const auto known = parsed_.find(*normal); known != parsed_.end()) return known->second;
  std::optional<std::string> text = files_.read(*normal);
  if (!text) return std::nullopt;
  php::File file;
  file.path = std::make_shared<const std::string>(*normal);
  file.tree = php::parse(std::make_shared<const base::Source>(*normal, *std::move(text)));
  return parsed_.emplace(*normal, std::move(file)).first->second;
}

void World::set_config(std::string name, Value value) {
  config_.insert_or_assign(std::move(name), std::move(value));
}

Value World::config(std::string_view key, const Value& fallback) const {
  std::string_view name = key;
  std::string_view rest;
  // The longest name of a file that the key begins with.
  auto found = config_.find(name);
  while (found == config_.end()) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos)
      return Value::unknown(fmt::format("config('{}') is not known while config/ is loaded", key));
    name = key.substr(0, dot);
    rest = key.substr(dot + 1);
    found = config_.find(name);
  }
  Value value = found->second;
  while (!rest.empty()) {
    if (!value.is_known()) return value;
    if (!value.is(Type::array)) return fallback;
    if (!value.array().unknown_key().empty()) return Value::unknown(value.array().unknown_key());
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const Value* const inner = value.array().find(php::Key(rest.substr(0, dot)));
    if (inner == nullptr) return fallback;
    value = Value(*inner);
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return value;
}

}  // namespace gate::readers::laravel
