// Numbers: int(), float() and what else makes or rounds one; the module math.
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

std::string_view strip(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r\f\v");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r\f\v") - begin + 1);
}

// int() of a text; nothing where it is no number.
std::optional<std::int64_t> parse_integer(std::string_view text, int radix, bool& too_large) {
  text = strip(text);
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  // `0x1f` in the base 16.
  const auto prefixed = [&](char letter) {
    return text.size() > 2 && text[0] == '0' && base::to_lower(text[1]) == letter;
  };
  if (radix == 16 ? prefixed('x') : radix == 8 ? prefixed('o') : radix == 2 && prefixed('b')) {
    text.remove_prefix(2);
  }
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    // An underscore stands between two digits.
    if (text[at] == '_' && at > 0 && at + 1 < text.size() && text[at - 1] != '_' &&
        text[at + 1] != '_') {
      continue;
    }
    digits += text[at];
  }
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, radix);
  if (end != digits.data() + digits.size() || digits.empty() || digits[0] == '-')
    return std::nullopt;
  too_large = error == std::errc::result_out_of_range;
  if (error != std::errc()) return std::nullopt;
  return negative ? -value : value;
}

Value to_int(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {std::int64_t{0}};
  int radix = 10;
  if (const Value* base = call.find(1, "base"); base != nullptr) {
    if (!base->is(Type::integer) || base->whole() < 2 || base->whole() > 36) {
      return evaluator.unknown("the base of a number", Evaluator::maybe_value, Type::integer);
    }
    radix = static_cast<int>(base->whole());
  }
  switch (value->type()) {
    case Type::boolean:
      return Value(std::int64_t{value->truth() ? 1 : 0}).with(value->trace());
    case Type::integer:
      return value->marked(0);
    case Type::number:
      if (std::fabs(value->real()) < 9e18) {
        return Value(static_cast<std::int64_t>(value->real())).with(value->trace());
      }
      break;
    case Type::text: {
      bool too_large = false;
      if (has_project_mark(value->text())) break;
      if (const auto whole = parse_integer(value->text(), radix, too_large)) {
        return traced(evaluator, call, "int", *value, Value(*whole));
      }
      if (too_large) break;
      return evaluator.raise(call, "ValueError",
                             fmt::format("int({}) is no number", shown(*value)));
    }
    case Type::none:
      return evaluator.raise(call, "TypeError", "int(None)");
    default:
      break;
  }
  return evaluator.unknown_because(*value, Type::integer);
}

Value to_float(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return {0.0};
  if (value->is(Type::integer))
    return Value(static_cast<double>(value->whole())).with(value->trace());
  if (value->is(Type::boolean)) return Value(value->truth() ? 1.0 : 0.0).with(value->trace());
  if (value->is(Type::number)) return value->marked(0);
  if (value->is(Type::none)) return evaluator.raise(call, "TypeError", "float(None)");
  if (value->is(Type::text)) {
    const std::string_view text = strip(value->text());
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && !text.empty()) {
      return traced(evaluator, call, "float", *value, Value(number));
    }
    if (text.starts_with('+') || text.find('_') != std::string_view::npos) {
      return evaluator.unknown("the number is not followed", Evaluator::maybe_value, Type::number);
    }
    return evaluator.raise(call, "ValueError",
                           fmt::format("float({}) is no number", shown(*value)));
  }
  return evaluator.unknown_because(*value, Type::number);
}

Value absolute(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value != nullptr && value->is(Type::integer) && value->whole() > INT64_MIN) {
    return {std::abs(value->whole())};
  }
  if (value != nullptr && value->is(Type::number)) return {std::fabs(value->real())};
  return evaluator.unknown("abs() of something unknown");
}

// round(): a half goes to the even neighbour.
Value rounded(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "round()");
  if (value->is(Type::integer) && call.positional.size() == 1) return *value;
  if (value->is(Type::number) && call.positional.size() == 1 && std::fabs(value->real()) < 9e15) {
    return Value(static_cast<std::int64_t>(std::nearbyint(value->real()))).with(value->trace());
  }
  return evaluator.unknown("round() to a number of digits is not followed", 0);
}

Value to_whole(Evaluator& evaluator, Call& call, double (*round)(double)) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "an argument is missing");
  if (value->is(Type::integer)) return *value;
  if (value->is(Type::number) && std::fabs(value->real()) < 9e15) {
    return Value(static_cast<std::int64_t>(round(value->real()))).with(value->trace());
  }
  return evaluator.unknown_because(*value, Type::integer);
}
Value ceiling(Evaluator& evaluator, Call& call) { return to_whole(evaluator, call, std::ceil); }
Value floor_of(Evaluator& evaluator, Call& call) { return to_whole(evaluator, call, std::floor); }

Value quotient_and_rest(Evaluator& evaluator, Call& call) {
  if (call.positional.size() != 2) return evaluator.raise(call, "TypeError", "divmod()");
  const Value quotient = evaluator.binary(call.scope, call.node, Op::floor_divide,
                                          call.positional[0], call.positional[1]);
  if (evaluator.is_raising()) return quotient;
  const Value rest =
      evaluator.binary(call.scope, call.node, Op::modulo, call.positional[0], call.positional[1]);
  return make_list({quotient, rest}, Type::tuple);
}

// hex(), oct() and bin().
template <char letter>
Value digits_of(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr || !value->is(Type::integer) || value->whole() == INT64_MIN) {
    return evaluator.unknown("the digits of something unknown", Evaluator::maybe_value, Type::text);
  }
  const std::int64_t size = std::abs(value->whole());
  const std::string digits = letter == 'x'   ? fmt::format("{:x}", size)
                             : letter == 'o' ? fmt::format("{:o}", size)
                                             : fmt::format("{:b}", size);
  return Value(fmt::format("{}0{}{}", value->whole() < 0 ? "-" : "", letter, digits));
}

Value character(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr || !value->is(Type::integer) || value->whole() < 1 ||
      value->whole() > 0x7F) {
    return evaluator.unknown("a character beyond ASCII", Evaluator::maybe_value, Type::text);
  }
  return Value(std::string(1, static_cast<char>(value->whole())));
}

Value code_of(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr || !value->is(Type::text) || value->text().size() != 1) {
    return evaluator.unknown("the code of a character", Evaluator::maybe_value, Type::integer);
  }
  return {static_cast<std::int64_t>(static_cast<unsigned char>(value->text()[0]))};
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"abs", absolute},
    {"bin", digits_of<'b'>},
    {"chr", character},
    {"divmod", quotient_and_rest},
    {"float", to_float},
    {"hex", digits_of<'x'>},
    {"int", to_int},
    {"math.ceil", ceiling},
    {"math.floor", floor_of},
    {"oct", digits_of<'o'>},
    {"ord", code_of},
    {"round", rounded},
});

}  // namespace

std::span<const NativeEntry> number_natives() { return kNatives; }

}  // namespace gate::readers::python
