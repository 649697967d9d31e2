// Evaluator: what the modules of a project hold once they are imported in a given environment.
//
// Runs the statements of settings modules, without Python, a disk or a network: imports inside the
// project, conditions, loops, functions, containers, and what settings use of the standard library
// and of the libraries that read the environment. What it does not know is unknown with the reason,
// and so is all that is computed from it; where a condition is unknown, what both ways agree on is
// known. Knows no Django.
//
// Limits: steps, depth and size; beyond them the rest is unknown.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/formats/python/tree.h"
#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"
#include "gate/readers/settings/python/journal.h"
#include "gate/readers/settings/python/value.h"

namespace gate::readers::python {

// A module of the project.
class Module {
 public:
  Module(std::string dotted, std::string file, std::string source)
      : name(std::move(dotted)),
        path(std::move(file)),
        text(std::move(source)),
        tree(Tree::parse(text)),
        // A file that is too large is not looked through for its lines.
        lines(std::string_view(text).substr(0, kMaxSource)) {}
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  std::string name;  // "config.settings.base"
  std::string path;  // from the judged folder
  std::string text;
  Tree tree;
  base::LineIndex lines;
  Value object;  // its names
};

// Where names of running code are looked up.
struct Scope {
  Module* module = nullptr;
  ObjectPtr names;                   // what is bound here
  std::shared_ptr<Scope> enclosing;  // of a function inside a function, or null
  bool is_function = false;
  bool is_comprehension = false;
  bool is_class = false;
  std::set<std::string, std::less<>> globals;  // names that `global` hands to the module
};
using ScopePtr = std::shared_ptr<Scope>;

// An exception on its way.
struct Raised {
  std::vector<std::string> types;  // its class, then what that derives from
  std::string message;
  SettingPlace place;
};

// How a statement ends.
enum class Flow : std::uint8_t {
  next,
  break_loop,
  continue_loop,
  returned,
  raised,
  uncertain,  // one way leaves the block and the other does not
};

// What a call was given.
struct Call {
  struct Named {
    std::string name;
    Value value;
  };

  const Scope& scope;
  NodeIndex node = 0;
  std::vector<Value> positional;
  std::vector<Named> named;
  bool open = false;  // `*` or `**` of something unknown
  Value self{};       // of a method

  // Returns the argument at a place or of a name, or null.
  [[nodiscard]] const Value* find(std::size_t place, std::string_view name = {}) const;
};

class Evaluator {
 public:
  struct Options {
    // Folders in which modules are looked for, from the judged folder, "" itself; the first is
    // the one that holds manage.py.
    std::vector<std::string> roots{""};
    // Returns whether the package that a module belongs to is installed in production; nothing
    // where that is not known. May be empty.
    std::function<std::optional<bool>(std::string_view module)> installed{};
    // Returns the version of an installed package ("0.11.2"), empty where none is demanded;
    // nothing where the project does not name the package. May be empty.
    std::function<std::optional<std::string>(std::string_view module)> version{};
    // Constants of libraries that the caller knows: "django.VERSION". May be empty.
    std::function<std::optional<Value>(std::string_view name)> library{};
  };

  // What stopped the program, or would stop it.
  struct Problem {
    std::string message;  // "KeyError: SECRET_KEY is not set"
    SettingPlace place;
    bool ends_program = false;
  };
  // bool() of the text of a variable: any text but the empty one is true.
  struct TextTruth {
    SettingPlace place;
    std::string expression;  // as written
  };

  // All of it outlives this.
  Evaluator(const ProjectFiles& files, const EnvironmentValues& environment, Options options);

  // Runs a module of the project and returns it, or unknown where there is none. `main`: it is run
  // as a program. May be asked again for the same module.
  [[nodiscard]] Value import_module(std::string_view name);
  [[nodiscard]] Value run_program(std::string_view path);

  // Returns a variable as os.environ.get() would, or None.
  [[nodiscard]] Value environment_variable(std::string_view key);

  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
  [[nodiscard]] const std::vector<TextTruth>& text_truths() const { return text_truths_; }
  // Returns the files that were run, in that order.
  [[nodiscard]] const std::vector<std::string>& files_run() const { return files_run_; }
  // Returns the names of variables that were asked for.
  [[nodiscard]] const std::set<std::string>& variables_asked() const { return variables_asked_; }

