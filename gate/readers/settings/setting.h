// Setting: an effective value of the program that will run in production, with the trace of where
// it came from.
//
// Knows values and traces; knows no framework, no language and no file. What cannot be computed
// without running the program is `unknown` with the reason, never a guess.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gate/base/json_writer.h"
#include "gate/readers/settings/trace.h"

namespace gate::readers {

enum class SettingKind : std::uint8_t {
  unknown,
  null,
  boolean,
  integer,
  number,
  string,
  list,
  map
};

// Returns the word for a kind in messages: "a string", "a list" ...
[[nodiscard]] std::string_view describe(SettingKind kind);

struct SettingEntry;
class Setting;
using SettingList = std::vector<Setting>;
using SettingMap = std::vector<SettingEntry>;  // in reading order, every key once

// A value. Lists and maps are shared between copies until one of them is changed. Depth is the
// matter of who builds it: nesting is to be held to a bound, since values are walked by recursion.
class Setting {
 public:
  // Null, without a trace.
  Setting() : value_(std::monostate()) {}

  [[nodiscard]] static Setting unknown(std::string reason, Trace trace = {});
  [[nodiscard]] static Setting null(Trace trace = {});
  [[nodiscard]] static Setting boolean(bool value, Trace trace = {});
  [[nodiscard]] static Setting integer(std::int64_t value, Trace trace = {});
  [[nodiscard]] static Setting number(double value, Trace trace = {});
  [[nodiscard]] static Setting string(std::string value, Trace trace = {});
  [[nodiscard]] static Setting list(SettingList items, Trace trace = {});
  [[nodiscard]] static Setting map(SettingMap entries, Trace trace = {});

  [[nodiscard]] SettingKind kind() const { return static_cast<SettingKind>(value_.index()); }
  [[nodiscard]] bool is(SettingKind kind) const { return this->kind() == kind; }

  // Each only for a value of its kind; `items` and `entries` of another kind are empty.
  [[nodiscard]] const std::string& reason() const;  // of unknown: what stopped it, for people
  [[nodiscard]] bool truth() const { return std::get<bool>(value_); }
  [[nodiscard]] std::int64_t whole() const { return std::get<std::int64_t>(value_); }
  [[nodiscard]] double real() const { return std::get<double>(value_); }
  [[nodiscard]] const std::string& text() const { return std::get<std::string>(value_); }
  [[nodiscard]] const SettingList& items() const;
  [[nodiscard]] const SettingMap& entries() const;

  // For changing a list or map; a copy of it that others hold stays as it is.
  [[nodiscard]] SettingList& edit_items();
  [[nodiscard]] SettingMap& edit_entries();
  // Sets a key of a map: in place where it is there, else at the end. Linear in the keys.
  void set(std::string key, Setting value);

  // Returns the value of a map's key, or null.
  [[nodiscard]] const Setting* find(std::string_view key) const;
  // Returns the first value within, itself included, that is unknown, or null.
  [[nodiscard]] const Setting* find_unknown() const;

  [[nodiscard]] const Trace& trace() const { return trace_; }
  void set_trace(Trace trace) { trace_ = std::move(trace); }
  // Returns the same value with one more step in its trace.
  [[nodiscard]] Setting then(TraceStep step) const;
  // Returns where the value was last written, or an empty place.
  [[nodiscard]] SettingPlace place() const;

  // Compares values, not traces; an integer equals a number of the same value; unknown equals
  // nothing.
  friend bool same_value(const Setting& a, const Setting& b);

 private:
  struct Unknown {
    std::string reason;
  };
  // In the order of SettingKind.
  using Value = std::variant<Unknown, std::monostate, bool, std::int64_t, double, std::string,
                             std::shared_ptr<SettingList>, std::shared_ptr<SettingMap>>;
  Setting(Value value, Trace trace) : value_(std::move(value)), trace_(std::move(trace)) {}

  Value value_;
  Trace trace_;
};

struct SettingEntry {
  std::string key;
  Setting value;
};

// Writes a value as JSON: a list as an array, a map as an object; unknown as null.
void write_value(base::JsonWriter& json, const Setting& setting);

// The effective settings of a program in one environment.
struct Settings {
  SettingMap values;  // in the order of the program; keys as it asks for them

  // Returns the setting of this key, or null.
  [[nodiscard]] const Setting* find(std::string_view key) const;
};

// Returns the settings with every map that has keys replaced by its own, `app.debug` for `debug`
// of `app`, and every list that holds a list or map by its numbered items, `hosts.0.name`.
[[nodiscard]] Settings flatten(const Settings& settings);

// Returns the value at a path of keys and numbers, `DATABASES.default.ENGINE` or `hosts.0`, a key
// with dots in it as written; nothing where there is none. What stands in a value that is not
// known, or in a map that may hold more than is known, is unknown.
[[nodiscard]] std::optional<Setting> find_below(const Settings& settings, std::string_view path);

// Writes {"values": {KEY: {"value", "state", "trace"}}}. A value that is unknown in any part has
// the value null, the state "unknown", and the reason as the last line of its trace.
void write_settings(base::JsonWriter& json, const Settings& settings);

// Returns the trace of a setting as people read it; of an unknown one with its reason at the end.
[[nodiscard]] std::vector<std::string> trace_lines(const Setting& setting);

}  // namespace gate::readers
