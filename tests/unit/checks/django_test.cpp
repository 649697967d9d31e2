#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/checks/environment_load.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using test::RuleUnderTest;
using test::sample;
using Files = std::map<std::string, std::string>;

const std::string kManage =
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n";

// Judges settings.py, with an environment or, for a null one, without.
std::string judge(const std::string& check, const std::string& settings,
                  const char* variables = "X=1\n", Files files = {}) {
  const RuleUnderTest rule("django", "check = \"" + check + "\"");
  CHECK(rule.mistakes().empty());
  files.emplace("manage.py", kManage);
  files.emplace("settings.py", settings);
  if (variables != nullptr) files[".env.production"] = variables;
  const auto snapshot = sample(files);
  Environment environment;
  if (variables != nullptr) {
    environment =
        load_environment({"production", {".env.production"}, {}, "auto"}, *snapshot, {}, {});
  }
  Context context{*snapshot};
  context.environment = variables == nullptr ? nullptr : &environment;
  return test::spell(rule.run(context));
}

const std::string kSecurity = "MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']\n";

TEST_CASE("a check has a name") {
  CHECK(RuleUnderTest("django", "").mistakes().find("`check` is missing") != std::string::npos);
  CHECK(RuleUnderTest("django", "check = \"security.W04\"").mistakes().find("security.W004") !=
        std::string::npos);
}

TEST_CASE("only projects of Django are asked") {
  const RuleUnderTest rule("django", "check = \"security.W018\"");
  const auto snapshot = sample({{"README", "x"}});
  CHECK(test::spell(rule.run(Context{*snapshot})) ==
        "not_applicable: there is no manage.py of Django");
}

TEST_CASE("what is not known is never a pass") {
  const std::string unknown = "from third_party import *\n";
  CHECK(judge("security.W018", unknown) ==
        "could_not_run: DEBUG is not known: `third_party` is not in the repository");
  // What holds whatever is unknown is decided.
  CHECK(judge("security.W018", unknown + "DEBUG = False\n") == "passed");
  CHECK(judge("security.W004", unknown + "SECURE_HSTS_SECONDS = 60\n") == "passed");
  CHECK(judge("security.W001", "import third\n" + kSecurity + "MIDDLEWARE += third.MORE\n") ==
        "passed");
  CHECK(judge("security.W002", "import third\n" + kSecurity + "MIDDLEWARE += third.MORE\n") ==
        "could_not_run: MIDDLEWARE is not known: `third` is not in the repository");
}

TEST_CASE("without an environment, what depends on it is not asked") {
  const std::string settings = "import os\nDEBUG = os.environ.get('DEBUG') == '1'\nX = 1\n";
  CHECK(judge("security.W018", settings, nullptr).starts_with("not_applicable: it depends on the"));
  CHECK(judge("security.W018", "DEBUG = True\n", nullptr).starts_with("failed\nsettings.py:1:1"));
}

TEST_CASE("settings that do not start say what to set") {
  CHECK(judge("security.W009", "import os\nSECRET_KEY = os.environ['SECRET_KEY']\n") ==
        "could_not_run: KeyError: SECRET_KEY is not set; Django does not "
        "start: mend settings.py:2, or set what it asks for");
  CHECK(judge("security.W018", "DEBUG = (\n")
            .starts_with("could_not_run: settings.py cannot be read as Python"));
}

TEST_CASE("the settings module has to be there") {
  CHECK(
      judge("security.W018", "", "X=1\n",
            {{"manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'gone')\n"}})
          .starts_with(
              "could_not_run: manage.py names the settings: the module `gone` is not in the "
              "repository; set DJANGO_SETTINGS_MODULE"));
}

TEST_CASE("what Django is told to be silent about stays silent") {
  CHECK(judge("security.W004", kSecurity + "SILENCED_SYSTEM_CHECKS = ['security.W004']\n") ==
        "passed");
  const std::string sessions = "INSTALLED_APPS = ['django.contrib.sessions']\n";
  CHECK(judge("security.W010", sessions + "SILENCED_SYSTEM_CHECKS = ['security.W010']\n") ==
        "passed");
  CHECK(judge("security.W010", sessions + "SILENCED_SYSTEM_CHECKS = ['security.W012']\n")
            .starts_with("failed"));
  CHECK(judge("security.W010",
              "MIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware']\n" + sessions +
                  "SILENCED_SYSTEM_CHECKS = ['security.W010']\n")
            .starts_with("failed"));
}

