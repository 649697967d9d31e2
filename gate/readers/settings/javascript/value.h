// Values of JavaScript while a configuration file is evaluated. Only for the sources of this
// folder.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/settings/trace.h"

namespace gate::readers::javascript {

enum class Type : std::uint8_t {
  unknown,
  undefined,
  null,
  boolean,
  number,
  text,
  array,
  object,
  function,
  imported,     // from another module
  plugin,       // wraps a configuration and leaves what it holds as it is
  environment,  // process.env
};

struct Value;
struct Scope;

struct Property {
  std::string key;
  std::shared_ptr<const Value> value;
};

// Numbers of tokens: where a function is written.
struct Code {
  std::uint32_t parameters = 0;  // first token of them
  std::uint32_t parameters_end = 0;
  std::uint32_t body = 0;
  std::uint32_t body_end = 0;
  bool is_expression = false;  // `=> value`
  std::shared_ptr<Scope> scope;
};

struct Value {
  Type type = Type::undefined;
  bool truth = false;
  double number = 0;
  std::string text;  // of unknown: the reason; of imported: the module
  std::string name;  // of imported: what of the module; "default" or "*" for all of it
  std::vector<Value> items;
  std::vector<Property> properties;  // in order, each key once
  std::string others;  // of an object or array: why it may hold more; empty: it does not
  std::shared_ptr<const Code> code;
  Trace trace;
  std::uint64_t id = 0;  // of an array or object: copies of one have the same; 0: it has no copy
  std::uint32_t weight =
      1;  // how many values it holds, itself included, each as often as it stands

  // Beyond them an array or object may hold more than is known, and a text is unknown.
  static constexpr std::uint32_t kMaxWeight = 20'000;
  static constexpr std::size_t kMaxText = std::size_t{1} << 20;
  static constexpr std::size_t kTextOfOne = 64;  // bytes of a text that weigh as much as a value

  [[nodiscard]] static Value unknown(std::string reason, Trace trace = {});
  [[nodiscard]] static Value of(bool truth, Trace trace = {});
  [[nodiscard]] static Value of(double number, Trace trace = {});
  [[nodiscard]] static Value of(std::string text, Trace trace = {});
  [[nodiscard]] static Value make(Type type, Trace trace = {});

  [[nodiscard]] bool is(Type other) const { return type == other; }
  [[nodiscard]] bool is_nullish() const { return is(Type::undefined) || is(Type::null); }
  [[nodiscard]] bool is_primitive() const { return type >= Type::undefined && type <= Type::text; }
  // Returns whether it counts as true; unknown has no answer: `known` becomes false.
  [[nodiscard]] bool truthy(bool& known) const;
  // Returns the property, or null.
  [[nodiscard]] const Value* find(std::string_view key) const;
  void set(std::string key, Value value);
  void push(Value item);
};

// Returns a primitive as text, as `${value}` does.
[[nodiscard]] std::string to_text(const Value& value);

// Names and what they stand for.
struct Scope {
  std::map<std::string, Value, std::less<>> names;
  std::shared_ptr<Scope> parent;

  // Returns the value of a name here or further out, or null.
  [[nodiscard]] Value* find(std::string_view name);
};

}  // namespace gate::readers::javascript
