// URLs: urllib.parse, and the settings that libraries make of the URL of a service.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

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
    set_item(made, key, value.with(url.trace()));
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
  put("NAME", plain(name));
  put("USER", plain(parts->user));
  put("PASSWORD", plain(parts->password));
  put("HOST", plain(parts->host));
  put("PORT", parts->port ? Value(*parts->port) : text(""));
  if (!parts->query.empty()) {
    put("OPTIONS", Value::unknown("what the query of the database URL sets is not taken apart"));
  }
  put("ENGINE", text(engine));
  (void)call;
  return made;
}

Value email_url(Evaluator& evaluator, const Value& url) {
  struct Backend {
    std::string_view scheme;
    std::string_view backend;
  };
  constexpr auto kBackends = std::to_array<Backend>({
      {"smtp", "smtp"},
      {"smtps", "smtp"},
      {"smtp+tls", "smtp"},
      {"smtp+ssl", "smtp"},
      {"consolemail", "console"},
      {"filemail", "filebased"},
      {"memorymail", "locmem"},
      {"dummymail", "dummy"},
  });
  Value made = make_dict();
  std::optional<Url> parts;
  const Backend* found = nullptr;
  if (url.is(Type::text)) {
    parts = split_url(url.text());
    if (parts) {
      found = std::find_if(kBackends.begin(), kBackends.end(),
                           [&](const Backend& one) { return one.scheme == parts->scheme; });
    }
  }
  if (!parts || found == kBackends.end() || !parts->query.empty()) {
    // It is known which settings these are, and not what they hold.
    const std::string why =
        url.is_unknown() ? url.reason() : std::string("the URL of the mail server is not followed");
    for (const std::string_view key :
         {"EMAIL_FILE_PATH", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_HOST", "EMAIL_PORT",
          "EMAIL_BACKEND", "EMAIL_USE_TLS", "EMAIL_USE_SSL"}) {
      set_item(made, key, Value::unknown(why).with(url.trace()));
    }
    (void)evaluator.unknown(why);
    return made;
  }
  const auto plain = [&](const std::optional<std::string>& part) -> Value {
    if (!part) return {};
    const std::optional<std::string> decoded = unquoted(*part);
    return decoded && part->find('+') == std::string::npos
               ? Value(*decoded)
               : Value::unknown("an escape in the URL is not followed", Type::text);
  };
  const auto put = [&](std::string_view key, Value value) {
    set_item(made, key, value.with(url.trace()));
  };
  put("EMAIL_FILE_PATH", plain(parts->path.empty() ? "" : parts->path.substr(1)));
  put("EMAIL_HOST_USER", plain(parts->user));
  put("EMAIL_HOST_PASSWORD", plain(parts->password));
  put("EMAIL_HOST", parts->host ? Value(*parts->host) : Value());
  put("EMAIL_PORT", parts->port ? Value(*parts->port) : Value());
  put("EMAIL_BACKEND",
      Value(fmt::format("django.core.mail.backends.{}.EmailBackend", found->backend)));
  if (parts->scheme == "smtps" || parts->scheme == "smtp+tls") put("EMAIL_USE_TLS", Value(true));
  if (parts->scheme == "smtp+ssl") put("EMAIL_USE_SSL", Value(true));
  return made;
}

namespace {

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

// quote() and quote_plus(): letters, digits, `_.-~` and what is `safe` stay.
Value quoted_url(Evaluator& evaluator, Call& call, std::string_view safe, bool plus) {
  const Value* value = call.find(0, "string");
  const Value* given = call.find(1, "safe");
  if (value == nullptr || !value->is(Type::text) || has_project_mark(value->text()) ||
      (given != nullptr && !given->is(Type::text))) {
    return value == nullptr ? evaluator.unknown("a text is missing")
                            : evaluator.unknown_because(*value, Type::text);
  }
  if (given != nullptr) safe = given->text();
  std::string out;
  for (const char c : value->text()) {
    if (base::is_alphanumeric(c) || std::string_view("_.-~").find(c) != std::string_view::npos ||
        safe.find(c) != std::string_view::npos) {
      out += c;
    } else if (plus && c == ' ') {
      out += '+';
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return Value(std::move(out)).with(value->trace());
}
Value quote(Evaluator& evaluator, Call& call) { return quoted_url(evaluator, call, "/", false); }
Value quote_plus(Evaluator& evaluator, Call& call) { return quoted_url(evaluator, call, "", true); }

Value plain_text(Evaluator& evaluator, Call& call, bool plus) {
  const Value* value = call.find(0, "string");
  if (value == nullptr || !value->is(Type::text)) {
    return value == nullptr ? evaluator.unknown("a text is missing")
                            : evaluator.unknown_because(*value, Type::text);
  }
  std::string raw = value->text();
  if (plus) std::replace(raw.begin(), raw.end(), '+', ' ');
  const std::optional<std::string> decoded = unquoted(raw);
  const bool ascii = decoded && std::none_of(decoded->begin(), decoded->end(), [](char c) {
                       return static_cast<unsigned char>(c) >= 0x80;
                     });
  if (!ascii) return evaluator.unknown("an escape in the text is not followed", 0, Type::text);
  return Value(*decoded).with(value->trace());
}
Value unquote(Evaluator& evaluator, Call& call) { return plain_text(evaluator, call, false); }
Value unquote_plus(Evaluator& evaluator, Call& call) { return plain_text(evaluator, call, true); }

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"urllib.parse.ParseResult.geturl", geturl},
    {"urllib.parse.quote", quote},
    {"urllib.parse.quote_plus", quote_plus},
    {"urllib.parse.unquote", unquote},
    {"urllib.parse.unquote_plus", unquote_plus},
    {"urllib.parse.urlparse", parse_url},
    {"urllib.parse.urlsplit", parse_url},
});

}  // namespace

std::span<const NativeEntry> url_natives() { return kNatives; }

}  // namespace gate::readers::python