TEST_CASE("truth is Django's of its release") {
  const std::string text =
      "INSTALLED_APPS = ['django.contrib.sessions']\n"
      "SESSION_COOKIE_SECURE = '1'\n";
  CHECK(judge("security.W010", text).starts_with("failed"));
  CHECK(judge("security.W010", text, "X=1\n", {{"requirements.txt", "Django==3.2.25\n"}}) ==
        "passed");
  CHECK(judge("security.W026", "SECURE_CSP = 'x'\n", "X=1\n",
              {{"requirements.txt", "Django==5.2\n"}}) ==
        "not_applicable: SECURE_CSP came with Django 6.0");
  CHECK(judge("security.W008", kSecurity + "SECURE_SSL_REDIRECT = 1\n").starts_with("failed"));
}

TEST_CASE("findings name the value and stand where it was written") {
  CHECK(judge("security.W018", "import os\nDEBUG = bool(os.environ.get('DEBUG'))\n", "DEBUG=0\n") ==
        "failed\nsettings.py:2:9 DEBUG is True: errors show source, settings and environment to "
        "visitors");
  CHECK(judge("security.W009", "SECRET_KEY = 'a' * 60\n") ==
        "failed\nsettings.py:1:1 SECRET_KEY has less than 5 different characters");
  CHECK(
      judge("security.W025", "SECRET_KEY_FALLBACKS = ['x', 'y' * 60]\n") ==
      "failed\nsettings.py:1:1 SECRET_KEY_FALLBACKS[0] has 1 characters, and needs 50 that nobody "
      "can guess\nsettings.py:1:1 SECRET_KEY_FALLBACKS[1] has less than 5 different characters");
  CHECK(judge("security.E023", kSecurity + "SECURE_REFERRER_POLICY = ['no-referrer', 'x']\n") ==
        "failed\nsettings.py:2:1 SECURE_REFERRER_POLICY holds `x`, which no browser knows");
}

TEST_CASE("defaults are judged as if the variable were lost") {
  const std::string key = "SECRET_KEY=k9vX2mQ7pL4zR8tW1yB5nD3fG6hJ0cEuAsIoTqwMrNbVxZyPk2s\n";
  const std::string settings = "import os\nSECRET_KEY = os.environ.get('SECRET_KEY', 'dev')\n";
  CHECK(judge("security.W009", settings, key.c_str()) == "passed");
  CHECK(judge("secret-default", settings, key.c_str()) ==
        "failed\nsettings.py:2:1 SECRET_KEY falls back on a key in the source where SECRET_KEY is "
        "not "
        "set");
  CHECK(judge("secret-default", settings, nullptr).starts_with("failed"));
  CHECK(judge("secret-default", "import os\nSECRET_KEY = os.environ['SECRET_KEY']\n",
              key.c_str()) == "passed");
  const std::string guarded =
      "import os\nDEBUG = os.environ.get('DEBUG', '1') == '1'\n"
      "SECRET_KEY = 'dev' if DEBUG else os.environ['SECRET_KEY']\n";
  CHECK(judge("secret-default", guarded, ("DEBUG=0\n" + key).c_str()).starts_with("failed"));
  CHECK(judge("db-default-password",
              "import os\nDATABASES = {'default': {'PASSWORD': os.environ.get('PW', 'x')}}\n",
              "PW=secret\n") ==
        "failed\nsettings.py:2:1 the database `default` falls back on a password in the source "
        "where PW "
        "is not set");
}

TEST_CASE("switches are told from what is only asked to be there") {
  CHECK(judge("bool-string-trap", "import os\nA = bool(os.environ.get('SENTRY_DSN'))\n") ==
        "passed");
  CHECK(judge("bool-string-trap", "import os\nA = bool(os.environ.get('USE_S3'))\n") ==
        "failed\nsettings.py:2:5 `bool(os.environ.get('USE_S3'))` is True for every text but the "
        "empty "
        "one, also for \"False\" and \"0\"");
  CHECK(judge("bool-string-trap",
              "import environ\nenv = environ.Env()\nDEBUG = env('DEBUG', default='x')\n")
            .starts_with("failed"));
  CHECK(judge("bool-string-trap",
              "import environ\nenv = environ.Env()\nDEBUG = env.bool('DEBUG', False)\n") ==
        "passed");
  CHECK(judge("bool-string-trap",
              "from decouple import config\nDEBUG = config('DEBUG', default=False)\n")
            .starts_with("failed"));
  CHECK(judge("bool-string-trap",
              "from decouple import config\nDEBUG = config('DEBUG', default=False, cast=bool)\n") ==
        "passed");
}

}  // namespace
}  // namespace gate::checks
