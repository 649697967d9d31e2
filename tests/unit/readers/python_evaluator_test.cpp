// The evaluator of Python where no other program is the judge: what is not known, what is never
// guessed, limits, hostile input. tests/oracle/django compares whole settings with Django's own.
#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/readers/settings/python/evaluator.h"
#include "tests/unit/readers/django_support.h"

namespace gate::readers::python {
namespace {

using Files = std::map<std::string, std::string>;
using Variables = std::map<std::string, std::string>;

// A module `m` that was run; answers for its names.
class Run {
 public:
  explicit Run(const std::string& text, Variables variables = {}, Files files = {},
               std::string incomplete = {})
      : files_(with(std::move(files), text)),
        environment_(std::move(variables), std::move(incomplete)),
        evaluator_(files_, environment_, options()),
        module_(evaluator_.import_module("m")) {}

  // The value as Python writes it, or "?" and why it is not known; "-" where it is not set.
  [[nodiscard]] std::string operator[](std::string_view name) const {
    const Content& content = module_.object()->content;
    const Value* value = content.table.find(name);
    if (value == nullptr) return content.others.empty() ? "-" : "? " + content.others;
    if (const std::string reason = unknown_reason(*value); !reason.empty()) return "? " + reason;
    return show_project_mark(to_repr(*value).value_or("!"));
  }
  [[nodiscard]] bool known(std::string_view name) const { return !(*this)[name].starts_with('?'); }
  [[nodiscard]] std::vector<std::string> trace(std::string_view name) const {
    std::vector<std::string> lines;
    for (const TraceStep& step : module_.object()->content.table.find(name)->trace().steps()) {
      lines.push_back(describe(step));
    }
    return lines;
  }
  [[nodiscard]] std::string problem() const {
    return evaluator_.problems().empty() ? "" : evaluator_.problems().front().message;
  }
  [[nodiscard]] const Evaluator& evaluator() const { return evaluator_; }

 private:
  static Files with(Files files, const std::string& text) {
    files["m.py"] = text;
    return files;
  }
  static Evaluator::Options options() {
    Evaluator::Options options;
    options.installed = [](std::string_view module) -> std::optional<bool> {
      if (module == "absent_package") return false;
      if (module == "present_package") return true;
      return std::nullopt;
    };
    return options;
  }

