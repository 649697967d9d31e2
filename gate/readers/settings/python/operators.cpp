// Operators between two values.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

bool is_integral(const Value& value) { return value.is(Type::integer) || value.is(Type::boolean); }
bool is_numeric(const Value& value) { return is_integral(value) || value.is(Type::number); }
std::int64_t whole_of(const Value& value) {
  return value.is(Type::boolean) ? (value.truth() ? 1 : 0) : value.whole();
}
double real_of(const Value& value) {
  return value.is(Type::number) ? value.real() : static_cast<double>(whole_of(value));
}

// Integers, as far as 64 bits reach.
std::optional<Value> integers(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case Op::add:
      if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
      return Value(result);
    case Op::subtract:
      if (__builtin_sub_overflow(a, b, &result)) return std::nullopt;
      return Value(result);
    case Op::multiply:
      if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
      return Value(result);
    case Op::divide:
      if (b == 0) return std::nullopt;
      return Value(static_cast<double>(a) / static_cast<double>(b));
    case Op::floor_divide:
    case Op::modulo: {
      if (b == 0 || (a == INT64_MIN && b == -1)) return std::nullopt;
      std::int64_t quotient = a / b;
      std::int64_t rest = a % b;
      if (rest != 0 && (rest < 0) != (b < 0)) {
        --quotient;
        rest += b;
      }
      return Value(op == Op::modulo ? rest : quotient);
    }
    case Op::power: {
      if (b < 0 || b > 64) return std::nullopt;
      result = 1;
      for (std::int64_t at = 0; at < b; ++at) {
        if (__builtin_mul_overflow(result, a, &result)) return std::nullopt;
      }
      return Value(result);
    }
    case Op::shift_left:
      if (b < 0 || b > 62 || a < 0 || a > (INT64_MAX >> b)) return std::nullopt;
      return Value(a << b);
    case Op::shift_right:
      if (b < 0 || b > 63) return std::nullopt;
      return Value(a >> b);
    case Op::bit_and:
      return Value(a & b);
    case Op::bit_or:
      return Value(a | b);
    case Op::bit_xor:
      return Value(a ^ b);
    default:
      return std::nullopt;
  }
}

std::optional<Value> numbers(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return Value(a + b);
    case Op::subtract:
      return Value(a - b);
    case Op::multiply:
      return Value(a * b);
    case Op::divide:
      if (b == 0) return std::nullopt;
      return Value(a / b);
    default:
      return std::nullopt;
  }
}

// -1, 0 or 1; nothing where the two have no order or it is not known.
std::optional<int> order(const Value& a, const Value& b) {
  if (is_numeric(a) && is_numeric(b)) {
    if (is_integral(a) && is_integral(b)) {
      const std::int64_t left = whole_of(a);
      const std::int64_t right = whole_of(b);
      return left < right ? -1 : left > right ? 1 : 0;
    }
    const double left = real_of(a);
    const double right = real_of(b);
    if (std::isnan(left) || std::isnan(right)) return std::nullopt;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.is(Type::text) && b.is(Type::text)) {
    if (has_project_mark(a.text()) || has_project_mark(b.text())) return std::nullopt;
    // UTF-8 keeps the order of characters.
    const int compared = a.text().compare(b.text());
    return compared < 0 ? -1 : compared > 0 ? 1 : 0;
  }
  if (a.is_sequence() && a.type() == b.type() && !a.is(Type::set)) {
    if (!a.object()->content.poison.empty() || !b.object()->content.poison.empty()) {
      return std::nullopt;
    }
    const std::vector<Value>& left = a.items();
    const std::vector<Value>& right = b.items();
    for (std::size_t at = 0; at < left.size() && at < right.size(); ++at) {
      if (left[at].is_unknown() || right[at].is_unknown()) return std::nullopt;
      const std::optional<int> part = order(left[at], right[at]);
      if (!part || *part != 0) return part;
    }
    const auto stretched = [](const Value& item) { return item.is_stretch(); };
    if (std::any_of(left.begin(), left.end(), stretched) ||
        std::any_of(right.begin(), right.end(), stretched)) {
      return std::nullopt;
    }
    return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
  }
  return std::nullopt;
}

std::optional<bool> is_same_object(const Value& a, const Value& b) {
  const auto is_singleton = [](const Value& value) {
    return value.is_none() || value.is(Type::boolean);
  };
  if (a.is_unknown() || b.is_unknown()) {
    const Value& unknown = a.is_unknown() ? a : b;
    const Value& other = a.is_unknown() ? b : a;
    if (unknown.hint() != Type::unknown && is_singleton(other) && other.type() != unknown.hint()) {
      return false;
    }
    return std::nullopt;
  }
  if (is_singleton(a) || is_singleton(b)) {
    if (a.type() != b.type()) return false;
    return a.is_none() || a.truth() == b.truth();
  }
  if (a.is_object() && b.is_object()) {
    if (a.type() == Type::native && b.type() == Type::native) {
      return a.object()->name == b.object()->name;
    }
    return a.object() == b.object();
  }
  if (a.is_object() != b.is_object()) return false;
  return std::nullopt;
}

