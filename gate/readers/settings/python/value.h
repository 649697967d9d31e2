// A value of Python as an evaluator holds it: with its trace, or unknown with the reason.
//
// Knows Python's types, its shared and mutable containers, and how to compare and show them; knows
// no code. A container of which only a part is known says so: a list may hold an unknown stretch.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "gate/readers/formats/python/tree.h"
#include "gate/readers/settings/setting.h"
#include "gate/readers/settings/trace.h"

namespace gate::readers::python {

enum class Type : std::uint8_t {
  unknown,
  none,
  boolean,
  integer,
  number,
  text,
  // Objects: shared, the first four mutable or holding what is.
  list,
  tuple,
  set,
  dict,
  function,  // a `def` or lambda of the project
  native,    // a function or class of a library that the evaluator knows
  method,    // a function bound to its object
  module,
  class_type,  // a `class` of the project
  instance,    // of a class of the project or of a library
};

// Returns Python's word for a type: "str", "list".
[[nodiscard]] std::string_view describe(Type type);

// Where a value comes from, for rules that ask more than what it is.
namespace origin {
inline constexpr std::uint8_t environment = 1;  // a variable's text, or what stands in where unset
inline constexpr std::uint8_t random = 2;       // another one at each start
inline constexpr std::uint8_t literal = 4;      // a text or number written in the source
}  // namespace origin

struct Object;
using ObjectPtr = std::shared_ptr<Object>;

class Value {
 public:
  // None.
  Value() : data_(std::monostate()) {}
  Value(bool value) : data_(value) {}          // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : data_(value) {}  // NOLINT(google-explicit-constructor)
  Value(double value) : data_(value) {}        // NOLINT(google-explicit-constructor)
  Value(std::string value)                     // NOLINT(google-explicit-constructor)
      : data_(std::make_shared<const std::string>(std::move(value))) {}
  Value(const char*) = delete;                           // would become a bool
  Value(ObjectPtr object) : data_(std::move(object)) {}  // NOLINT(google-explicit-constructor)

  // `reason`: what stopped it, for people. `hint`: the type that it has in any case, or unknown.
  [[nodiscard]] static Value unknown(std::string reason, Type hint = Type::unknown);
  // Elements of a list of which nothing is known, not even how many.
  [[nodiscard]] static Value stretch(std::string reason);

  [[nodiscard]] Type type() const;
  [[nodiscard]] bool is(Type wanted) const { return type() == wanted; }
  [[nodiscard]] bool is_unknown() const { return data_.index() == 0; }
  [[nodiscard]] bool is_stretch() const { return is_unknown() && std::get<0>(data_).stretch; }
  [[nodiscard]] bool is_none() const { return data_.index() == 1; }
  [[nodiscard]] bool is_object() const { return data_.index() == 6; }
  // A list, tuple or set.
  [[nodiscard]] bool is_sequence() const;

  // Each only for a value of its type.
  [[nodiscard]] const std::string& reason() const { return *std::get<0>(data_).reason; }
  [[nodiscard]] Type hint() const { return std::get<0>(data_).hint; }
  [[nodiscard]] bool truth() const { return std::get<bool>(data_); }
  [[nodiscard]] std::int64_t whole() const { return std::get<std::int64_t>(data_); }
  [[nodiscard]] double real() const { return std::get<double>(data_); }
  [[nodiscard]] const std::string& text() const { return *std::get<5>(data_); }
  [[nodiscard]] const ObjectPtr& object() const { return std::get<6>(data_); }
  [[nodiscard]] const std::vector<Value>& items() const;  // of a sequence

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] Value with(Trace trace) const;
  [[nodiscard]] Value then(TraceStep step) const;

  [[nodiscard]] bool from(std::uint8_t origin) const { return (origin_ & origin) != 0; }
  [[nodiscard]] std::uint8_t origins() const { return origin_; }
  [[nodiscard]] Value marked(std::uint8_t origin) const;

  // Returns the object of a value that is one and leaves None; null for another value.
  [[nodiscard]] ObjectPtr release();

 private:
  struct Unknown {
    std::shared_ptr<const std::string> reason;
    Type hint = Type::unknown;
    bool stretch = false;
  };
  std::variant<Unknown, std::monostate, bool, std::int64_t, double,
               std::shared_ptr<const std::string>, ObjectPtr>
      data_;
  Trace trace_;
  std::uint8_t origin_ = 0;
};

