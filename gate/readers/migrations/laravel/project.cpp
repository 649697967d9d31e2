#include "gate/readers/migrations/laravel/project.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/laravel/words.h"
#include "gate/readers/routes/inflect.h"
#include "gate/readers/settings/laravel/config.h"
#include "gate/readers/settings/laravel/functions.h"
#include "gate/readers/settings/laravel/laravel.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;

// Returns a value of the evaluator of config/ as the interpreter of migrations holds it.
Value to_value(const php::Value& value) {
  switch (value.type()) {
    case php::Type::null:
      return Value::of(Value::Kind::null);
    case php::Type::boolean:
      return Value::of(value.truth());
    case php::Type::integer:
      return Value::of(value.whole());
    case php::Type::number: {
      Value number = Value::of(Value::Kind::floating);
      number.floating = value.real();
      return number;
    }
    case php::Type::string:
      return Value::of(value.text());
    case php::Type::array: {
      if (!value.array().unknown_key().empty()) return {};
      Items items;
      for (const php::Array::Entry& entry : value.array().entries())
        items.emplace_back(to_value(entry.key.value()), to_value(entry.value));
      return Value::of(std::move(items));
    }
    default:
      return {};
  }
}

// The other way round; unknown for what only a migration has.
php::Value to_php(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return {};
    case Value::Kind::boolean:
      return value.boolean;
    case Value::Kind::integer:
      return value.integer;
    case Value::Kind::floating:
      return value.floating;
    case Value::Kind::text:
    case Value::Kind::class_name:
      return value.text;
    case Value::Kind::list: {
      php::Array array;
      for (const auto& [key, item] : *value.items) {
        const std::optional<std::string> name = key.as_text();
        if (!name) return php::Value::unknown("a key that is not known");
        if (key.is(Value::Kind::integer)) {
          array.set(key.integer, to_php(item));
        } else {
          array.set(std::string_view(*name), to_php(item));
        }
      }
      return array;
    }
    default:
      return php::Value::unknown("a value of the migration");
  }
}

// The highest major version that a composer.json takes; 0 where it names none.
int highest_version(std::string_view manifest) {
  for (const std::string_view package : {"\"laravel/framework\"", "\"illuminate/database\""}) {
    std::size_t at = manifest.find(package);
    if (at == std::string_view::npos) continue;
    at = manifest.find('"', at + package.size());
    if (at == std::string_view::npos) continue;
    const std::size_t end = std::min(manifest.find('"', at + 1), manifest.size());
    // The highest of several: "^10.0|^11.0".
    int highest = 0;
    int number = 0;
    bool major = true;
    for (std::size_t index = at + 1; index <= end; ++index) {
      const char c = index < end ? manifest[index] : ' ';
      if (base::is_digit(c)) {
        if (major) number = std::min(number * 10 + (c - '0'), 1000);
        continue;
      }
      if (major) highest = std::max(highest, number);
      number = 0;
      major = c != '.';
    }
    if (highest > 0) return highest;
  }
  return 0;
}

// Returns whether it and all that it is made of is known.
bool is_known(const Value& value) {
  if (!value.is(Value::Kind::list)) return value.known();
  return std::all_of(value.items->begin(), value.items->end(),
                     [](const auto& item) { return is_known(item.second); });
}

// Returns `value` with the texts of `usual` in the places of what is not known.
Value with_usual_texts(const Value& value, const Value& usual) {
  if (!value.known()) return usual.is(Value::Kind::text) ? usual : Value{};
  if (!value.is(Value::Kind::list) || !usual.is(Value::Kind::list)) return value;
  Items items;
  for (const auto& [key, item] : *value.items)
    items.emplace_back(key, with_usual_texts(item, usual.at(key.as_text().value_or(""))));
  return Value::of(std::move(items));
}

}  // namespace

int Project::major() {
  if (major_) return *major_;
  constexpr int kAssumed = 11;
  int version = files_.has("composer.lock") ? laravel_version(files_) : 0;
  if (version == 0) version = highest_version(files_.read("composer.json").value_or(""));
  major_ = version == 0 ? kAssumed : version;
  return *major_;
}