// `"%s:%d" % (a, b)`; nothing where a part is not known.
std::optional<std::string> percent_format(const std::string& format, const Value& arguments) {
  std::string out;
  std::size_t next = 0;
  const bool many = arguments.is(Type::tuple);
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') {
      out += format[at];
      continue;
    }
    if (++at >= format.size()) return std::nullopt;
    if (format[at] == '%') {
      out += '%';
      continue;
    }
    const Value* argument = nullptr;
    if (format[at] == '(') {
      const std::size_t close = format.find(')', at);
      if (close == std::string::npos || !arguments.is(Type::dict)) return std::nullopt;
      if (!arguments.object()->content.poison.empty()) return std::nullopt;
      argument =
          arguments.object()->content.table.find("s" + format.substr(at + 1, close - at - 1));
      at = close + 1;
    } else if (many) {
      if (next < arguments.items().size()) argument = &arguments.items()[next++];
    } else if (next++ == 0) {
      argument = &arguments;
    }
    if (argument == nullptr || at >= format.size()) return std::nullopt;
    std::optional<std::string> text;
    if (format[at] == 's') {
      text = to_text(*argument);
    } else if (format[at] == 'r') {
      text = to_repr(*argument);
    } else if ((format[at] == 'd' || format[at] == 'i') && is_integral(*argument)) {
      text = fmt::format("{}", whole_of(*argument));
    }
    if (!text) return std::nullopt;
    out += *text;
  }
  if (many ? next != arguments.items().size() : next > 1) return std::nullopt;
  return out;
}

Value joined(const Value& left, const Value& right) {
  std::vector<Value> items = left.items();
  items.insert(items.end(), right.items().begin(), right.items().end());
  return make_list(std::move(items), left.type());
}

// A list or tuple as what can be joined: a poisoned or unknown one is a stretch.
std::optional<Value> as_sequence(const Value& value, Type type) {
  if (value.is_unknown()) return make_list({Value::stretch(value.reason())}, type);
  if (value.type() != type) return std::nullopt;
  const std::string& poison = value.object()->content.poison;
  if (!poison.empty()) return make_list({Value::stretch(poison)}, type);
  return value;
}

}  // namespace

Value Evaluator::binary(const Scope& scope, NodeIndex node, Op op, const Value& left,
                        const Value& right) {
  const Trace trace = Trace::join(left.trace(), right.trace());
  const auto finish = [&](Value value) { return value.is_object() ? value : value.with(trace); };
  if (is_numeric(left) && is_numeric(right)) {
    const bool whole = is_integral(left) && is_integral(right);
    if ((op == Op::divide || op == Op::floor_divide || op == Op::modulo) && real_of(right) == 0) {
      return raise_at(scope, node, "ZeroDivisionError", "division by zero");
    }
    if (left.is(Type::boolean) && right.is(Type::boolean)) {
      // The bits of two bools make a bool.
      if (op == Op::bit_and) return finish(Value(left.truth() && right.truth()));
      if (op == Op::bit_or) return finish(Value(left.truth() || right.truth()));
      if (op == Op::bit_xor) return finish(Value(left.truth() != right.truth()));
    }
    const std::optional<Value> result = whole ? integers(op, whole_of(left), whole_of(right))
                                              : numbers(op, real_of(left), real_of(right));
    if (result) return finish(*result);
    return unknown("the number is not followed", maybe_value);
  }
  if (op == Op::add) {
    if (left.is(Type::text) && right.is(Type::text)) {
      if (left.text().size() + right.text().size() > kMaxText) {
        return unknown("the text is too long", 0, Type::text);
      }
      return finish(Value(left.text() + right.text()));
    }
    for (const Type type : {Type::list, Type::tuple}) {
      if (!left.is(type) && !right.is(type)) continue;
      const std::optional<Value> a = as_sequence(left, type);
      const std::optional<Value> b = as_sequence(right, type);
      if (a && b) {
        if (left.is_unknown() || right.is_unknown()) maybe_ |= maybe_value;
        if (a->items().size() + b->items().size() > kMaxItems) {
          return unknown("it has too many elements");
        }
        return joined(*a, *b);
      }
    }
    const bool text = left.is(Type::text) || right.is(Type::text);
    if (left.is_unknown() || right.is_unknown()) {
      return unknown_because(left.is_unknown() ? left : right, text ? Type::text : Type::unknown);
    }
    if (text || left.is_sequence() || right.is_sequence()) {
      return raise_at(scope, node, "TypeError",
                      fmt::format("a {} and a {} cannot be added", describe(left.type()),
                                  describe(right.type())));
    }
  }
  if (op == Op::modulo && left.is(Type::text)) {
    if (std::optional<std::string> text = percent_format(left.text(), right)) {
      return finish(Value(*std::move(text)));
    }
    return unknown_because(right, Type::text);
  }
  if (op == Op::multiply) {
    const Value& many = is_integral(left) ? right : left;
    const Value& times = is_integral(left) ? left : right;
    if (is_integral(times) &&
        (many.is(Type::text) || many.is(Type::list) || many.is(Type::tuple))) {
      const auto count = static_cast<std::size_t>(std::max<std::int64_t>(0, whole_of(times)));
      const std::size_t size = many.is(Type::text) ? many.text().size() : many.items().size();
      if (size != 0 && count > (many.is(Type::text) ? kMaxText : kMaxItems) / size) {
        return unknown("it is too long");
      }
      if (many.is(Type::text)) {
        std::string text;
        for (std::size_t at = 0; at < count; ++at)
          text += many.text();
        return finish(Value(std::move(text)));
      }
      std::vector<Value> items;
      for (std::size_t at = 0; at < count; ++at) {
        items.insert(items.end(), many.items().begin(), many.items().end());
      }
      return make_list(std::move(items), many.type());
    }
  }
  if (op == Op::add && left.is(Type::instance)) {
    Call call{scope, node, {right}, {}};
    return call_method(left, "__add__", call);
  }
  if (op == Op::divide && left.is(Type::instance)) {
    Call call{scope, node, {right}, {}};
    return call_method(left, "__truediv__", call);
  }
  if (op == Op::subtract && left.is(Type::instance)) {
    Call call{scope, node, {right}, {}};
    return call_method(left, "__sub__", call);
  }
  if (op == Op::bit_or && left.is(Type::dict) && right.is(Type::dict)) {
    Value made = make_dict();
    add_all_keys(made, left);
    add_all_keys(made, right);
    return made;
  }
  if (left.is(Type::set) && right.is(Type::set) &&
      (op == Op::bit_or || op == Op::subtract || op == Op::bit_and)) {
    Call call{scope, node, {right}, {}};
    return call_method(left,
                       op == Op::bit_or     ? "union"
                       : op == Op::subtract ? "difference"
                                            : "intersection",
                       call);
  }
  if (op == Op::multiply && (left.is(Type::instance) || right.is(Type::instance))) {
    Call call{scope, node, {left.is(Type::instance) ? right : left}, {}};
    return call_method(left.is(Type::instance) ? left : right, "__mul__", call);
  }
  if (left.is_unknown() || right.is_unknown()) {
    return unknown_because(left.is_unknown() ? left : right);
  }
  return unknown(fmt::format("`{}` is not followed", text_of(scope, node)), maybe_value);
}

