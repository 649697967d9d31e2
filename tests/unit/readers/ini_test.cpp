#include "gate/readers/formats/ini.h"

#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/readers/spell.h"

namespace gate::readers {
namespace {

std::string ini(std::string_view text, IniDialect dialect) {
  const auto document =
      parse_ini(std::make_shared<base::Source>("x.ini", std::string(text)), dialect);
  if (!document) return document.error().message;
  std::string out;
  spell((*document)->root(), 0, out);
  return out;
}

TEST_CASE("php.ini: words, numbers, quotes, expressions; sections mean nothing") {
  CHECK(ini("[PHP]\ndisplay_errors = Off ; not here\nexpose_php=on\nmemory_limit = 128M\n"
            "max_execution_time = 30\nerror_reporting = E_ALL & ~E_DEPRECATED\nname = \"a; b\"\n"
            "empty =\nalone\nextension[] = a\nextension[] = b\n[Date]\nexpose_php = 0\n",
            IniDialect::php) == R"(a table
  true or false display_errors <display_errors> false at Off
  an integer expose_php <expose_php> 0 at 0
  a string memory_limit <memory_limit> "128M" at 128M
  an integer max_execution_time <max_execution_time> 30 at 30
  an integer error_reporting <error_reporting> 24575 at E_ALL & ~E_DEPRECATED
  a string name <name> "a; b" at "a; b"
  a string empty <empty> "" at 
  nothing alone <alone> at 
  a list extension <extension[]> at a
    a string "a" at a
    a string "b" at b
)");
  CHECK(ini("a = \"x\n", IniDialect::php) == "line 1, column 5: a quote that is never closed");
  CHECK(ini("= 1\n", IniDialect::php) == "line 1, column 1: a value without a key");
}

TEST_CASE("supervisor: a `;` behind white space cuts a command, indented lines go on") {
  CHECK(ini("; comment\n[program:worker]\ncommand=php artisan queue:work --tries=3 ; --timeout=60\n"
            "Environment = A=\"1;2\",\n  B=2 ; c\nnumprocs: 2\n",
            IniDialect::supervisor) == R"(a table
  a table program:worker <program:worker> at [program:worker]
    a string command <command> "php artisan queue:work --tries=3" at php artisan queue:work --tries=3
    a string environment <Environment> "A="1;2",
B=2"
    a string numprocs <numprocs> "2" at 2
)");
  CHECK(ini("[program:x\n", IniDialect::supervisor) ==
        "line 1, column 1: the section is not closed with `]`");
  CHECK(ini("[a]\nwords\n", IniDialect::supervisor) ==
        "line 2, column 1: a line that is not `key = value`");
}

TEST_CASE("redis.conf: a directive given several times is a list") {
  CHECK(ini("# comment\nbind 127.0.0.1 ::1\nsave 900 1\nsave 300 10\nrequirepass \"a b\"\nSAVE "
            "\"\"\n",
            IniDialect::redis) == R"(a table
  a string bind <bind> "127.0.0.1 ::1" at 127.0.0.1 ::1
  a list save <save> at 900 1
    a string "900 1" at 900 1
    a string "300 10" at 300 10
    a string "" at ""
  a string requirepass <requirepass> "a b" at "a b"
)");
  CHECK(ini("requirepass \"x\n", IniDialect::redis) ==
        "line 1, column 13: a quote that is never closed");
}

TEST_CASE("any other: sections, the last of doubles, texts as they stand") {
  CHECK(ini("top=1\n[a]\nk = v ; w\nk: x\n# c\n[a]\nl=m\n", IniDialect::plain) == R"(a table
  a string top <top> "1" at 1
  a table a <a> at [a]
    a string k <k> "x" at x
    a string l <l> "m" at m
)");
  CHECK(ini("", IniDialect::plain) == "a table\n");
  const std::string text = "[a]\nb = \"c\n  d\" ; e\nf[] = ~1 | 2\n'";
  for (const IniDialect dialect :
       {IniDialect::php, IniDialect::supervisor, IniDialect::redis, IniDialect::plain}) {
    for (std::size_t size = 0; size <= text.size(); ++size)
      CHECK_FALSE(ini(text.substr(0, size), dialect).empty());
  }
  CHECK(ini(std::string(5'000'000, 'x'), IniDialect::plain).find("5000000 bytes") !=
        std::string::npos);
}

}  // namespace
}  // namespace gate::readers
