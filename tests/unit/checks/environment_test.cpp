#include "gate/checks/environment.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/environment_load.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

namespace fs = std::filesystem;
using test::sample;
using Process = std::vector<std::pair<std::string, std::string>>;

policy::EnvironmentSource source(std::vector<std::string> files,
                                 std::vector<std::string> process = {}) {
  return {"production", std::move(files), std::move(process), "phpdotenv"};
}

std::string spell(const Environment& environment) {
  std::string text = fmt::format("from {}\n", fmt::join(environment.sources, ", "));
  for (const Variable& variable : environment.variables) {
    text += fmt::format("{}{} at {}:{}:{}\n", variable.key,
                        variable.has_value ? fmt::format("={}", variable.value) : " unset",
                        variable.place.path, variable.place.line, variable.place.column);
  }
  for (const RepeatedKey& repeated : environment.repeated) {
    text += fmt::format("{} again at line {} after {}\n", repeated.key, repeated.place.line,
                        repeated.earlier_line);
  }
  for (const finding::Finding& problem : environment.problems) {
    text += fmt::format("problem at {}:{}:{}: {}\n", problem.place.path, problem.place.line,
                        problem.place.column, problem.message);
  }
  for (const finding::Finding& quote : environment.open_quotes) {
    text += fmt::format("open quote at {}:{}:{}: {}\n", quote.place.path, quote.place.line,
                        quote.place.column, quote.message);
  }
  if (!environment.missing.empty()) text += fmt::format("missing: {}\n", environment.missing);
  if (!environment.refused.empty()) text += fmt::format("refused: {}\n", environment.refused);
  if (!environment.dropped.empty()) text += fmt::format("dropped: {}\n", environment.dropped);
  return text;
}

// A folder that is gone at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "gate-environment-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST_CASE("an environment is read from the judged files, with the places of its values") {
  const auto files = sample({{".env.production", "# c\nA=1\nB=\"x ${A}\"\nC\nD=\n"}});
  CHECK(spell(load_environment(source({"./.env.production"}), *files, {}, {})) ==
        "from .env.production\n"
        "A=1 at .env.production:2:3\n"
        "B=x 1 at .env.production:3:3\n"
        "C unset at .env.production:4:2\n"
        "D= at .env.production:5:3\n");
}

TEST_CASE("a variable without a value counts as not set") {
  const auto files = sample({{".env", "A=\nB\nC=1\nC\n"}});
  const Environment environment = load_environment(source({".env"}), *files, {}, {});
  REQUIRE(environment.find("A") != nullptr);
  CHECK(environment.find("A")->value.empty());
  CHECK(environment.find("B") == nullptr);
  CHECK(environment.find("C") == nullptr);
  CHECK(environment.find("NOPE") == nullptr);
}

TEST_CASE("a later file replaces an earlier one, the process both") {
  const auto files = sample({{"a.env", "A=1\nB=1\nC=1\n"}, {"b.env", "B=2\nC=2\nX=${A}${C}\n"}});
  const Process process{{"C", "3"}, {"APP_D", "4"}, {"HOME", "/root"}};
  CHECK(spell(load_environment(source({"a.env", "b.env"}, {"APP_*", "C"}), *files, {}, process)) ==
        "from a.env, b.env, process\n"
        "A=1 at a.env:1:3\n"
        "B=2 at b.env:1:3\n"
        "C=3 at :0:0\n"
        "X=13 at b.env:3:3\n"
        "APP_D=4 at :0:0\n");
}

TEST_CASE("the process is seen only where the policy asks for it") {
  const auto files = sample({{".env", "A=${HOME}\n"}});
  const Process process{{"HOME", "/root"}};
  CHECK(spell(load_environment(source({".env"}), *files, {}, process)) ==
        "from .env\nA=${HOME} at .env:1:3\n");
  CHECK(spell(load_environment(source({}, {"HOME"}), *files, {}, process)) ==
        "from process\nHOME=/root at :0:0\n");
}