Value Evaluator::compare(Op op, const Value& left, const Value& right) {
  const auto answer = [&](std::optional<bool> holds, bool negated) -> Value {
    if (holds) return {*holds != negated};
    const std::string a = unknown_reason(left);
    const std::string b = unknown_reason(right);
    return unknown(!a.empty()   ? a
                   : !b.empty() ? b
                                : "the comparison is not followed",
                   maybe_value, Type::boolean);
  };
  // A program has its own name among its arguments.
  if (left.is(Type::instance) && left.object()->name == "sys.argv.count") {
    const bool whole = right.is(Type::integer);
    if (whole && ((op == Op::greater && right.whole() <= 0) ||
                  (op == Op::greater_equal && right.whole() <= 1) ||
                  (op == Op::not_equal && right.whole() <= 0))) {
      return {true};
    }
    return unknown("the arguments of the program are not known", maybe_value, Type::boolean);
  }
  switch (op) {
    case Op::equal:
    case Op::not_equal:
      return answer(equal(left, right), op == Op::not_equal);
    case Op::in:
    case Op::not_in: {
      std::optional<bool> found;
      if (right.is(Type::instance) && right.object()->name == "namespace") {
        const Content& names = right.object()->module->object.object()->content;
        if (left.is(Type::text) &&
            (names.table.find(left.text()) != nullptr || names.others.empty())) {
          found = names.table.find(left.text()) != nullptr;
        }
      } else if (right.is(Type::instance) &&
                 (right.object()->name == "os.environ" || right.object()->name == "environ.Env")) {
        if (left.is(Type::text)) {
          const Variable variable = this->variable(left.text());
          if (variable.state != EnvironmentValue::State::unknown) {
            found = variable.state == EnvironmentValue::State::set;
          } else {
            return unknown(variable.value.reason(), maybe_value, Type::boolean);
          }
        }
      } else if (right.is(Type::instance) && right.object()->name == "sys.argv") {
        // A server is started with none of the words of manage.py.
        if (left.is(Type::text) && is_word(left.text())) found = false;
      } else if (right.is(Type::instance) && right.object()->name == "sys.modules") {
        constexpr auto kTests = std::to_array<std::string_view>({"pytest", "unittest", "nose"});
        if (left.is(Type::text) &&
            std::find(kTests.begin(), kTests.end(), left.text()) != kTests.end()) {
          found = false;
        }
      } else {
        found = contains(right, left);
      }
      return answer(found, op == Op::not_in);
    }
    case Op::is:
    case Op::is_not:
      return answer(is_same_object(left, right), op == Op::is_not);
    default:
      break;
  }
  const std::optional<int> ordered = order(left, right);
  if (!ordered) return answer(std::nullopt, false);
  switch (op) {
    case Op::less:
      return {*ordered < 0};
    case Op::less_equal:
      return {*ordered <= 0};
    case Op::greater:
      return {*ordered > 0};
    default:
      return {*ordered >= 0};
  }
}

}  // namespace gate::readers::python
