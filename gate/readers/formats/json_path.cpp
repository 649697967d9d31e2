#include "gate/readers/formats/json_path.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/json_path_syntax.h"

namespace gate::readers {
namespace {

constexpr std::size_t kMostSteps = 1'000'000;

bool is_text(const Node& node) {
  return node.kind == NodeKind::string || node.kind == NodeKind::date;
}
bool is_numeric(const Node& node) {
  return node.kind == NodeKind::integer || node.kind == NodeKind::number;
}
bool is_container(const Node& node) {
  return node.kind == NodeKind::list || node.kind == NodeKind::map;
}

// Compares an integer with a number without rounding the integer.
int compare_mixed(std::int64_t whole, double real) {
  if (real >= 0x1p63) return -1;
  if (real < -0x1p63) return 1;
  const auto cut = static_cast<std::int64_t>(real);
  if (whole != cut) return whole < cut ? -1 : 1;
  const double rest = real - static_cast<double>(cut);
  return rest > 0 ? -1 : rest < 0 ? 1 : 0;
}

// Returns -1, 0 or 1; nothing where one is not a number (NaN).
std::optional<int> compare_numbers(const Node& a, const Node& b) {
  if (a.kind == NodeKind::integer && b.kind == NodeKind::integer)
    return a.integer < b.integer ? -1 : a.integer > b.integer ? 1 : 0;
  const bool real_a = a.kind == NodeKind::number;
  const bool real_b = b.kind == NodeKind::number;
  if ((real_a && a.number != a.number) || (real_b && b.number != b.number)) return std::nullopt;
  if (real_a && real_b) return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
  return real_a ? -compare_mixed(b.integer, a.number) : compare_mixed(a.integer, b.number);
}

// What a comparison or a function works on: a value of the document, one of the query, or nothing.
struct Operand {
  enum class Kind : std::uint8_t { nothing, literal, node };
  Kind kind = Kind::nothing;
  Node literal{};
  std::uint32_t index = 0;
};

class Evaluation {
 public:
  explicit Evaluation(Value root) : document_(root.document()), root_(root.index()) {}

  Result<PathSelection> run(const PathQuery& query) {
    PathSelection selection;
    for (const std::uint32_t index : select(query, root_))
      selection.values.emplace_back(&document_, index);
    if (steps_ > kMostSteps)
      return Error{fmt::format("the path looks at more than {} values", kMostSteps)};
    if (unknown_) selection.unknown.emplace(&document_, *unknown_);
    return selection;
  }

 private:
  using Nodes = std::vector<std::uint32_t>;
  using Expression = PathExpression;

  [[nodiscard]] const Node& node(std::uint32_t index) const { return document_.nodes()[index]; }

  bool step() { return ++steps_ <= kMostSteps; }

  // Returns whether the value is not known, and remembers it.
  bool is_unknown(std::uint32_t index) {
    if (node(index).kind != NodeKind::unknown) return false;
    if (!unknown_) unknown_ = index;
    return true;
  }

  Nodes select(const PathQuery& query, std::uint32_t current) {
    Nodes nodes{query.relative ? current : root_};
    for (const PathSegment& segment : query.segments) {
      Nodes next;
      for (const std::uint32_t index : nodes) {
        if (segment.descendant) {
          descend(segment, index, next);
        } else {
          apply(segment, index, next);
        }
      }
      nodes = std::move(next);
      if (nodes.empty() || steps_ > kMostSteps) break;
    }
    return nodes;
  }

  // The node and everything below it, each before what it holds.
  void descend(const PathSegment& segment, std::uint32_t top, Nodes& out) {
    Nodes open{top};
    while (!open.empty() && step()) {
      const std::uint32_t index = open.back();
      open.pop_back();
      if (is_unknown(index)) continue;
      if (!is_container(node(index))) continue;
      apply(segment, index, out);
      const std::size_t before = open.size();
      for (std::uint32_t child = node(index).first; child != 0; child = node(child).next)
        open.push_back(child);
      std::reverse(open.begin() + static_cast<std::ptrdiff_t>(before), open.end());
    }
  }

  void apply(const PathSegment& segment, std::uint32_t index, Nodes& out) {
    if (is_unknown(index)) return;
    for (const PathSelector& selector : segment.selectors) {
      switch (selector.kind) {
        case PathSelector::Kind::name:
          select_name(selector.name, index, out);
          break;
        case PathSelector::Kind::wildcard:
          for (std::uint32_t child = node(index).first; child != 0 && step();
               child = node(child).next)
            out.push_back(child);
          break;
        case PathSelector::Kind::index:
          select_index(selector.index, index, out);
          break;
        case PathSelector::Kind::slice:
          select_slice(selector, index, out);
          break;
        case PathSelector::Kind::filter:
          for (std::uint32_t child = node(index).first; child != 0 && step();
               child = node(child).next) {
            if (test(*selector.filter, child)) out.push_back(child);
          }
          break;
      }
    }
  }

