#include "gate/readers/settings/python/library.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace gate::readers::python {
namespace {

const std::unordered_map<std::string_view, Native>& natives() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Native> made;
    for (const auto& entries :
         {builtin_natives(), number_natives(), name_natives(), file_natives(), function_natives(),
          url_natives(), system_natives(), standard_natives(), environment_natives(),
          environ_natives(), environs_natives(), decouple_natives(), framework_natives()}) {
      for (const NativeEntry& entry : entries)
        made.emplace(entry.name, entry.function);
    }
    return made;
  }();
  return table;
}

const std::unordered_map<std::string_view, Value (*)()>& constants() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Value (*)()> made;
    for (const auto& entries : {system_constants(), standard_constants(), framework_constants()}) {
      for (const ConstantEntry& entry : entries)
        made.emplace(entry.name, entry.make);
    }
    return made;
  }();
  return table;
}

struct ExceptionClass {
  std::string_view name;
  std::string_view above;
};
constexpr auto kExceptions = std::to_array<ExceptionClass>({
    {"BaseException", ""},
    {"Exception", "BaseException"},
    {"SystemExit", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"ArithmeticError", "Exception"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"ImportError", "Exception"},
    {"ModuleNotFoundError", "ImportError"},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"NameError", "Exception"},
    {"NotImplementedError", "RuntimeError"},
    {"OSError", "Exception"},
    {"FileNotFoundError", "OSError"},
    {"PermissionError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"FileExistsError", "OSError"},
    {"InterruptedError", "OSError"},
    {"ConnectionError", "OSError"},
    {"ConnectionRefusedError", "ConnectionError"},
    {"BrokenPipeError", "ConnectionError"},
    {"TimeoutError", "OSError"},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"MemoryError", "Exception"},
    {"OverflowError", "ArithmeticError"},
    {"RecursionError", "RuntimeError"},
    {"ReferenceError", "Exception"},
    {"RuntimeWarning", "Warning"},
    {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"},
    {"ResourceWarning", "Warning"},
    {"SyntaxWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"},
    {"StopAsyncIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"SystemError", "Exception"},
    {"UnboundLocalError", "NameError"},
    {"UnicodeEncodeError", "UnicodeError"},
    {"RuntimeError", "Exception"},
    {"StopIteration", "Exception"},
    {"TypeError", "Exception"},
    {"ValueError", "Exception"},
    {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeError", "ValueError"},
    {"Warning", "Exception"},
    {"DeprecationWarning", "Warning"},
    {"UserWarning", "Warning"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"decouple.UndefinedValueError", "Exception"},
    {"environs.EnvError", "ValueError"},
    {"environs.EnvValidationError", "environs.EnvError"},
    {"django.core.exceptions.ImproperlyConfigured", "Exception"},
    {"json.JSONDecodeError", "ValueError"},
});

std::string_view canonical_exception(std::string_view name) {
  if (name == "IOError" || name == "EnvironmentError") return "OSError";
  if (name == "environ.ImproperlyConfigured" || name == "ImproperlyConfigured" ||
      name == "environ.environ.ImproperlyConfigured") {
    return "django.core.exceptions.ImproperlyConfigured";
  }
  if (name == "json.decoder.JSONDecodeError") return "json.JSONDecodeError";
  return name;
}

const ExceptionClass* find_exception(std::string_view name) {
  name = canonical_exception(name);
  const auto found = std::find_if(kExceptions.begin(), kExceptions.end(),
                                  [&](const ExceptionClass& one) { return one.name == name; });
  return found == kExceptions.end() ? nullptr : &*found;
}

// Modules whose members are known or at least cannot be missing.
const std::unordered_set<std::string_view>& libraries() {
  static const std::unordered_set<std::string_view> names{
      "__future__",
      "abc",
      "ast",
      "base64",
      "builtins",
      "calendar",
      "codecs",
      "collections",
      "collections.abc",
      "concurrent",
      "concurrent.futures",
      "configparser",
      "contextlib",
      "copy",
      "csv",
      "dataclasses",
      "datetime",
      "decimal",
      "distutils",
      "distutils.util",
      "distutils.version",
      "email",
      "email.utils",
      "enum",
      "functools",
      "getpass",
      "glob",
      "hashlib",
      "hmac",
      "html",
      "http",
      "importlib",
      "importlib.metadata",
      "importlib.util",
      "inspect",
      "io",
      "ipaddress",
      "itertools",
      "json",
      "json.decoder",
      "locale",
      "logging",
      "logging.config",
      "logging.handlers",
      "math",
      "mimetypes",
      "multiprocessing",
      "operator",
      "os",
      "os.path",
      "pathlib",
      "pickle",
      "pkgutil",
      "platform",
      "pprint",
      "queue",
      "random",
      "re",
      "secrets",
      "shlex",
      "shutil",
      "signal",
      "site",
      "socket",
      "sqlite3",
      "ssl",
      "string",
      "subprocess",
      "sys",
      "sysconfig",
      "tempfile",
      "textwrap",
      "threading",
      "time",
      "tomllib",
      "traceback",
      "types",
      "typing",
      "unittest",
      "urllib",
      "urllib.parse",
      "urllib.request",
      "uuid",
      "warnings",
      "weakref",
      "xml",
      "yaml",
      "zoneinfo",
      "decouple",
      "dj_database_url",
      "dotenv",
      "environ",
      "environs",
      "django",
      "django.conf",
      "django.conf.global_settings",
      "django.contrib",
      "django.contrib.messages",
      "django.contrib.messages.constants",
      "django.core",
      "django.core.exceptions",
      "django.core.management",
      "django.core.management.utils",
      "django.urls",
      "django.utils",
      "django.utils.crypto",
      "django.utils.translation",
      "split_settings",
      "split_settings.tools",
      "django_environ",
  };
  return names;
}

}  // namespace

Native find_native(std::string_view name) {
  const auto found = natives().find(name);
  return found == natives().end() ? nullptr : found->second;
}

bool is_library(std::string_view module) {
  return libraries().contains(module) || module == "django" || module.starts_with("django.");
}

std::optional<Value> library_member(std::string_view module, std::string_view name) {
  const std::string full = fmt::format("{}.{}", module, name);
  if (const auto found = constants().find(full); found != constants().end()) {
    return found->second();
  }
  if (find_native(full) != nullptr || find_exception(full) != nullptr) return make_native(full);
  if (libraries().contains(full)) {
    auto object = std::make_shared<Object>(Type::module);
    object->name = full;
    return Value(std::move(object));
  }
  return std::nullopt;
}

namespace {

// Builtins of Python that no table holds: they are there, and what they return is not known.
bool is_other_builtin(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"aiter",       "anext",   "ascii",     "breakpoint", "bytearray",   "bytes",
       "classmethod", "complex", "copyright", "credits",    "delattr",     "exit",
       "format",      "hash",    "help",      "id",         "issubclass",  "license",
       "memoryview",  "pow",     "quit",      "slice",      "staticmethod"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

std::optional<Value> builtin(std::string_view name) {
  if (name.find('.') != std::string_view::npos) return std::nullopt;
  if (name == "__debug__") return Value(true);
  if (name == "NotImplemented") return Value::unknown("`NotImplemented` is not followed");
  if (name == "Ellipsis") return Value::unknown("`...` is no value of a setting");
  if (find_native(name) != nullptr || is_exception_type(name) || is_other_builtin(name)) {
    return make_native(std::string(name));
  }
  return std::nullopt;
}

std::vector<std::string> exception_types(std::string_view name) {
  std::vector<std::string> types{std::string(canonical_exception(name))};
  for (const ExceptionClass* at = find_exception(name); at != nullptr && !at->above.empty();
       at = find_exception(at->above)) {
    types.emplace_back(at->above);
  }
  if (types.size() == 1 && name != "BaseException") types.emplace_back("Exception");
  return types;
}

bool is_exception_type(std::string_view name) { return find_exception(name) != nullptr; }

void set_item(Value& dict, std::string_view key, Value value) {
  dict.object()->content.table.set(fmt::format("s{}", key), Value(std::string(key)),
                                   std::move(value));
}

Value traced(Evaluator& evaluator, const Call& call, std::string_view function,
             const Value& argument, Value result) {
  if (argument.trace().empty()) return result;
  if (result.is_object() || result.is_unknown()) return result.with(argument.trace());
  result = result.with(argument.trace());
  return result.then({fmt::format("{}({}) is {}", function, shown(argument), shown(result)),
                      evaluator.place(call.scope, call.node)});
}

std::optional<std::string> text_argument(const Call& call, std::size_t place,
                                         std::string_view name) {
  const Value* value = call.find(place, name);
  if (value == nullptr || !value->is(Type::text)) return std::nullopt;
  return value->text();
}

}  // namespace gate::readers::python
