#include "gate/readers/migrations/laravel/project.h"

#include <algorithm>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/php.h"
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

// Reads `protected $table = '...'` and the like from the class of a model.
void read_model(Node node, Model& model) {
  for (const Node child : node.children()) {
    if (child.is(NodeKind::trait_use)) {
      for (const Node name : child.children()) {
        const std::string_view used = php::short_name(name.text());
        if (used == "HasUuids" || used == "HasVersion4Uuids") model.kind = Model::Key::uuid;
        if (used == "HasUlids") model.kind = Model::Key::ulid;
      }
    } else if (child.is(NodeKind::variable_element) && child.child(0).is(NodeKind::string)) {
      const std::string value(child.child(0).text());
      if (child.text() == "table") model.table = value;
      if (child.text() == "primaryKey") model.key = value;
      if (child.text() == "keyType" && value == "string" && model.kind == Model::Key::integer)
        model.kind = Model::Key::uuid;
    } else {
      read_model(child, model);
    }
  }
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

Value Project::config(std::string_view key, const Value& fallback) {
  if (!config_) {
    config_.emplace();
    for (const auto& [name, value] : readers::laravel::load_config(files_, environment_))
      config_->insert_or_assign(name, to_value(value));
  }
  // The longest name of a file counts: `sub.file` of config/sub/file.php.
  std::size_t end = key.size();
  while (end != std::string_view::npos && !config_->contains(key.substr(0, end)))
    end = end == 0 ? std::string_view::npos : key.rfind('.', end - 1);
  if (end == std::string_view::npos) return fallback;
  Value value = config_->find(key.substr(0, end))->second;
  for (std::string_view rest = key.substr(std::min(end + 1, key.size())); !rest.empty();) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    value = value.at(rest.substr(0, dot));
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return value.is(Value::Kind::null) && fallback.known() ? fallback : value;
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

std::optional<std::string> Project::text_of_class(std::string_view class_name) const {
  std::string path(class_name);
  std::replace(path.begin(), path.end(), '\\', '/');
  path += ".php";
  // composer.json of Laravel's skeleton maps App\ to app/; others mostly keep the case.
  std::string lower = path;
  if (!lower.empty()) lower[0] = base::to_lower(lower[0]);
  for (const std::string& candidate : {lower, path}) {
    if (auto text = files_.read(candidate)) return text;
  }
  const std::string own =
      path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  for (const std::string& candidate : files_.named(own)) {
    if (candidate.find("Models/") != std::string::npos) return files_.read(candidate);
  }
  return std::nullopt;
}

const Model& Project::model(std::string_view class_name) {
  while (class_name.starts_with('\\'))
    class_name.remove_prefix(1);
  const auto known = models_.find(class_name);
  if (known != models_.end()) return known->second;
  Model model;
  if (auto text = text_of_class(class_name)) {
    const auto tree =
        php::parse(std::make_shared<const base::Source>(std::string(class_name), *std::move(text)));
    read_model(tree->root(), model);
  }
  if (model.table.empty()) model.table = table_of_model(class_name);
  return models_.emplace(class_name, std::move(model)).first->second;
}

}  // namespace gate::readers::migrations::laravel