EnvironmentValue Project::Unset::find(std::string_view key) const {
  EnvironmentValue value = of_.find(key);
  if (value.state == EnvironmentValue::State::unknown) value = {};
  return value;
}

Project::Config Project::load(const EnvironmentValues& environment) const {
  Config config;
  for (const auto& [name, value] : readers::laravel::load_config(files_, environment))
    config.insert_or_assign(name, to_value(value));
  return config;
}

// Returns a null where no file of config/ has the key.
Value Project::find(const Config& config, std::string_view key) {
  // The longest name of a file counts: `sub.file` of config/sub/file.php.
  std::size_t end = key.size();
  while (end != std::string_view::npos && !config.contains(key.substr(0, end)))
    end = end == 0 ? std::string_view::npos : key.rfind('.', end - 1);
  if (end == std::string_view::npos) return Value::of(Value::Kind::null);
  Value value = config.find(key.substr(0, end))->second;
  for (std::string_view rest = key.substr(std::min(end + 1, key.size())); !rest.empty();) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    value = value.at(rest.substr(0, dot));
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return value;
}

Value Project::config(std::string_view key, const Value& fallback, bool& depends) {
  if (!config_) config_ = load(environment_);
  const std::string_view file = key.substr(0, key.find('.'));
  const bool has_file = std::any_of(config_->begin(), config_->end(), [&](const auto& item) {
    return item.first == file || item.first.starts_with(std::string(file) + ".");
  });
  if (!has_file) return fallback;
  Value value = find(*config_, key);
  if (!is_known(value)) {
    depends = true;
    if (!usual_config_) usual_config_ = load(Unset(environment_));
    value = with_usual_texts(value, find(*usual_config_, key));
  }
  return value.is(Value::Kind::null) && fallback.known() ? fallback : value;
}

// config('app.env'); what the code has for an environment that says nothing is no answer here.
// Where no file of config/ has it, Laravel takes APP_ENV from version 11 on, and else the default.
Value Project::environment() {
  bool depends = false;
  Value value = config("app.env", Value::of(Value::Kind::null), depends);
  if (depends) return {};
  if (!value.is(Value::Kind::null)) return value.is(Value::Kind::text) ? value : Value{};
  constexpr int kFirstWithOwnConfig = 11;
  const EnvironmentValue set =
      major() >= kFirstWithOwnConfig ? environment_.find("APP_ENV") : EnvironmentValue{};
  if (set.state == EnvironmentValue::State::unknown) return {};
  const bool is_set = set.state == EnvironmentValue::State::set && set.has_value;
  return Value::of(is_set ? set.value : std::string("production"));
}

Value Project::compute(std::string_view function, const std::vector<Value>& arguments) {
  const std::string name = base::to_lower(function);
  const std::optional<std::string> word =
      arguments.size() == 1 ? arguments.front().as_text() : std::nullopt;
  if (word && name == "str::plural") return Value::of(plural(*word));
  if (word && name == "str::singular") return Value::of(readers::laravel::singular(*word));
  const php::Function* found = nullptr;
  if (name.starts_with("str::")) {
    found = readers::laravel::find_str(std::string_view(name).substr(5));
  } else if (name.starts_with("arr::")) {
    found = readers::laravel::find_arr(std::string_view(name).substr(5));
  } else {
    found = php::find_function(name);
    if (found == nullptr) found = readers::laravel::find_helper(name);
  }
  if (found == nullptr) return {};
  php::Arguments given;
  for (const Value& argument : arguments)
    given.push_back({to_php(argument), {}});
  return to_value(php::call_function(*found, evaluator_, given));
}

std::optional<Node> Project::class_named(std::string_view name) {
  while (name.starts_with('\\'))
    name.remove_prefix(1);
  auto known = known_classes_.find(name);
  if (known == known_classes_.end()) {
    if (!classes_) classes_.emplace(files_, world_);
    known = known_classes_.emplace(name, classes_->find(name)).first;
  }
  return known->second ? std::optional(known->second->declaration()) : std::nullopt;
}

// A model's file, also where the name does not lead to it.
std::optional<Node> Project::model_class(std::string_view class_name) {
  if (const auto found = class_named(class_name)) return found;
  const std::string own = std::string(php::short_name(class_name)) + ".php";
  for (const std::string& path : files_.named(own)) {
    if (path.find("Models/") == std::string::npos) continue;
    const auto found = classes_->first_of(path);
    if (!found) continue;
    known_classes_.insert_or_assign(std::string(class_name), found);
    return found->declaration();
  }
  return std::nullopt;
}

