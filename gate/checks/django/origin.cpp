// Where values come from: traps of truth, defaults that a missing variable brings into force, the
// settings module itself.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/django/judgement.h"

namespace gate::checks {
namespace {

using readers::django::DjangoSettings;
using readers::python::Type;

// Settings of which Django or a common app asks only whether they are true.
constexpr auto kBooleans = std::to_array<std::string_view>({
    "DEBUG",
    "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ALLOW_CREDENTIALS",
    "CORS_ORIGIN_ALLOW_ALL",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "CSRF_USE_SESSIONS",
    "EMAIL_USE_SSL",
    "EMAIL_USE_TLS",
    "SECURE_BROWSER_XSS_FILTER",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SECURE",
    "USE_TZ",
    "USE_X_FORWARDED_HOST",
});

// Whether a variable is a switch by its name: of others, bool() asks whether they are set.
bool is_switch(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"DEBUG", "USE", "ENABLE", "ENABLED", "DISABLE", "DISABLED", "IS", "ALLOW", "SECURE", "FLAG",
       "TESTING", "PRODUCTION", "REDIRECT", "VERBOSE"});
  std::string word;
  for (std::size_t at = 0; at <= name.size(); ++at) {
    if (at < name.size() && name[at] != '_') {
      word += name[at];
      continue;
    }
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    word.clear();
  }
  return false;
}

// The variable that an expression asks for: its first text in quotes.
std::string_view first_quoted(std::string_view expression) {
  const std::size_t begin = expression.find_first_of("\"'");
  if (begin == std::string_view::npos) return {};
  const std::size_t end = expression.find(expression[begin], begin + 1);
  if (end == std::string_view::npos) return {};
  return expression.substr(begin + 1, end - begin - 1);
}

Judgement bool_string_trap(const DjangoQuestion& question) {
  Judgement judgement;
  for (const readers::django::Notice& notice : question.settings().text_truths()) {
    if (!is_switch(first_quoted(notice.message))) continue;
    judgement.complaints.push_back(
        {fmt::format("`{}` is True for every text but the empty one, also for \"False\" and \"0\"",
                     notice.message),
         notice.place,
         {},
         notice.message});
  }
  for (const std::string_view name : kBooleans) {
    const python_value value = question.value(name);
    if (!value.from(readers::python::origin::environment)) continue;
    const bool text = value.is(Type::text) || value.is_none() ||
                      (value.is_unknown() && value.hint() != Type::boolean);
    // The default of a variable that is not set may be a bool; what it may be set to is a text.
    if (!text && !value.is(Type::boolean) && !value.is(Type::integer)) continue;
    judgement.complaints.push_back(
        question.about(name, fmt::format("{} is the text of a variable, and any text but the empty "
                                         "one is true, also \"False\" and \"0\"",
                                         name)));
  }
  return judgement;
}

// A value as it would be without the variables that it is made from.
struct Lacking {
  python_value value;
  Names variables;
};
Lacking without_its_variables(const DjangoQuestion& question, std::string_view name) {
  const python_value value = question.value(name);
  Names variables = variables_of(value);
  if (variables.empty()) return {value, {}};
  return {question.project().without(variables).find(name), std::move(variables)};
}

