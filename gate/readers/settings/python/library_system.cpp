// os, os.path, pathlib, sys, and the paths of environ. Paths are those of POSIX.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {

std::string join_path(std::string_view folder, std::string_view path) {
  const bool is_absolute = path.starts_with('/') || path.starts_with(kProjectMark);
  if (is_absolute || folder.empty()) return std::string(path);
  return fmt::format("{}{}{}", folder, folder.ends_with('/') ? "" : "/", path);
}

// os.path.normpath(): no `.`, no `..` behind a name, no doubled slash.
std::string normal_path(std::string_view path) {
  const bool absolute = path.starts_with('/');
  const bool below_project = path.starts_with(kProjectMark);
  std::vector<std::string_view> parts;
  std::string_view rest = path;
  if (below_project) rest.remove_prefix(1);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..") {
        parts.pop_back();
        continue;
      }
      if (absolute) continue;
    }
    parts.push_back(part);
  }
  std::string out = absolute ? "/" : below_project ? std::string(1, kProjectMark) : "";
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (at > 0 || below_project) out += '/';
    out += parts[at];
  }
  return out.empty() ? "." : out;
}

std::optional<std::string> project_path(std::string_view path) {
  if (!path.starts_with(kProjectMark)) {
    // A relative path is looked for where the program is started: the project.
    if (path.starts_with('/') || has_project_mark(path)) return std::nullopt;
    std::string normal = normal_path(path);
    if (normal.starts_with("..")) return std::nullopt;
    return normal == "." ? std::string() : normal;
  }
  const std::string normal = normal_path(path);
  if (normal.size() < 2) return std::string();
  std::string below = normal.substr(2);
  if (below.starts_with("..")) return std::nullopt;
  return below;
}

Value make_path(std::string path) {
  Value made = make_instance("pathlib.Path");
  made.object()->content.table.set_name("value", Value(std::move(path)));
  return made;
}

namespace {

// The text of a path: of a str, a Path or an environ.Path.
std::optional<std::string> path_text(const Value* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is(Type::text)) return value->text();
  if (value->is(Type::instance) && value->object()->content.poison.empty() &&
      (value->object()->name == "pathlib.Path" || value->object()->name == "environ.Path")) {
    return to_text(*value->object()->content.table.find("value"));
  }
  return std::nullopt;
}

Value unknown_path(Evaluator& evaluator, const Value* value, Type hint = Type::unknown) {
  if (value == nullptr) return evaluator.unknown("a path is missing");
  return evaluator.unknown_because(*value, hint);
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// The folder that holds a path, also above the project.
std::string parent_of(std::string_view path) {
  if (path == "/") return "/";
  const bool above =
      !path.empty() && path.front() == kProjectMark && (path.size() == 1 || path.ends_with("/.."));
  if (above) return fmt::format("{}/..", path);
  const std::string_view folder = folder_of(path);
  return folder.empty() ? "." : std::string(folder);
}

// ---- os

Value path_join(Evaluator& evaluator, Call& call) {
  std::string path;
  Trace trace;
  for (const Value& part : call.positional) {
    const std::optional<std::string> text = path_text(&part);
    if (!text) return evaluator.unknown_because(part, Type::text);
    path = join_path(path, *text);
    trace = Trace::join(trace, part.trace());
  }
  return Value(std::move(path)).with(std::move(trace));
}

Value path_dirname(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0), Type::text);
  if (path->front() == kProjectMark) return Value(parent_of(*path));
  return Value(std::string(folder_of(*path)));
}

Value path_basename(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0), Type::text);
  const std::string_view name = name_of(*path);
  if (has_project_mark(name) || name == "..") {
    return evaluator.unknown("what the folder of the project is called is not known", 0,
                             Type::text);
  }
  return Value(std::string(name));
}

Value path_absolute(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0), Type::text);
  if (path->starts_with('/') || path->starts_with(kProjectMark)) return Value(normal_path(*path));
  return evaluator.unknown("the folder in which the program is started is not known", 0,
                           Type::text);
}

