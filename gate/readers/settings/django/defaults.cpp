// What Django takes where a settings module is silent (django/conf/global_settings.py of 2.2 to
// 6.0): of every setting that rules ask for, and of those that settings modules build upon.
#include <algorithm>
#include <array>

#include "gate/readers/settings/django/settings.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::django {
namespace {

struct Default {
  std::string_view name;
  std::string_view literal;
  int since = 0;     // the first release that has it: 402 for 4.2
  int until = 9999;  // the first release that has it no more
};

constexpr auto kDefaults = std::to_array<Default>({
    {"ADMINS", "[]"},
    {"ALLOWED_HOSTS", "[]"},
    {"APPEND_SLASH", "True"},
    {"AUTHENTICATION_BACKENDS", "['django.contrib.auth.backends.ModelBackend']"},
    {"AUTH_PASSWORD_VALIDATORS", "[]"},
    {"AUTH_USER_MODEL", "'auth.User'"},
    {"CACHES", "{'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}"},
    {"CSRF_COOKIE_AGE", "31449600"},
    {"CSRF_COOKIE_DOMAIN", "None"},
    {"CSRF_COOKIE_HTTPONLY", "False"},
    {"CSRF_COOKIE_NAME", "'csrftoken'"},
    {"CSRF_COOKIE_PATH", "'/'"},
    {"CSRF_COOKIE_SAMESITE", "'Lax'", 201},
    {"CSRF_COOKIE_SECURE", "False"},
    {"CSRF_TRUSTED_ORIGINS", "[]"},
    {"CSRF_USE_SESSIONS", "False"},
    {"DATABASES", "{}"},
    {"DATABASE_ROUTERS", "[]"},
    {"DATA_UPLOAD_MAX_MEMORY_SIZE", "2621440"},
    {"DEBUG", "False"},
    {"DEBUG_PROPAGATE_EXCEPTIONS", "False"},
    {"DEFAULT_AUTO_FIELD", "'django.db.models.AutoField'", 302, 600},
    {"DEFAULT_AUTO_FIELD", "'django.db.models.BigAutoField'", 600},
    {"DEFAULT_FROM_EMAIL", "'webmaster@localhost'"},
    {"EMAIL_BACKEND", "'django.core.mail.backends.smtp.EmailBackend'"},
    {"EMAIL_HOST", "'localhost'"},
    {"EMAIL_HOST_PASSWORD", "''"},
    {"EMAIL_HOST_USER", "''"},
    {"EMAIL_PORT", "25"},
    {"EMAIL_USE_SSL", "False"},
    {"EMAIL_USE_TLS", "False"},
    {"FILE_UPLOAD_MAX_MEMORY_SIZE", "2621440"},
    {"INSTALLED_APPS", "[]"},
    {"INTERNAL_IPS", "[]"},
    {"LANGUAGE_CODE", "'en-us'"},
    {"LOGGING", "{}"},
    {"LOGGING_CONFIG", "'logging.config.dictConfig'"},
    {"LOGIN_REDIRECT_URL", "'/accounts/profile/'"},
    {"LOGIN_URL", "'/accounts/login/'"},
    {"MANAGERS", "[]"},
    {"MEDIA_ROOT", "''"},
    {"MEDIA_URL", "''"},
    {"MIDDLEWARE", "[]"},
    {"PASSWORD_HASHERS",
     "['django.contrib.auth.hashers.PBKDF2PasswordHasher',"
     " 'django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher',"
     " 'django.contrib.auth.hashers.Argon2PasswordHasher',"
     " 'django.contrib.auth.hashers.BCryptSHA256PasswordHasher']",
     0, 400},
    {"SECRET_KEY", "''"},
    {"SECRET_KEY_FALLBACKS", "[]", 401},
    {"SECURE_BROWSER_XSS_FILTER", "False", 0, 400},
    {"SECURE_CONTENT_TYPE_NOSNIFF", "False", 0, 300},
    {"SECURE_CONTENT_TYPE_NOSNIFF", "True", 300},
    {"SECURE_CROSS_ORIGIN_OPENER_POLICY", "'same-origin'", 400},
    {"SECURE_CSP", "{}", 600},
    {"SECURE_CSP_REPORT_ONLY", "{}", 600},
    {"SECURE_HSTS_INCLUDE_SUBDOMAINS", "False"},
    {"SECURE_HSTS_PRELOAD", "False"},
    {"SECURE_HSTS_SECONDS", "0"},
    {"SECURE_PROXY_SSL_HEADER", "None"},
    {"SECURE_REDIRECT_EXEMPT", "[]"},
    {"SECURE_REFERRER_POLICY", "None", 300, 301},
    {"SECURE_REFERRER_POLICY", "'same-origin'", 301},
    {"SECURE_SSL_HOST", "None"},
    {"SECURE_SSL_REDIRECT", "False"},
    {"SERVER_EMAIL", "'root@localhost'"},
    {"SESSION_COOKIE_AGE", "1209600"},
    {"SESSION_COOKIE_DOMAIN", "None"},
    {"SESSION_COOKIE_HTTPONLY", "True"},
    {"SESSION_COOKIE_NAME", "'sessionid'"},
    {"SESSION_COOKIE_PATH", "'/'"},
    {"SESSION_COOKIE_SAMESITE", "'Lax'", 201},
    {"SESSION_COOKIE_SECURE", "False"},
    {"SESSION_ENGINE", "'django.contrib.sessions.backends.db'"},
    {"SESSION_EXPIRE_AT_BROWSER_CLOSE", "False"},
    {"SESSION_SERIALIZER", "'django.contrib.sessions.serializers.JSONSerializer'"},
    {"SILENCED_SYSTEM_CHECKS", "[]"},
    {"STATICFILES_DIRS", "[]"},
    {"STATIC_ROOT", "None"},
    {"STATIC_URL", "None"},
    {"TEMPLATES", "[]"},
    {"TIME_ZONE", "'America/Chicago'"},
    {"USE_I18N", "True"},
    {"USE_TZ", "False", 0, 500},
    {"USE_TZ", "True", 500},
    {"USE_X_FORWARDED_HOST", "False"},
    {"USE_X_FORWARDED_PORT", "False"},
    {"WSGI_APPLICATION", "None"},
    {"X_FRAME_OPTIONS", "'SAMEORIGIN'", 0, 300},
    {"X_FRAME_OPTIONS", "'DENY'", 300},
});

bool is_of(const Default& one, std::optional<int> release) {
  const int wanted = release.value_or(9998);
  return one.since <= wanted && wanted < one.until;
}

}  // namespace

std::optional<python::Value> default_of(std::string_view name, std::optional<int> release) {
  const auto found = std::find_if(kDefaults.begin(), kDefaults.end(), [&](const Default& one) {
    return one.name == name && is_of(one, release);
  });
  if (found == kDefaults.end()) return std::nullopt;
  return python::literal_value(found->literal).with(Trace({"Django's default", {}}));
}

std::vector<std::string_view> default_names(std::optional<int> release) {
  std::vector<std::string_view> names;
  for (const Default& one : kDefaults) {
    if (is_of(one, release)) names.push_back(one.name);
  }
  return names;
}

}  // namespace gate::readers::django