TEST_CASE(
    "a declared file that is nowhere is missing, and so is a process without a variable of the "
    "name") {
  const auto files = sample({{".env", "A=1\n"}});
  CHECK(spell(load_environment(source({".env", ".env.production"}), *files, {}, {})) ==
        "from .env\nA=1 at .env:1:3\nmissing: `.env.production` is neither among the judged files "
        "nor on disk\n");
  CHECK(spell(load_environment(source({}, {"APP_*", "DB_*"}), *files, {}, {})) ==
        "from \nmissing: no variable of this process matches `APP_*`, `DB_*`\n");
}

TEST_CASE("a key set twice, and what the reader refuses or drops, is told with its place") {
  const auto files = sample(
      {{"twice", "A=1\nB=2\nA=3\nA=4\n"}, {"bad", "A=1\nB=x y\n"}, {"open", "A=1\nB=\"x\nC=1\n"}});
  CHECK(spell(load_environment(source({"twice"}), *files, {}, {})) ==
        "from twice\nA=4 at twice:4:3\nB=2 at twice:2:3\nA again at line 3 after 1\nA again at "
        "line 4 after 3\n");
  CHECK(spell(load_environment(source({"bad"}), *files, {}, {})) ==
        "from bad\nA=1 at bad:1:3\n"
        "problem at bad:2:5: white space in a value without quotes: phpdotenv refuses the whole "
        "file\n"
        "refused: bad:2:5: white space in a value without quotes: phpdotenv refuses the whole "
        "file\n");
  CHECK(
      spell(load_environment(source({"open"}), *files, {}, {})) ==
      "from open\nA=1 at open:1:3\n"
      "open quote at open:2:3: a quote that is never closed: phpdotenv drops this key and all that "
      "follow without a word\n"
      "dropped: open:2:3: a quote that is never closed: phpdotenv drops this key and all that "
      "follow without a word\n");
}

TEST_CASE("the dialect of a file is that of the program which reads it in production") {
  using Files = std::map<std::string, std::string>;
  struct Row {
    Files files;
    std::string dialect;
    std::string because;
  };
  const std::string compose = "services:\n  web:\n    env_file:\n      - ./.env.production\n";
  const std::vector<Row> rows{
      {{}, "compose", ""},
      {{{"artisan", ""}}, "phpdotenv", "artisan"},
      {{{"manage.py", ""}}, "python-dotenv", "manage.py"},
      {{{"composer.json", R"({"require": {"laravel/framework": "^11"}})"}, {"package.json", "{}"}},
       "phpdotenv",
       "laravel/framework in composer.json"},
      {{{"package.json", R"({"dependencies": {"next": "16", "dotenv": "17"}})"}},
       "next",
       "next in package.json"},
      {{{"package.json", R"({"dependencies": {"dotenv": "17"}})"}},
       "node",
       "dotenv in package.json"},
      {{{"package.json", "{}"}}, "node", "package.json"},
      {{{"requirements.txt", "Django==5.1\ndjango-environ>=0.11\n"}},
       "django-environ",
       "django-environ in requirements.txt"},
      {{{"requirements.txt", "Django\npython-decouple\n"}},
       "decouple",
       "python-decouple in requirements.txt"},
      {{{"requirements.txt", "Django==5.1\n"}}, "python-dotenv", "django in requirements.txt"},
      {{{"docker-compose.prod.yml", compose}, {"requirements.txt", "Django\n"}},
       "compose",
       "env_file in docker-compose.prod.yml"},
      {{{"docker-compose.yml", "services:\n  web:\n    env_file: .env.dev\n"}}, "compose", ""},
      {{{"compose.yml", "services:\n  web:\n    env_file: .env.production\n"}},
       "compose",
       "env_file in compose.yml"},
      {{{"deploy.sh", "set -a; . ./.env.production\n"}}, "bash", "sourced in deploy.sh"},
      {{{"Makefile", "run:\n\tdocker run --env-file .env.production app\n"}},
       "docker",
       "docker run --env-file in Makefile"},
  };
  for (const Row& row : rows) {
    Files all = row.files;
    all.emplace(".env.production", "A=1\n");
    policy::EnvironmentSource found = source({".env.production"});
    found.dialect = "auto";
    const Environment environment = load_environment(found, *sample(all), {}, {});
    INFO((row.files.empty() ? std::string("nothing") : row.files.begin()->first));
    CHECK(environment.dialect == row.dialect);
    CHECK(environment.dialect_because == row.because);
  }
  policy::EnvironmentSource declared = source({".env"});
  declared.dialect = "docker";
  const Environment environment =
      load_environment(declared, *sample({{".env", "A='x'\n"}, {"package.json", "{}"}}), {}, {});
  CHECK(environment.dialect_because.empty());
  CHECK(spell(environment) == "from .env\nA='x' at .env:1:3\n");
}

