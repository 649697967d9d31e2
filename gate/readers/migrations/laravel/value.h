// Values that a migration of Laravel computes with, as far as a reader can know them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/formats/php/syntax.h"

namespace gate::readers::migrations::laravel {

struct Value;
using Items = std::vector<std::pair<Value, Value>>;

struct Value {
  enum class Kind : std::uint8_t {
    unknown,
    null,
    boolean,
    integer,
    floating,
    text,
    raw,          // DB::raw('...')
    list,         // array: keys and values
    closure,      // node of tree, with the variables that it takes along
    blueprint,    // what Schema::create hands to its closure
    column,       // number: of the column in the blueprint
    foreign,      // number: of the foreign key in the blueprint
    index,        // what ->index() hands out: how it is built is said of it
    schema,       // Schema::connection(), DB::connection()->getSchemaBuilder()
    connection,   // DB::connection(), Schema::getConnection()
    application,  // app()
    query,        // DB::table('x')->where(...): text is the table
    self,         // $this
    class_name,   // Foo::class: text
    object,       // new Foo: text is the class
    enum_case,    // Foo::Bar of an enum: text is what stands behind it, items are name and value
  };
  Kind kind = Kind::unknown;
  bool boolean = false;  // of a query: it has a condition
  std::int64_t integer = 0;
  double floating = 0;
  std::string text;
  std::shared_ptr<const Items> items;
  std::shared_ptr<const std::map<std::string, Value, std::less<>>> captured;  // of a closure
  std::uint32_t number = 0;  // of a query: 1 where a model of Eloquent makes it
  php::NodeId node = 0;
  const php::SyntaxTree* tree = nullptr;  // of node; outlives the value

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool known() const { return kind != Kind::unknown; }
  // Returns whether PHP takes it for true; nothing where that is not known.
  [[nodiscard]] std::optional<bool> truth() const;
  // Returns it as text, where it is a text, a number or null.
  [[nodiscard]] std::optional<std::string> as_text() const;
  // Returns a list of texts: of a list its elements, of one text that. Nothing where one of them is
  // not known.
  [[nodiscard]] std::optional<std::vector<std::string>> as_names() const;
  // Returns the value under a key of a list; null where there is none, unknown of what is no list.
  [[nodiscard]] Value at(std::string_view key) const;

  static Value of(bool value);
  static Value of(std::int64_t value);
  static Value of(std::string value);
  static Value of(Kind kind);
  static Value of(Items items);
};

// The arguments of a call: by place, and by name where they are named.
struct Arguments {
  std::vector<Value> places;
  std::map<std::string, Value, std::less<>> names;

  // Returns argument number `place` or the one of this name; unknown where neither is there.
  [[nodiscard]] Value get(std::size_t place, std::string_view name = {}) const;
  [[nodiscard]] bool has(std::size_t place, std::string_view name = {}) const;
  // Returns it as text, or `otherwise` where it is absent or no text.
  [[nodiscard]] std::string text(std::size_t place, std::string_view otherwise,
                                 std::string_view name = {}) const;
};

}  // namespace gate::readers::migrations::laravel
