// What the evaluator knows of builtins and libraries: one table a subject, by full name.
#pragma once

#include <span>
#include <string_view>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {

struct NativeEntry {
  std::string_view name;  // "int", "os.path.join", "environ.Env.bool", "get pathlib.Path.parent"
  Native function;
};

struct ConstantEntry {
  std::string_view name;  // "os.sep"
  Value (*make)();
};

std::span<const NativeEntry> builtin_natives();
std::span<const NativeEntry> number_natives();       // int, round, math
std::span<const NativeEntry> name_natives();         // globals, setattr, sys.modules
std::span<const NativeEntry> function_natives();     // functools
std::span<const NativeEntry> file_natives();         // open, json.load
std::span<const NativeEntry> url_natives();          // urllib.parse
std::span<const NativeEntry> system_natives();       // os, sys, pathlib
std::span<const NativeEntry> standard_natives();     // the rest of the standard library
std::span<const NativeEntry> environment_natives();  // os.environ, dotenv
std::span<const NativeEntry> environ_natives();      // django-environ
std::span<const NativeEntry> environs_natives();     // environs
std::span<const NativeEntry> decouple_natives();     // python-decouple
std::span<const NativeEntry> framework_natives();    // dj_database_url, split_settings, Django
std::span<const ConstantEntry> system_constants();
std::span<const ConstantEntry> standard_constants();
std::span<const ConstantEntry> framework_constants();

// Returns the result of a conversion with the step that tells of it: `bool("0") is True`.
[[nodiscard]] Value traced(Evaluator& evaluator, const Call& call, std::string_view function,
                           const Value& argument, Value result);

// Returns an argument's text, or nothing where it is none or not known.
[[nodiscard]] std::optional<std::string> text_argument(const Call& call, std::size_t place,
                                                       std::string_view name = {});

// Reads a database URL into the dict that Django takes; unknown where it is not known.
[[nodiscard]] Value database_url(Evaluator& evaluator, const Call& call, const Value& url);
// Reads the URL of a mail server into the settings that django-environ makes of it; what of them is
// not known is unknown.
[[nodiscard]] Value email_url(Evaluator& evaluator, const Value& url);
// Returns urllib.parse.urlparse() of a text.
[[nodiscard]] Value parsed_url(const Value& url);
// Sets a key of a dict.
void set_item(Value& dict, std::string_view key, Value value);
// Returns what is left of an open file, in lines with their ends; nothing where that is not known.
[[nodiscard]] std::optional<std::vector<Value>> file_lines(const Value& file);
// Returns the JSON that a text holds.
[[nodiscard]] std::optional<Value> from_json(const std::string& text);

// Returns the value of a literal of Python (`[1, "a"]`); unknown where the text is none.
[[nodiscard]] Value literal_value(std::string_view text);

// Joins and normalises paths as os.path does.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view path);
[[nodiscard]] std::string normal_path(std::string_view path);
// Returns the path of a file of the project that a text names, from the judged folder; nothing
// where it names none below it.
[[nodiscard]] std::optional<std::string> project_path(std::string_view path);

[[nodiscard]] Value make_path(std::string path);

}  // namespace gate::readers::python