  // For the library of functions (library*.cpp).

  [[nodiscard]] SettingPlace place(const Scope& scope, NodeIndex node) const;
  // Raises an exception: of a class, by the name of a builtin one or the full name of a library's.
  // Where nothing can catch it, it is a problem, and the value is unknown.
  Value raise(const Call& call, std::string_view type, std::string message);
  Value raise_at(const Scope& scope, NodeIndex node, std::string_view type, std::string message);
  [[nodiscard]] bool is_raising() const { return raised_.has_value(); }
  // Returns unknown, as of an expression that may as well raise.
  enum Maybe : std::uint8_t {
    maybe_import = 1,
    maybe_lookup = 2,
    maybe_os = 4,
    maybe_value = 8,
    maybe_any = 16
  };
  Value unknown(std::string reason, std::uint8_t maybe = maybe_any, Type hint = Type::unknown);
  // Returns unknown because of a value that is.
  Value unknown_because(const Value& value, Type hint = Type::unknown);

  struct Variable {
    EnvironmentValue::State state = EnvironmentValue::State::unset;
    Value value;  // the text, or unknown with the reason; where unset None with a trace
  };
  // Returns a variable of the environment as the program has changed it.
  [[nodiscard]] Variable variable(std::string_view key);
  void set_variable(std::string_view key, Value value);
  void unset_variable(std::string_view key);
  // Sets what a dotenv file of the project sets, where it is not set yet.
  void load_dotenv(std::string_view path, std::string_view dialect);
  // Returns the value that a dotenv file of the project holds for a key, as the reader `dialect`
  // takes it; nothing where it holds none.
  [[nodiscard]] std::optional<Value> dotenv_value(std::string_view path, std::string_view key,
                                                  std::string_view dialect) const;
  // Returns the first file of one of these names in the folder of a file or in one above it.
  [[nodiscard]] std::optional<std::string> find_above(
      std::string_view path, std::initializer_list<std::string_view> names) const;
  [[nodiscard]] std::string environment_incomplete() const { return environment_.incomplete(); }
  [[nodiscard]] std::vector<std::string> environment_keys() const { return environment_.keys(); }

  [[nodiscard]] const ProjectFiles& files() const { return files_; }
  [[nodiscard]] const Options& options() const { return options_; }
  void add_root(std::string folder) { options_.roots.push_back(std::move(folder)); }
  void note_text_truth(const Call& call);

  void touch(const Value& object) { journal_.touch(object.object()); }
  Value call(const Value& callee, Call& call);
  Value call_method(const Value& object, std::string_view name, Call& call);
  Value attribute(const Scope& scope, NodeIndex node, const Value& object, std::string_view name);
  Value binary(const Scope& scope, NodeIndex node, Op op, const Value& left, const Value& right);
  Value compare(Op op, const Value& left, const Value& right);
  Value subscript(const Scope& scope, NodeIndex node, const Value& object, const Value& index);
  // Calls `each` for every element; returns why not all are known, or nothing where they are.
  // `each` returns false to stop.
  std::optional<std::string> iterate(const Value& iterable,
                                     const std::function<bool(const Value&)>& each);
  // Runs the files of the project that a glob names, in the scope of the caller (split_settings).
  void include(const Scope& scope, NodeIndex node, const std::string& pattern, bool optional);
  // Sets all keys of a mapping in a dict, as `**` and update() do.
  void add_all_keys(const Value& dict, const Value& from);
  // Imports by a name that is known only at run time.
  Value import_dynamic(const Call& call, std::string_view name, std::string_view package);
  // Forgets all that is bound in a module.
  void poison_module(Module& module, const std::string& reason);
  void poison_object(const Value& value, const std::string& reason, int depth = 0);

 private:
  struct Branch {
    Flow flow = Flow::next;
    std::optional<Value> returned;
    std::optional<Raised> raised;
    Changes changes;
  };

