// Which module holds Django's settings, and which packages a project demands.
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "gate/readers/settings/django/requirements.h"
#include "gate/readers/settings/django/settings.h"
#include "tests/unit/readers/django_support.h"

namespace gate::readers::django {
namespace {

using Files = std::map<std::string, std::string>;

const std::string kManage =
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.dev')\n";

DjangoSettings run(const Files& files, std::map<std::string, std::string> variables = {}) {
  return evaluate(test::MemoryFiles(files), test::MapEnvironment(std::move(variables)));
}

std::string module_of(const Files& files, std::map<std::string, std::string> variables = {}) {
  const DjangoSettings settings = run(files, std::move(variables));
  return settings.module() + " by " + settings.decided_by();
}

TEST_CASE("a project is one by its manage.py") {
  CHECK_FALSE(run({}).is_django());
  CHECK_FALSE(run({{"manage.py", "from flask_script import Manager\n"}}).is_django());
  CHECK(run({{"manage.py", kManage}}).is_django());
  CHECK(find_project(test::MemoryFiles({{"web/manage.py", kManage}})) == "web");
  CHECK(find_project(test::MemoryFiles({{"a/b/manage.py", kManage}, {"c/manage.py", kManage}})) ==
        "c");
  CHECK_FALSE(find_project(test::MemoryFiles({{"venv/x/manage.py", kManage}})));
}

TEST_CASE("the module is the one that production names") {
  const Files manage{{"manage.py", kManage}, {"shop/dev.py", ""}};
  CHECK(module_of(manage) == "shop.dev by manage.py");
  Files wsgi = manage;
  wsgi["shop/wsgi.py"] =
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.prod')\n";
  wsgi["shop/prod.py"] = "DEBUG = False\n";
  CHECK(module_of(wsgi) == "shop.prod by shop/wsgi.py");
  Files image = wsgi;
  image["Dockerfile"] =
      "FROM python\n# DJANGO_SETTINGS_MODULE=no\nENV DJANGO_SETTINGS_MODULE=shop.image\n";
  image["shop/image.py"] = "";
  CHECK(module_of(image) == "shop.image by Dockerfile:3");
  Files render = manage;
  render["render.yaml"] = "envVars:\n  - key: DJANGO_SETTINGS_MODULE\n    value: shop.render\n";
  CHECK(module_of(render) == "shop.render by render.yaml:2");
  CHECK(module_of(image, {{"DJANGO_SETTINGS_MODULE", "shop.prod"}}) ==
        "shop.prod by DJANGO_SETTINGS_MODULE=shop.prod (.env:1)");
}

TEST_CASE("what cannot be found is said") {
  CHECK(run({{"manage.py", kManage}}).trouble() ==
        "manage.py names the settings: the module `shop.dev` is not in the repository");
  CHECK(run({{"manage.py", "import django\n"}})
            .trouble()
            .starts_with("which module holds the settings is not known"));
  CHECK(run({{"manage.py", kManage + "from configurations.management import execute\n"},
             {"shop/dev.py", "class Dev: pass\n"}})
            .trouble()
            .find("django-configurations") != std::string::npos);
}

TEST_CASE("Django's defaults depend on its release") {
  const auto with = [](const std::string& requirement) {
    return run(
        {{"manage.py", kManage}, {"shop/dev.py", "X = 1\n"}, {"requirements.txt", requirement}});
  };
  const DjangoSettings old = with("Django==2.2.28\n");
  CHECK(old.release() == 202);
  CHECK_FALSE(old.find("SECURE_CONTENT_TYPE_NOSNIFF").truth());
  CHECK(with("django>=4.2,<5\n").release() == 402);
  CHECK(with("Django~=5.1\n").find("USE_TZ").truth());
  CHECK_FALSE(with("django>=3.2\n").release());
  CHECK(with("").is_set("X") == true);
  CHECK(with("").is_set("Y") == false);
  CHECK(with("").find("DEBUG").is(python::Type::boolean));
}

TEST_CASE("requirements are read from every usual file") {
  const Requirements lists(test::MemoryFiles({
                               {"requirements.txt",
                                "# comment\nDjango==4.2.1 ; python_version > '3'\n"
                                "django_environ[x]>=0.4,<0.5\n-r other.txt\n"
                                "git+https://example.org/x.git\nname @ https://x\n"},
                               {"requirements/dev.txt", "django-debug-toolbar\n"},
                               {"requirements/production.txt", "gunicorn\n"},
                           }),
                           "");
  REQUIRE(lists.find("django") != nullptr);
  CHECK(lists.find("DJANGO")->version == "4.2.1");
  CHECK(lists.find_module("environ")->version == "0.4");
  CHECK(lists.find_module("debug_toolbar")->production == false);
  CHECK(lists.find("gunicorn")->production);
  CHECK(lists.find("git") == nullptr);
  CHECK(lists.find("name") != nullptr);

  const Requirements poetry(
      test::MemoryFiles({{"pyproject.toml",
                          "[project]\ndependencies = [\n  \"django>=4.2,<5\",\n"
                          "  'psycopg2-binary',\n]\n[tool.poetry.dependencies]\n"
                          "celery = \"^5.3\"\nredis = {version = \"^5\"}\n"
                          "[tool.poetry.group.dev.dependencies]\npytest = \"^8\"\n"
                          "[tool.black]\nline-length = 100\n"},
                         {"poetry.lock", "[[package]]\nname = \"celery\"\nversion = \"5.3.6\"\n"}}),
      "");
  CHECK(poetry.find("django")->version == "4.2");
  CHECK(poetry.find_module("psycopg2") != nullptr);
  CHECK(poetry.find("celery")->version == "5.3.6");
  CHECK(poetry.find("redis")->version == "5");
  CHECK_FALSE(poetry.find("pytest")->production);
  CHECK(poetry.find("line-length") == nullptr);

  CHECK(release_of("4.2.11") == 402);
  CHECK(release_of("6") == 600);
  CHECK_FALSE(release_of("x"));
}

TEST_CASE("settings of a project in a folder are found from there") {
  const DjangoSettings settings = run({{"web/manage.py", kManage},
                                       {"web/shop/dev.py", "from . import other\nA = other.B\n"},
                                       {"web/shop/other.py", "B = __file__\n"}});
  CHECK(settings.path() == "web/shop/dev.py");
  CHECK(python::shown(settings.find("A")) == "\"<project>/web/shop/other.py\"");
}

}  // namespace
}  // namespace gate::readers::django