// Keys with values in the order of their arrival: a dict, a module's names, attributes.
class Table {
 public:
  struct Entry {
    std::string code;  // what makes the key what it is: equal keys have equal codes
    Value key;
    Value value;
  };

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Value* find(std::string_view code) const;
  void set(std::string code, Value key, Value value);
  // Names are their own codes.
  void set_name(std::string_view name, Value value);
  bool remove(std::string_view code);
  void clear();
  // Moves the entries out and leaves nothing.
  [[nodiscard]] std::vector<Entry> release();

 private:
  static constexpr std::size_t kIndexed = 12;  // entries, from which on an index pays
  [[nodiscard]] std::size_t place_of(std::string_view code) const;

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> index_;  // empty below kIndexed
};

// What of an object can change.
struct Content {
  std::vector<Value> items;  // of a sequence
  Table table;               // of a dict, module, class, instance
  std::string poison;        // why nothing of it is known; empty: it is
  std::string others;        // why the table may lack keys; empty: it lacks none
};

class Module;
struct Scope;

// The name under which a class of enum.Enum tells that it is one.
inline constexpr std::string_view kEnumMark = "<enum>";

struct Object {
  explicit Object(Type of) : type(of) {}
  // Frees what it holds one after the other: objects may be nested deeper than the stack.
  ~Object();
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  Type type;
  Content content;

  // Of a native its full name ("os.path.join"), of an instance of a library's class the class, of a
  // method, function, class or module its name.
  std::string name;

  // Of a function: where it is defined. Of a class: its bases in `parts`.
  Module* module = nullptr;
  NodeIndex node = 0;
  std::shared_ptr<Scope> scope;
  std::vector<std::optional<Value>> defaults;  // of a function, one for each parameter
  std::vector<Value> parts;  // of a method: object, function; of an instance: its class
};

[[nodiscard]] Value make_list(std::vector<Value> items, Type type = Type::list);
[[nodiscard]] Value make_dict();
[[nodiscard]] Value make_native(std::string name);
// Returns an object of a class of a library, without attributes.
[[nodiscard]] Value make_instance(std::string class_name);

// Returns the code of a key, or nothing where it is none or is not known.
[[nodiscard]] std::optional<std::string> key_code(const Value& key);

// Returns whether Python takes a value for true; nothing where that is not known.
[[nodiscard]] std::optional<bool> truth_of(const Value& value);

// Returns whether two values are equal (`==`); nothing where that is not known.
[[nodiscard]] std::optional<bool> equal(const Value& a, const Value& b);

// Returns whether a text is a word as manage.py takes them: `test`, `--keepdb`, `collect_static`.
[[nodiscard]] bool is_word(std::string_view text);

// Returns whether a container or text holds a value (`in`); nothing where that is not known.
[[nodiscard]] std::optional<bool> contains(const Value& container, const Value& value);

// Returns str() and repr() of a value; nothing where that is not known.
[[nodiscard]] std::optional<std::string> to_text(const Value& value);
[[nodiscard]] std::optional<std::string> to_repr(const Value& value);

// Returns a value as a trace names it: `True`, `"0"`, `a list`.
[[nodiscard]] std::string shown(const Value& value);

// Returns the first unknown value within, itself included, or null.
[[nodiscard]] const Value* find_unknown(const Value& value);
// Returns why a value is not known as a whole; empty where it is.
[[nodiscard]] std::string unknown_reason(const Value& value);

// Texts that hold a path below the project begin it with this mark, since nobody knows where the
// project lies on the server. It is shown as `<project>`.
inline constexpr char kProjectMark = '\x01';
[[nodiscard]] bool has_project_mark(std::string_view text);
[[nodiscard]] std::string show_project_mark(std::string_view text);

// Returns a value as a setting: tuples and sets are lists, what JSON has no word for is its str();
// functions, classes and modules are unknown. A dict that may have further keys has the key `*`,
// whose value is unknown; a list that may have further elements an unknown one in their place.
[[nodiscard]] Setting to_setting(const Value& value);

}  // namespace gate::readers::python
