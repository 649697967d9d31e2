// Result<T>: a value, or the reason why the world did not yield one.
//
// For trouble of the world (unreadable file, missing object, time-out). A mistake in the user's own
// policy is a base::Diagnostic, a broken rule is a finding, a mistake of ours is an assertion. The
// member names are those of std::expected, so that an alias can replace this file once every
// compiler in use has it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gate {

// What went wrong, in words for the person who ran gate: lower case, no full stop.
struct Error {
  std::string message;

  // Returns the same error with what was being done in front: "read .env: permission denied".
  [[nodiscard]] Error within(std::string_view action) && {
    message.insert(0, ": ");
    message.insert(0, action);
    return std::move(*this);
  }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error)
      : failed_(true), error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const Error& error() const& { return error_; }
  [[nodiscard]] Error&& error() && { return std::move(error_); }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace gate

#define GATE_CONCAT_INNER(a, b) a##b
#define GATE_CONCAT(a, b) GATE_CONCAT_INNER(a, b)

// GATE_TRY(auto files, open(path)); — declares `files`, or returns the error from the enclosing
// function.
#define GATE_TRY(declaration, expression) \
  GATE_TRY_INNER(GATE_CONCAT(gate_try_, __LINE__), declaration, expression)
#define GATE_TRY_INNER(name, declaration, expression)    \
  auto name = (expression);                              \
  if (!name.has_value()) return std::move(name).error(); \
  declaration = *std::move(name)

// GATE_CHECK(write(path)); — the same for a Result<void>.
#define GATE_CHECK(expression) GATE_CHECK_INNER(GATE_CONCAT(gate_check_, __LINE__), expression)
#define GATE_CHECK_INNER(name, expression) \
  auto name = (expression);                \
  if (!name.has_value()) return std::move(name).error()