Value path_normal(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0), Type::text);
  return Value(normal_path(*path));
}

Value path_exists(Evaluator& evaluator, Call& call) {
  const Value& subject = call.positional.empty() ? call.self : call.positional.front();
  const std::optional<std::string> path = path_text(&subject);
  if (!path) return evaluator.unknown_because(subject, Type::boolean);
  if (const std::optional<std::string> below = project_path(*path)) {
    if (evaluator.files().has(*below) || !evaluator.files().below(*below).empty()) return {true};
  }
  return evaluator.unknown(
      fmt::format("whether {} exists on the server is not known", show_project_mark(*path)), 0,
      Type::boolean);
}

Value path_is_absolute(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0), Type::boolean);
  return {path->starts_with('/') || path->starts_with(kProjectMark)};
}

Value path_splitext(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path) return unknown_path(evaluator, call.find(0));
  const std::string_view name = name_of(*path);
  const std::size_t dot = name.rfind('.');
  const std::size_t first = name.find_first_not_of('.');
  std::size_t cut = path->size();
  if (dot != std::string_view::npos && first != std::string_view::npos && dot > first) {
    cut = path->size() - name.size() + dot;
  }
  return make_list({Value(path->substr(0, cut)), Value(path->substr(cut))}, Type::tuple);
}

Value path_split(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> path = path_text(call.find(0));
  if (!path || name_of(*path).find(kProjectMark) != std::string_view::npos) {
    return unknown_path(evaluator, call.find(0));
  }
  return make_list({Value(std::string(folder_of(*path))), Value(std::string(name_of(*path)))},
                   Type::tuple);
}

Value working_folder(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("the folder in which the program is started is not known", 0,
                           Type::text);
}

Value random_bytes(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is another one at each start", 0).marked(origin::random);
}

Value no_effect(Evaluator& /*evaluator*/, Call& /*call*/) { return {}; }

Value fspath(Evaluator& evaluator, Call& call) {
  if (std::optional<std::string> path = path_text(call.find(0))) return Value(*std::move(path));
  return unknown_path(evaluator, call.find(0), Type::text);
}

// ---- pathlib

Value path_new(Evaluator& evaluator, Call& call) {
  std::string path;
  for (const Value& part : call.positional) {
    const std::optional<std::string> text = path_text(&part);
    if (!text) return evaluator.unknown_because(part);
    path = join_path(path, *text);
  }
  // Path() keeps `..`, but no `.` and no doubled slash.
  std::string made;
  const bool marked = path.starts_with(kProjectMark);
  if (marked) made = std::string(1, kProjectMark);
  if (path.starts_with('/')) made = "/";
  std::string_view rest = marked ? std::string_view(path).substr(1) : std::string_view(path);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (!made.empty() && made != "/") made += '/';
    made += part;
  }
  return make_path(made.empty() ? "." : made);
}

const Value& path_value(const Call& call) {
  return *call.self.object()->content.table.find("value");
}
std::string self_path(const Call& call) { return path_value(call).text(); }

Value path_resolve(Evaluator& evaluator, Call& call) {
  const std::string path = self_path(call);
  if (path.starts_with('/') || path.starts_with(kProjectMark)) return make_path(normal_path(path));
  return evaluator.unknown("the folder in which the program is started is not known");
}

Value path_same(Evaluator& /*evaluator*/, Call& call) { return call.self; }
Value path_parent(Evaluator& /*evaluator*/, Call& call) {
  return make_path(parent_of(self_path(call)));
}

Value path_parents(Evaluator& /*evaluator*/, Call& call) {
  std::vector<Value> parents;
  std::string path = self_path(call);
  // Far enough above the project for whoever counts.
  for (int level = 0; level < 32 && path != "/" && path != "."; ++level) {
    path = parent_of(path);
    parents.push_back(make_path(path));
  }
  return make_list(std::move(parents), Type::tuple);
}

