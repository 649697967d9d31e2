// Project: what the migrations of a Laravel application find around them: its version, its
// configuration, its models. Each is read when it is first asked for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/migrations/laravel/value.h"
#include "gate/readers/routes/classes.h"
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
  // the file is absent: a package's own. Where nobody knows the environment, a text is the one that
  // the code has for one that sets nothing (names of tables rarely differ), all else unknown;
  // `depends` is then set.
  [[nodiscard]] Value config(std::string_view key, const Value& fallback, bool& depends);

  // Returns the name of the environment that the application runs in, as app()->environment() does;
  // unknown where nobody has said it.
  [[nodiscard]] Value environment();

  // Returns what a function of PHP or a helper of Laravel makes of these values ("str_replace"), or
  // a method of its classes Str and Arr ("Str::plural"); unknown where gate does not know the
  // function or one of the values.
  [[nodiscard]] Value compute(std::string_view function, const std::vector<Value>& arguments);

  // Returns the text of a file that a migration reads; `path` as path_of() makes it.
  [[nodiscard]] std::optional<std::string> text_of(std::string_view path) const;
  // Returns what database_path('sql/a.sql') gives, by the name of the helper; nothing for another
  // function.
  [[nodiscard]] static std::optional<std::string> path_of(std::string_view helper,
                                                          std::string_view below);
  // Returns what __DIR__ is in a file of the repository.
  [[nodiscard]] std::optional<std::string> folder_of(std::string_view file) const;

  // Returns the class, trait or enum of this full name, where the project has it; it lives as long
  // as this.
  [[nodiscard]] std::optional<php::Node> class_named(std::string_view name);

  // Returns the closure that the code below app/ gives Blueprint as a method of this name.
  [[nodiscard]] std::optional<php::Node> macro(std::string_view name);

  // Returns of which kind the ids of morphs() are: the providers may say it.
  [[nodiscard]] Model::Key morph_key();

  // Returns whether a class, by its full name, is a model of Eloquent.
  [[nodiscard]] bool is_model(std::string_view class_name);

  // Returns what is known of a model, by its full name: its own words where its file is there, else
  // the conventions.
  [[nodiscard]] const Model& model(std::string_view class_name);

 private:
  // The environment, with nothing where nobody knows: the default of the code counts.
  class Unset final : public EnvironmentValues {
   public:
    explicit Unset(const EnvironmentValues& of) : of_(of) {}
    [[nodiscard]] EnvironmentValue find(std::string_view key) const override;
    [[nodiscard]] std::vector<std::string> keys() const override { return of_.keys(); }
    [[nodiscard]] std::string incomplete() const override { return {}; }

   private:
    const EnvironmentValues& of_;
  };
  using Config = std::map<std::string, Value, std::less<>>;

  [[nodiscard]] std::optional<php::Node> model_class(std::string_view class_name);
  void read_model(php::Node declaration, Model& model, int depth);
  void read_additions();
  [[nodiscard]] static Value find(const Config& config, std::string_view key);
  [[nodiscard]] Config load(const EnvironmentValues& environment) const;

  const ProjectFiles& files_;
  const EnvironmentValues& environment_;
  readers::laravel::World world_;
  php::Evaluator evaluator_;
  std::optional<int> major_;
  std::optional<Config> config_;
  std::optional<Config> usual_config_;  // where the environment sets nothing
  std::map<std::string, Model, std::less<>> models_;
  std::optional<readers::laravel::Classes> classes_;
  std::map<std::string, std::optional<readers::laravel::ClassFile>, std::less<>> known_classes_;
  bool has_additions_ = false;  // what follows has been read
  std::vector<php::File> providers_;
  std::map<std::string, php::Node, std::less<>> macros_;
  Model::Key morph_key_ = Model::Key::integer;
};

}  // namespace gate::readers::migrations::laravel
