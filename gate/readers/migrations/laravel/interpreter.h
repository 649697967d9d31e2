// Interpreter: runs a method of a migration as far as its values are known, and collects the
// statements that it would send.
//
// Conditions are decided by the schema as it is at that moment (hasTable, hasColumn) and by
// literals; where one cannot be decided, both ways are taken and what they do is guarded. Loops run
// over lists that are known. Nothing is executed; a limit of steps ends whatever does not end.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/migrations/laravel/blueprint.h"
#include "gate/readers/migrations/laravel/project.h"
#include "gate/readers/migrations/laravel/value.h"
#include "gate/readers/migrations/migration.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations::laravel {

// Returns the name that Laravel has for the driver of a database: "pgsql".
[[nodiscard]] std::string driver_name(const Database& database);

// What the class names of Doctrine's objects begin with.
inline constexpr std::string_view kDoctrine = R"(Doctrine\DBAL\Schema\)";
inline constexpr int kDeepest = 64;  // calls inside each other

class Interpreter {
 public:
  // `declaration`: the class of the migration. Statements are applied to `schema` as they come, as
  // migration number `origin`.
  Interpreter(php::Node declaration, Schema& schema, Origin origin, Project& project);

  // Returns a method of the class, of a trait or of a class that it extends; or a none.
  [[nodiscard]] php::Node find_method(std::string_view name) const;

  // Runs a method, if it is there.
  void run(std::string_view method);

  [[nodiscard]] std::vector<sql::Statement> take_statements() { return std::move(statements_); }
  [[nodiscard]] std::vector<Remark> take_remarks() { return std::move(remarks_); }

 private:
  enum class Flow : std::uint8_t { next, stop_loop, next_round, leave };
  using Scope = std::map<std::string, Value, std::less<>>;
  // A class with its traits and the classes it extends, as far as the project has them, in the
  // order in which PHP looks for a member.
  using Family = std::vector<php::Node>;

  // classes.cpp
  [[nodiscard]] Family family_of(php::Node declaration);
  [[nodiscard]] std::optional<Family> family_named(std::string_view class_name);
  [[nodiscard]] const Family& family() const { return families_.back(); }
  Value in_family(Family family, const std::function<Value()>& evaluate);
  Value find_constant(std::string_view name);
  Value constant_of_family(std::string_view name);
  Value call_static(std::string_view scope, std::string_view method, const Arguments& arguments);
  Value list_cases();
  Value case_of(php::Node node);
  Value call_macro(const Value& blueprint, std::string_view name, const Arguments& arguments);
  [[nodiscard]] base::Span place(php::Node node) const;

  // collections.cpp
  Value call_list(const Value& list, std::string_view method, const Arguments& arguments);

  // statements.cpp
  Flow run_statement(php::Node node);
  Flow run_block(php::Node block);
  Flow run_if(php::Node node);
  Flow run_foreach(php::Node node);
  Flow run_for(php::Node node);
  Flow run_switch(php::Node node);
  Flow run_try(php::Node node);
  void bind(php::Node target, const Value& value);
  Value call_closure(const Value& closure, const std::vector<Value>& arguments);
  Value call_method_of_class(php::Node method, const Arguments& arguments);
  Value make_closure(php::Node node);

  // expressions.cpp
  Value evaluate(php::Node node);
  Value evaluate_unary(php::Node node);
  Value evaluate_binary(php::Node node);
  Value evaluate_array(php::Node node);
  Value evaluate_presence(php::Node node);
  Value evaluate_template(php::Node node);
  Value evaluate_assignment(php::Node node);
  Value evaluate_property(php::Node node);
  Value property(std::string_view name);
  Value evaluate_constant(php::Node node);
  Value evaluate_match(php::Node node);
  Arguments evaluate_arguments(php::Node node);
  [[nodiscard]] static bool equal(const Value& a, const Value& b);
  // Of lists too; nothing where a part is not known.
  [[nodiscard]] static std::optional<bool> compare(const Value& a, const Value& b);

  // functions.cpp
  Value call_function(std::string_view name, php::Node node);
  Value call_with_elements(std::string_view name, const Arguments& arguments);
  Value read_config(const Arguments& arguments, php::Node node);
  Value read_file(const Arguments& arguments);
  Value environment_name(php::Node node);
  std::optional<Value> ask_application(std::string_view method, const Arguments& arguments,
                                       php::Node node);

  // calls.cpp
  Value evaluate_call(php::Node node);
  Value evaluate_method_call(php::Node node);
  Value call_blueprint(const Value& object, std::string_view method, php::Node node,
                       const Arguments& arguments);
  std::string method_name(php::Node call);
  Value call_object(const Value& object, std::string_view method);
  void note_handed_over(const Arguments& arguments, php::Node node);
  Value evaluate_static_call(php::Node node);
  void emit(sql::Statement statement);
  void emit(sql::Operation operation, php::Node node, std::string_view verb);
  void emit_opaque(php::Node node, std::string why);
  void remark(RemarkKind kind, php::Node node);

  // schema_questions.cpp
  Value ask_schema(std::string_view method, const Arguments& arguments);
  [[nodiscard]] static Value list_schema(std::string_view method, const Table& table);
  Value call_doctrine(const Value& object, std::string_view method, const Arguments& arguments);

  // schema_calls.cpp
  void change_table_when(std::string_view method, const Arguments& arguments, php::Node node);
  Value call_schema(std::string_view method, const Arguments& arguments, php::Node node);
  Value call_connection(std::string_view method, const Arguments& arguments, php::Node node);
  Value call_query(Value query, std::string_view method, const Arguments& arguments,
                   php::Node node);
  void change_table(const Arguments& arguments, bool creating, php::Node node);
  void run_sql(const Value& text, php::Node node);
  void check_keys(bool checked, php::Node node);

  [[nodiscard]] const Table* table(const Value& name) const;
  [[nodiscard]] Value* variable(std::string_view name);
  bool step() { return steps_ > 0 && --steps_ > 0; }

  php::Node class_;
  std::vector<Family> families_;  // the one whose code runs last
  base::Span here_{};             // the last call in the file of the migration
  Schema& schema_;
  Origin origin_;
  Project& project_;
  std::vector<Scope> scopes_;
  Scope properties_;                                    // of $this, that the code has set
  std::vector<std::unique_ptr<Blueprint>> blueprints_;  // open ones, the innermost last
  std::vector<sql::Statement> statements_;
  std::vector<Remark> remarks_;
  Value result_;       // of the function that is left
  int undecided_ = 0;  // conditions around that nobody can decide
  int depth_ = 0;
  int tries_ = 0;        // blocks of `try` around
  bool thrown_ = false;  // the database has refused something: on to the `catch`
  int steps_ = 200'000;
};

}  // namespace gate::readers::migrations::laravel
