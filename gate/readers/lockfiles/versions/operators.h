// Operators in front of a version, as every ecosystem but npm's carets and tildes writes them, and
// what each of them asks of an order.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

namespace gate::readers::lockfiles {

enum class Operator : std::uint8_t { any, equal, different, less, at_most, greater, at_least };

// Returns what an operator means: "=", "==", "!=", "<>", "<", "<=", ">", ">="; `otherwise` for any
// other text.
[[nodiscard]] Operator meaning(std::string_view op, Operator otherwise = Operator::equal);

// Returns whether a version that stands so to the one behind the operator is taken.
[[nodiscard]] bool holds(Operator op, std::weak_ordering order);

// Takes the first of these operators that `part` begins with off it, and the blanks behind; returns
// it, or "=" where none stands there.
[[nodiscard]] std::string_view take_operator(std::string_view& part,
                                             std::span<const std::string_view> operators);

}  // namespace gate::readers::lockfiles