  void select_name(std::string_view name, std::uint32_t index, Nodes& out) {
    if (node(index).kind != NodeKind::map) return;
    // Of doubles the last, as most readers do.
    std::uint32_t found = 0;
    std::uint32_t others = 0;
    for (std::uint32_t child = node(index).first; child != 0 && step(); child = node(child).next) {
      if (node(child).key == name) found = child;
      if (node(child).key == "*" && node(child).kind == NodeKind::unknown) others = child;
    }
    if (found != 0) out.push_back(found);
    // A map of an evaluator that may hold more keys than are known.
    if (found == 0 && others != 0) (void)is_unknown(others);
  }

  void select_index(std::int64_t wanted, std::uint32_t index, Nodes& out) {
    const Node& list = node(index);
    if (list.kind != NodeKind::list) return;
    if (wanted < 0) wanted += list.size;
    if (wanted < 0 || wanted >= list.size) return;
    std::uint32_t child = list.first;
    for (; wanted > 0 && step(); --wanted)
      child = node(child).next;
    if (wanted == 0) out.push_back(child);
  }

  // RFC 9535, section 2.3.4.2.2.
  void select_slice(const PathSelector& slice, std::uint32_t index, Nodes& out) {
    const Node& list = node(index);
    if (list.kind != NodeKind::list || slice.step == 0) return;
    const auto length = static_cast<std::int64_t>(list.size);
    const auto normalize = [&](std::int64_t at) { return at >= 0 ? at : length + at; };
    Nodes children;
    for (std::uint32_t child = list.first; child != 0 && step(); child = node(child).next)
      children.push_back(child);
    if (static_cast<std::int64_t>(children.size()) != length) return;
    if (slice.step > 0) {
      const std::int64_t lower =
          std::clamp<std::int64_t>(normalize(slice.start.value_or(0)), 0, length);
      const std::int64_t upper =
          std::clamp<std::int64_t>(normalize(slice.end.value_or(length)), 0, length);
      for (std::int64_t at = lower; at < upper; at += std::min(slice.step, length))
        out.push_back(children[static_cast<std::size_t>(at)]);
    } else {
      const std::int64_t upper =
          std::clamp<std::int64_t>(normalize(slice.start.value_or(length - 1)), -1, length - 1);
      const std::int64_t lower =
          slice.end ? std::clamp<std::int64_t>(normalize(*slice.end), -1, length - 1) : -1;
      for (std::int64_t at = upper; at > lower; at -= std::min(-slice.step, length))
        out.push_back(children[static_cast<std::size_t>(at)]);
    }
  }

  bool test(const Expression& expression, std::uint32_t current) {
    switch (expression.kind) {
      case Expression::Kind::logical_or:
        return std::any_of(expression.parts.begin(), expression.parts.end(),
                           [&](const Expression& part) { return test(part, current); });
      case Expression::Kind::logical_and:
        return std::all_of(expression.parts.begin(), expression.parts.end(),
                           [&](const Expression& part) { return test(part, current); });
      case Expression::Kind::logical_not:
        return !test(expression.parts[0], current);
      case Expression::Kind::comparison:
        return compare(expression, current);
      case Expression::Kind::query:
        return !select(expression.query, current).empty();
      case Expression::Kind::function:
        return test_function(expression, current);
      case Expression::Kind::literal:
        return false;
    }
    return false;
  }

  // match() and search(): of texts only.
  bool test_function(const Expression& expression, std::uint32_t current) {
    const Operand text = value_of(expression.parts[0], current);
    const Operand pattern = value_of(expression.parts[1], current);
    if (is_blocked(text) || is_blocked(pattern) || expression.bad_pattern) return false;
    const Node* subject = node_of(text);
    const Node* wanted = node_of(pattern);
    if (subject == nullptr || wanted == nullptr || !is_text(*subject) || !is_text(*wanted))
      return false;
    const bool whole = expression.function == PathFunction::match;
    const auto matches = [&](const base::Pattern& compiled) {
      return whole ? compiled.matches_whole(subject->text) : compiled.matches(subject->text);
    };
    if (expression.pattern) return matches(*expression.pattern);
    const Result<base::Pattern> compiled = compile_iregexp(wanted->text);
    return compiled && matches(*compiled);
  }

  bool is_blocked(const Operand& operand) {
    return operand.kind == Operand::Kind::node && is_unknown(operand.index);
  }

  // Null where the operand is nothing.
  [[nodiscard]] const Node* node_of(const Operand& operand) const {
    if (operand.kind == Operand::Kind::nothing) return nullptr;
    return operand.kind == Operand::Kind::literal ? &operand.literal : &node(operand.index);
  }

