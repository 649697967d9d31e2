// A value of PHP as an evaluator holds it: with its trace, or unknown with the reason.
//
// Knows PHP's types and its ordered arrays; knows no code. Values are cheap to copy: arrays and
// closures are shared and never change once they are shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "gate/readers/settings/setting.h"
#include "gate/readers/settings/trace.h"

namespace gate::readers::php {

enum class Type : std::uint8_t {
  unknown,
  null,
  boolean,
  integer,
  number,
  string,
  array,
  closure,  // a function without a name
  object,   // one of the few classes that an evaluator knows: see Object
};

class Array;
class Value;
struct Closure;
struct Object;

class Value {
 public:
  // Null.
  Value() : data_(std::monostate()) {}
  Value(bool value) : data_(value) {}          // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : data_(value) {}  // NOLINT(google-explicit-constructor)
  Value(double value) : data_(value) {}        // NOLINT(google-explicit-constructor)
  // Unknown where the text is longer than kMaxText.
  Value(std::string value);     // NOLINT(google-explicit-constructor)
  Value(const char*) = delete;  // would become a bool
  // Unknown where the array is larger or deeper than kMaxWeight and kMaxDepth: it may hold the same
  // array many times.
  Value(Array value);    // NOLINT(google-explicit-constructor)
  Value(Closure value);  // NOLINT(google-explicit-constructor)
  // Unknown where what it wraps is.
  Value(Object value);  // NOLINT(google-explicit-constructor)

  // `reason`: what stopped it, for people: "calls remote_feature(), which gate does not run".
  [[nodiscard]] static Value unknown(std::string reason);

  [[nodiscard]] Type type() const { return static_cast<Type>(data_.index()); }
  [[nodiscard]] bool is(Type wanted) const { return type() == wanted; }
  [[nodiscard]] bool is_known() const { return !is(Type::unknown); }

  // Each only for a value of its type.
  [[nodiscard]] const std::string& reason() const { return *std::get<0>(data_).text; }
  [[nodiscard]] bool truth() const { return std::get<bool>(data_); }
  [[nodiscard]] std::int64_t whole() const { return std::get<std::int64_t>(data_); }
  [[nodiscard]] double real() const { return std::get<double>(data_); }
  [[nodiscard]] const std::string& text() const { return *std::get<5>(data_); }
  [[nodiscard]] const Array& array() const { return *std::get<6>(data_); }
  [[nodiscard]] const Closure& closure() const { return *std::get<7>(data_); }
  [[nodiscard]] const Object& object() const { return *std::get<8>(data_); }

  static constexpr std::size_t kMaxText = 1U << 20U;
  static constexpr std::size_t kMaxWeight = 100'000;
  static constexpr std::size_t kMaxDepth = 100;
  static constexpr std::size_t kTextOfOne = 64;  // bytes of a text that weigh as much as a value
  // Returns how many values it holds, itself included, and how deep they lie.
  [[nodiscard]] std::size_t weight() const { return weight_; }
  [[nodiscard]] std::size_t depth() const { return depth_; }

  // Returns the first value within, itself included, that is unknown, or null.
  [[nodiscard]] const Value* find_unknown() const;

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] Value with(Trace trace) const;
  [[nodiscard]] Value then(TraceStep step) const;

 private:
  struct Unknown {
    std::shared_ptr<const std::string> text;
  };
  // In the order of Type.
  std::variant<Unknown, std::monostate, bool, std::int64_t, double,
               std::shared_ptr<const std::string>, std::shared_ptr<const Array>,
               std::shared_ptr<const Closure>, std::shared_ptr<const Object>>
      data_;
  std::uint32_t weight_ = 1;
  std::uint32_t depth_ = 1;
  Trace trace_;
};

// A key of an array: PHP makes a number of `"5"`.
class Key {
 public:
  Key(std::int64_t number) : key_(number) {}  // NOLINT(google-explicit-constructor)
  Key(std::string_view text);                 // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool is_number() const { return key_.index() == 0; }
  [[nodiscard]] std::int64_t number() const { return std::get<0>(key_); }
  [[nodiscard]] const std::string& text() const { return std::get<1>(key_); }
  // Returns the key as a value, and as text.
  [[nodiscard]] Value value() const;
  [[nodiscard]] std::string shown() const;

  friend bool operator==(const Key&, const Key&) = default;

 private:
  std::variant<std::int64_t, std::string> key_;
};

// An array of PHP: keys in the order of their arrival.
class Array {
 public:
  struct Entry {
    Key key;
    Value value;
  };

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // Returns the value of a key, or null.
  [[nodiscard]] const Value* find(const Key& key) const;
  // Sets a key: in place where it is there, else at the end.
  void set(const Key& key, Value value);
  // Adds behind the largest number.
  void push(Value value);
  // Takes a key out; linear in the size.
  void remove(const Key& key);
  // Takes the last entry out; what is pushed next takes its number. Only where there is one.
  void pop();
  // Returns whether the keys are 0, 1, 2 … in this order.
  [[nodiscard]] bool is_list() const;

  // Why a key of it is not known, so that only those who drop its entries can go on; empty: all
  // keys are known.
  [[nodiscard]] const std::string& unknown_key() const { return unknown_key_; }
  void set_unknown_key(std::string reason) { unknown_key_ = std::move(reason); }

  // Returns how many values it holds, at whatever depth, and how deep they lie; linear in the size.
  struct Extent {
    std::size_t weight = 1;
    std::size_t depth = 1;
  };
  [[nodiscard]] Extent measure() const;

 private:
  static constexpr std::size_t kIndexed = 12;  // entries, from which on an index pays
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };

  [[nodiscard]] std::size_t place_of(const Key& key) const;  // size() where it is not

  std::vector<Entry> entries_;
  std::unordered_map<Key, std::size_t, Hash> index_;  // empty below kIndexed
  std::int64_t next_ = 0;
  bool is_full_ = false;       // the largest number there is has been a key
  bool had_negative_ = false;  // a negative number has been a key
  std::string unknown_key_;
};

// An object of a class that an evaluator knows: what it wraps.
struct Object {
  enum class Class : std::uint8_t {
    stringable,  // Illuminate\Support\Stringable: a text
    collection,  // Illuminate\Support\Collection: an array
    path,        // no object of PHP: a path whose beginning only the server knows; its text is the
                 // rest, from the root of the application
    handle,      // an object that the World keeps; its value is the World's number for it
  };
  Class of = Class::stringable;
  Value value;
};

// Returns a value as a setting: a list of PHP is a list, other arrays are maps; a closure or object
// is unknown.
[[nodiscard]] Setting to_setting(const Value& value);

// Returns the trace of a value and of what it holds, cut to what a trace may hold.
[[nodiscard]] Trace whole_trace(const Value& value);

// Returns the word for a type in messages: "a string", "an array".
[[nodiscard]] std::string_view describe(Type type);

}  // namespace gate::readers::php
