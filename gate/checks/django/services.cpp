// Hosts and origins, databases, mail, caches, apps and libraries.
#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/django/judgement.h"

namespace gate::checks {
namespace {

using readers::python::Type;

// Calls `each` for the texts of a list; what is not known of it becomes the judgement's.
void for_each_text(const DjangoQuestion& question, std::string_view name, Judgement& judgement,
                   const std::function<void(const std::string&)>& each) {
  const python_value value = question.value(name);
  if (value.is(Type::text)) return each(value.text());
  if (value.is_sequence()) {
    for (const python_value& one : value.items()) {
      if (one.is(Type::text)) each(one.text());
      if (one.is(Type::instance) && one.object()->name == "re.Pattern") {
        const python_value* pattern = one.object()->content.table.find("value");
        if (pattern != nullptr && pattern->is(Type::text)) each(pattern->text());
      }
    }
  }
  if (readers::python::find_unknown(value) != nullptr) {
    judgement.unknown =
        fmt::format("{} is not known: {}", name, readers::python::unknown_reason(value));
  }
}

void complain(const DjangoQuestion& question, Judgement& judgement, std::string_view name,
              std::string message, std::string_view detail = {}) {
  judgement.complaints.push_back(question.about(name, std::move(message)));
  if (!detail.empty()) judgement.complaints.back().identity += fmt::format(" {}", detail);
}

Judgement allowed_hosts_wildcard(const DjangoQuestion& question) {
  return question.judge(question.holds("ALLOWED_HOSTS", "*"), "ALLOWED_HOSTS",
                        "ALLOWED_HOSTS holds `*`: a forged Host header is believed");
}

// Whether a pattern of origins lets every origin in.
bool matches_everything(std::string_view pattern) {
  while (!pattern.empty() && (pattern.front() == '^' || pattern.front() == '(')) {
    pattern.remove_prefix(1);
  }
  for (const std::string_view scheme : {"https?://", "https://", "http://", "https?:\\/\\/"}) {
    if (pattern.starts_with(scheme)) {
      pattern.remove_prefix(scheme.size());
      break;
    }
  }
  while (!pattern.empty() && (pattern.back() == '$' || pattern.back() == ')')) {
    pattern.remove_suffix(1);
  }
  return pattern == ".*" || pattern == ".+";
}

struct Wildcard {
  Truth open;
  std::string name;  // of the setting that opens
};

// Whether django-cors-headers lets every origin in.
Wildcard cors_wildcard(const DjangoQuestion& question) {
  Truth open{false, {}};
  for (const std::string_view name : {"CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"}) {
    const Truth all = question.truthy(name);
    if (all.yes()) return {all, std::string(name)};
    open = open || all;
  }
  for (const std::string_view name :
       {"CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST"}) {
    Judgement unknown;
    bool found = false;
    for_each_text(question, name, unknown, [&](const std::string& pattern) {
      found = found || matches_everything(pattern);
    });
    if (found) return {{true, {}}, std::string(name)};
    if (!unknown.unknown.empty()) open = open || Truth{std::nullopt, unknown.unknown};
  }
  return {open, "CORS_ALLOW_ALL_ORIGINS"};
}

// Open data below /.well-known/ may be read by everyone.
bool only_well_known(const DjangoQuestion& question) {
  const python_value urls = question.value("CORS_URLS_REGEX");
  return urls.is(Type::text) && urls.text().find("well-known") != std::string::npos;
}

Judgement cors_allow_all(const DjangoQuestion& question) {
  if (only_well_known(question)) return {};
  const Wildcard wildcard = cors_wildcard(question);
  return question.judge(
      wildcard.open, wildcard.name,
      fmt::format("{} lets the scripts of every site read the answers", wildcard.name));
}

Judgement cors_credentials(const DjangoQuestion& question) {
  const Wildcard wildcard = cors_wildcard(question);
  return question.judge(
      wildcard.open && question.truthy("CORS_ALLOW_CREDENTIALS"), "CORS_ALLOW_CREDENTIALS",
      fmt::format("CORS_ALLOW_CREDENTIALS with {}: every site may act as the user "
                  "who is logged in",
                  wildcard.name));
}

Judgement csrf_trusted_http(const DjangoQuestion& question) {
  Judgement judgement;
  for_each_text(question, "CSRF_TRUSTED_ORIGINS", judgement, [&](const std::string& origin) {
    if (origin.starts_with("http://")) {
      complain(question, judgement, "CSRF_TRUSTED_ORIGINS",
               fmt::format("`{}` is trusted without TLS", origin), origin);
    } else if (origin == "*" || origin == "https://*") {
      complain(question, judgement, "CSRF_TRUSTED_ORIGINS",
               fmt::format("`{}` trusts every site", origin), origin);
    }
  });
  return judgement;
}

// ---- nginx in front

struct ProxyFile {
  std::string path;
  bool forwards_scheme = false;
};

std::vector<ProxyFile> proxies(const DjangoProject& project) {
  std::vector<ProxyFile> found;
  const SnapshotFiles files(project.files());
  for (const repo::File& file : project.files().files()) {
    const bool named = file.path.ends_with(".conf") || file.path.find("nginx") != std::string::npos;
    const bool text = file.path.ends_with(".conf") || file.path.ends_with(".template") ||
                      file.path.ends_with("nginx") || file.path.ends_with(".j2");
    if (!named || !text || file.path.find("nginx") == std::string::npos) continue;
    const std::optional<std::string> content = files.read(file.path);
    if (!content) continue;
    ProxyFile proxy{std::string(file.path)};
    bool passes = false;
    std::string_view rest = *content;
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest = rest.substr(std::min(line.size() + 1, rest.size()));
      line = line.substr(0, line.find('#'));
      passes = passes || line.find("proxy_pass") != std::string_view::npos;
      proxy.forwards_scheme =
          proxy.forwards_scheme ||
          base::to_lower(line).find("proxy_set_header x-forwarded-proto") != std::string::npos;
    }
    if (passes) found.push_back(std::move(proxy));
  }
  return found;
}

Judgement proxy_ssl_header(const DjangoQuestion& question) {
  const std::vector<ProxyFile> found = proxies(question.project());
  const python_value header = question.value("SECURE_PROXY_SSL_HEADER");
  if (header.is_unknown()) {
    return {{}, fmt::format("SECURE_PROXY_SSL_HEADER is not known: {}", header.reason()), {}};
  }
  if (!header.is_none()) {
    for (const ProxyFile& proxy : found) {
      if (proxy.forwards_scheme) continue;
      return question.judge({true, {}}, "SECURE_PROXY_SSL_HEADER",
                            fmt::format("SECURE_PROXY_SSL_HEADER is set, and {} passes on whatever "
                                        "X-Forwarded-Proto a visitor sends",
                                        proxy.path));
    }
    return {};
  }
  if (found.empty()) return {};
  return question.judge(question.truthy("SECURE_SSL_REDIRECT"), "SECURE_SSL_REDIRECT",
                        fmt::format("SECURE_SSL_REDIRECT is on behind the proxy of {}, and "
                                    "SECURE_PROXY_SSL_HEADER is not set: every page redirects to "
                                    "itself",
                                    found.front().path));
}

// ---- Django REST framework

Truth uses_rest_framework(const DjangoQuestion& question) {
  const std::optional<bool> set = question.settings().is_set("REST_FRAMEWORK");
  return question.installed("rest_framework") || Truth{set == true, {}};
}

Truth lacks_items(const python_value& list) {
  if (list.is_none()) return {true, {}};
  return !truth(list);
}

Judgement rest_throttle(const DjangoQuestion& question) {
  const python_value options = question.value("REST_FRAMEWORK");
  const Truth lacking = lacks_items(item(options, "DEFAULT_THROTTLE_CLASSES")) ||
                        lacks_items(item(options, "DEFAULT_THROTTLE_RATES"));
  return question.judge(
      uses_rest_framework(question) && lacking, "REST_FRAMEWORK",
      "REST_FRAMEWORK has no DEFAULT_THROTTLE_CLASSES with DEFAULT_THROTTLE_RATES: "
      "a client may ask as often as it likes");
}

// Whether a list of classes is not given, or holds one of this name.
Truth holds_class(const python_value& list, std::string_view name) {
  if (list.is_none()) return {true, {}};
  if (!list.is_sequence()) {
    return {std::nullopt, readers::python::unknown_reason(list)};
  }
  Truth found{false, {}};
  for (const python_value& one : list.items()) {
    if (one.is(Type::text)) {
      found = found || Truth{one.text().ends_with(name), {}};
    } else {
      found = found || Truth{std::nullopt, readers::python::unknown_reason(one)};
    }
  }
  return found;
}

Judgement rest_allow_any(const DjangoQuestion& question) {
  const python_value list = item(question.value("REST_FRAMEWORK"), "DEFAULT_PERMISSION_CLASSES");
  return question.judge(uses_rest_framework(question) && holds_class(list, ".AllowAny"),
                        "REST_FRAMEWORK",
                        list.is_none() ? "REST_FRAMEWORK has no DEFAULT_PERMISSION_CLASSES: every "
                                         "view that names none is open to everyone"
                                       : "DEFAULT_PERMISSION_CLASSES is AllowAny: every view that "
                                         "names none is open to everyone");
}

Judgement rest_browsable(const DjangoQuestion& question) {
  const python_value list = item(question.value("REST_FRAMEWORK"), "DEFAULT_RENDERER_CLASSES");
  return question.judge(uses_rest_framework(question) && holds_class(list, ".BrowsableAPIRenderer"),
                        "REST_FRAMEWORK", "the browsable API is on in production");
}

Judgement jwt_lifetime(const DjangoQuestion& question) {
  const python_value lifetime = item(question.value("SIMPLE_JWT"), "ACCESS_TOKEN_LIFETIME");
  if (lifetime.is_unknown()) {
    return {{}, fmt::format("ACCESS_TOKEN_LIFETIME is not known: {}", lifetime.reason()), {}};
  }
  if (!lifetime.is(Type::instance) || lifetime.object()->name != "datetime.timedelta") return {};
  const python_value* seconds = lifetime.object()->content.table.find("value");
  const bool long_lived =
      seconds != nullptr && seconds->is(Type::integer) && seconds->whole() > 86400;
  return question.judge({long_lived, {}}, "SIMPLE_JWT",
                        fmt::format("an access token is good for {}",
                                    readers::python::to_text(lifetime).value_or("long")));
}

// ---- Databases and services

void for_each_database(const DjangoQuestion& question, Judgement& judgement,
                       const std::function<void(const std::string&, const python_value&)>& each) {
  const python_value databases = question.value("DATABASES");
  if (databases.is(Type::dict)) {
    for (const auto& entry : databases.object()->content.table.entries()) {
      if (const auto alias = readers::python::to_text(entry.key)) each(*alias, entry.value);
    }
    if (!databases.object()->content.others.empty()) {
      judgement.unknown =
          fmt::format("DATABASES is not known: {}", databases.object()->content.others);
    }
  }
  if (databases.is_unknown() ||
      (databases.is_object() && !databases.object()->content.poison.empty())) {
    judgement.unknown =
        fmt::format("DATABASES is not known: {}", readers::python::unknown_reason(databases));
  }
}

Judgement sqlite(const DjangoQuestion& question) {
  Judgement judgement;
  for_each_database(
      question, judgement, [&](const std::string& alias, const python_value& options) {
        const python_value engine = item(options, "ENGINE");
        if (engine.is_unknown()) {
          judgement.unknown =
              fmt::format("DATABASES.{}.ENGINE is not known: {}", alias, engine.reason());
        }
        if (!engine.is(Type::text)) return;
        if (engine.text().ends_with("sqlite3") || engine.text().ends_with("spatialite")) {
          complain(
              question, judgement, "DATABASES",
              fmt::format("the database `{}` is SQLite: one writer at a time, on the disk of one "
                          "server",
                          alias),
              alias);
        }
      });
  return judgement;
}

Judgement connection_age(const DjangoQuestion& question) {
  Judgement judgement;
  for_each_database(
      question, judgement, [&](const std::string& alias, const python_value& options) {
        const python_value engine = item(options, "ENGINE");
        if (engine.is(Type::text) && engine.text().ends_with("sqlite3")) return;
        const python_value age = item(options, "CONN_MAX_AGE");
        const bool zero =
            age.is_none() ? !options.is_unknown() : age.is(Type::integer) && age.whole() == 0;
        if (zero) {
          complain(question, judgement, "DATABASES",
                   fmt::format("CONN_MAX_AGE of the database `{}` is 0: every request opens a "
                               "connection of its own",
                               alias),
                   alias);
        }
      });
  return judgement;
}

Judgement logging_missing(const DjangoQuestion& question) {
  const python_value logging = question.value("LOGGING");
  if (logging.is_unknown()) {
    return {{}, fmt::format("LOGGING is not known: {}", logging.reason()), {}};
  }
  const Truth configured = truth(logging);
  if (configured.no()) {
    return question.judge({true, {}}, "LOGGING",
                          "LOGGING is not set: with DEBUG off, errors go by mail to ADMINS or "
                          "nowhere");
  }
  const python_value level = item(item(logging, "root"), "level");
  const bool debug = level.is(Type::text) && level.text() == "DEBUG";
  return question.judge({debug, {}}, "LOGGING",
                        "the root logger writes DEBUG: values of users end up in the log");
}

Judgement email_console(const DjangoQuestion& question) {
  const python_value backend = question.value("EMAIL_BACKEND");
  if (backend.is_unknown()) {
    return {{}, fmt::format("EMAIL_BACKEND is not known: {}", backend.reason()), {}};
  }
  bool nowhere = false;
  if (backend.is(Type::text)) {
    for (const std::string_view word : {".console.", ".dummy.", ".locmem.", ".filebased."}) {
      nowhere = nowhere || backend.text().find(word) != std::string::npos;
    }
  }
  return question.judge(
      {nowhere, {}}, "EMAIL_BACKEND",
      fmt::format("EMAIL_BACKEND is {}: no mail leaves the server", show(backend)));
}

// Whether limits, sessions or pages are kept in the cache.
bool keeps_in_cache(const DjangoQuestion& question) {
  const python_value throttles = item(question.value("REST_FRAMEWORK"), "DEFAULT_THROTTLE_CLASSES");
  const python_value sessions = question.value("SESSION_ENGINE");
  const bool cached_sessions =
      sessions.is(Type::text) && sessions.text().find(".cache") != std::string::npos;
  return truth(throttles).yes() || cached_sessions ||
         question.holds("MIDDLEWARE", "django.middleware.cache.UpdateCacheMiddleware").yes();
}

Judgement cache_locmem(const DjangoQuestion& question) {
  const python_value backend = item(item(question.value("CACHES"), "default"), "BACKEND");
  if (backend.is_unknown()) {
    return {{}, fmt::format("CACHES.default is not known: {}", backend.reason()), {}};
  }
  // A cache that nothing is kept in may well be Django's own.
  const bool used = question.settings().is_set("CACHES") != false || keeps_in_cache(question);
  const bool local =
      used && backend.is(Type::text) &&
      (backend.text().ends_with(".LocMemCache") || backend.text().ends_with(".DummyCache"));
  return question.judge({local, {}}, "CACHES",
                        fmt::format("the default cache is {}: each process has its own, and limits "
                                    "of rates count for one process only",
                                    show(backend)));
}

Judgement static_root(const DjangoQuestion& question) {
  const python_value root = question.value("STATIC_ROOT");
  Truth unset = !truth(root);
  if (!unset.value) unset.why = fmt::format("STATIC_ROOT is not known: {}", unset.why);
  return question.judge(question.installed("django.contrib.staticfiles") && unset, "STATIC_ROOT",
                        "STATIC_ROOT is not set: collectstatic has no place to collect to");
}

Judgement password_validators(const DjangoQuestion& question) {
  return question.judge(
      question.installed("django.contrib.auth") && !question.truthy("AUTH_PASSWORD_VALIDATORS"),
      "AUTH_PASSWORD_VALIDATORS", "AUTH_PASSWORD_VALIDATORS is empty: `1` is a password");
}

Judgement debug_tools(const DjangoQuestion& question) {
  Judgement judgement;
  for (const std::string_view app : {"debug_toolbar", "silk", "django_extensions"}) {
    const Truth there = question.installed(app);
    if (there.yes()) {
      complain(question, judgement, "INSTALLED_APPS",
               fmt::format("INSTALLED_APPS holds `{}`, a tool of development", app), app);
    }
    if (!there.value) judgement.unknown = there.why;
  }
  return judgement;
}

// ---- django-tenants

Judgement tenants(const DjangoQuestion& question) {
  Judgement judgement;
  const python_value shared = question.value("SHARED_APPS");
  const Truth used =
      question.installed("django_tenants") || question.holds("SHARED_APPS", "django_tenants");
  if (used.no()) return {{}, {}, "the project does not use django-tenants"};
  if (!used.value) return {{}, used.why, {}};
  const auto first = [&](std::string_view name) -> std::optional<std::string> {
    const python_value list = question.value(name);
    if (!list.is_sequence() || list.items().empty() || !list.items()[0].is(Type::text)) {
      return std::nullopt;
    }
    return list.items()[0].text();
  };
  const auto wrong = [&](std::string_view name, std::string_view message) {
    complain(question, judgement, name, std::string(message), message.substr(0, 12));
  };
  if (const auto app = first("SHARED_APPS"); app && *app != "django_tenants") {
    wrong("SHARED_APPS", "`django_tenants` is not the first of SHARED_APPS");
  }
  if (const auto middleware = first("MIDDLEWARE");
      middleware && middleware->find("Tenant") == std::string::npos) {
    wrong("MIDDLEWARE",
          "TenantMainMiddleware is not the first of MIDDLEWARE: what comes before it "
          "sees no tenant");
  }
  const Truth router =
      question.holds("DATABASE_ROUTERS", "django_tenants.routers.TenantSyncRouter");
  if (router.no()) wrong("DATABASE_ROUTERS", "TenantSyncRouter is not in DATABASE_ROUTERS");
  const python_value engine = item(item(question.value("DATABASES"), "default"), "ENGINE");
  if (engine.is(Type::text) && engine.text() != "django_tenants.postgresql_backend") {
    wrong("DATABASES",
          "the engine of the default database is not django_tenants.postgresql_backend");
  }
  const std::optional<bool> model = question.settings().is_set("TENANT_MODEL");
  if (model == false) wrong("TENANT_MODEL", "TENANT_MODEL is not set");
  return judgement;
}

// ---- Celery

Judgement celery(const DjangoQuestion& question) {
  Judgement judgement;
  const Truth eager =
      question.truthy("CELERY_TASK_ALWAYS_EAGER") || question.truthy("CELERY_ALWAYS_EAGER");
  if (eager.yes()) {
    complain(question, judgement, "CELERY_TASK_ALWAYS_EAGER",
             "CELERY_TASK_ALWAYS_EAGER is on: tasks run inside the request", "eager");
  }
  if (!eager.value) judgement.unknown = eager.why;
  for (const std::string_view name : {"CELERY_ACCEPT_CONTENT", "CELERY_TASK_SERIALIZER"}) {
    for_each_text(question, name, judgement, [&](const std::string& format) {
      if (format == "pickle" || format == "application/x-python-serialize") {
        complain(question, judgement, name,
                 fmt::format("{} takes pickle: whoever reaches the broker runs code", name),
                 "pickle");
      }
    });
  }
  const std::optional<bool> broker = question.settings().is_set("CELERY_BROKER_URL");
  bool limited = false;
  for (const std::string_view name : {"CELERY_TASK_TIME_LIMIT", "CELERY_TASK_SOFT_TIME_LIMIT",
                                      "CELERYD_TASK_TIME_LIMIT", "CELERYD_TASK_SOFT_TIME_LIMIT"}) {
    limited = limited || question.settings().is_set(name) != false;
  }
  if (broker == true && !limited) {
    complain(question, judgement, "CELERY_BROKER_URL",
             "CELERY_TASK_TIME_LIMIT is not set: a task that hangs keeps its worker for ever",
             "limit");
  }
  return judgement;
}

// ---- Cookies and content

Judgement samesite_none(const DjangoQuestion& question) {
  Judgement judgement;
  for (const std::string_view name : {"SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE"}) {
    const python_value value = question.value(name);
    if (value.is_unknown()) {
      judgement.unknown = fmt::format("{} is not known: {}", name, value.reason());
      continue;
    }
    const bool none = value.is(Type::text) && base::to_lower(value.text()) == "none";
    const bool off = value.is(Type::boolean) && !value.truth();
    if (none || off) {
      complain(question, judgement, name,
               fmt::format("{} is {}: the cookie goes along with requests from every site", name,
                           show(value)));
    }
  }
  return judgement;
}

void unsafe_sources(const DjangoQuestion& question, std::string_view name, const python_value& list,
                    Judgement& judgement) {
  const auto judge_one = [&](const std::string& source) {
    for (const std::string_view word : {"'unsafe-inline'", "'unsafe-eval'", "*"}) {
      if (source == word) {
        complain(question, judgement, name, fmt::format("{} lets in scripts by {}", name, word),
                 word);
      }
    }
  };
  if (list.is(Type::text)) {
    std::string_view rest = list.text();
    while (!rest.empty()) {
      const std::size_t blank = rest.find(' ');
      judge_one(std::string(rest.substr(0, blank)));
      rest = blank == std::string_view::npos ? std::string_view() : rest.substr(blank + 1);
    }
  }
  if (!list.is_sequence()) return;
  for (const python_value& one : list.items()) {
    if (one.is(Type::text)) judge_one(one.text());
  }
}

Judgement csp_unsafe(const DjangoQuestion& question) {
  Judgement judgement;
  unsafe_sources(question, "CSP_SCRIPT_SRC", question.value("CSP_SCRIPT_SRC"), judgement);
  unsafe_sources(question, "CSP_DEFAULT_SRC", question.value("CSP_DEFAULT_SRC"), judgement);
  const python_value directives = item(question.value("CONTENT_SECURITY_POLICY"), "DIRECTIVES");
  unsafe_sources(question, "CONTENT_SECURITY_POLICY", item(directives, "script-src"), judgement);
  unsafe_sources(question, "SECURE_CSP", item(question.value("SECURE_CSP"), "script-src"),
                 judgement);
  for (const std::string_view name : {"CSP_SCRIPT_SRC", "CONTENT_SECURITY_POLICY", "SECURE_CSP"}) {
    const python_value value = question.value(name);
    if (value.is_unknown()) {
      judgement.unknown = fmt::format("{} is not known: {}", name, value.reason());
    }
  }
  return judgement;
}

constexpr auto kChecks = std::to_array<DjangoCheck>({
    {"allowed-hosts-wildcard", "ALLOWED_HOSTS holds `*`", allowed_hosts_wildcard},
    {"cache-locmem", "the default cache is one for each process, or none", cache_locmem},
    {"celery-eager", "Celery runs tasks in the request, takes pickle, or has no time limit",
     celery},
    {"conn-max-age", "every request opens a connection to the database", connection_age},
    {"cors-allow-all", "every site may read the answers", cors_allow_all},
    {"cors-credentials-wildcard", "every site may act as the user", cors_credentials},
    {"csp-unsafe", "the content security policy lets in any script", csp_unsafe},
    {"csrf-trusted-http", "CSRF_TRUSTED_ORIGINS holds plain HTTP or every site", csrf_trusted_http},
    {"db-sqlite", "a database is SQLite", sqlite},
    {"debug-toolbar", "INSTALLED_APPS holds tools of development", debug_tools},
    {"drf-allow-any", "REST framework lets everyone in", rest_allow_any},
    {"drf-browsable", "the browsable API of REST framework is on", rest_browsable},
    {"drf-no-throttle", "REST framework throttles nobody", rest_throttle},
    {"email-console", "mail does not leave the server", email_console},
    {"jwt-lifetime", "access tokens are good for more than a day", jwt_lifetime},
    {"logging-missing", "LOGGING is not set, or its root logger writes DEBUG", logging_missing},
    {"password-validators", "AUTH_PASSWORD_VALIDATORS is empty", password_validators},
    {"proxy-ssl-header", "SECURE_PROXY_SSL_HEADER and the proxy do not fit", proxy_ssl_header},
    {"samesite-none", "a cookie goes along with requests from every site", samesite_none},
    {"static-root", "STATIC_ROOT is not set", static_root},
    {"tenants-order", "django-tenants is not set up in its order", tenants},
});

}  // namespace

std::span<const DjangoCheck> service_checks() { return kChecks; }

}  // namespace gate::checks
