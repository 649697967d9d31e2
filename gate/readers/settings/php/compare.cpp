// Comparisons: php.net/manual/en/language.operators.comparison.php.
#include <algorithm>
#include <cmath>

#include "gate/readers/settings/php/convert.h"

namespace gate::readers::php {
namespace {

bool is_scalar_number(const Value& value) {
  return value.is(Type::integer) || value.is(Type::number);
}

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

template <class T>
int three_way(T left, T right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

std::optional<int> compare_numbers(const std::variant<std::int64_t, double>& left,
                                   const std::variant<std::int64_t, double>& right) {
  const auto* const a = std::get_if<std::int64_t>(&left);
  const auto* const b = std::get_if<std::int64_t>(&right);
  if (a != nullptr && b != nullptr) return three_way(*a, *b);
  const double x = a != nullptr ? static_cast<double>(*a) : std::get<double>(left);
  const double y = b != nullptr ? static_cast<double>(*b) : std::get<double>(right);
  if (std::isnan(x) || std::isnan(y)) return std::nullopt;
  return three_way(x, y);
}

std::variant<std::int64_t, double> number_of(const Value& value) {
  if (value.is(Type::integer)) return value.whole();
  return value.real();
}

// A text that is a number, or nothing.
std::optional<std::variant<std::int64_t, double>> whole_numeric(std::string_view text) {
  const std::optional<Numeric> number = read_numeric(text);
  if (!number || !number->whole_text) return std::nullopt;
  return number->value;
}

std::optional<int> compare_texts(std::string_view left, std::string_view right) {
  const auto a = whole_numeric(left);
  const auto b = whole_numeric(right);
  if (!a || !b) return sign(left.compare(right));
  // Of integers that do not fit PHP compares the digits.
  const bool large = left.size() > 18 && right.size() > 18;
  if (large && left != right) return std::nullopt;
  return compare_numbers(*a, *b);
}

std::optional<int> compare_number_and_text(const Value& number, std::string_view text) {
  if (const auto numeric = whole_numeric(text)) return compare_numbers(number_of(number), *numeric);
  const std::optional<std::string> written = to_text(number);
  if (!written) return std::nullopt;
  return sign(std::string_view(*written).compare(text));
}

// Arrays only as equal or not: -1 stands for any difference.
std::optional<int> compare_arrays(const Array& left, const Array& right) {
  if (!left.unknown_key().empty() || !right.unknown_key().empty()) return std::nullopt;
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  bool unknown = false;
  for (const Array::Entry& entry : left.entries()) {
    const Value* const other = right.find(entry.key);
    if (other == nullptr) return -1;
    const std::optional<int> order = compare(entry.value, *other);
    if (order && *order != 0) return *order;
    unknown = unknown || !order;
  }
  if (unknown) return std::nullopt;
  return 0;
}

}  // namespace

std::optional<int> compare(const Value& left, const Value& right) {
  if (!left.is_known() || !right.is_known()) return std::nullopt;
  const auto either = [&](Type type) { return left.is(type) || right.is(type); };
  if (either(Type::closure) || either(Type::object)) return std::nullopt;
  if (left.is(Type::string) && right.is(Type::string))
    return compare_texts(left.text(), right.text());
  if (either(Type::boolean) || (either(Type::null) && !either(Type::string)))
    return three_way(*to_bool(left), *to_bool(right));
  if (either(Type::null)) {
    const std::string none;
    return sign((left.is(Type::null) ? none : left.text())
                    .compare(right.is(Type::null) ? none : right.text()));
  }
  if (left.is(Type::array) && right.is(Type::array))
    return compare_arrays(left.array(), right.array());
  if (left.is(Type::array)) return 1;
  if (right.is(Type::array)) return -1;
  if (is_scalar_number(left) && is_scalar_number(right))
    return compare_numbers(number_of(left), number_of(right));
  if (is_scalar_number(left)) return compare_number_and_text(left, right.text());
  const std::optional<int> order = compare_number_and_text(right, left.text());
  return order ? std::optional<int>(-*order) : std::nullopt;
}

std::optional<bool> is_equal(const Value& left, const Value& right) {
  const std::optional<int> order = compare(left, right);
  return order ? std::optional<bool>(*order == 0) : std::nullopt;
}

std::optional<bool> is_identical(const Value& left, const Value& right) {
  if (!left.is_known() || !right.is_known()) return std::nullopt;
  const auto is_path = [](const Value& value) {
    return value.is(Type::object) && value.object().of == Object::Class::path;
  };
  // A path on the server is a text, of which only the end is known.
  if ((is_path(left) && right.is(Type::string)) || (is_path(right) && left.is(Type::string)))
    return std::nullopt;
  if (left.type() != right.type()) return false;
  switch (left.type()) {
    case Type::null:
      return true;
    case Type::boolean:
      return left.truth() == right.truth();
    case Type::integer:
      return left.whole() == right.whole();
    case Type::number:
      return left.real() == right.real();
    case Type::string:
      return left.text() == right.text();
    case Type::array:
      break;
    default:
      return std::nullopt;
  }
  const Array& a = left.array();
  const Array& b = right.array();
  if (!a.unknown_key().empty() || !b.unknown_key().empty()) return std::nullopt;
  if (a.size() != b.size()) return false;
  bool unknown = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(a.entries()[i].key == b.entries()[i].key)) return false;
    const std::optional<bool> same = is_identical(a.entries()[i].value, b.entries()[i].value);
    if (same && !*same) return false;
    unknown = unknown || !same;
  }
  if (unknown) return std::nullopt;
  return true;
}

}  // namespace gate::readers::php
