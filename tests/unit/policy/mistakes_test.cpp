// Every message about a mistake in a policy, whole.
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "support.h"

namespace gate::policy::test {
namespace {

struct Mistake {
  std::string_view name;
  Texts files;
  std::string_view wanted;
};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> kMistakes = {
      {"an unknown key and an unknown table",
       {{"gate.toml", R"([gate]
pack = []
packs = []
[varz]
a = 1
)"}},
       R"(error: unknown key `pack`
 --> gate.toml:2:1
  |
2 | pack = []
  | ^^^^
  = help: did you mean `packs`?

error: unknown key `varz`
 --> gate.toml:4:2
  |
4 | [varz]
  |  ^^^^
  = help: did you mean `vars`?
)"},
      {"a version that this gate does not know",
       {{"gate.toml", R"([gate]
version = 2
pakcs = 1
)"}},
       R"(error: this gate reads policies of version 1, not 2
 --> gate.toml:2:11
  |
2 | version = 2
  |           ^
  = help: a newer gate may know it
)"},
      {"a version of no policy",
       {{"gate.toml", R"([gate]
version = 0
)"}},
       R"(error: this gate reads policies of version 1, not 0
 --> gate.toml:2:11
  |
2 | version = 0
  |           ^
  = help: write `version = 1`
)"},
      {"a version that is a text",
       {{"gate.toml", R"([gate]
version = "1"
)"}},
       R"(error: `version` must be an integer, not a string
 --> gate.toml:2:11
  |
2 | version = "1"
  |           ^^^
)"},
      {"wrong types everywhere",
       {{"gate.toml", R"(gate = 1
vars = 1
override = 1
suppress = [1]
rule = "x"
environment = []
)"}},
       R"(error: `gate` must be a table, not an integer
 --> gate.toml:1:8
  |
1 | gate = 1
  |        ^

error: `vars` must be a table, not an integer
 --> gate.toml:2:8
  |
2 | vars = 1
  |        ^

error: `override` must be a list of tables, not an integer
 --> gate.toml:3:12
  |
3 | override = 1
  |            ^
  = help: write `[[override]]` above each

error: an element of `suppress` must be a table, not an integer
 --> gate.toml:4:13
  |
4 | suppress = [1]
  |             ^

error: `rule` must be a list of tables, not a string
 --> gate.toml:5:8
  |
5 | rule = "x"
  |        ^^^
  = help: write `[[rule]]` above each

error: `environment` must be a table, not a list
 --> gate.toml:6:15
  |
6 | environment = []
  |               ^^
)"},
      {"an unknown pack, and one that is named twice",
       {{"gate.toml", R"([gate]
packs = ["shpo", "shop", "shop", 1]
)"}},
       R"(error: unknown pack `shpo`
 --> gate.toml:2:10
  |
2 | packs = ["shpo", "shop", "shop", 1]
  |          ^^^^^^
  = help: did you mean `shop`?

error: pack `shop` is named twice
 --> gate.toml:2:26
  |
2 | packs = ["shpo", "shop", "shop", 1]
  |                          ^^^^^^

error: an element of `packs` must be a string, not an integer
 --> gate.toml:2:34
  |
2 | packs = ["shpo", "shop", "shop", 1]
  |                                  ^
)"},
      {"an unknown pack that resembles none",
       {{"gate.toml", R"([gate]
packs = ["laravel"]
)"}},
       R"(error: unknown pack `laravel`
 --> gate.toml:2:10
  |
2 | packs = ["laravel"]
  |          ^^^^^^^^^
  = help: expected one of `order`, `php`, `shop`
)"},
      {"an unknown value for fail_on",
       {{"gate.toml", R"([gate]
packs = []
fail_on = "errors"
checklist = 1
)"}},
       R"(error: `fail_on` cannot be `errors`
 --> gate.toml:3:11
  |
3 | fail_on = "errors"
  |           ^^^^^^^^
  = help: did you mean `error`?

error: `checklist` must be a string or a list of strings, not an integer
 --> gate.toml:4:13
  |
4 | checklist = 1
  |             ^
)"},
      {"includes that do not exist, lie outside or are no globs",
       {{"gate.toml", R"([gate]
packs = []
include = ["ops/x.toml", "/etc/*.toml", "../a.toml", "ops/../../x", "ops/[a.toml", "!ops/*.toml", "none/*.toml"]
)"}},
       R"(error: `ops/x.toml` does not exist
 --> gate.toml:3:12
  |
3 | include = ["ops/x.toml", "/etc/*.toml", "../a.toml", "ops/../../x", "ops/[a…
  |            ^^^^^^^^^^^^

error: an include must lie in the repository, not at an absolute path
 --> gate.toml:3:26
  |
3 | include = ["ops/x.toml", "/etc/*.toml", "../a.toml", "ops/../../x", "ops/[a…
  |                          ^^^^^^^^^^^^^

error: an include must not leave its folder with `..`
 --> gate.toml:3:41
  |
3 | … ["ops/x.toml", "/etc/*.toml", "../a.toml", "ops/../../x", "ops/[a.toml", …
  |                                 ^^^^^^^^^^^

error: an include must not leave its folder with `..`
 --> gate.toml:3:54
  |
3 | …, "/etc/*.toml", "../a.toml", "ops/../../x", "ops/[a.toml", "!ops/*.toml",…
  |                                ^^^^^^^^^^^^^

error: an element of `include` is not a glob: `[` is not closed
 --> gate.toml:3:69
  |
3 | …", "../a.toml", "ops/../../x", "ops/[a.toml", "!ops/*.toml", "none/*.toml"]
  |                                 ^^^^^^^^^^^^^

error: `include` takes no `!`
 --> gate.toml:3:84
  |
3 | …", "../a.toml", "ops/../../x", "ops/[a.toml", "!ops/*.toml", "none/*.toml"]
  |                                                ^^^^^^^^^^^^^
  = help: name the files that belong to the policy

warning: no file matches `none/*.toml`
 --> gate.toml:3:99
  |
3 | …", "../a.toml", "ops/../../x", "ops/[a.toml", "!ops/*.toml", "none/*.toml"]
  |                                                               ^^^^^^^^^^^^^
)"},
      {"an include that is a symbolic link",
       {{"gate.toml", R"([gate]
packs = []
include = ["link.toml"]
)"},
        {"link.toml", "-> /etc/passwd"}},
       R"(error: link.toml is a symbolic link
 --> gate.toml:3:12
  |
3 | include = ["link.toml"]
  |            ^^^^^^^^^^^
)"},
      {"includes in a circle",
       {{"gate.toml", R"([gate]
packs = []
include = ["a.toml"]
)"},
        {"a.toml", R"([gate]
include = ["b.toml"]
)"},
        {"b.toml", R"([gate]
include = ["gate.toml"]
)"}},
       R"(error: includes go in a circle: `gate.toml` -> `a.toml` -> `b.toml` -> `gate.toml`
 --> b.toml:2:12
  |
2 | include = ["gate.toml"]
  |            ^^^^^^^^^^^
)"},
      {"a file that includes itself",
       {{"gate.toml", R"([gate]
packs = []
include = ["gate.toml"]
)"}},
       R"(error: includes go in a circle: `gate.toml` -> `gate.toml`
 --> gate.toml:3:12
  |
3 | include = ["gate.toml"]
  |            ^^^^^^^^^^^
)"},
      {"a file that is included twice",
       {{"gate.toml", R"([gate]
packs = []
include = ["a.toml", "b.toml", "*.toml"]
)"},
        {"a.toml", ""},
        {"b.toml", R"([gate]
include = ["a.toml"]
)"}},
       R"(error: `a.toml` is included twice
 --> b.toml:2:12
  |
2 | include = ["a.toml"]
  |            ^^^^^^^^
note: first included here
 --> gate.toml:3:12
  |
3 | include = ["a.toml", "b.toml", "*.toml"]
  |            ^^^^^^^^
)"},
      {"keys that belong into the main file",
       {{"gate.toml", R"([gate]
packs = []
include = ["a.toml"]
)"},
        {"a.toml", R"([gate]
packs = ["shop"]
fail_on = "note"
checklist = []
)"}},
       R"(error: `packs` belongs into `gate.toml`, not into a file that it includes
 --> a.toml:2:9
  |
2 | packs = ["shop"]
  |         ^^^^^^^^

error: `fail_on` belongs into `gate.toml`, not into a file that it includes
 --> a.toml:3:11
  |
3 | fail_on = "note"
  |           ^^^^^^

error: `checklist` belongs into `gate.toml`, not into a file that it includes
 --> a.toml:4:13
  |
4 | checklist = []
  |             ^^
)"},
      {"mistakes in several files, in their order",
       {{"gate.toml", R"([gate]
packs = []
include = ["ops/*.toml"]
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
colour = 1
)"},
        {"ops/a.toml", R"(a = 
)"},
        {"ops/b.toml", R"([[rule]]
id = "app.a"
kind = "probe"
title = "t"
)"}},
       R"(error: unknown key `colour`
 --> gate.toml:8:1
  |
8 | colour = 1
  | ^^^^^^
  = help: the keys here are `when`, `id`, `kind`, `title`, `why`, `fix`, `refs`, `severity`, `stages`, `since`, `aliases`, `tags`, `checklist`, `enabled`, `strict`, `example`, `text`, `list`, `integer`, `boolean`, `pattern`, `patterns`, `globs`, `choice`, `duration`, `bytes`, `date`, `map`

error: a value is missing
 --> ops/a.toml:1:5
  |
1 | a =
  |     ^
  = help: write `key = value`

error: rule `app.a` is defined twice
 --> ops/b.toml:2:6
  |
2 | id = "app.a"
  |      ^^^^^^^
note: first defined here
 --> gate.toml:5:6
  |
5 | id = "app.a"
  |      ^^^^^^^
)"},
      {"vars of wrong types and names",
       {{"gate.toml", R"([gate]
packs = []
[vars]
"a b" = "x"
day = 2027-01-01
list = ["x", true]
table = {a = 1}
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
list = ["${list}"]
)"}},
       R"(error: `a b` cannot be the name of a var
 --> gate.toml:4:1
  |
4 | "a b" = "x"
  | ^^^^^
  = help: use letters, digits, `_` and `-`

error: var `day` must be a text, an integer or a list of them, not a date
 --> gate.toml:5:7
  |
5 | day = 2027-01-01
  |       ^^^^^^^^^^

error: var `list` must be a text, an integer or a list of them, not a list with true or false
 --> gate.toml:6:14
  |
6 | list = ["x", true]
  |              ^^^^

error: var `table` must be a text, an integer or a list of them, not a table
 --> gate.toml:7:9
  |
7 | table = {a = 1}
  |         ^^^^^^^

error: unknown var `list`
  --> gate.toml:12:10
   |
12 | list = ["${list}"]
   |          ^^^^^^^
   = help: set it in `[vars]`; the text itself is written `$${list}`
)"},
      {"a var that is set in two files",
       {{"gate.toml", R"([gate]
packs = []
include = ["a.toml"]
[vars]
x = "1"
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
text = "${x}"
)"},
        {"a.toml", R"([vars]
x = "2"
)"}},
       R"(error: var `x` is set twice
 --> a.toml:2:1
  |
2 | x = "2"
  | ^
note: first set here
 --> gate.toml:5:1
  |
5 | x = "1"
  | ^
)"},
      {"an unknown var that resembles a known one",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
text = "at ${domans}"
list = ["a", "${x}"]
)"}},
       R"(error: unknown var `domans`
 --> gate.toml:7:12
  |
7 | text = "at ${domans}"
  |            ^^^^^^^^^
  = help: did you mean `domains`?

error: unknown var `x`
 --> gate.toml:8:15
  |
8 | list = ["a", "${x}"]
  |               ^^^^
  = help: set it in `[vars]`; the text itself is written `$${x}`
)"},
      {"a list where one text is wanted",
       {{"gate.toml", R"([gate]
packs = []
[vars]
d = ["a", "b"]
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
text = "${d}"
)"}},
       R"(error: `text` takes one text, and this var is a list of 2
 --> gate.toml:9:8
  |
9 | text = "${d}"
  |        ^^^^^^
)"},
      {"a var that no rule uses",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[vars]
domain = "x"
zzz = 1
)"}},
       R"(warning: no rule uses the var `domain`
 --> gate.toml:4:1
  |
4 | domain = "x"
  | ^^^^^^
  = help: did you mean `domains`?

warning: no rule uses the var `zzz`
 --> gate.toml:5:1
  |
5 | zzz = 1
  | ^^^
)"},
      {"vars that multiply without end",
       {{"gate.toml", R"([gate]
packs = []
[vars]
d = ["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a"]
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
list = ["${d}${d}${d}"]
)"}},
       R"(error: the vars make this more than 10000 texts
 --> gate.toml:9:9
  |
9 | list = ["${d}${d}${d}"]
  |         ^^^^^^^^^^^^^^
)"},
      {"a var of the wrong kind for a number",
       {{"gate.toml", R"([gate]
packs = []
[vars]
d = "many"
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
integer = "${d}"
)"}},
       R"(error: `integer` must be an integer, and this var is `many`
 --> gate.toml:9:11
  |
9 | integer = "${d}"
  |           ^^^^^^
)"},
      {"a rule without id, kind and title",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
why = "x"
)"}},
       R"(error: `id` is missing
 --> gate.toml:3:1
  |
3 | [[rule]]
  | ^^^^^^^^

error: `kind` is missing
 --> gate.toml:3:1
  |
3 | [[rule]]
  | ^^^^^^^^

error: `title` is missing
 --> gate.toml:3:1
  |
3 | [[rule]]
  | ^^^^^^^^
)"},
      {"a rule without kind and title",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
)"}},
       R"(error: `kind` is missing
 --> gate.toml:3:1
  |
3 | [[rule]]
  | ^^^^^^^^

error: `title` is missing
 --> gate.toml:3:1
  |
3 | [[rule]]
  | ^^^^^^^^
)"},
      {"ids that are none",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app/a"
kind = "probe"
title = "t"
[[rule]]
id = "App.a"
kind = "probe"
title = "t"
[[rule]]
id = "app"
kind = "probe"
title = "t"
[[rule]]
id = "app."
kind = "probe"
title = "t"
[[rule]]
id = "app.-a"
kind = "probe"
title = "t"
[[rule]]
id = "app.a.b"
kind = "probe"
title = "t"
[[rule]]
id = "app.a b"
kind = "probe"
title = "t"
)"}},
       R"(error: `app/a` is no rule id
 --> gate.toml:4:6
  |
4 | id = "app/a"
  |      ^^^^^^^
  = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `App.a` is no rule id
 --> gate.toml:8:6
  |
8 | id = "App.a"
  |      ^^^^^^^
  = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `app` is no rule id
  --> gate.toml:12:6
   |
12 | id = "app"
   |      ^^^^^
   = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `app.` is no rule id
  --> gate.toml:16:6
   |
16 | id = "app."
   |      ^^^^^^
   = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `app.-a` is no rule id
  --> gate.toml:20:6
   |
20 | id = "app.-a"
   |      ^^^^^^^^
   = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `app.a.b` is no rule id
  --> gate.toml:24:6
   |
24 | id = "app.a.b"
   |      ^^^^^^^^^
   = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes

error: `app.a b` is no rule id
  --> gate.toml:28:6
   |
28 | id = "app.a b"
   |      ^^^^^^^^^
   = help: write `pack.what-is-wrong` in lower-case letters, digits and dashes
)"},
      {"an empty id, and one that is no text",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = ""
kind = "probe"
title = "t"
[[rule]]
id = 1
kind = "probe"
title = "t"
)"}},
       R"(error: `id` is empty
 --> gate.toml:4:6
  |
4 | id = ""
  |      ^^

error: `id` must be a string, not an integer
 --> gate.toml:8:6
  |
8 | id = 1
  |      ^
)"},
      {"a rule that is defined twice",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
)"}},
       R"(error: rule `app.a` is defined twice
 --> gate.toml:8:6
  |
8 | id = "app.a"
  |      ^^^^^^^
note: first defined here
 --> gate.toml:4:6
  |
4 | id = "app.a"
  |      ^^^^^^^
)"},
      {"a rule with the id of a shipped one",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[rule]]
id = "shop.no-price"
kind = "probe"
title = "t"
)"}},
       R"(error: rule `shop.no-price` is already in the pack `shop`
  --> gate.toml:4:6
   |
 4 | id = "shop.no-price"
   |      ^^^^^^^^^^^^^^^
   = help: give the rule an id of its own, or change the shipped one with `[[override]]`
note: first defined here
  --> rules/shop.toml:12:6
   |
12 | id = "shop.no-price"
   |      ^^^^^^^^^^^^^^^
)"},
      {"an unknown kind",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "prob"
title = "t"
whatever = 1
)"}},
       R"(error: unknown kind `prob`
 --> gate.toml:5:8
  |
5 | kind = "prob"
  |        ^^^^^^
  = help: did you mean `probe`?
)"},
      {"unknown words in severity and stages",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
severity = "eror"
stages = ["ci", "depoly", 1]
[[rule]]
id = "app.b"
kind = "probe"
title = "t"
severity = "critical"
stages = []
)"}},
       R"(error: `severity` cannot be `eror`
 --> gate.toml:7:12
  |
7 | severity = "eror"
  |            ^^^^^^
  = help: did you mean `error`?

error: unknown stage `depoly`
 --> gate.toml:8:17
  |
8 | stages = ["ci", "depoly", 1]
  |                 ^^^^^^^^
  = help: did you mean `deploy`?

error: an element of `stages` must be a string, not an integer
 --> gate.toml:8:27
  |
8 | stages = ["ci", "depoly", 1]
  |                           ^

error: `severity` cannot be `critical`
  --> gate.toml:13:12
   |
13 | severity = "critical"
   |            ^^^^^^^^^^
   = help: expected one of `note`, `warning`, `error`

error: `stages` is empty: the rule would never be asked
  --> gate.toml:14:10
   |
14 | stages = []
   |          ^^
)"},
      {"unknown keys of a rule and of when",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
severty = "error"
when.fiel = "a"
when.branch = "["
)"}},
       R"(error: unknown key `severty`
 --> gate.toml:7:1
  |
7 | severty = "error"
  | ^^^^^^^
  = help: did you mean `severity`?

error: unknown key `fiel`
 --> gate.toml:8:6
  |
8 | when.fiel = "a"
  |      ^^^^
  = help: did you mean `file`?

error: `[` is not a glob: `[` is not closed
 --> gate.toml:9:15
  |
9 | when.branch = "["
  |               ^^^
)"},
      {"conditions that say nothing",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
when.key = ["pyproject.toml", "tox.ini: mypy"]
when.any = []
when.none = [{ }, { any = [] }]
)"}},
       R"(error: `pyproject.toml` names no key of a file
 --> gate.toml:7:13
  |
7 | when.key = ["pyproject.toml", "tox.ini: mypy"]
  |             ^^^^^^^^^^^^^^^^
  = help: write a .toml, .json, .cfg or .ini file and what it must hold: "pyproject.toml: tool.mypy"

error: `any` is empty
 --> gate.toml:8:12
  |
8 | when.any = []
  |            ^^

error: one of the keys `file`, `files`, `package`, `packages`, `branch`, `branches`, `key`, `keys` is needed
 --> gate.toml:9:14
  |
9 | when.none = [{ }, { any = [] }]
  |              ^^^

error: one of the keys `file`, `files`, `package`, `packages`, `branch`, `branches`, `key`, `keys` is needed
 --> gate.toml:9:19
  |
9 | when.none = [{ }, { any = [] }]
  |                   ^^^^^^^^^^^^

error: unknown key `any`
 --> gate.toml:9:21
  |
9 | when.none = [{ }, { any = [] }]
  |                     ^^^
  = help: did you mean `key`?
)"},
      {"wrong types of the keys that all rules have",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = 1
why = []
refs = 1
enabled = "yes"
when = "artisan"
aliases = [1]
)"}},
       R"(error: `title` must be a string, not an integer
 --> gate.toml:6:9
  |
6 | title = 1
  |         ^

error: `why` must be a string, not a list
 --> gate.toml:7:7
  |
7 | why = []
  |       ^^

error: `refs` must be a string or a list of strings, not an integer
 --> gate.toml:8:8
  |
8 | refs = 1
  |        ^

error: `enabled` must be true or false, not a string
 --> gate.toml:9:11
  |
9 | enabled = "yes"
  |           ^^^^^

error: `when` must be a table, not a string
  --> gate.toml:10:8
   |
10 | when = "artisan"
   |        ^^^^^^^^^

error: an element of `aliases` must be a string, not an integer
  --> gate.toml:11:12
   |
11 | aliases = [1]
   |            ^
)"},
      {"wrong types of every kind of key",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
text = 1
list = [1, "a", true]
integer = 1.5
boolean = "true"
pattern = ["a"]
patterns = 1
globs = [2027-01-01]
choice = true
duration = 10
bytes = []
date = 1
map = "x"
)"}},
       R"(error: `text` must be a string, not an integer
 --> gate.toml:7:8
  |
7 | text = 1
  |        ^

error: an element of `list` must be a string, not an integer
 --> gate.toml:8:9
  |
8 | list = [1, "a", true]
  |         ^

error: an element of `list` must be a string, not true or false
 --> gate.toml:8:17
  |
8 | list = [1, "a", true]
  |                 ^^^^

error: `integer` must be an integer, not a number
 --> gate.toml:9:11
  |
9 | integer = 1.5
  |           ^^^

error: `boolean` must be true or false, not a string
  --> gate.toml:10:11
   |
10 | boolean = "true"
   |           ^^^^^^

error: `pattern` must be a pattern in quotes, not a list
  --> gate.toml:11:11
   |
11 | pattern = ["a"]
   |           ^^^^^

error: `patterns` must be a string or a list of strings, not an integer
  --> gate.toml:12:12
   |
12 | patterns = 1
   |            ^

error: an element of `globs` must be a string, not a date
  --> gate.toml:13:10
   |
13 | globs = [2027-01-01]
   |          ^^^^^^^^^^

error: `choice` must be a string, not true or false
  --> gate.toml:14:10
   |
14 | choice = true
   |          ^^^^

error: `duration` must be a duration in quotes, not an integer
  --> gate.toml:15:12
   |
15 | duration = 10
   |            ^^

error: `bytes` must be a size, not a list
  --> gate.toml:16:9
   |
16 | bytes = []
   |         ^^

error: `date` must be a day, not an integer
  --> gate.toml:17:8
   |
17 | date = 1
   |        ^
   = help: write a day: 2027-03-01

error: `map` must be a table, not a string
  --> gate.toml:18:7
   |
18 | map = "x"
   |       ^^^
)"},
      {"values that are out of range or have no such form",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
integer = 101
globs = ["a", "[", "{a"]
choice = "evry"
duration = "10 minutes"
bytes = -1
date = "2027-02-30"
map = {a = 1}
)"}},
       R"(error: `integer` must be from 0 to 100, not 101
 --> gate.toml:7:11
  |
7 | integer = 101
  |           ^^^

error: an element of `globs` is not a glob: `[` is not closed
 --> gate.toml:8:15
  |
8 | globs = ["a", "[", "{a"]
  |               ^^^

error: an element of `globs` is not a glob: `{` is not closed
 --> gate.toml:8:20
  |
8 | globs = ["a", "[", "{a"]
  |                    ^^^^

error: `choice` cannot be `evry`
 --> gate.toml:9:10
  |
9 | choice = "evry"
  |          ^^^^^^
  = help: did you mean `every`?

error: `duration` must be a duration, not `10 minutes`
  --> gate.toml:10:12
   |
10 | duration = "10 minutes"
   |            ^^^^^^^^^^^^
   = help: write a number with `ms`, `s`, `m`, `h` or `d`: "90s", "10m"

error: `bytes` must be at least 0, not -1
  --> gate.toml:11:9
   |
11 | bytes = -1
   |         ^^

error: `date` must be a day, not `2027-02-30`
  --> gate.toml:12:8
   |
12 | date = "2027-02-30"
   |        ^^^^^^^^^^^^
   = help: write a day: 2027-03-01

error: `a` must be a string, not an integer
  --> gate.toml:13:12
   |
13 | map = {a = 1}
   |            ^
)"},
      {"a size that is none, a day with a time",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
bytes = "5 apples"
date = 2027-01-01T10:00:00Z
)"}},
       R"(error: `bytes` must be a size, not `5 apples`
 --> gate.toml:7:9
  |
7 | bytes = "5 apples"
  |         ^^^^^^^^^^
  = help: write bytes, or a number with `KB`, `MB` or `GB`: "5MB"

error: `date` must be a day, not `2027-01-01T10:00:00Z`
 --> gate.toml:8:8
  |
8 | date = 2027-01-01T10:00:00Z
  |        ^^^^^^^^^^^^^^^^^^^^
  = help: write a day: 2027-03-01
)"},
      {"patterns that RE2 does not accept",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
pattern = '(?<!x)APP_DEBUG=true'
patterns = ['ok', '(a', '(a)\1']
)"}},
       R"(error: `pattern` is not a pattern RE2 accepts: invalid perl operator: (?<
 --> gate.toml:7:11
  |
7 | pattern = '(?<!x)APP_DEBUG=true'
  |           ^^^^^^^^^^^^^^^^^^^^^^
  = help: RE2 has no lookaround and no backreferences

error: `patterns` is not a pattern RE2 accepts: missing ): (a
 --> gate.toml:8:19
  |
8 | patterns = ['ok', '(a', '(a)\1']
  |                   ^^^^

error: `patterns` is not a pattern RE2 accepts: invalid escape sequence: \1
 --> gate.toml:8:25
  |
8 | patterns = ['ok', '(a', '(a)\1']
  |                         ^^^^^^^
  = help: RE2 has no lookaround and no backreferences
)"},
      {"an override without a rule, and of an unknown one",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
severity = "error"
[[override]]
rule = "shop.no-prise"
severity = "error"
[[override]]
rule = "zzz.*"
severity = "error"
)"}},
       R"(error: `rule` is missing
 --> gate.toml:3:1
  |
3 | [[override]]
  | ^^^^^^^^^^^^

error: unknown rule `shop.no-prise`
 --> gate.toml:6:8
  |
6 | rule = "shop.no-prise"
  |        ^^^^^^^^^^^^^^^
  = help: did you mean `shop.no-price`?

error: no rule matches `zzz.*`
 --> gate.toml:9:8
  |
9 | rule = "zzz.*"
  |        ^^^^^^^
  = help: `gate rules list` names the rules
)"},
      {"an override of a rule in a pack that is not used",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "php.debug-call"
severity = "note"
why = "x"
)"}},
       R"(error: `php.debug-call` is in the pack `php`, which this policy does not use
 --> gate.toml:4:8
  |
4 | rule = "php.debug-call"
  |        ^^^^^^^^^^^^^^^^
  = help: add `php` to `packs`
)"},
      {"overrides that weaken without a reason",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "shop.no-price"
severity = "note"
[[override]]
rule = "shop.*"
enabled = false
)"}},
       R"(error: `shop.no-price` is lowered from warning to note without a reason
 --> gate.toml:5:12
  |
5 | severity = "note"
  |            ^^^^^^
  = help: add `why = "…"`

error: `shop.no-price` is switched off without a reason
 --> gate.toml:8:11
  |
8 | enabled = false
  |           ^^^^^
  = help: add `why = "…"`
)"},
      {"an override that changes nothing",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "shop.no-price"
why = "x"
[[override]]
rule = "shop.no-price"
severity = "warning"
stages = ["ci", "deploy"]
enabled = true
)"}},
       R"(error: this override changes nothing
 --> gate.toml:4:8
  |
4 | rule = "shop.no-price"
  |        ^^^^^^^^^^^^^^^
  = help: write what shall be different: `severity = "warning"`

warning: `severity` already has this value
 --> gate.toml:8:12
  |
8 | severity = "warning"
  |            ^^^^^^^^^
  = help: remove it

warning: `stages` already has this value
 --> gate.toml:9:10
  |
9 | stages = ["ci", "deploy"]
  |          ^^^^^^^^^^^^^^^^
  = help: remove it

warning: `enabled` already has this value
  --> gate.toml:10:11
   |
10 | enabled = true
   |           ^^^^
   = help: remove it
)"},
      {"overrides with keys that are fixed, unknown or not for several",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "shop.no-price"
id = "x.y"
kind = "content"
[[override]]
rule = "shop.*"
text = "x"
[[override]]
rule = "peer:PRICE"
txet = "x"
)"}},
       R"(error: `id` of a rule cannot be overridden
 --> gate.toml:5:6
  |
5 | id = "x.y"
  |      ^^^^^

error: `kind` of a rule cannot be overridden
 --> gate.toml:6:8
  |
6 | kind = "content"
  |        ^^^^^^^^^

error: `text` belongs to one rule, and this override is for several
 --> gate.toml:9:8
  |
9 | text = "x"
  |        ^^^
  = help: name one rule by its id

error: unknown key `txet`
  --> gate.toml:12:1
   |
12 | txet = "x"
   | ^^^^
   = help: did you mean `text`?
)"},
      {"an override with values of the wrong type",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "shop.no-price"
integer = "x"
pattern = "["
[[override]]
rule = "shop.*"
severity = "fatal"
enabled = 1
stages = ["c"]
)"}},
       R"(error: `integer` must be an integer, not a string
 --> gate.toml:5:11
  |
5 | integer = "x"
  |           ^^^

error: `pattern` is not a pattern RE2 accepts: missing ]: [
 --> gate.toml:6:11
  |
6 | pattern = "["
  |           ^^^

error: `severity` cannot be `fatal`
 --> gate.toml:9:12
  |
9 | severity = "fatal"
  |            ^^^^^^^
  = help: expected one of `note`, `warning`, `error`

error: `enabled` must be true or false, not an integer
  --> gate.toml:10:11
   |
10 | enabled = 1
   |           ^

error: unknown stage `c`
  --> gate.toml:11:11
   |
11 | stages = ["c"]
   |           ^^^
   = help: expected one of `push`, `ci`, `deploy`, `verify`, `follow-up`
)"},
      {"a suppression without anything",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[suppress]]
)"}},
       R"(error: `rule` is missing
 --> gate.toml:3:1
  |
3 | [[suppress]]
  | ^^^^^^^^^^^^

error: `reason` is missing
 --> gate.toml:3:1
  |
3 | [[suppress]]
  | ^^^^^^^^^^^^

error: `until` is missing
 --> gate.toml:3:1
  |
3 | [[suppress]]
  | ^^^^^^^^^^^^
  = help: write the day on which it ends: `until = 2027-03-01`
)"},
      {"a suppression with mistakes",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[suppress]]
rule = "shop.no-pricee"
path = "["
paths = ["a"]
reason = ""
until = "tomorrow"
owner = 1
untill = 1
)"}},
       R"(error: unknown rule `shop.no-pricee`
 --> gate.toml:4:8
  |
4 | rule = "shop.no-pricee"
  |        ^^^^^^^^^^^^^^^^
  = help: did you mean `shop.no-price`?

error: an element of `path` is not a glob: `[` is not closed
 --> gate.toml:5:8
  |
5 | path = "["
  |        ^^^

error: `path` and `paths` are the same; write one of them
 --> gate.toml:6:9
  |
6 | paths = ["a"]
  |         ^^^^^

error: `reason` is empty
 --> gate.toml:7:10
  |
7 | reason = ""
  |          ^^

error: `until` must be a day, not `tomorrow`
 --> gate.toml:8:9
  |
8 | until = "tomorrow"
  |         ^^^^^^^^^^
  = help: write a day: 2027-03-01

error: `owner` must be a string, not an integer
 --> gate.toml:9:9
  |
9 | owner = 1
  |         ^

error: unknown key `untill`
  --> gate.toml:10:1
   |
10 | untill = 1
   | ^^^^^^
   = help: did you mean `until`?
)"},
      {"a suppression of rules that are not used",
       {{"gate.toml", R"([gate]
packs = ["shop"]
[[suppress]]
rule = "php.*"
reason = "r"
until = 2027-01-01
)"}},
       R"(error: `php.*` is in the pack `php`, which this policy does not use
 --> gate.toml:4:8
  |
4 | rule = "php.*"
  |        ^^^^^^^
  = help: add `php` to `packs`
)"},
      {"environments with mistakes",
       {{"gate.toml", R"([gate]
packs = []
[environment.production]
[environment.staging]
files = [".env"]
dialect = "php"
proces = "x"
[environment.test]
process = "["
)"}},
       R"(error: one of the keys `files`, `process` is needed
 --> gate.toml:3:1
  |
3 | [environment.production]
  | ^^^^^^^^^^^^^^^^^^^^^^^^

error: `dialect` cannot be `php`
 --> gate.toml:6:11
  |
6 | dialect = "php"
  |           ^^^^^
  = help: expected one of `auto`, `phpdotenv`, `node`, `node-expand`, `next`, `python-dotenv`, `django-environ`, `decouple`, `compose`, `docker`, `bash`

error: unknown key `proces`
 --> gate.toml:7:1
  |
7 | proces = "x"
  | ^^^^^^
  = help: did you mean `process`?

error: `[` is not a glob: `[` is not closed
 --> gate.toml:9:11
  |
9 | process = "["
  |           ^^^
)"},
      {"an environment in two files",
       {{"gate.toml", R"([gate]
packs = []
include = ["a.toml"]
[environment.production]
files = [".env"]
)"},
        {"a.toml", R"([environment.production]
files = [".env"]
)"}},
       R"(error: environment `production` is defined twice
 --> a.toml:1:1
  |
1 | [environment.production]
  | ^^^^^^^^^^^^^^^^^^^^^^^^
note: first defined here
 --> gate.toml:4:1
  |
4 | [environment.production]
  | ^^^^^^^^^^^^^^^^^^^^^^^^
)"},
      {"TOML that cannot be read",
       {{"gate.toml", R"([gate]
packs = []
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
pattern = "\d+"
)"}},
       R"(error: unknown escape sequence `\d`
 --> gate.toml:7:12
  |
7 | pattern = "\d+"
  |            ^^
  = help: write patterns in single quotes
)"},
  };
  return kMistakes;
}

TEST_CASE("every mistake of a policy is told with its place and what to do") {
  for (const Mistake& mistake : mistakes()) {
    INFO(mistake.name);
    CHECK(load(mistake.files)->errors() == mistake.wanted);
  }
}

}  // namespace
}  // namespace gate::policy::test