Value path_name(Evaluator& evaluator, Call& call) {
  const std::string path = self_path(call);
  const std::string_view name = name_of(path);
  if (has_project_mark(name) || name == "..") {
    return evaluator.unknown("what the folder of the project is called is not known", 0,
                             Type::text);
  }
  return Value(std::string(name));
}

Value path_stem(Evaluator& evaluator, Call& call) {
  const Value name = path_name(evaluator, call);
  if (!name.is(Type::text)) return name;
  const std::size_t dot = name.text().rfind('.');
  return Value(dot == std::string::npos || dot == 0 ? name.text() : name.text().substr(0, dot));
}

Value path_suffix(Evaluator& evaluator, Call& call) {
  const Value name = path_name(evaluator, call);
  if (!name.is(Type::text)) return name;
  const std::size_t dot = name.text().rfind('.');
  const bool none = dot == std::string::npos || dot == 0 || dot + 1 == name.text().size();
  return Value(none ? std::string() : name.text().substr(dot));
}

Value path_divide(Evaluator& evaluator, Call& call) {
  Call joined{call.scope, call.node, {call.self}, {}};
  joined.positional.insert(joined.positional.end(), call.positional.begin(), call.positional.end());
  return path_new(evaluator, joined);
}

Value path_as_text(Evaluator& /*evaluator*/, Call& call) { return Value(self_path(call)); }

Value path_read(Evaluator& evaluator, Call& call) {
  if (const std::optional<std::string> below = project_path(self_path(call))) {
    if (std::optional<std::string> text = evaluator.files().read(*below)) {
      return Value(*std::move(text));
    }
  }
  return evaluator.unknown("the file is not in the repository", Evaluator::maybe_os, Type::text);
}

// ---- environ.Path

Value environ_path(std::string path) {
  Value made = make_instance("environ.Path");
  made.object()->content.table.set_name("value", Value(normal_path(path)));
  return made;
}

Value environ_path_new(Evaluator& evaluator, Call& call) {
  std::string path;
  for (const Value& part : call.positional) {
    const std::optional<std::string> text = path_text(&part);
    if (!text) return evaluator.unknown_because(part);
    path = join_path(path, *text);
  }
  if (!path.starts_with('/') && !path.starts_with(kProjectMark)) {
    return evaluator.unknown("the folder in which the program is started is not known");
  }
  return environ_path(std::move(path));
}

Value environ_path_above(Evaluator& evaluator, Call& call) {
  const Value* levels = call.find(0);
  if (levels == nullptr || !levels->is(Type::integer) || levels->whole() > 32) {
    return evaluator.unknown("a part of a path is taken away");
  }
  std::string path = self_path(call);
  for (std::int64_t level = 0; level < levels->whole(); ++level)
    path = parent_of(path);
  return environ_path(std::move(path));
}

Value environ_path_call(Evaluator& evaluator, Call& call) {
  std::string path = self_path(call);
  for (const Value& part : call.positional) {
    const std::optional<std::string> text = path_text(&part);
    if (!text) return evaluator.unknown_because(part, Type::text);
    path = join_path(path, *text);
  }
  return Value(normal_path(path));
}

Value environ_path_join(Evaluator& evaluator, Call& call) {
  const Value path = environ_path_call(evaluator, call);
  return path.is(Type::text) ? environ_path(path.text()) : path;
}

// ---- sys

Value sys_path_add(Evaluator& evaluator, Call& call) {
  if (call.positional.empty()) return {};
  if (const std::optional<std::string> path = path_text(&call.positional.back())) {
    if (const std::optional<std::string> below = project_path(normal_path(*path))) {
      evaluator.add_root(*below);
    }
  }
  return {};
}