  test::MemoryFiles files_;
  test::MapEnvironment environment_;
  Evaluator evaluator_;
  Value module_;
};

TEST_CASE("a value has the trace of where it came from") {
  const Run run(
      "import os\n"
      "DEBUG = bool(os.environ.get('DEBUG'))\n"
      "HOSTS = ['a']\n"
      "HOSTS += ['b']\n"
      "SECRET_KEY = os.environ.get('NAME', 'fallback')\n",
      {{"DEBUG", "0"}, {"NAME", "hidden"}});
  CHECK(run.trace("DEBUG") ==
        std::vector<std::string>{"DEBUG=0 (.env:1)", "bool(\"0\") is True (m.py:2)"});
  CHECK(run.trace("HOSTS") ==
        std::vector<std::string>{"HOSTS = ['a'] (m.py:3)", "HOSTS += ['b'] (m.py:4)"});
  // What ends up as a secret is told without its value.
  CHECK(run.trace("SECRET_KEY") ==
        std::vector<std::string>{"NAME is set (.env:1)", "SECRET_KEY = 6 characters (m.py:5)"});
  CHECK(run.evaluator().text_truths().size() == 1);
}

TEST_CASE("both ways of an unknown condition are run") {
  const Run run(
      "import socket\n"
      "A = B = 1\n"
      "L = ['x']\n"
      "D = {'k': 1}\n"
      "if socket.gethostname() == 'a':\n"
      "    A = 2\n"
      "    B = 1\n"
      "    L.append('y')\n"
      "    D['k'] = 2\n"
      "    NEW = 1\n"
      "else:\n"
      "    C = 3\n"
      "FIRST = L[0]\n"
      "HAS = 'x' in L\n"
      "MAYBE = 'y' in L\n"
      "SAME = 5 if socket.gethostname() else 5\n"
      "OTHER = 5 if socket.gethostname() else 6\n");
  CHECK_FALSE(run.known("A"));
  CHECK(run["B"] == "1");
  CHECK_FALSE(run.known("C"));
  CHECK_FALSE(run.known("NEW"));
  CHECK_FALSE(run.known("L"));
  CHECK(run["FIRST"] == "'x'");
  CHECK(run["HAS"] == "True");
  CHECK_FALSE(run.known("MAYBE"));
  CHECK_FALSE(run.known("D"));
  CHECK(run["SAME"] == "5");
  CHECK_FALSE(run.known("OTHER"));
}

TEST_CASE("a guard that raises does not make the rest unknown") {
  const Run run(
      "import os\n"
      "if not os.environ.get('KEY'):\n"
      "    raise RuntimeError('KEY is needed')\n"
      "X = 1\n",
      {}, {}, "no environment is declared");
  CHECK(run["X"] == "1");
}

TEST_CASE("what stops the program is told, and the rest is not known") {
  const Run run("A = 1\nraise ValueError('no')\nB = 2\n");
  CHECK(run.problem() == "ValueError: no");
  CHECK_FALSE(run.known("A"));
  CHECK_FALSE(run.known("B"));
  const Run missing("import os\nA = os.environ['KEY']\nB = 2\n");
  CHECK(missing.problem() == "KeyError: KEY is not set");
  CHECK(missing["A"] == "? KeyError: KEY is not set");
  CHECK(missing["B"] == "2");
}

TEST_CASE("a variable of which nothing is known makes unknown") {
  const Run run(
      "import os\n"
      "A = os.environ.get('A', '1') == '1'\n"
      "B = 'A' in os.environ\n"
      "C = os.environ.get('A') and False\n"
      "try:\n"
      "    D = os.environ['A']\n"
      "except KeyError:\n"
      "    D = None\n"
      "E = 1\n",
      {}, {}, "no environment is declared");
  CHECK(run["A"] == "? no environment is declared");
  CHECK_FALSE(run.known("B"));
  CHECK_FALSE(run.known("C"));
  CHECK_FALSE(run.known("D"));
  CHECK(run["E"] == "1");
}

TEST_CASE("unknown code may change what it is given") {
  const Run run(
      "import third_party\n"
      "from third_party import thing\n"
      "A = [1]\n"
      "B = [1]\n"
      "C = 'text'\n"
      "third_party.change(A)\n"
      "thing(C)\n"
      "D = thing.attribute + 1\n");
  CHECK_FALSE(run.known("A"));
  CHECK(run["B"] == "[1]");
  CHECK(run["C"] == "'text'");
  CHECK_FALSE(run.known("D"));
  CHECK_FALSE(Run("import other\nA = 1\nother.settings(locals())\n").known("A"));
  CHECK_FALSE(Run("A = 1\nexec('A = 2')\n").known("A"));
  CHECK_FALSE(Run("A = 1\nfrom third_party import *\n").known("A"));
  CHECK(Run("from third_party import *\nA = 1\n")["A"] == "1");
  CHECK_FALSE(Run("from third_party import *\n").known("B"));
  CHECK_FALSE(Run("A = 1\nlocals().update(unknown())\nunknown = 1\n").known("A"));
}

TEST_CASE("loops over what is not known may have done anything") {
  const Run run(
      "import os\n"
      "A = []\n"
      "B = {}\n"
      "for name in os.listdir('.'):\n"
      "    A.append(name)\n"
      "    B[name] = 1\n"
      "    C = name\n"
      "    break\n"
      "D = 4\n");
  CHECK_FALSE(run.known("A"));
  CHECK_FALSE(run.known("B"));
  CHECK_FALSE(run.known("C"));
  CHECK(run["D"] == "4");
}

TEST_CASE("an exception that may be raised leaves what both ways agree on") {
  const Run run(
      "try:\n"
      "    import third_party\n"
      "    A = True\n"
      "    APPS = ['x', 'third']\n"
      "except ImportError:\n"
      "    A = False\n"
      "    APPS = ['x']\n"
      "HAS = 'x' in APPS\n"
      "try:\n"
      "    import absent_package\n"
      "    B = 1\n"
      "except ImportError:\n"
      "    B = 2\n"
      "try:\n"
      "    import present_package\n"
      "    C = 1\n"
      "except ImportError:\n"
      "    C = 2\n"
      "try:\n"
      "    from .local import *\n"
      "except ImportError:\n"
      "    D = 2\n");
  CHECK_FALSE(run.known("A"));
  CHECK(run["HAS"] == "True");
  CHECK(run["B"] == "2");
  CHECK(run["C"] == "1");
  CHECK(run["D"] == "2");
}

TEST_CASE("a function that returns on one way only has no known value") {
  const Run run(
      "import socket\n"
      "CALLS = []\n"
      "def f():\n"
      "    if socket.gethostname():\n"
      "        return 1\n"
      "    CALLS.append(1)\n"
      "    return 2\n"
      "def g():\n"
      "    if socket.gethostname():\n"
      "        return 1\n"
      "    else:\n"
      "        return 1\n"
      "A = f()\n"
      "B = g()\n"
      "C = CALLS\n");
  CHECK_FALSE(run.known("A"));
  CHECK(run["B"] == "1");
  CHECK_FALSE(run.known("C"));
}

TEST_CASE("paths lie below the project, wherever that is") {
  const Run run(
      "import os\n"
      "from pathlib import Path\n"
      "BASE = Path(__file__).resolve().parent\n"
      "A = str(BASE / 'static')\n"
      "B = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'x')\n"
      "C = BASE == Path('/srv')\n"
      "D = A.startswith('/srv')\n"
      "E = A.endswith('static')\n"
      "F = os.path.exists(BASE / 'm.py')\n"
      "G = os.path.exists(BASE / 'nothing')\n"
      "H = A.upper()\n"
      "I = len(A)\n"
      "J = bool(A)\n");
  CHECK(run["A"] == "'<project>/static'");
  CHECK(run["B"] == "'<project>/x'");
  CHECK_FALSE(run.known("C"));
  CHECK_FALSE(run.known("D"));
  CHECK(run["E"] == "True");
  CHECK(run["F"] == "True");
  CHECK_FALSE(run.known("G"));
  CHECK_FALSE(run.known("H"));
  CHECK_FALSE(run.known("I"));
  CHECK(run["J"] == "True");
}

TEST_CASE("the program is a server that was started by no word of manage.py") {
  const Run run(
      "import sys\n"
      "TESTING = 'test' in sys.argv\n"
      "PYTEST = 'pytest' in sys.modules\n"
      "A = sys.argv[1] == 'test'\n"
      "B = len(sys.argv) > 1 and sys.argv[1] == 'test'\n"
      "C = sys.version_info >= (3, 8)\n"
      "D = sys.version_info < (3,)\n");
  CHECK(run["TESTING"] == "False");
  CHECK(run["PYTEST"] == "False");
  CHECK(run["A"] == "False");
  CHECK(run["B"] == "False");
  CHECK_FALSE(run.known("C"));
  CHECK(run["D"] == "False");
}

TEST_CASE("modules that import each other end") {
  const Run run("from n import *\nA = B + 1\n", {}, {{"n.py", "from m import *\nB = 1\n"}});
  CHECK(run["A"] == "2");
  const Run itself("from m import *\nA = 1\n");
  CHECK(itself["A"] == "1");
  const Run broken("import n\nA = 1\n", {}, {{"n.py", "x = (\n"}});
  CHECK(broken["A"] == "1");
  CHECK(broken.problem().starts_with("n.py cannot be read as Python: line 1, column 5"));
}

TEST_CASE("split_settings runs files among the names of the one that asks") {
  const Run run(
      "from split_settings.tools import include, optional\n"
      "A = 1\n"
      "include('parts/*.py', optional('local.py'))\n"
      "E = __file__\n",
      {}, {{"parts/a.py", "B = A + 1\n"}, {"parts/b.py", "C = B + 1\nA = 5\nD = __file__\n"}});
  CHECK(run["A"] == "5");
  CHECK(run["C"] == "3");
  CHECK(run["D"] == "'<project>/parts/b.py'");
  CHECK(run["E"] == "'<project>/m.py'");
}

TEST_CASE("a database URL becomes a dict, what its version decides stays open") {
  const Run run(
      "import dj_database_url, environ\n"
      "env = environ.Env()\n"
      "A = dj_database_url.parse('postgres://u:p%40x@db:5432/shop', conn_max_age=60)\n"
      "B = env.db('DATABASE_URL')\n"
      "C = A['NAME'], A['PASSWORD'], A['ENGINE'], A['CONN_MAX_AGE']\n"
      "D = dj_database_url.config()\n"
      "E = dj_database_url.config(env='NONE', default='sqlite:///x.db')['NAME']\n",
      {{"DATABASE_URL", "mysql://root@localhost/shop"}});
  CHECK(run["C"] == "('shop', 'p@x', 'django.db.backends.postgresql', 60)");
  CHECK_FALSE(run.known("A"));
  CHECK(run["B"] ==
        "{'NAME': 'shop', 'USER': 'root', 'PASSWORD': '', 'HOST': 'localhost', 'PORT': '', "
        "'ENGINE': 'django.db.backends.mysql'}");
  CHECK_FALSE(run.known("D"));
  CHECK(run["E"] == "'x.db'");
}

TEST_CASE("YAML is read as PyYAML reads it, or not at all") {
  const Run run(
      "import yaml, os\n"
      "with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'c.yml')) as f:\n"
      "    C = yaml.safe_load(f)\n"
      "A = C['debug'], C['quoted'], C['hosts'], C['ip'], C['none'], C['n']\n"
      "OCTAL = C['mode']\n"
      "TIME = C['time']\n"
      "DAY = C['day']\n",
      {},
      {{"c.yml",
        "debug: no\nquoted: \"no\"\nhosts: [a.example.org, on]\nip: 10.0.0.1\nnone: ~\nn: -3\n"
        "mode: 0644\ntime: 12:30\nday: 2026-01-31\n"}});
  CHECK(run["A"] == "(False, 'no', ['a.example.org', True], '10.0.0.1', None, -3)");
  CHECK_FALSE(run.known("OCTAL"));
  CHECK_FALSE(run.known("TIME"));
  CHECK_FALSE(run.known("DAY"));
}

TEST_CASE("django-environ of no version casts by its defaults, as the newest does") {
  const Run run(
      "import environ\n"
      "env = environ.Env(SCHEME=(bool, None))\n"
      "A = env('FLAG', default=False), env('FLAG', default=True), env('NUMBER', default=1)\n"
      "B = env('LIST', default=[]), env('TEXT', default='x'), env('EMPTY', default=None)\n"
      "C = env('UNSET', default=None), env('UNSET', default=False), env('SCHEME')\n",
      {{"FLAG", "False"},
       {"NUMBER", "7"},
       {"LIST", "a,b"},
       {"TEXT", "t"},
       {"EMPTY", ""},
       {"SCHEME", ""}});
  CHECK(run["A"] == "(False, False, 7)");
  CHECK(run["B"] == "(['a', 'b'], 't', None)");
  CHECK(run["C"] == "(None, False, None)");
}

TEST_CASE("the URL of a cache names its backend") {
  const Run run(
      "import environ\n"
      "env = environ.Env()\n"
      "A = env.cache('NONE', default='locmemcache://')['BACKEND']\n"
      "B = env.cache()['BACKEND']\n"
      "C = env.cache('REDIS')['BACKEND']\n"
      "D = env.cache()\n",
      {{"CACHE_URL", "dbcache://table"}, {"REDIS", "redis://cache:6379/1"}});
  CHECK(run["A"] == "'django.core.cache.backends.locmem.LocMemCache'");
  CHECK(run["B"] == "'django.core.cache.backends.db.DatabaseCache'");
  CHECK_FALSE(run.known("C"));
  CHECK_FALSE(run.known("D"));
}

TEST_CASE("environs") {
  const Run run(
      "from environs import Env, EnvError\n"
      "env = Env()\n"
      "env.read_env()\n"
      "A = env.bool('ON'), env.bool('OFF', default=True), env.bool('UNSET', default=False)\n"
      "B = env('TEXT'), env.str('UNSET', 'x'), env.int('NUMBER'), env('UNSET', default=None)\n"
      "C = env.list('LIST'), env.list('LIST', subcast=str), env.list('UNSET', default=[])\n"
      "D = env.dj_db_url('UNSET', default='postgres://shop@db/shop')['HOST']\n"
      "E = env.list('SPACED')\n"
      "try:\n    F = env.bool('TEXT')\nexcept EnvError:\n    F = 'no'\n"
      "try:\n    G = env('UNSET')\nexcept ValueError:\n    G = 'no'\n"
      "H = bool(env('OFF'))\n",
      {{"ON", "yes"},
       {"OFF", "False"},
       {"TEXT", "t x"},
       {"NUMBER", "7"},
       {"LIST", "a,b"},
       {"SPACED", "a, b"}});
  CHECK(run["A"] == "(True, False, False)");
  CHECK(run["B"] == "('t x', 'x', 7, None)");
  CHECK(run["C"] == "(['a', 'b'], ['a', 'b'], [])");
  CHECK(run["D"] == "'db'");
  CHECK_FALSE(run.known("E"));
  CHECK(run["F"] == "'no'");
  CHECK(run["G"] == "'no'");
  CHECK(run["H"] == "True");
}

TEST_CASE("random values say that they are") {
  const Run run(
      "import secrets, random\n"
      "from django.core.management.utils import get_random_secret_key\n"
      "A = get_random_secret_key()\n"
      "B = secrets.token_urlsafe(50)\n"
      "C = ''.join(random.choice('ab') for i in range(50))\n");
  for (const std::string_view name : {"A", "B", "C"})
    CHECK_FALSE(run.known(name));
}

TEST_CASE("hostile programs end at a limit") {
  CHECK(Run("A = 1\nwhile True:\n    A = A + 1\n").problem().find("more steps") !=
        std::string::npos);
  CHECK_FALSE(Run("def f(n):\n    return f(n + 1)\nA = f(0)\n").known("A"));
  CHECK_FALSE(Run("A = 'x' * 10**9\n").known("A"));
  CHECK_FALSE(Run("A = [0] * 10**9\n").known("A"));
  CHECK_FALSE(Run("A = list(range(10**12))\n").known("A"));
  CHECK_FALSE(Run("A = 10**100\n").known("A"));
  CHECK_FALSE(Run("A = 'x'\nfor i in range(64):\n    A = A + A\n").known("A"));
  const Run self("A = []\nA.append(A)\nB = A == A\nC = str(A)\n");
  CHECK(self["B"] == "True");
  CHECK_FALSE(self.known("C"));
  std::string deep = "A = []\n";
  for (int level = 0; level < 300; ++level)
    deep += "A = [A]\n";
  CHECK_FALSE(Run(deep + "B = str(A)\n").known("B"));
  const Run nested("A = []\nfor i in range(90000):\n    A = [A]\nB = 1\n");
  CHECK_FALSE(nested.known("A"));
  CHECK(nested["B"] == "1");
  const Run closures(
      "def f(g):\n    def h():\n        return g\n    return h\nA = 1\n"
      "for i in range(20000):\n    A = f(A)\nB = 1\n");
  CHECK(closures["B"] == "1");
  CHECK(Run("import os\nX = os.environ.get('X', '')\nA = ''\nfor i in range(20000):\n"
            "    A = (A + X)[:1]\n")
            .known("A"));
  std::string fan = "import os\nA = os.getpid()\n";
  for (int level = 0; level < 40; ++level)
    fan += "if A == 1:\n    A = A + 1\nelse:\n    A = A + 2\n";
  CHECK_FALSE(Run(fan).known("A"));
}

}  // namespace
}  // namespace gate::readers::python
