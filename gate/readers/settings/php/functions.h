// The functions of PHP that compute a value from values and nothing else.
// Source: php.net/manual/en/funcref.php; the tests compare with PHP itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

// What a function has to know of its arguments to know its result.
enum class Needs : std::uint8_t {
  everything,  // also what lies in arrays
  outside,     // arrays may hold what is unknown
  nothing,     // it looks for itself
};

// The arguments of a call in the order of the parameters.
class Bound {
 public:
  Bound(std::vector<std::optional<Value>> values, bool strict)
      : values_(std::move(values)), strict_(strict) {}

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool has(std::size_t place) const {
    return place < values_.size() && values_[place].has_value();
  }
  [[nodiscard]] const Value& operator[](std::size_t place) const { return *values_[place]; }

  // Each converts as PHP converts the arguments of its functions; nothing where PHP would stop.
  [[nodiscard]] std::optional<std::string> text(std::size_t place) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::size_t place) const;
  [[nodiscard]] std::optional<bool> truth(std::size_t place) const;
  [[nodiscard]] const Array* array(std::size_t place) const;  // null where it is none

 private:
  std::vector<std::optional<Value>> values_;
  bool strict_;
};

struct Function {
  std::string_view name;        // in lower case
  std::string_view parameters;  // "separator string limit"; the last may be `values...`
  std::uint8_t required = 0;
  Needs needs = Needs::everything;
  Value (*run)(Evaluator& evaluator, const Bound& given) = nullptr;

  // Returns how many parameters there are, `values...` for one.
  [[nodiscard]] std::size_t count_parameters() const;
};

// Returns the function of this name in lower case, or null.
[[nodiscard]] const Function* find_function(std::string_view name);

// Calls a function: binds the arguments, looks whether what it needs is known.
[[nodiscard]] Value call_function(const Function& function, Evaluator& evaluator,
                                  const Arguments& given);

// Whether a function of PHP (in lower case) that gate does not run takes nothing by reference.
[[nodiscard]] bool is_by_value(std::string_view name);

// What PHP itself would refuse.
[[nodiscard]] Value wrong_arguments();

// The tables, one a subject.
extern const std::span<const Function> kTextFunctions;
extern const std::span<const Function> kTextSearchFunctions;
extern const std::span<const Function> kTextReplaceFunctions;
extern const std::span<const Function> kFormatFunctions;
extern const std::span<const Function> kUrlFunctions;
extern const std::span<const Function> kJsonFunctions;
extern const std::span<const Function> kArrayFunctions;
extern const std::span<const Function> kCallbackFunctions;
extern const std::span<const Function> kSearchFunctions;
extern const std::span<const Function> kNumberFunctions;
extern const std::span<const Function> kFilterFunctions;
extern const std::span<const Function> kValueFunctions;

// Constants of PHP that are the same everywhere.
[[nodiscard]] std::optional<Value> find_constant(std::string_view name);

}  // namespace gate::readers::php
