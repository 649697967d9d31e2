// dj_database_url, django-split-settings, and what settings import from Django.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

Value text(std::string_view value) { return Value(std::string(value)); }

std::string_view engine_of(std::string_view scheme) {
  struct Engine {
    std::string_view scheme;
    std::string_view engine;
  };
  constexpr auto kEngines = std::to_array<Engine>({
      {"postgres", "django.db.backends.postgresql"},
      {"postgresql", "django.db.backends.postgresql"},
      {"pgsql", "django.db.backends.postgresql"},
      {"psql", "django.db.backends.postgresql"},
      {"postgis", "django.contrib.gis.db.backends.postgis"},
      {"mysql", "django.db.backends.mysql"},
      {"mysql2", "django.db.backends.mysql"},
      {"mysqlgis", "django.contrib.gis.db.backends.mysql"},
      {"sqlite", "django.db.backends.sqlite3"},
      {"spatialite", "django.contrib.gis.db.backends.spatialite"},
      {"oracle", "django.db.backends.oracle"},
      {"mssql", "mssql"},
      {"redshift", "django_redshift_backend"},
      {"cockroach", "django_cockroachdb"},
  });
  const auto found = std::find_if(kEngines.begin(), kEngines.end(),
                                  [&](const Engine& one) { return one.scheme == scheme; });
  return found == kEngines.end() ? std::string_view() : found->engine;
}

// `%41` is `A`; nothing for what is no such escape.
std::optional<std::string> unquoted(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '%') {
      out += value[at];
      continue;
    }
    const auto digit = [](char c) {
      const char low = base::to_lower(c);
      return base::is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    };
    if (at + 2 >= value.size()) return std::nullopt;
    const int high = digit(value[at + 1]);
    const int low = digit(value[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

struct Url {
  std::string scheme;
  std::string netloc;
  std::string path;
  std::string query;
  std::string fragment;
  std::optional<std::string> user;
  std::optional<std::string> password;
  std::optional<std::string> host;
  std::optional<std::int64_t> port;
};

// As urllib.parse.urlsplit(); nothing for what it would read otherwise.
std::optional<Url> split_url(std::string_view rest) {
  Url url;
  const std::size_t colon = rest.find(':');
  if (colon != std::string_view::npos && colon > 0 && base::is_letter(rest[0]) &&
      std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
        return base::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
      })) {
    url.scheme = base::to_lower(rest.substr(0, colon));
    rest.remove_prefix(colon + 1);
  }
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    const std::size_t end = rest.find_first_of("/?#");
    url.netloc = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  }
  if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
    url.fragment = rest.substr(hash + 1);
    rest = rest.substr(0, hash);
  }
  if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
    url.query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  url.path = rest;
  std::string_view host = url.netloc;
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = host.substr(0, at);
    host.remove_prefix(at + 1);
    const std::size_t split = login.find(':');
    url.user = std::string(login.substr(0, split));
    if (split != std::string_view::npos) url.password = std::string(login.substr(split + 1));
  }
  if (host.find_first_of("[]") != std::string_view::npos) return std::nullopt;
  if (const std::size_t split = host.find(':'); split != std::string_view::npos) {
    const std::string_view digits = host.substr(split + 1);
    host = host.substr(0, split);
    if (!digits.empty()) {
      if (digits.size() > 5 ||
          !std::all_of(digits.begin(), digits.end(), [](char c) { return base::is_digit(c); })) {
        return std::nullopt;
      }
      url.port = std::stoi(std::string(digits));
    }
  }
  if (!host.empty()) url.host = base::to_lower(host);
  return url;
}

void set(Value& dict, std::string_view key, Value value) {
  dict.object()->content.table.set(fmt::format("s{}", key), text(key), std::move(value));
}

}  // namespace

