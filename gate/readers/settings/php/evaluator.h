// Evaluator: what a PHP file returns, found out without running it.
//
// Knows the language; what lies outside the file (functions of a framework, the environment, other
// files) it asks a World. Whatever cannot be known is unknown with the reason, and so is everything
// computed from it; a branch that hangs on something unknown makes unknown what it would set. Time
// and memory are bound by a budget of steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/settings/php/closure.h"
#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

class Evaluator;

struct Argument {
  Value value;
  std::string name;  // of a named one
};
using Arguments = std::vector<Argument>;

struct File {
  std::shared_ptr<const SyntaxTree> tree;
  std::shared_ptr<const std::string> path;  // relative to the application
};

// Returns the argument of this place or name, or null.
[[nodiscard]] const Value* find_argument(const Arguments& arguments, std::size_t place,
                                         std::string_view name);

// What the evaluated code finds beside itself and PHP's own functions. Each returns nothing for
// what it does not know.
class World {
 public:
  virtual ~World() = default;
  // Names are as resolved, in the case of the code.
  [[nodiscard]] virtual std::optional<Value> call(Evaluator& evaluator, std::string_view function,
                                                  const Arguments& arguments) = 0;
  [[nodiscard]] virtual std::optional<Value> call_static(Evaluator& evaluator,
                                                         std::string_view class_name,
                                                         std::string_view method,
                                                         const Arguments& arguments) = 0;
  [[nodiscard]] virtual std::optional<Value> call_method(Evaluator& evaluator, const Value& object,
                                                         std::string_view method,
                                                         const Arguments& arguments) = 0;
  [[nodiscard]] virtual std::optional<Value> class_constant(std::string_view class_name,
                                                            std::string_view name) = 0;
  // A property that code reads of an object; none unless it is kept.
  [[nodiscard]] virtual std::optional<Value> property(const Value& /*object*/,
                                                      std::string_view /*name*/) {
    return std::nullopt;
  }
  // An object that code makes with `new`.
  [[nodiscard]] virtual std::optional<Value> make(std::string_view /*class_name*/,
                                                  const Arguments& /*arguments*/) {
    return std::nullopt;
  }
  // Whether code is run for what it does rather than for what it returns: then every branch runs
  // whose condition is not known, loops over what is not known run once, and functions that are
  // handed to code which gate does not run are called.
  [[nodiscard]] virtual bool explores() const { return false; }
  // A variable of the environment: of getenv(), `$_ENV` and `$_SERVER`; null where it is not set.
  [[nodiscard]] virtual Value environment(std::string_view key) = 0;
  // Whether a function (in lower case), or a static method (`Class::method`), takes nothing by
  // reference.
  [[nodiscard]] virtual bool takes_values(std::string_view function) = 0;
  // The code changes the environment, so that what is asked from then on is not known.
  virtual void forget_environment(const std::string& reason) = 0;
  // A file to include.
  [[nodiscard]] virtual std::optional<File> file(std::string_view path) = 0;
};

class Evaluator {
 public:
  explicit Evaluator(World& world) : world_(world) {}

  // Returns what the file returns (1 where it returns nothing), with variables of its own.
  [[nodiscard]] Value run(const File& file);

  // Runs a function or method of a file with these variables for its parameters and `this`; returns
  // what it returns.
  [[nodiscard]] Value run(const File& file, Node function, Variables variables);
  // Runs a file in the middle of other code, with variables of its own.
  Value require(const File& file);
  // Evaluates an expression that stands for itself: the default of a property.
  [[nodiscard]] Value run_expression(const File& file, Node expression);

  // Calls a function: a closure, or the name of one.
  [[nodiscard]] Value invoke(const Value& callable, const std::vector<Value>& arguments);

  [[nodiscard]] World& world() { return world_; }
  // Whether the file at hand converts no types (declare(strict_types=1)).
  [[nodiscard]] bool is_strict() const { return strict_; }
  // Returns where a node of the file at hand stands.
  [[nodiscard]] SettingPlace place(Node node) const;
  // The call that the World is asked for, and where it stands.
  [[nodiscard]] Node called() const { return {file_->tree.get(), called_}; }
  [[nodiscard]] const File& file() const { return *file_; }
  // Returns how a trace speaks of a value.
  [[nodiscard]] static std::string shown(const Value& value);

