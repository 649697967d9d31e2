// django-environ: Env with its casts. Measured on 0.4.4, read for 0.11.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

bool is_native(const Value& value, std::string_view name) {
  return value.is(Type::native) && value.object()->name == name;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    if (at != 0 && !text.empty()) parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

Value call_one(Evaluator& evaluator, const Call& call, const Value& function,
               const Value& argument) {
  Call one{call.scope, call.node, {argument}, {}};
  return evaluator.call(function, one);
}

// A cast of a text that a variable holds.
Value parse(Evaluator& evaluator, const Call& call, const Value& text, const Value& cast) {
  if (cast.is_none()) return text;
  if (cast.is_unknown()) return evaluator.unknown_because(cast);
  if (text.is_unknown()) {
    const Type hint = is_native(cast, "bool")                          ? Type::boolean
                      : is_native(cast, "int")                         ? Type::integer
                      : is_native(cast, "str")                         ? Type::text
                      : is_native(cast, "list") || cast.is(Type::list) ? Type::list
                                                                       : Type::unknown;
    return evaluator.unknown(text.reason(), Evaluator::maybe_value, hint).with(text.trace());
  }
  if (!text.is(Type::text)) return evaluator.unknown("a variable holds no text");
  const std::string& value = text.text();
  if (is_native(cast, "bool")) {
    const Value number = [&] {
      // int() first, as the library does; what is no number is compared with words.
      std::string digits = value;
      const bool is_number = !digits.empty() &&
                             std::all_of(digits.begin() + (digits[0] == '-' ? 1 : 0), digits.end(),
                                         [](char c) { return base::is_digit(c); }) &&
                             digits != "-";
      if (is_number) {
        return Value(digits.find_first_not_of("-0") != std::string::npos);
      }
      constexpr auto kTrue = std::to_array<std::string_view>({"true", "on", "ok", "y", "yes", "1"});
      const std::string lowered = base::to_lower(value);
      const std::size_t begin = lowered.find_first_not_of(" \t\n\r");
      const std::size_t end = lowered.find_last_not_of(" \t\n\r");
      const std::string word =
          begin == std::string::npos ? "" : lowered.substr(begin, end - begin + 1);
      return Value(std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end());
    }();
    return traced(evaluator, call, "env.bool", text, number);
  }
  if (is_native(cast, "list") || is_native(cast, "tuple") || cast.is(Type::list) ||
      cast.is(Type::tuple)) {
    const bool tuple = is_native(cast, "tuple") || cast.is(Type::tuple);
    std::string_view inner = value;
    if (tuple) {
      while (inner.starts_with('('))
        inner.remove_prefix(1);
      while (inner.ends_with(')'))
        inner.remove_suffix(1);
    }
    const Value each =
        cast.is_sequence() && !cast.items().empty() ? cast.items()[0] : make_native("str");
    std::vector<Value> items;
    for (std::string& part : split(inner, ',')) {
      items.push_back(call_one(evaluator, call, each, Value(std::move(part)).with(text.trace())));
    }
    return make_list(std::move(items), tuple ? Type::tuple : Type::list).with(text.trace());
  }
  if (is_native(cast, "dict")) {
    Value made = make_dict();
    for (const std::string& part : split(value, ',')) {
      const std::size_t equals = part.find('=');
      if (equals == std::string::npos) return evaluator.raise(call, "ValueError", "no `=` in it");
      made.object()->content.table.set("s" + part.substr(0, equals), Value(part.substr(0, equals)),
                                       Value(part.substr(equals + 1)).with(text.trace()));
    }
    return made.with(text.trace());
  }
  if (cast.is(Type::dict)) return evaluator.unknown("a cast by a dict is not followed");
  if (is_native(cast, "float") && value.find(',') != std::string::npos) {
    return evaluator.unknown("the number is not followed", Evaluator::maybe_value, Type::number);
  }
  return call_one(evaluator, call, cast, text);
}

// The type of a default as a cast; None where there is none.
Value cast_of(const Value& fallback) {
  switch (fallback.type()) {
    case Type::boolean:
    case Type::integer:
    case Type::number:
    case Type::text:
    case Type::list:
    case Type::tuple:
    case Type::dict:
      return make_native(std::string(describe(fallback.type())));
    default:
      return {};
  }
}

// Whether the library is of 0.5 or later, which casts by the type of the default. A project that
// names no version has the newest.
bool is_modern(const Evaluator& evaluator) {
  if (!evaluator.options().version) return true;
  const std::string version = evaluator.options().version("environ").value_or("");
  return !version.starts_with("0.4") && !version.starts_with("0.3") && !version.starts_with("0.2");
}

struct Request {
  Value cast{};
  std::optional<Value> fallback{};
  bool parse_default = false;
};

Value get_value(Evaluator& evaluator, const Call& call, const std::string& key, Request request,
                int depth = 0) {
  const Content& env = call.self.is(Type::instance) ? call.self.object()->content : Content();
  const Value* scheme = env.table.find("scheme");
  const Value* prefix = env.table.find("prefix");
  std::string name = key;
  if (prefix != nullptr) {
    if (!prefix->is(Type::text)) return evaluator.unknown_because(*prefix);
    name = prefix->text() + name;
  }
  if (scheme != nullptr) {
    if (const Value* info = scheme->object()->content.table.find("s" + name)) {
      const bool pair = info->is_sequence() && info->items().size() == 2;
      if (request.cast.is_none()) request.cast = pair ? info->items()[0] : *info;
      if (pair && !request.fallback) request.fallback = info->items()[1];
    } else if (!scheme->object()->content.others.empty()) {
      return evaluator.unknown(scheme->object()->content.others);
    }
  }
  const Evaluator::Variable variable = evaluator.variable(name);
  Value value = variable.value;
  if (variable.state == State::unset) {
    if (!request.fallback) {
      return evaluator.raise(call, "ImproperlyConfigured", fmt::format("{} is not set", name));
    }
    value = *request.fallback;
    if (!value.is_object()) {
      value = value.with(Trace::join(variable.value.trace(), value.trace()))
                  .then({fmt::format("its default is {}", shown(value)),
                         evaluator.place(call.scope, call.node)});
    }
    if (request.cast.is_none()) value = value.marked(value.origins() | origin::environment);
    // A default that names a variable is looked up below; any other stays as it is.
    const bool named = value.is(Type::text) && value.text().starts_with('$');
    if (!named && !request.parse_default) return value;
  }
  if (value.is(Type::text) && value.text().starts_with('$') && depth < 5) {
    const std::size_t begin = value.text().find_first_not_of('$');
    if (begin == std::string::npos) return evaluator.unknown("`$` names no variable");
    return get_value(evaluator, call, value.text().substr(begin), request, depth + 1);
  }
  if (request.cast.is_none() && request.fallback && !request.fallback->is_none()) {
    const Value smart = cast_of(*request.fallback);
    if (!smart.is_none() && is_modern(evaluator)) request.cast = smart;
  }
  // An empty variable is None where None is its default.
  if (value.is(Type::text) && value.text().empty() && request.fallback &&
      request.fallback->is_none() && is_modern(evaluator)) {
    return Value().with(value.trace());
  }
  if (request.fallback && equal(value, *request.fallback) == true && !request.parse_default) {
    return value;
  }
  return parse(evaluator, call, value, request.cast);
}

// The arguments that the shortcuts share.
Value ask(Evaluator& evaluator, Call& call, Value cast, std::size_t fallback_place) {
  const std::optional<std::string> key = text_argument(call, 0, "var");
  if (!key) return evaluator.unknown("the name of a variable is not known");
  Request request{std::move(cast)};
  if (const Value* fallback = call.find(fallback_place, "default")) request.fallback = *fallback;
  return get_value(evaluator, call, *key, std::move(request));
}

Value env_call(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> key = text_argument(call, 0, "var");
  if (!key) return evaluator.unknown("the name of a variable is not known");
  Request request;
  if (const Value* cast = call.find(1, "cast")) request.cast = *cast;
  if (const Value* fallback = call.find(2, "default")) request.fallback = *fallback;
  if (const Value* parse_default = call.find(3, "parse_default")) {
    request.parse_default = truth_of(*parse_default) == true;
  }
  return get_value(evaluator, call, *key, std::move(request));
}

Value env_str(Evaluator& evaluator, Call& call) {
  Value value = ask(evaluator, call, make_native("str"), 1);
  if (value.is(Type::text) && call.find(2, "multiline") != nullptr) {
    return evaluator.unknown("a text of several lines", 0, Type::text);
  }
  // A text as it is in the variable: who takes it for a bool is trapped.
  return value.marked(value.origins() | origin::environment);
}
Value env_bool(Evaluator& evaluator, Call& call) {
  return ask(evaluator, call, make_native("bool"), 1).marked(0);
}
Value env_int(Evaluator& evaluator, Call& call) {
  return ask(evaluator, call, make_native("int"), 1);
}
Value env_float(Evaluator& evaluator, Call& call) {
  return ask(evaluator, call, make_native("float"), 1);
}
Value env_json(Evaluator& evaluator, Call& call) {
  return ask(evaluator, call, make_native("json.loads"), 1);
}
Value env_list(Evaluator& evaluator, Call& call) {
  const Value* cast = call.find(1, "cast");
  const bool plain = cast == nullptr || cast->is_none();
  return ask(evaluator, call, plain ? make_native("list") : make_list({*cast}), 2);
}
Value env_tuple(Evaluator& evaluator, Call& call) {
  const Value* cast = call.find(1, "cast");
  const bool plain = cast == nullptr || cast->is_none();
  return ask(evaluator, call, plain ? make_native("tuple") : make_list({*cast}, Type::tuple), 2);
}
Value env_dict(Evaluator& evaluator, Call& call) {
  const Value* cast = call.find(1, "cast");
  return ask(evaluator, call, cast == nullptr ? make_native("dict") : *cast, 2);
}

// A text with the default of a URL.
Value url_text(Evaluator& evaluator, Call& call, std::string_view key) {
  Request request;
  if (const Value* fallback = call.find(1, "default")) request.fallback = *fallback;
  return get_value(evaluator, call, text_argument(call, 0, "var").value_or(std::string(key)),
                   std::move(request));
}

Value env_url(Evaluator& evaluator, Call& call) {
  const Value text = url_text(evaluator, call, "");
  return text.is(Type::text) ? parsed_url(text) : evaluator.unknown_because(text);
}

Value env_db(Evaluator& evaluator, Call& call) {
  const Value url = url_text(evaluator, call, "DATABASE_URL");
  Value made = database_url(evaluator, call, url);
  const bool renamed =
      url.is(Type::text) && (url.text().starts_with("psql:") || url.text().starts_with("pgsql:"));
  if (made.is(Type::dict) && renamed && !is_modern(evaluator)) {
    set_item(made, "ENGINE", Value::unknown("how 0.4 calls this engine is not followed"));
  }
  const Value* engine = call.find(2, "engine");
  if (engine != nullptr && made.is(Type::dict)) {
    made.object()->content.table.set("sENGINE", Value(std::string("ENGINE")), *engine);
  }
  return made;
}

Value env_email(Evaluator& evaluator, Call& call) {
  Value made = email_url(evaluator, url_text(evaluator, call, "EMAIL_URL"));
  if (const Value* backend = call.find(2, "backend"); backend != nullptr && !backend->is_none()) {
    set_item(made, "EMAIL_BACKEND", *backend);
  }
  return made;
}

Value env_path(Evaluator& evaluator, Call& call) {
  const Value text = url_text(evaluator, call, "");
  if (!text.is(Type::text)) return evaluator.unknown_because(text);
  return call_one(evaluator, call, make_native("environ.Path"), text);
}

// The backend of a cache by the scheme of its URL; the rest of the URL is not taken apart.
Value env_cache(Evaluator& evaluator, Call& call) {
  struct Backend {
    std::string_view scheme;
    std::string_view backend;
  };
  constexpr auto kBackends = std::to_array<Backend>({
      {"dbcache", "django.core.cache.backends.db.DatabaseCache"},
      {"dummycache", "django.core.cache.backends.dummy.DummyCache"},
      {"filecache", "django.core.cache.backends.filebased.FileBasedCache"},
      {"locmemcache", "django.core.cache.backends.locmem.LocMemCache"},
  });
  const Value url = url_text(evaluator, call, "CACHE_URL");
  if (!url.is(Type::text)) return evaluator.unknown_because(url, Type::dict);
  const std::string scheme = url.text().substr(0, url.text().find(':'));
  const auto* const found = std::find_if(kBackends.begin(), kBackends.end(),
                                         [&](const Backend& one) { return one.scheme == scheme; });
  Value backend = Value::unknown("which backend a cache has depends on what is installed");
  if (found != kBackends.end()) backend = Value(std::string(found->backend));
  const bool is_redis = scheme == "redis" || scheme == "rediss" || scheme == "rediscache";
  if (is_redis && evaluator.options().installed &&
      evaluator.options().installed("django_redis") == true) {
    backend = Value(std::string("django_redis.cache.RedisCache"));
  }
  if (const Value* given = call.find(2, "backend"); given != nullptr && !given->is_none()) {
    backend = *given;
  }
  Value made = make_dict();
  set_item(made, "BACKEND", backend.with(url.trace()));
  made.object()->content.others = "the URL of a cache is not taken apart";
  return made;
}

Value env_service(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("the URL of a service is not taken apart", 0);
}

Value env_new(Evaluator& /*evaluator*/, Call& call) {
  Value env = make_instance("environ.Env");
  Value scheme = make_dict();
  for (const Call::Named& named : call.named) {
    scheme.object()->content.table.set("s" + named.name, Value(named.name), named.value);
  }
  env.object()->content.table.set_name("scheme", std::move(scheme));
  return env;
}

Value env_read(Evaluator& evaluator, Call& call) {
  const Value* path = call.find(0, "env_file");
  std::optional<std::string> text;
  if (path == nullptr || path->is_none()) {
    const std::string& module = call.scope.module->path;
    const std::size_t slash = module.rfind('/');
    text = slash == std::string::npos ? ".env" : module.substr(0, slash) + "/.env";
  } else {
    text = to_text(*path);
  }
  if (text) {
    if (const std::optional<std::string> below = project_path(*text))
      evaluator.load_dotenv(*below, "django-environ");
  }
  for (const Call::Named& named : call.named) {
    if (named.name == "env_file" || named.name == "overwrite" || named.name == "encoding") continue;
    if (evaluator.variable(named.name).state == State::unset) {
      evaluator.set_variable(named.name, named.value);
    }
  }
  return {};
}

Value env_has(Evaluator& evaluator, Call& call) {
  const Value* key = call.find(0);
  if (key == nullptr) return {false};
  return evaluator.compare(Op::in, *key, make_instance("os.environ"));
}

Value environment(Evaluator& /*evaluator*/, Call& /*call*/) { return make_instance("os.environ"); }

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"environ.Env", env_new},
    {"environ.Env.__call__", env_call},
    {"environ.Env.__contains__", env_has},
    {"environ.Env.bool", env_bool},
    {"environ.Env.cache", env_cache},
    {"environ.Env.cache_url", env_cache},
    {"environ.Env.db", env_db},
    {"environ.Env.db_url", env_db},
    {"environ.Env.dict", env_dict},
    {"environ.Env.email", env_email},
    {"environ.Env.email_url", env_email},
    {"environ.Env.float", env_float},
    {"environ.Env.get_value", env_call},
    {"environ.Env.int", env_int},
    {"environ.Env.json", env_json},
    {"environ.Env.list", env_list},
    {"environ.Env.path", env_path},
    {"environ.Env.read_env", env_read},
    {"environ.Env.search_url", env_service},
    {"environ.Env.str", env_str},
    {"environ.Env.tuple", env_tuple},
    {"environ.Env.url", env_url},
    {"environ.FileAwareEnv", env_new},
    {"get environ.Env.ENVIRON", environment},
});

}  // namespace

std::span<const NativeEntry> environ_natives() { return kNatives; }

}  // namespace gate::readers::python