Value parsed_url(const Value& url) {
  const std::optional<Url> parts = split_url(url.text());
  if (!parts) return Value::unknown("the URL is not taken apart");
  Value made = make_instance("urllib.parse.ParseResult");
  Table& table = made.object()->content.table;
  const auto optional = [&](const auto& value) {
    return (value ? Value(*value) : Value()).with(url.trace());
  };
  table.set_name("scheme", Value(parts->scheme).with(url.trace()));
  table.set_name("netloc", Value(parts->netloc).with(url.trace()));
  table.set_name("path", Value(parts->path).with(url.trace()));
  table.set_name("query", Value(parts->query).with(url.trace()));
  table.set_name("fragment", Value(parts->fragment).with(url.trace()));
  table.set_name("username", optional(parts->user));
  table.set_name("password", optional(parts->password));
  table.set_name("hostname", optional(parts->host));
  table.set_name("port", optional(parts->port));
  return made;
}

Value database_url(Evaluator& evaluator, const Call& call, const Value& url) {
  if (!url.is(Type::text)) {
    return url.is_unknown() ? evaluator.unknown_because(url, Type::dict)
                            : evaluator.unknown("no database URL");
  }
  Value made = make_dict();
  const auto put = [&](std::string_view key, Value value) {
    set(made, key, value.with(url.trace()));
  };
  if (url.text() == "sqlite://:memory:") {
    put("ENGINE", text(engine_of("sqlite")));
    put("NAME", text(":memory:"));
    return made;
  }
  const std::optional<Url> parts = split_url(url.text());
  const std::string_view engine = parts ? engine_of(parts->scheme) : std::string_view();
  if (engine.empty()) {
    return evaluator.unknown("the scheme of the database URL is not known", Evaluator::maybe_value,
                             Type::dict);
  }
  const auto plain = [&](const std::optional<std::string>& part) {
    const std::optional<std::string> decoded = unquoted(part.value_or(""));
    return decoded ? Value(*decoded)
                   : Value::unknown("an escape in the URL is not followed", Type::text);
  };
  std::string name = parts->path.empty() ? "" : parts->path.substr(1);
  if (parts->scheme == "sqlite" && name.empty()) name = ":memory:";
  put("ENGINE", text(engine));
  put("NAME", plain(name));
  put("USER", plain(parts->user));
  put("PASSWORD", plain(parts->password));
  put("HOST", plain(parts->host));
  put("PORT", parts->port ? Value(*parts->port) : text(""));
  if (!parts->query.empty()) {
    put("OPTIONS", Value::unknown("what the query of the database URL sets is not taken apart"));
  }
  (void)call;
  return made;
}