TEST_CASE("an evaluator sees a declared environment as complete, and none as unknown") {
  using State = readers::EnvironmentValue::State;
  const auto files = sample({{".env", "DEBUG=0\nSECRET_KEY=abcdef\nBARE\n"}});
  const Environment environment = load_environment(source({".env"}), *files, {}, {});
  const EnvironmentView view(&environment);
  CHECK(view.find("DEBUG").value == "0");
  CHECK(describe(*view.find("DEBUG").trace("DEBUG").last()) == "DEBUG=0 (.env:1)");
  CHECK(view.find("SECRET_KEY").secret);
  CHECK_FALSE(view.find("BARE").has_value);
  CHECK(view.find("NOWHERE").state == State::unset);
  CHECK(view.keys() == std::vector<std::string>{"DEBUG", "SECRET_KEY", "BARE"});
  CHECK(view.incomplete().empty());

  CHECK(EnvironmentView(nullptr).find("DEBUG").state == State::unknown);
  CHECK_FALSE(EnvironmentView(nullptr).incomplete().empty());
  const Environment refused =
      load_environment(source({".env"}), *sample({{".env", "A=b c\n"}}), {}, {});
  CHECK(EnvironmentView(&refused).find("A").state == State::unknown);
  CHECK(EnvironmentView(&refused).keys().empty());
}

TEST_CASE(
    "a file that is not among the judged files is read from disk, first beside them, then where it "
    "says") {
  const Folder folder;
  folder.write(".env.production", "A=disk\n");
  folder.write("both", "A=disk\n");
  const auto files = sample({{"both", "A=judged\n"}});
  CHECK(spell(load_environment(source({".env.production"}), *files, folder.path(), {})) ==
        "from .env.production\nA=disk at .env.production:1:3\n");
  CHECK(spell(load_environment(source({"both"}), *files, folder.path(), {})) ==
        "from both\nA=judged at both:1:3\n");
  CHECK(spell(load_environment(source({".env.production"}), *files, {}, {})) ==
        "from \nmissing: `.env.production` is neither among the judged files nor on disk\n");

  const std::string absolute = (folder.path() / ".env.production").string();
  CHECK(spell(load_environment(source({absolute}), *files, folder.path(), {})) ==
        "from .env.production\nA=disk at .env.production:1:3\n");
  CHECK(load_environment(source({absolute}), *files, "/nowhere", {}).sources ==
        std::vector<std::string>{absolute});
}

TEST_CASE("a symbolic link among the judged files is followed on disk only") {
  const Folder folder;
  folder.write(".env.real", "A=1\n");
  fs::create_symlink(".env.real", folder.path() / ".env");
  repo::SampleFile link;
  link.content = ".env.real";
  link.kind = repo::FileKind::symlink;
  const auto files = repo::sample_snapshot({{".env", link}});
  CHECK(spell(load_environment(source({".env"}), *files, folder.path(), {})) ==
        "from .env\nA=1 at .env:1:3\n");
  CHECK(load_environment(source({".env"}), *files, {}, {}).missing ==
        "`.env` is neither among the judged files nor on disk");
}

TEST_CASE("a file that cannot be read is refused, not missing") {
  const Folder folder;
  fs::create_directory(folder.path() / ".env");
  const Environment environment =
      load_environment(source({".env"}), *sample({}), folder.path(), {});
  CHECK(environment.missing.empty());
  CHECK_FALSE(environment.refused.empty());
}

}  // namespace
}  // namespace gate::checks