// An argument of the server: no word of manage.py (see compare.cpp).
Value argv_item(Evaluator& evaluator, Call& call) {
  const std::string why = "the arguments of the program are not known";
  const Value* place = call.find(0);
  const bool behind = place != nullptr && place->is(Type::integer) && place->whole() != 0;
  const Value unknown = evaluator.unknown(why, Evaluator::maybe_lookup, Type::text);
  return behind ? make_instance("sys.argv.item") : unknown;
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"environ.Path", environ_path_new},
    {"environ.Path.__call__", environ_path_call},
    {"environ.Path.__sub__", environ_path_above},
    {"environ.Path.path", environ_path_join},
    {"get environ.Path.root", path_as_text},
    {"get pathlib.Path.name", path_name},
    {"get pathlib.Path.parent", path_parent},
    {"get pathlib.Path.parents", path_parents},
    {"get pathlib.Path.stem", path_stem},
    {"get pathlib.Path.suffix", path_suffix},
    {"os.chdir", no_effect},
    {"os.fspath", fspath},
    {"os.getcwd", working_folder},
    {"os.makedirs", no_effect},
    {"os.mkdir", no_effect},
    {"os.path.abspath", path_absolute},
    {"os.path.basename", path_basename},
    {"os.path.dirname", path_dirname},
    {"os.path.exists", path_exists},
    {"os.path.isabs", path_is_absolute},
    {"os.path.isdir", path_exists},
    {"os.path.isfile", path_exists},
    {"os.path.join", path_join},
    {"os.path.normpath", path_normal},
    {"os.path.realpath", path_absolute},
    {"os.path.split", path_split},
    {"os.path.splitext", path_splitext},
    {"os.urandom", random_bytes},
    {"pathlib.Path", path_new},
    {"pathlib.Path.__truediv__", path_divide},
    {"pathlib.Path.absolute", path_resolve},
    {"pathlib.Path.as_posix", path_as_text},
    {"pathlib.Path.exists", path_exists},
    {"pathlib.Path.expanduser", path_same},
    {"pathlib.Path.is_dir", path_exists},
    {"pathlib.Path.is_file", path_exists},
    {"pathlib.Path.joinpath", path_divide},
    {"pathlib.Path.mkdir", no_effect},
    {"pathlib.Path.read_text", path_read},
    {"pathlib.Path.resolve", path_resolve},
    {"pathlib.PosixPath", path_new},
    {"pathlib.PurePath", path_new},
    {"sys.argv.__getitem__", argv_item},
    {"sys.path.append", sys_path_add},
    {"sys.path.extend", no_effect},
    {"sys.path.insert", sys_path_add},
    {"sys.setrecursionlimit", no_effect},
});

Value text(std::string_view value) { return Value(std::string(value)); }

constexpr auto kConstants = std::to_array<ConstantEntry>({
    {"os.environ", [] { return make_instance("os.environ"); }},
    {"os.curdir", [] { return text("."); }},
    {"os.pardir", [] { return text(".."); }},
    {"os.path.curdir", [] { return text("."); }},
    {"os.path.pardir", [] { return text(".."); }},
    {"os.path.sep", [] { return text("/"); }},
    {"os.linesep", [] { return text("\n"); }},
    {"os.name", [] { return text("posix"); }},
    {"os.pathsep", [] { return text(":"); }},
    {"os.sep", [] { return text("/"); }},
    {"sys.argv", [] { return make_instance("sys.argv"); }},
    {"sys.byteorder", [] { return text("little"); }},
    {"sys.maxsize", [] { return Value(std::int64_t{INT64_MAX}); }},
    {"sys.modules", [] { return make_instance("sys.modules"); }},
    {"sys.path", [] { return make_instance("sys.path"); }},
    {"sys.platform", [] { return text("linux"); }},
    {"sys.version_info",
     [] {
       // Some Python 3.
       const Value minor = Value::unknown("the version of Python is not known", Type::integer);
       Value made = make_list({Value(std::int64_t{3}), minor}, Type::tuple);
       Table& names = made.object()->content.table;
       names.set_name("major", Value(std::int64_t{3}));
       names.set_name("minor", minor);
       return made;
     }},
});

}  // namespace

std::span<const NativeEntry> system_natives() { return kNatives; }
std::span<const ConstantEntry> system_constants() { return kConstants; }

}  // namespace gate::readers::python