  static constexpr std::size_t kMaxSteps = 100'000;  // of one file: nodes evaluated
  static constexpr std::size_t kMaxCalls = 40;       // inside each other

 private:
  enum class Flow : std::uint8_t { normal, breaks, continues, returns };
  struct Frame;  // what a called function or included file replaces
  friend struct Frame;

  // --- statements (statements.cpp) ---------------------------------------------------------------
  Flow statements(Node parent);
  Flow statement(Node node);
  Flow if_statement(Node node);
  Flow branches_unknown(Node clause, const std::string& reason);
  Flow foreach_loop(Node node);
  Flow for_loop(Node node);
  Flow while_loop(Node node, bool test_first);
  Flow switch_statement(Node node);
  Flow loop_body(Node body, Flow& after);
  void declare_functions(Node parent);
  Flow give_up(std::string reason);

  // --- assignments (assignments.cpp) -------------------------------------------------------------
  Value assignment(Node node);
  void assign(Node target, const Value& value);
  Value set_at(Node assignment, const Value& value);
  Value forget_place(Node node);
  void change_item(Node target, const Value* value);
  void destructure(Node target, const Value& value);
  void forget(Node node, const std::string& reason);
  void forget_all(const std::string& reason);
  void forget_variable(std::string_view name, const std::string& reason);
  void forget_targets(Node list, const std::string& reason);
  void take_reference(Node target);
  Value increment(Node node);
  void unset(Node target);

  // --- expressions (expressions.cpp) -------------------------------------------------------------
  Value expression(Node node);
  Value evaluate(Node node);
  Value constant(Node node);
  Value class_constant(Node node);
  Value variable(Node node);
  Value array_literal(Node node);
  Value item_of(Node item, Value value);
  Value index(Node node, bool quiet);
  Value quiet(Node node);
  Value binary(Node node);
  Value coalesce(Node node);
  Value logical(Node node);
  Value ternary(Node node);
  Value match(Node node);
  Value template_string(Node node);
  Value isset(Node node);
  Value include(Node node);
  Value either(const std::string& reason, const Value& left, const Value& right);

  // --- calls (calls.cpp) -------------------------------------------------------------------------
  Value call(Node node);
  Value method_call(Node node);
  Value static_call(Node node);
  std::optional<Arguments> arguments(Node list);
  Value call_named(std::string_view name, const Arguments& given);
  std::optional<Value> call_special(Node node, const Arguments& given);
  [[nodiscard]] std::optional<Value> function_exists(std::string_view name) const;
  [[nodiscard]] std::optional<Value> constant_named(std::string_view name,
                                                    std::string_view function) const;
  std::optional<Value> call_in_place(Node node, const Arguments& given);
  Value finish_call(Node node, std::string_view name, Value result, const Arguments& given);
  Value stopped_at(Node node, std::string what) const;
  void forget_arguments(Node list, const std::string& reason);
  void explore(const Arguments& given);
  void begin();
  bool takes_values(Node call);

  // --- functions as values (invocation.cpp) ------------------------------------------------------
  Value closure(Node node);
  Value call_value(const Value& callable, const Arguments& given);
  Value call_by_name(std::string_view name, const Arguments& given);
  Value call_node(const File& file, Node function, const Arguments& given, Variables captured);
  std::optional<std::string> bind_parameters(Node function, const Arguments& given, bool strict,
                                             Variables& own);
  [[nodiscard]] bool may_take_reference(const Value& callable) const;

  bool step();
  // Takes the time that handling a large value costs off the budget.
  void charge(const Value& value);

  World& world_;
  const File* file_ = nullptr;
  Variables* variables_ = nullptr;
  bool strict_ = false;
  std::string forgotten_;  // why no variable is known any more; empty: they are
  // Variables that may change without being named, since something refers to them.
  std::set<std::string, std::less<>> referenced_;
  std::size_t levels_ = 1;  // loops and switches that `break` and `continue` leave
  Trace conditions_;        // what the code at hand runs because of
  std::map<std::string, std::pair<File, NodeId>, std::less<>> functions_;  // by name in lower case
  std::map<std::string, Value, std::less<>> constants_;
  NodeId called_ = 0;
  std::size_t steps_ = 0;
  std::size_t calls_ = 0;
  std::size_t includes_ = 0;
  Value returned_;
};

}  // namespace gate::readers::php
