// Project: what the migrations of a Laravel application find around them: its version, its
// configuration, its models. Each is read when it is first asked for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/migrations/laravel/value.h"
#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/laravel/world.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::migrations::laravel {

// What a model of Eloquent says of its table.
struct Model {
  std::string table;
  std::string key = "id";  // the name of its primary key
  enum class Key : std::uint8_t { integer, uuid, ulid } kind = Key::integer;
};

// Not thread-safe.
class Project {
 public:
  // Both outlive this. `files`: of the application, from its root.
  Project(const ProjectFiles& files, const EnvironmentValues& environment)
      : files_(files), environment_(environment), world_(files, environment), evaluator_(world_) {}

  // Returns the major version of Laravel: the one that is locked, else the highest that
  // composer.json takes, else one that is assumed.
  [[nodiscard]] int major();

  // Returns what config('key') gives; `fallback` where a file of config/ lacks the key, or where
  // the file is absent: a package's own. Unknown where the environment decides and nobody knows it.
  [[nodiscard]] Value config(std::string_view key, const Value& fallback);

  // Returns what a function of PHP or a helper of Laravel makes of these values ("str_replace"), or
  // a method of its classes Str and Arr ("Str::plural"); unknown where gate does not know the
  // function or one of the values.
  [[nodiscard]] Value compute(std::string_view function, const std::vector<Value>& arguments);

  // Returns what is known of a model, by its full name: its own words where its file is there, else
  // the conventions.
  [[nodiscard]] const Model& model(std::string_view class_name);

 private:
  [[nodiscard]] std::optional<std::string> text_of_class(std::string_view class_name) const;

  const ProjectFiles& files_;
  const EnvironmentValues& environment_;
  readers::laravel::World world_;
  php::Evaluator evaluator_;
  std::optional<int> major_;
  std::optional<std::map<std::string, Value, std::less<>>> config_;
  std::map<std::string, Model, std::less<>> models_;
};

}  // namespace gate::readers::migrations::laravel
