// The evaluator behind javascript_config: it walks the tokens and computes on the way, since
// expressions of configuration files have no side effects worth keeping a tree for. Only for the
// sources of this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/javascript/value.h"
#include "gate/readers/settings/setting.h"

namespace gate::readers::javascript {

class Evaluator {
 public:
  Evaluator(const base::Source& source, const std::vector<Token>& tokens,
            const EnvironmentValues& environment);
  // Empties every scope that is still held: a function holds the scope that names it, and then
  // nothing else would free the two. Values of this evaluator must not be called afterwards.
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // Runs the module and returns what it exports; undefined where it exports nothing.
  Value run();
  // Returns the configuration that is exported: what next or vite get from a function of it.
  Value configured(const Value& exported, bool of_vite);
  // Returns a value as a setting; functions without parameters are called.
  Setting to_setting(const Value& value, std::uint32_t depth = 0);
  // Returns the first place that the grammar here does not cover, if it kept anything from being
  // read.
  [[nodiscard]] const std::optional<base::Span>& stuck() const { return stuck_; }
  // Returns whether it stopped because the file takes too long to compute.
  [[nodiscard]] bool exhausted() const { return steps_ > kMaxSteps; }

 private:
  static constexpr std::uint32_t kMaxDepth = 120;        // of expressions and calls
  static constexpr std::uint32_t kMaxSettingDepth = 40;  // of values
  static constexpr std::uint64_t kMaxSteps = 400'000;    // expressions in all

  // evaluator.cpp: tokens
  [[nodiscard]] const Token& token(std::uint32_t at) const { return tokens_[at]; }
  [[nodiscard]] std::string_view text(std::uint32_t at) const;
  [[nodiscard]] bool is(std::string_view sign) const { return is_at(at_, sign); }
  // A punctuator or a word, never a literal.
  [[nodiscard]] bool is_at(std::uint32_t at, std::string_view sign) const;
  bool take(std::string_view sign);
  [[nodiscard]] bool done() const { return at_ >= end_; }
  [[nodiscard]] Trace trace_of(std::uint32_t at, std::string text) const;
  Value give_up(std::string_view why);
  void skip_type();
  // Makes a scope and goes into it; null: it sees nothing around it.
  void enter_scope(std::shared_ptr<Scope> parent);

  Setting env_setting(const Value& env);
  static Value vite_environment(const Trace& trace);

  // modules.cpp
  void import_statement();
  bool import_names(const std::string& module);
  void export_statement();
  [[nodiscard]] static Value member_of_import(const Value& module, std::string_view name);

  // statements.cpp
  void statements();
  void statement();
  void declaration();
  void bind_pattern(std::uint32_t begin, const Value& value);
  void function_statement(bool exported);
  void if_statement();
  void return_statement();
  bool assignment();
  void assign(const std::vector<std::string>& path, Value value);
  bool push_statement();
  void expression_statement();
  void skip_statement(bool taint);
  void taint(std::uint32_t begin, std::uint32_t end, std::string_view why);
  void end_statement();

  // sharing.cpp
  // Returns what the first names of a path lead to, or null.
  [[nodiscard]] const Value* find(const std::vector<std::string>& path, std::size_t length) const;
  // Puts a changed object in the place of what a path leads to, wherever that is held.
  void change(const std::vector<std::string>& path, Value changed);
  // Something unknown may have changed a value: whatever holds it or a part of it knows no more.
  void forget(const Value& value, std::string_view why);
  void replace_everywhere(const std::set<std::uint64_t>& ids, const Value& by);

  // expressions.cpp
  Value expression();
  Value conditional();
  Value binary(int least);
  Value unary();
  Value postfix();
  static Value operate(std::string_view sign, const Value& left, const Value& right);
  static std::optional<bool> strictly_equal(const Value& left, const Value& right);

  // primaries.cpp
  Value primary();
  Value name_expression();
  Value literal_template();
  Value array_literal();
  Value object_literal();
  bool object_member(Value& object);
  void spread_into(Value& target, const Value& value);
  std::optional<Value> arrow_function();
  Value function_value(std::uint32_t parameters, std::uint32_t body, bool is_expression);
  Value member(const Value& object, const std::string& name, std::uint32_t at);
  Value environment_variable(const std::string& name, std::uint32_t at);

  // calls.cpp
  std::vector<Value> arguments(std::string& others);
  Value call(const Value& callee, const Value* self, std::string_view name,
             std::vector<Value> arguments);
  Value call_function(const Value& function, const std::vector<Value>& arguments);
  Value call_import(const Value& callee, const std::vector<Value>& arguments);
  Value call_global(std::string_view name, const std::vector<Value>& arguments);
  Value call_method(const Value& self, std::string_view name, const std::vector<Value>& arguments);
  Value call_text_method(const Value& self, std::string_view name,
                         const std::vector<Value>& arguments);
  Value call_array_method(const Value& self, std::string_view name,
                          const std::vector<Value>& arguments);
  Value new_expression();

  const base::Source& source_;
  const std::vector<Token>& tokens_;
  const EnvironmentValues& environment_;
  std::uint32_t at_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t depth_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t ids_ = 0;  // numbers that objects have
  std::shared_ptr<Scope> scope_;
  std::vector<std::weak_ptr<Scope>> scopes_;
  std::optional<Value> exported_;
  std::optional<Value> returned_;
  bool in_function_ = false;
  bool dry_ = false;  // a body is read for its end only: nothing is called
  std::optional<base::Span> stuck_;
};

}  // namespace gate::readers::javascript
