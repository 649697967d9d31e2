// The classes of an application, found by name.
// Only for the sources of this folder and the reader of migrations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/laravel/world.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/project_files.h"

namespace gate::readers::laravel {

// A class and the file it stands in; valid while its World lives.
struct ClassFile {
  php::File file;
  php::NodeId node = 0;

  [[nodiscard]] php::Node declaration() const { return {file.tree.get(), node}; }
  [[nodiscard]] std::string_view name() const { return declaration().text(); }
  // Returns the list of members.
  [[nodiscard]] php::Node members() const { return declaration().child(3); }
  // Returns the method of this name, or a none.
  [[nodiscard]] php::Node method(std::string_view name) const;
  // Returns the default of a property, or a none.
  [[nodiscard]] php::Node property(std::string_view name) const;
};

class Classes {
 public:
  Classes(const ProjectFiles& files, World& world);

  // Returns a class by its full name (PSR-4 of composer.json, `App\` in app/ unless it says
  // otherwise), else the only one of this short name below `folder`; nothing where there is none.
  [[nodiscard]] std::optional<ClassFile> find(std::string_view name, std::string_view folder);

  // Returns a class by its full name, where composer.json leads to its file.
  [[nodiscard]] std::optional<ClassFile> find(std::string_view name);

  // Returns the first class of a file.
  [[nodiscard]] std::optional<ClassFile> first_of(std::string_view path);

  // Returns a method, of the class or of those it extends or uses, with the class that has it.
  struct Method {
    ClassFile of;
    php::Node node;
  };
  [[nodiscard]] std::optional<Method> find_method(const ClassFile& of, std::string_view name);

 private:
  void read_autoload();
  [[nodiscard]] std::optional<ClassFile> in_file(const std::string& path,
                                                 std::string_view short_name);

  const ProjectFiles& files_;
  World& world_;
  std::vector<std::pair<std::string, std::string>> prefixes_;  // namespace, folder; longest first
};

}  // namespace gate::readers::laravel