// Reads `protected $table = '...'` and the like from the class of a model, its traits and the
// classes that it extends.
void Project::read_model(Node declaration, Model& model, int depth) {
  constexpr int kDeepest = 6;
  if (depth > kDeepest) return;
  const auto text_of = [&](Node value) -> std::string {
    if (value.is(NodeKind::string)) return std::string(value.text());
    if (!value.is(NodeKind::class_constant)) return {};
    for (const Node member : declaration.child(3).children()) {
      for (const Node element : member.children()) {
        if (element.is(NodeKind::constant_element) && element.text() == value.text() &&
            element.child(0).is(NodeKind::string))
          return std::string(element.child(0).text());
      }
    }
    return {};
  };
  const auto follow = [&](Node name) {
    const std::string_view used = php::short_name(name.text());
    if (used == "HasUuids" || used == "HasVersion4Uuids" || used == "HasVersion7Uuids")
      model.kind = Model::Key::uuid;
    if (used == "HasUlids") model.kind = Model::Key::ulid;
    if (const auto found = class_named(name.text())) read_model(*found, model, depth + 1);
  };
  for (const Node member : declaration.child(3).children()) {
    if (member.is(NodeKind::trait_use)) {
      for (const Node name : member.children())
        follow(name);
    }
    if (!member.is(NodeKind::property_declaration)) continue;
    for (const Node element : member.children()) {
      if (!element.is(NodeKind::variable_element)) continue;
      const std::string value = text_of(element.child(0));
      if (value.empty()) continue;
      if (element.text() == "table" && model.table.empty()) model.table = value;
      if (element.text() == "primaryKey" && model.key.empty()) model.key = value;
      if (element.text() == "keyType" && value == "string" && model.kind == Model::Key::integer)
        model.kind = Model::Key::uuid;
    }
  }
  if (declaration.is(NodeKind::class_declaration)) {
    for (const Node parent : declaration.child(1).children())
      follow(parent);
  }
}

// One that extends a model, through classes of the project; where a class on the way is a
// package's, the names tell.
bool Project::is_model(std::string_view class_name) {
  constexpr int kDeepest = 6;
  constexpr std::array<std::string_view, 5> kBases{
      R"(Illuminate\Database\Eloquent\Model)", R"(Illuminate\Foundation\Auth\User)",
      R"(Illuminate\Database\Eloquent\Relations\Pivot)",
      R"(Illuminate\Database\Eloquent\Relations\MorphPivot)", "Eloquent"};
  std::string name(class_name);
  bool says_so = false;
  for (int depth = 0; depth < kDeepest; ++depth) {
    says_so = says_so || name.find("Models\\") != std::string::npos;
    name.erase(0, name.find_first_not_of('\\'));
    if (std::find(kBases.begin(), kBases.end(), name) != kBases.end()) return true;
    const std::optional<Node> found = class_named(name);
    if (!found) return says_so;
    if (!found->is(NodeKind::class_declaration)) return false;
    std::string parent;
    for (const Node extended : found->child(1).children())
      parent = extended.text();
    if (parent.empty()) return false;
    name = std::move(parent);
  }
  return false;
}

const Model& Project::model(std::string_view class_name) {
  while (class_name.starts_with('\\'))
    class_name.remove_prefix(1);
  const auto known = models_.find(class_name);
  if (known != models_.end()) return known->second;
  Model model;
  model.key.clear();
  if (const auto found = model_class(class_name)) read_model(*found, model, 0);
  if (model.table.empty()) model.table = table_of_model(class_name);
  if (model.key.empty()) model.key = "id";
  return models_.emplace(class_name, std::move(model)).first->second;
}

std::optional<Node> Project::macro(std::string_view name) {
  read_additions();
  const auto found = macros_.find(name);
  return found == macros_.end() ? std::nullopt : std::optional(found->second);
}

Model::Key Project::morph_key() {
  read_additions();
  return morph_key_;
}

}  // namespace gate::readers::migrations::laravel