  Operand value_of(const Expression& expression, std::uint32_t current) {
    Operand operand;
    if (expression.kind == Expression::Kind::literal) {
      operand.kind = Operand::Kind::literal;
      operand.literal = expression.literal;
      operand.literal.text = expression.text;
      return operand;
    }
    if (expression.kind == Expression::Kind::query) {
      const Nodes nodes = select(expression.query, current);
      if (nodes.size() == 1) operand = {Operand::Kind::node, {}, nodes[0]};
      return operand;
    }
    const Expression& argument = expression.parts[0];
    if (expression.function == PathFunction::value) return value_of(argument, current);
    if (expression.function == PathFunction::count) {
      operand.kind = Operand::Kind::literal;
      operand.literal.kind = NodeKind::integer;
      operand.literal.integer = static_cast<std::int64_t>(select(argument.query, current).size());
      return operand;
    }
    return length_of(value_of(argument, current));
  }

  Operand length_of(const Operand& of) {
    Operand length;
    if (is_blocked(of)) return of;
    const Node* subject = node_of(of);
    if (subject == nullptr || (!is_text(*subject) && !is_container(*subject))) return length;
    length.kind = Operand::Kind::literal;
    length.literal.kind = NodeKind::integer;
    length.literal.integer = subject->size;
    if (is_text(*subject)) {
      length.literal.integer =
          std::count_if(subject->text.begin(), subject->text.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    }
    return length;
  }

  bool compare(const Expression& expression, std::uint32_t current) {
    using Operator = Expression::Operator;
    const Operand a = value_of(expression.parts[0], current);
    const Operand b = value_of(expression.parts[1], current);
    if (is_blocked(a) || is_blocked(b)) return false;
    switch (expression.comparison) {
      case Operator::equal:
        return equal(a, b);
      case Operator::not_equal:
        return !equal(a, b);
      case Operator::less:
        return less(a, b);
      case Operator::less_equal:
        return less(a, b) || equal(a, b);
      case Operator::greater:
        return less(b, a);
      case Operator::greater_equal:
        return less(b, a) || equal(a, b);
    }
    return false;
  }

  bool equal(const Operand& a, const Operand& b) {
    const Node* left = node_of(a);
    const Node* right = node_of(b);
    if (left == nullptr || right == nullptr) return left == right;
    if (a.kind == Operand::Kind::node && b.kind == Operand::Kind::node) {
      std::optional<Value> unknown;
      const bool same = same_value(Value(&document_, a.index), Value(&document_, b.index), unknown);
      if (unknown && !unknown_) unknown_ = unknown->index();
      return same;
    }
    return same_scalar(*left, *right);
  }

  bool less(const Operand& a, const Operand& b) const {
    const Node* left = node_of(a);
    const Node* right = node_of(b);
    if (left == nullptr || right == nullptr) return false;
    if (is_numeric(*left) && is_numeric(*right))
      return compare_numbers(*left, *right).value_or(0) < 0;
    return is_text(*left) && is_text(*right) && left->text < right->text;
  }

 public:
  static bool same_scalar(const Node& a, const Node& b) {
    if (is_numeric(a) && is_numeric(b)) return compare_numbers(a, b) == 0;
    if (is_text(a) && is_text(b)) return a.text == b.text;
    if (a.kind != b.kind) return false;
    if (a.kind == NodeKind::boolean) return a.boolean == b.boolean;
    return a.kind == NodeKind::null;
  }

 private:
  const Document& document_;
  std::uint32_t root_;
  std::size_t steps_ = 0;
  std::optional<std::uint32_t> unknown_;
};

}  // namespace

bool same_value(Value a, Value b, std::optional<Value>& unknown) {
  for (const Value* value : {&a, &b}) {
    if ((*value)->kind != NodeKind::unknown) continue;
    if (!unknown) unknown = *value;
    return false;
  }
  if (!is_container(*a.operator->()) || a->kind != b->kind)
    return Evaluation::same_scalar(a.node(), b.node());
  const std::vector<Value> left = a.children();
  const std::vector<Value> right = b.children();
  if (left.size() != right.size()) return false;
  for (std::size_t at = 0; at < left.size(); ++at) {
    const std::optional<Value> other = a->kind == NodeKind::map ? b.find(left[at]->key) : right[at];
    if (!other || !same_value(left[at], *other, unknown)) return false;
  }
  return true;
}

Result<JsonPath> JsonPath::parse(std::string_view text) {
  GATE_TRY(std::shared_ptr<const PathQuery> query, parse_path(text));
  return JsonPath(std::string(text), std::move(query));
}

bool JsonPath::is_singular() const { return query_->is_singular(); }

Result<PathSelection> JsonPath::select(Value root) const { return Evaluation(root).run(*query_); }

}  // namespace gate::readers