namespace {

Value database_config(Evaluator& evaluator, Call& call, Value url, std::size_t first) {
  if (url.is_none() || (url.is(Type::text) && url.text().empty())) return make_dict();
  Value made = database_url(evaluator, call, url);
  if (!made.is(Type::dict)) return made;
  if (const Value* engine = call.find(first, "engine"); engine != nullptr && !engine->is_none()) {
    set(made, "ENGINE", *engine);
  }
  const Value* age = call.find(first + 1, "conn_max_age");
  set(made, "CONN_MAX_AGE", age == nullptr ? Value(std::int64_t{0}) : *age);
  const Value* checks = call.find(SIZE_MAX, "conn_health_checks");
  if (checks != nullptr) set(made, "CONN_HEALTH_CHECKS", *checks);
  const Value* ssl = call.find(first + 2, "ssl_require");
  if (ssl != nullptr && truth_of(*ssl) != false) {
    Value options = make_dict();
    set(options, "sslmode", text("require"));
    set(made, "OPTIONS", std::move(options));
  }
  made.object()->content.others =
      "which further keys there are depends on the version of dj-database-url";
  return made;
}

Value database_from_environment(Evaluator& evaluator, Call& call) {
  const Value* name = call.find(0, "env");
  if (name != nullptr && !name->is(Type::text)) return evaluator.unknown_because(*name, Type::dict);
  const Evaluator::Variable variable =
      evaluator.variable(name == nullptr ? "DATABASE_URL" : name->text());
  if (variable.state == State::unknown) {
    return evaluator.unknown(variable.value.reason(), 0, Type::dict).with(variable.value.trace());
  }
  Value url = variable.value;
  if (variable.state == State::unset) {
    const Value* fallback = call.find(1, "default");
    if (fallback != nullptr && !fallback->is_object()) {
      url = fallback->with(Trace::join(variable.value.trace(), fallback->trace()));
    } else if (fallback != nullptr) {
      return evaluator.unknown("the default of the database URL is no text");
    }
  }
  return database_config(evaluator, call, std::move(url), 2);
}

Value database_parse(Evaluator& evaluator, Call& call) {
  const Value* url = call.find(0, "url");
  if (url == nullptr) return evaluator.raise(call, "TypeError", "parse()");
  return database_config(evaluator, call, *url, 1);
}

Value parse_url(Evaluator& evaluator, Call& call) {
  const Value* url = call.find(0, "url");
  if (url == nullptr || !url->is(Type::text)) {
    return url == nullptr ? evaluator.unknown("a URL is missing") : evaluator.unknown_because(*url);
  }
  return parsed_url(*url);
}

Value geturl(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("a URL is put together", 0, Type::text);
}

// ---- split_settings

Value optional_file(Evaluator& /*evaluator*/, Call& call) {
  Value made = make_instance("split_settings.optional");
  if (const Value* path = call.find(0)) made.object()->content.table.set_name("value", *path);
  return made;
}

Value include_files(Evaluator& evaluator, Call& call) {
  for (const Value& value : call.positional) {
    const bool optional =
        value.is(Type::instance) && value.object()->name == "split_settings.optional";
    const Value* path = optional ? value.object()->content.table.find("value") : &value;
    const std::optional<std::string> pattern = path == nullptr ? std::nullopt : to_text(*path);
    if (!pattern) {
      evaluator.poison_module(*call.scope.module, "a file that is not known is included");
      return {};
    }
    evaluator.include(call.scope, call.node, *pattern, optional);
    if (evaluator.is_raising()) return {};
  }
  return {};
}

// ---- Django

Value random_key(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is another one at each start (get_random_secret_key)", 0, Type::text)
      .marked(origin::random);
}

// A translated text, in the language of the source.
Value translated(Evaluator& evaluator, Call& call) {
  const Value* message = call.find(0);
  return message == nullptr ? evaluator.unknown("a message is missing") : *message;
}

Value reversed_url(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("the URL of a route is not computed", 0, Type::text);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"dj_database_url.config", database_from_environment},
    {"dj_database_url.parse", database_parse},
    {"django.core.management.utils.get_random_secret_key", random_key},
    {"django.urls.reverse_lazy", reversed_url},
    {"django.utils.crypto.get_random_string", random_key},
    {"django.utils.translation.gettext", translated},
    {"django.utils.translation.gettext_lazy", translated},
    {"django.utils.translation.gettext_noop", translated},
    {"django.utils.translation.ugettext", translated},
    {"django.utils.translation.ugettext_lazy", translated},
    {"split_settings.tools.include", include_files},
    {"split_settings.tools.optional", optional_file},
    {"urllib.parse.ParseResult.geturl", geturl},
    {"urllib.parse.urlparse", parse_url},
    {"urllib.parse.urlsplit", parse_url},
});

Value whole(std::int64_t value) { return {value}; }

constexpr auto kConstants = std::to_array<ConstantEntry>({
    {"decouple.undefined", [] { return Value::unknown("an undefined default"); }},
    {"django.contrib.messages.constants.DEBUG", [] { return whole(10); }},
    {"django.contrib.messages.constants.ERROR", [] { return whole(40); }},
    {"django.contrib.messages.constants.INFO", [] { return whole(20); }},
    {"django.contrib.messages.constants.SUCCESS", [] { return whole(25); }},
    {"django.contrib.messages.constants.WARNING", [] { return whole(30); }},
});

}  // namespace

std::span<const NativeEntry> framework_natives() { return kNatives; }
std::span<const ConstantEntry> framework_constants() { return kConstants; }

}  // namespace gate::readers::python
