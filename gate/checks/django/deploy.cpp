// The checks of `manage.py check --deploy` (django/core/checks/security of 3.2 to 6.0): each fires
// exactly where Django's does.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "gate/checks/django/judgement.h"

namespace gate::checks {
namespace {

using readers::python::Type;

Truth security_middleware(const DjangoQuestion& question) {
  return question.holds("MIDDLEWARE", "django.middleware.security.SecurityMiddleware");
}
Truth frame_middleware(const DjangoQuestion& question) {
  return question.holds("MIDDLEWARE", "django.middleware.clickjacking.XFrameOptionsMiddleware");
}
Truth csrf_middleware(const DjangoQuestion& question) {
  return question.holds("MIDDLEWARE", "django.middleware.csrf.CsrfViewMiddleware");
}

// From 4.1 on `is True` is asked of cookies; before, any true value did.
Truth cookie_flag(const DjangoQuestion& question, std::string_view name) {
  return question.at_least(401) ? question.is_true(name) : question.truthy(name);
}

std::string is_not_true(const DjangoQuestion& question, std::string_view name,
                        std::string_view effect) {
  return fmt::format("{} is {}: {}", name, show(question.value(name)), effect);
}

Judgement w001(const DjangoQuestion& question) {
  return question.judge(!security_middleware(question), "MIDDLEWARE",
                        "MIDDLEWARE lacks SecurityMiddleware: none of the SECURE_ settings has an "
                        "effect");
}

Judgement w002(const DjangoQuestion& question) {
  return question.judge(
      !frame_middleware(question), "MIDDLEWARE",
      "MIDDLEWARE lacks XFrameOptionsMiddleware: other sites may show these pages "
      "in a frame");
}

Judgement w003(const DjangoQuestion& question) {
  return question.judge(!csrf_middleware(question), "MIDDLEWARE",
                        "MIDDLEWARE lacks CsrfViewMiddleware: other sites may send forms in the "
                        "name of a user");
}

Judgement w004(const DjangoQuestion& question) {
  return question.judge(
      security_middleware(question) && !question.truthy("SECURE_HSTS_SECONDS"),
      "SECURE_HSTS_SECONDS",
      is_not_true(question, "SECURE_HSTS_SECONDS", "browsers may come back over plain HTTP"));
}

Judgement w005(const DjangoQuestion& question) {
  return question.judge(security_middleware(question) && question.truthy("SECURE_HSTS_SECONDS") &&
                            !question.is_true("SECURE_HSTS_INCLUDE_SUBDOMAINS"),
                        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
                        is_not_true(question, "SECURE_HSTS_INCLUDE_SUBDOMAINS",
                                    "HTTPS is not demanded of subdomains"));
}

Judgement w006(const DjangoQuestion& question) {
  return question.judge(
      security_middleware(question) && !question.is_true("SECURE_CONTENT_TYPE_NOSNIFF"),
      "SECURE_CONTENT_TYPE_NOSNIFF",
      is_not_true(question, "SECURE_CONTENT_TYPE_NOSNIFF",
                  "browsers may take an upload for a script"));
}

Judgement w008(const DjangoQuestion& question) {
  return question.judge(
      security_middleware(question) && !question.is_true("SECURE_SSL_REDIRECT"),
      "SECURE_SSL_REDIRECT",
      is_not_true(question, "SECURE_SSL_REDIRECT", "pages are served over plain HTTP as well"));
}

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
      ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

// Whether a key is strong enough: 50 characters, 5 of them different, not from startproject.
Truth is_strong(const python_value& key) {
  if (key.is_unknown()) return {std::nullopt, key.reason()};
  if (!key.is(Type::text)) return {false, {}};
  const std::vector<std::string_view> characters = characters_of(key.text());
  const std::set<std::string_view> different(characters.begin(), characters.end());
  return {characters.size() >= 50 && different.size() >= 5 &&
              !key.text().starts_with("django-insecure-"),
          {}};
}

std::string weakness(const python_value& key) {
  if (!key.is(Type::text) || key.text().empty()) return "is not set";
  if (key.text().starts_with("django-insecure-")) return "is the one that startproject made up";
  if (const std::size_t size = characters_of(key.text()).size(); size < 50) {
    return fmt::format("has {} characters, and needs 50 that nobody can guess", size);
  }
  return "has less than 5 different characters";
}

Judgement w009(const DjangoQuestion& question) {
  const python_value key = question.value("SECRET_KEY");
  Truth strong = is_strong(key);
  if (!strong.value) strong.why = fmt::format("SECRET_KEY is not known: {}", strong.why);
  return question.judge(!strong, "SECRET_KEY", fmt::format("SECRET_KEY {}", weakness(key)));
}

Judgement w025(const DjangoQuestion& question) {
  if (!question.at_least(401)) return {{}, {}, "SECRET_KEY_FALLBACKS came with Django 4.1"};
  const python_value keys = question.value("SECRET_KEY_FALLBACKS");
  Judgement judgement;
  if (keys.is_unknown()) {
    judgement.unknown = fmt::format("SECRET_KEY_FALLBACKS is not known: {}", keys.reason());
    return judgement;
  }
  if (!keys.is_sequence()) {
    // Each character of a text would be a key.
    judgement.complaints.push_back(
        question.about("SECRET_KEY_FALLBACKS", fmt::format("SECRET_KEY_FALLBACKS is {}, and has to "
                                                           "be a list of keys",
                                                           show(keys))));
    return judgement;
  }
  std::size_t number = 0;
  for (const python_value& key : keys.items()) {
    const Truth strong = is_strong(key);
    if (strong.no()) {
      judgement.complaints.push_back(
          question.about("SECRET_KEY_FALLBACKS",
                         fmt::format("SECRET_KEY_FALLBACKS[{}] {}", number, weakness(key))));
      judgement.complaints.back().identity += fmt::format("[{}]", number);
    }
    if (!strong.value) {
      judgement.unknown =
          fmt::format("SECRET_KEY_FALLBACKS[{}] is not known: {}", number, strong.why);
    }
    ++number;
  }
  return judgement;
}

// W010 is of the app, W011 of the middleware, W012 of both; W013 to W015 likewise.
Judgement session_cookie(const DjangoQuestion& question, std::string_view name,
                         std::array<std::string_view, 3> ids, std::string_view effect) {
  const Truth app = question.installed("django.contrib.sessions");
  const Truth middleware =
      question.holds("MIDDLEWARE", "django.contrib.sessions.middleware.SessionMiddleware");
  const Truth silenced = (app && middleware && question.silenced(ids[2])) ||
                         (app && !middleware && question.silenced(ids[0])) ||
                         (!app && middleware && question.silenced(ids[1]));
  return question.judge((app || middleware) && !cookie_flag(question, name) && !silenced, name,
                        is_not_true(question, name, effect));
}

Judgement w010(const DjangoQuestion& question) {
  return session_cookie(question, "SESSION_COOKIE_SECURE",
                        {"security.W010", "security.W011", "security.W012"},
                        "the cookie of a login is sent over plain HTTP as well");
}

Judgement w013(const DjangoQuestion& question) {
  return session_cookie(question, "SESSION_COOKIE_HTTPONLY",
                        {"security.W013", "security.W014", "security.W015"},
                        "scripts can read the cookie of a login");
}

Judgement w016(const DjangoQuestion& question) {
  return question.judge(!question.truthy("CSRF_USE_SESSIONS") && csrf_middleware(question) &&
                            !cookie_flag(question, "CSRF_COOKIE_SECURE"),
                        "CSRF_COOKIE_SECURE",
                        is_not_true(question, "CSRF_COOKIE_SECURE",
                                    "the token of forms is sent over plain HTTP as well"));
}

Judgement w018(const DjangoQuestion& question) {
  const python_value debug = question.value("DEBUG");
  std::string message = fmt::format("DEBUG is {}", show(debug));
  if (debug.is(Type::text)) message += ", and any text but the empty one is true";
  return question.judge(question.truthy("DEBUG"), "DEBUG",
                        message + ": errors show source, settings and environment to visitors");
}

Judgement w019(const DjangoQuestion& question) {
  const python_value option = question.value("X_FRAME_OPTIONS");
  Truth deny{std::nullopt, fmt::format("X_FRAME_OPTIONS is not known: {}",
                                       readers::python::unknown_reason(option))};
  if (const auto same = readers::python::equal(option, python_value(std::string("DENY")))) {
    deny = {same, {}};
  }
  return question.judge(frame_middleware(question) && !deny, "X_FRAME_OPTIONS",
                        fmt::format("X_FRAME_OPTIONS is {}, not DENY", show(option)));
}

Judgement w020(const DjangoQuestion& question) {
  return question.judge(
      !question.truthy("ALLOWED_HOSTS"), "ALLOWED_HOSTS",
      "ALLOWED_HOSTS is empty: with DEBUG off every request is answered with 400");
}

Judgement w021(const DjangoQuestion& question) {
  return question.judge(security_middleware(question) && question.truthy("SECURE_HSTS_SECONDS") &&
                            !question.is_true("SECURE_HSTS_PRELOAD"),
                        "SECURE_HSTS_PRELOAD",
                        is_not_true(question, "SECURE_HSTS_PRELOAD",
                                    "the first visit is not protected by the browsers' list"));
}

Judgement w022(const DjangoQuestion& question) {
  if (!question.at_least(300)) return {{}, {}, "SECURE_REFERRER_POLICY came with Django 3.0"};
  const python_value policy = question.value("SECURE_REFERRER_POLICY");
  const Truth unset =
      policy.is_unknown()
          ? Truth{std::nullopt,
                  fmt::format("SECURE_REFERRER_POLICY is not known: {}", policy.reason())}
          : Truth{policy.is_none(), {}};
  return question.judge(
      security_middleware(question) && unset, "SECURE_REFERRER_POLICY",
      "SECURE_REFERRER_POLICY is None: other sites learn which pages were visited");
}

constexpr auto kReferrerPolicies = std::to_array<std::string_view>({
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
});

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

Judgement e023(const DjangoQuestion& question) {
  if (!question.at_least(300)) return {{}, {}, "SECURE_REFERRER_POLICY came with Django 3.0"};
  const python_value policy = question.value("SECURE_REFERRER_POLICY");
  if (policy.is_none()) return {};
  if (const python_value* unknown = readers::python::find_unknown(policy); unknown != nullptr) {
    Judgement judgement;
    if (!security_middleware(question).no()) {
      judgement.unknown = fmt::format("SECURE_REFERRER_POLICY is not known: {}",
                                      readers::python::unknown_reason(policy));
    }
    return judgement;
  }
  std::vector<std::string> values;
  if (policy.is(Type::text)) {
    std::string_view rest = policy.text();
    while (true) {
      const std::size_t comma = rest.find(',');
      values.emplace_back(trimmed(rest.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  } else if (policy.is_sequence()) {
    for (const python_value& value : policy.items()) {
      values.push_back(value.is(Type::text) ? value.text() : show(value));
    }
  }
  const auto wrong = std::find_if(values.begin(), values.end(), [](const std::string& value) {
    return std::find(kReferrerPolicies.begin(), kReferrerPolicies.end(), value) ==
           kReferrerPolicies.end();
  });
  if (wrong == values.end()) return {};
  return question.judge(
      security_middleware(question), "SECURE_REFERRER_POLICY",
      fmt::format("SECURE_REFERRER_POLICY holds `{}`, which no browser knows", *wrong));
}

Judgement e024(const DjangoQuestion& question) {
  if (!question.at_least(400)) {
    return {{}, {}, "SECURE_CROSS_ORIGIN_OPENER_POLICY came with Django 4.0"};
  }
  constexpr auto kPolicies =
      std::to_array<std::string_view>({"same-origin", "same-origin-allow-popups", "unsafe-none"});
  const python_value policy = question.value("SECURE_CROSS_ORIGIN_OPENER_POLICY");
  if (policy.is_none()) return {};
  Truth wrong{std::nullopt, fmt::format("SECURE_CROSS_ORIGIN_OPENER_POLICY is not known: {}",
                                        readers::python::unknown_reason(policy))};
  if (!policy.is_unknown()) {
    wrong = {!policy.is(Type::text) ||
                 std::find(kPolicies.begin(), kPolicies.end(), policy.text()) == kPolicies.end(),
             {}};
  }
  return question.judge(
      security_middleware(question) && wrong, "SECURE_CROSS_ORIGIN_OPENER_POLICY",
      fmt::format("SECURE_CROSS_ORIGIN_OPENER_POLICY is {}, which no browser knows", show(policy)));
}

Judgement w026(const DjangoQuestion& question) {
  if (!question.at_least(600)) return {{}, {}, "SECURE_CSP came with Django 6.0"};
  Judgement judgement;
  for (const std::string_view name : {"SECURE_CSP", "SECURE_CSP_REPORT_ONLY"}) {
    const python_value policy = question.value(name);
    if (policy.is_none() || policy.is(Type::dict)) continue;
    if (policy.is_unknown()) {
      if (policy.hint() == Type::dict) continue;
      judgement.unknown = fmt::format("{} is not known: {}", name, policy.reason());
      continue;
    }
    judgement.complaints.push_back(
        question.about(name, fmt::format("{} is {}, and has to be a dict", name, show(policy))));
  }
  return judgement;
}

constexpr auto kChecks = std::to_array<DjangoCheck>({
    {"security.W001", "SecurityMiddleware is not in MIDDLEWARE", w001},
    {"security.W002", "XFrameOptionsMiddleware is not in MIDDLEWARE", w002},
    {"security.W003", "CsrfViewMiddleware is not in MIDDLEWARE", w003},
    {"security.W004", "SECURE_HSTS_SECONDS is not set", w004},
    {"security.W005", "SECURE_HSTS_INCLUDE_SUBDOMAINS is not True", w005},
    {"security.W006", "SECURE_CONTENT_TYPE_NOSNIFF is not True", w006},
    {"security.W008", "SECURE_SSL_REDIRECT is not True", w008},
    {"security.W009", "SECRET_KEY is weak", w009},
    {"security.W010", "SESSION_COOKIE_SECURE is not True (also W011 and W012)", w010},
    {"security.W013", "SESSION_COOKIE_HTTPONLY is not True (also W014 and W015)", w013},
    {"security.W016", "CSRF_COOKIE_SECURE is not True", w016},
    {"security.W018", "DEBUG is on", w018},
    {"security.W019", "X_FRAME_OPTIONS is not DENY", w019},
    {"security.W020", "ALLOWED_HOSTS is empty", w020},
    {"security.W021", "SECURE_HSTS_PRELOAD is not True", w021},
    {"security.W022", "SECURE_REFERRER_POLICY is not set", w022},
    {"security.E023", "SECURE_REFERRER_POLICY is no policy", e023},
    {"security.E024", "SECURE_CROSS_ORIGIN_OPENER_POLICY is no policy", e024},
    {"security.W025", "a key of SECRET_KEY_FALLBACKS is weak", w025},
    {"security.W026", "SECURE_CSP is no dict", w026},
});

}  // namespace

std::span<const DjangoCheck> deploy_checks() { return kChecks; }

}  // namespace gate::checks
