// What the code of a Laravel application finds around it while its configuration is loaded.
// Only for the sources of this folder and the readers of routes and migrations.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::laravel {

// Not thread-safe: one for each evaluation.
class World : public php::World {
 public:
  // Both outlive this.
  World(const ProjectFiles& files, const EnvironmentValues& environment)
      : files_(files), environment_(environment) {}

  [[nodiscard]] std::optional<php::Value> call(php::Evaluator& evaluator, std::string_view function,
                                               const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> call_static(php::Evaluator& evaluator,
                                                      std::string_view class_name,
                                                      std::string_view method,
                                                      const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> call_method(php::Evaluator& evaluator,
                                                      const php::Value& object,
                                                      std::string_view method,
                                                      const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> class_constant(std::string_view class_name,
                                                         std::string_view name) override;
  [[nodiscard]] php::Value environment(std::string_view key) override;
  [[nodiscard]] bool takes_values(std::string_view function) override;
  void forget_environment(const std::string& reason) override;
  [[nodiscard]] std::optional<php::File> file(std::string_view path) override;

  // Returns the text of a file of the application, by its path from the root; `..` may stand in it.
  [[nodiscard]] std::optional<std::string> text(std::string_view path) const;
  // Returns the folder that a helper like database_path() stands for.
  [[nodiscard]] static std::optional<std::string_view> helper_folder(std::string_view helper);

  // env(): the value as Laravel casts it; nothing where the variable is not set. The trace says
  // which it was.
  [[nodiscard]] std::optional<php::Value> env(std::string_view key, Trace& trace);

  // What is loaded: config('app.name') finds `name` in the value of `app`.
  void set_config(std::string name, php::Value value);
  [[nodiscard]] php::Value config(std::string_view key, const php::Value& fallback) const;

 private:
  [[nodiscard]] EnvironmentValue find(std::string_view key) const;

  const ProjectFiles& files_;
  const EnvironmentValues& environment_;
  std::string changed_;  // why the environment is not known any more; empty: it is
  std::map<std::string, php::Value, std::less<>> config_;
  std::map<std::string, php::File, std::less<>> parsed_;
};

}  // namespace gate::readers::laravel