  // importer.cpp
  std::optional<std::string> find_module(std::string_view dotted) const;
  [[nodiscard]] std::optional<Value> caller_knows(const std::string& name) const {
    return options_.library ? options_.library(name) : std::nullopt;
  }
  [[nodiscard]] bool is_package(std::string_view dotted) const;
  Value import_project(const std::string& dotted, const std::string& path);
  void import_parents(std::string_view dotted);
  Value import_named(const Scope& scope, NodeIndex node, const std::string& dotted);
  Flow import_statement(const ScopePtr& scope, NodeIndex node);
  Flow import_from(const ScopePtr& scope, NodeIndex node);
  void import_star(const ScopePtr& scope, NodeIndex node, const Value& module);
  [[nodiscard]] std::string absolute_name(const Module& module, unsigned dots,
                                          std::string_view rest) const;
  Value missing_module(const Scope& scope, NodeIndex node, const std::string& dotted,
                       bool relative);
  void run_module(Module& module);

  // statements.cpp
  Flow block(const ScopePtr& scope, NodeIndex node);
  Flow statement(const ScopePtr& scope, NodeIndex node);
  Flow assign(const ScopePtr& scope, NodeIndex node);
  Flow augmented_assign(const ScopePtr& scope, NodeIndex node);
  void assign_to(const ScopePtr& scope, NodeIndex target, const Value& value, NodeIndex statement);
  void assign_to_sequence(const ScopePtr& scope, NodeIndex target, const Value& value,
                          NodeIndex statement);
  void assign_subscript(const ScopePtr& scope, NodeIndex target, const Value& value,
                        NodeIndex statement);
  void assign_slice(const ScopePtr& scope, const Value& object, NodeIndex slice,
                    const Value& value);
  void assign_attribute(const ScopePtr& scope, NodeIndex target, const Value& value);
  Flow delete_statement(const ScopePtr& scope, NodeIndex node);
  Flow raise_statement(const ScopePtr& scope, NodeIndex node);
  Flow for_statement(const ScopePtr& scope, NodeIndex node);
  Flow while_statement(const ScopePtr& scope, NodeIndex node);
  Flow with_statement(const ScopePtr& scope, NodeIndex node);
  Flow define_function(const ScopePtr& scope, NodeIndex node);
  Value decorate(const ScopePtr& scope, NodeIndex decorators, Value value);
  Flow define_class(const ScopePtr& scope, NodeIndex node);
  // A statement changed what a name holds: its trace says so.
  void note_change(const ScopePtr& scope, NodeIndex target, NodeIndex statement);

  // matching.cpp
  Flow match_statement(const ScopePtr& scope, NodeIndex node);
  std::optional<bool> fits(const ScopePtr& scope, NodeIndex node, std::string_view part,
                           const Value& subject);

  // branches.cpp
  Flow if_statement(const ScopePtr& scope, NodeIndex node);
  Flow try_statement(const ScopePtr& scope, NodeIndex node);
  Flow handle(const ScopePtr& scope, NodeIndex node, NodeIndex first_handler);
  Flow maybe_handle(const ScopePtr& scope, NodeIndex first_handler, std::uint8_t maybe,
                    Branch body);
  Flow run_handler(const ScopePtr& scope, NodeIndex handler);
  std::optional<bool> matches(const ScopePtr& scope, NodeIndex type, const Raised& raised);
  [[nodiscard]] std::uint8_t caught_kinds(const ScopePtr& scope, NodeIndex type);
  Branch run_branch(const std::function<Flow()>& way);
  Flow merge(Branch a, Branch b, const std::string& reason);
  // What a block may do is done: all that it may bind or change is unknown.
  void poison(const ScopePtr& scope, NodeIndex node, const std::string& reason, int depth = 0);
  void poison_target(const ScopePtr& scope, NodeIndex target, const std::string& reason);

  // expressions.cpp
  Value evaluate(const ScopePtr& scope, NodeIndex node);
  Value evaluate_kind(const ScopePtr& scope, NodeIndex node);
  Value name(const ScopePtr& scope, NodeIndex node);
  Value text(const ScopePtr& scope, NodeIndex node);
  void format_parts(const ScopePtr& scope, NodeIndex node, bool raw, std::string& out,
                    Value& broken, Trace& trace);
  Value logical(const ScopePtr& scope, NodeIndex node);
  Value comparison(const ScopePtr& scope, NodeIndex node);
  Value unary(const ScopePtr& scope, NodeIndex node);
  Value conditional(const ScopePtr& scope, NodeIndex node);
  Value display(const ScopePtr& scope, NodeIndex node, Type type);
  Value dict_display(const ScopePtr& scope, NodeIndex node);