std::string names_of(const Names& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

Judgement debug_default_true(const DjangoQuestion& question) {
  const Lacking lacking = without_its_variables(question, "DEBUG");
  if (lacking.variables.empty()) return {};
  Truth on = truth(lacking.value);
  if (!on.value) on.why = fmt::format("DEBUG without {}: {}", names_of(lacking.variables), on.why);
  return question.judge(on, "DEBUG",
                        fmt::format("DEBUG is {} where {} is not set", show(lacking.value),
                                    names_of(lacking.variables)));
}

Judgement secret_default(const DjangoQuestion& question) {
  const Lacking lacking = without_its_variables(question, "SECRET_KEY");
  const python_value& key = lacking.value;
  // Unknown without its variable: it is demanded, or read from elsewhere.
  if (!key.is(Type::text) || key.text().empty()) return {};
  if (lacking.variables.empty()) {
    return question.judge({true, {}}, "SECRET_KEY", "SECRET_KEY is written in the source");
  }
  return question.judge({true, {}}, "SECRET_KEY",
                        fmt::format("SECRET_KEY falls back on a key in the source where {} is not "
                                    "set",
                                    names_of(lacking.variables)));
}

Judgement secret_random_default(const DjangoQuestion& question) {
  const Lacking lacking = without_its_variables(question, "SECRET_KEY");
  const bool random = lacking.value.from(readers::python::origin::random) ||
                      question.value("SECRET_KEY").from(readers::python::origin::random);
  return question.judge({random, {}}, "SECRET_KEY",
                        lacking.variables.empty()
                            ? "SECRET_KEY is another one at each start of a process"
                            : fmt::format("SECRET_KEY is another one at each start where {} is not "
                                          "set",
                                          names_of(lacking.variables)));
}

Judgement database_password(const DjangoQuestion& question) {
  Judgement judgement;
  const python_value databases = question.value("DATABASES");
  if (databases.is_unknown()) {
    return {{}, fmt::format("DATABASES is not known: {}", databases.reason()), {}};
  }
  if (!databases.is(Type::dict)) return {};
  for (const readers::python::Table::Entry& entry : databases.object()->content.table.entries()) {
    const std::optional<std::string> alias = readers::python::to_text(entry.key);
    if (!alias) continue;
    const python_value password = item(entry.value, "PASSWORD");
    Names variables = variables_of(password);
    // A whole database may come from one variable.
    for (const std::string& name : variables_of(item(entry.value, "NAME")))
      variables.insert(name);
    python_value fallback = password;
    if (!variables.empty()) {
      const DjangoSettings& without = question.project().without(variables);
      fallback = item(item(without.find("DATABASES"), *alias), "PASSWORD");
    }
    if (!fallback.is(Type::text) || fallback.text().empty()) continue;
    Complaint complaint = question.about(
        "DATABASES",
        variables.empty()
            ? fmt::format("the password of the database `{}` is written in the source", *alias)
            : fmt::format("the database `{}` falls back on a password in the source where {} is "
                          "not set",
                          *alias, names_of(variables)));
    complaint.identity += fmt::format(".{}.PASSWORD", *alias);
    judgement.complaints.push_back(std::move(complaint));
  }
  return judgement;
}

Judgement settings_module(const DjangoQuestion& question) {
  const std::string& module = question.settings().module();
  const std::string_view last = std::string_view(module).substr(
      module.rfind('.') == std::string::npos ? 0 : module.rfind('.') + 1);
  constexpr auto kWords = std::to_array<std::string_view>(
      {"local", "dev", "develop", "development", "debug", "test", "testing", "tests"});
  const auto is_development = [&](std::string_view word) {
    return last == word || last == fmt::format("settings_{}", word) ||
           last == fmt::format("{}_settings", word);
  };
  if (std::none_of(kWords.begin(), kWords.end(), is_development)) return {};
  // "wsgi.py:16" stands for a line of a file.
  const std::string& by = question.settings().decided_by();
  const std::string path = by.substr(0, by.find(':'));
  Complaint complaint{
      fmt::format("production loads `{}`, the settings of development ({})", module, by),
      {},
      {},
      module};
  if (question.project().files().find(path) != nullptr) complaint.place.path = path;
  return {{std::move(complaint)}, {}, {}};
}

Judgement silenced_checks(const DjangoQuestion& question) {
  const python_value silenced = question.value("SILENCED_SYSTEM_CHECKS");
  if (const auto* unknown = readers::python::find_unknown(silenced); unknown != nullptr) {
    return {{},
            fmt::format("SILENCED_SYSTEM_CHECKS is not known: {}",
                        readers::python::unknown_reason(silenced)),
            {}};
  }
  Judgement judgement;
  if (!silenced.is_sequence()) return judgement;
  for (const python_value& id : silenced.items()) {
    if (!id.is(Type::text) || !id.text().starts_with("security.")) continue;
    judgement.complaints.push_back(
        question.about("SILENCED_SYSTEM_CHECKS",
                       fmt::format("`{}` is silenced: Django says nothing of it", id.text())));
    judgement.complaints.back().identity = id.text();
  }
  return judgement;
}

constexpr auto kChecks = std::to_array<DjangoCheck>({
    {"bool-string-trap", "a switch is the text of a variable", bool_string_trap},
    {"debug-default-true", "DEBUG is on where its variable is not set", debug_default_true},
    {"secret-default", "SECRET_KEY is written in the source", secret_default},
    {"secret-random-default", "SECRET_KEY is another one at each start", secret_random_default},
    {"db-default-password", "the password of a database is written in the source",
     database_password},
    {"settings-module-dev", "production loads the settings of development", settings_module},
    {"silenced-checks", "checks of Django's security are silenced", silenced_checks},
});

}  // namespace

std::span<const DjangoCheck> origin_checks() { return kChecks; }

}  // namespace gate::checks
