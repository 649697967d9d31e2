// What a name in a PHP file means: its namespace and its `use` declarations.
// Source: php.net/manual/en/language.namespaces.rules.php.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gate::readers::php {

enum class NameKind : std::uint8_t { class_name, function, constant };

class NameScope {
 public:
  // Begins a namespace; its imports are none.
  void enter(std::string_view name);
  [[nodiscard]] const std::string& current() const { return namespace_; }

  // Takes in `use FULL as ALIAS`; an empty alias is the last part of the name.
  void import(NameKind kind, std::string_view full, std::string_view alias);

  struct Resolved {
    std::string name;  // without a leading backslash
    bool qualified =
        false;  // its namespace is certain: no global function or constant can be meant
  };
  // Returns what a name stands for. A function or constant without a namespace stays as it is
  // written: PHP falls back to the global one.
  [[nodiscard]] Resolved resolve(NameKind kind, std::string_view written) const;

  // Returns the full name of what is declared here.
  [[nodiscard]] std::string declare(std::string_view name) const;

 private:
  [[nodiscard]] const std::string* find(NameKind kind, std::string_view alias) const;

  std::string namespace_;
  std::unordered_map<std::string, std::string>
      imports_[3];  // by alias; of classes and functions in lower case
};

}  // namespace gate::readers::php