  Value comprehension(const ScopePtr& scope, NodeIndex node, Type type);
  bool clause(const ScopePtr& scope, NodeIndex clause, const std::function<void()>& inner,
              const std::function<void(const std::string&)>& broken);
  Value call_expression(const ScopePtr& scope, NodeIndex node);
  void arguments(const ScopePtr& scope, NodeIndex node, Call& call);
  Value slice(const ScopePtr& scope, const Value& object, NodeIndex node);
  Value lambda(const ScopePtr& scope, NodeIndex node);

  // attributes.cpp, calls.cpp
  Value call_function(const Value& function, Call& call);
  Value construct(const Value& type, Call& call);
  Value member_of(const Value& type, Call& call);
  Value unknown_call(const Value& callee, const std::string& name, Call& call);
  bool bind(const ScopePtr& scope, const Object& function, Call& call);
  std::vector<std::optional<Value>> parameter_defaults(const ScopePtr& scope, NodeIndex parameters);
  [[nodiscard]] const Value* class_attribute(const Value& type, std::string_view name,
                                             int depth = 0) const;

  // Names.
  void bind_name(const ScopePtr& scope, std::string_view name, Value value);
  [[nodiscard]] const Value* find_name(const Scope& scope, std::string_view name) const;
  [[nodiscard]] std::string text_of(const Scope& scope, NodeIndex node) const;
  [[nodiscard]] Value traced_at(const Scope& scope, NodeIndex node, Value value,
                                std::string_view step) const;

  bool step();  // false: the budget is spent

  const ProjectFiles& files_;
  const EnvironmentValues& environment_;
  Options options_;
  Journal journal_;
  std::map<std::string, std::unique_ptr<Module>, std::less<>> modules_;
  std::vector<std::unique_ptr<Module>> programs_;
  ObjectPtr variables_;  // what the program set or took away: texts, or None where unset
  std::optional<Raised> raised_;
  std::optional<Value> returned_;
  std::string uncertain_;   // why, of Flow::uncertain
  std::uint8_t maybe_ = 0;  // what an unknown of the running `try` may have raised
  std::size_t tries_ = 0;   // statements that may catch, around what runs
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  std::size_t calls_ = 0;  // functions of the project that are running
  std::vector<Problem> problems_;
  std::vector<TextTruth> text_truths_;
  std::vector<std::string> files_run_;
  std::set<std::string> variables_asked_;
};

// A function or class of a library that the evaluator knows. Methods are found as CLASS.METHOD.
using Native = Value (*)(Evaluator& evaluator, Call& call);
// Returns what a full name ("os.path.join") stands for, or null.
[[nodiscard]] Native find_native(std::string_view name);
// Returns a constant, function, class or module of a library; nothing where it is not known.
[[nodiscard]] std::optional<Value> library_member(std::string_view module, std::string_view name);
// Returns whether a library or a part of it is known: "os", "os.path".
[[nodiscard]] bool is_library(std::string_view module);
// Returns a builtin by its name.
[[nodiscard]] std::optional<Value> builtin(std::string_view name);
// Returns what an exception class derives from, itself first; the full name where it is no builtin.
[[nodiscard]] std::vector<std::string> exception_types(std::string_view name);
[[nodiscard]] bool is_exception_type(std::string_view name);

// Returns whether a full name is a method of a builtin type without its object: `str.strip`.
[[nodiscard]] bool is_unbound_method(std::string_view full);

// Methods of builtin types; nothing where there is no such method.
[[nodiscard]] std::optional<Value> text_method(Evaluator& evaluator, const Value& text,
                                               std::string_view name, Call& call);
[[nodiscard]] std::optional<Value> container_method(Evaluator& evaluator, const Value& container,
                                                    std::string_view name, Call& call);

// Limits.
inline constexpr std::size_t kMaxSteps = 500'000;
inline constexpr std::size_t kMaxDepth = 400;
inline constexpr std::size_t kMaxCalls = 40;
inline constexpr std::size_t kMaxItems = 100'000;
inline constexpr std::size_t kMaxText = std::size_t{1} << 20;

}  // namespace gate::readers::python
