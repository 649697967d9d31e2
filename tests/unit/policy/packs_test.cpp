#include "gate/policy/packs.h"

#include <algorithm>
#include <cstdlib>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/policy/example.h"
#include "gate/policy/fake.h"
#include "gate/policy/pack_compiler/pack_writer.h"
#include "gate/policy/pack_table.h"
#include "support.h"

namespace gate::policy::test {
namespace {

bool same(const readers::Node& a, const readers::Node& b) {
  return a.kind == b.kind && a.boolean == b.boolean && a.integer == b.integer &&
         a.number == b.number && a.text == b.text && a.key == b.key && a.key_span == b.key_span &&
         a.span == b.span && a.first == b.first && a.next == b.next && a.size == b.size;
}

TEST_CASE("the shipped packs are the documents that they were made from") {
  REQUIRE_FALSE(pack_names().empty());
  CHECK(std::is_sorted(pack_names().begin(), pack_names().end()));
  for (const std::string_view name : pack_names()) {
    INFO(name);
    const auto shipped = shipped_pack(name);
    REQUIRE(shipped != nullptr);
    CHECK(shipped->source()->name() == fmt::format("rules/{}.toml", name));
    const auto again = parse(shipped->source()->name(), std::string(shipped->source()->text()));
    CHECK(std::equal(again->nodes().begin(), again->nodes().end(), shipped->nodes().begin(),
                     shipped->nodes().end(), same));
    const PackHead head = shipped_packs().head(name);
    const PackHead whole = pack_head(*shipped);
    CHECK(head.name == name);
    CHECK(head.title == whole.title);
    CHECK(head.when.files == whole.when.files);
    CHECK(head.when.packages == whole.when.packages);
  }
  CHECK(shipped_pack("no-such-pack") == nullptr);
}

TEST_CASE("the shipped packs load without a mistake, their examples too") {
  LoadOptions options;
  options.packs.assign(pack_names().begin(), pack_names().end());
  options.read = [](std::string_view) { return Result<std::optional<std::string>>(std::nullopt); };
  base::Diagnostics diagnostics;
  const Policy policy = load(
      options, [](const RuleHead&, TableReader&) {}, diagnostics);
  CHECK_FALSE(policy.rules.empty());
  for (const Rule& rule : policy.rules) {
    INFO(rule.head.id);
    CHECK_FALSE(rule.head.pack.empty());
    (void)examples(rule, diagnostics);
  }
  CHECK(base::render(diagnostics, false).empty());
}

TEST_CASE("a pack becomes C++ whatever its texts hold") {
  const auto pack = parse("rules/odd.toml",
                          "[pack]\nname = \"odd\"\ntitle = \"t\"\nsummary = "
                          "\"\\\"?\\u00e9\\n\"\nalways = true\n[vars]\nn = -9223372036854775808\n");
  const std::vector<std::shared_ptr<const readers::Document>> packs = {pack};
  const std::string code = write_pack_tables(packs);
  CHECK(code.find(
            "constexpr char kText0[] =\n    \"[pack]\\012\"\n    \"name = \\\"odd\\\"\\012\"\n") !=
        std::string::npos);
  CHECK(code.find("summary = \\\"\\\\\\\"\\077\\\\u00e9\\\\n\\\"\\012\"\n") != std::string::npos);
  CHECK(code.find("{-9223372036854775807 - 1,") != std::string::npos);
  CHECK(code.find("{\"odd\", \"rules/odd.toml\", std::string_view(kText0, ") != std::string::npos);
}

std::string head_mistakes(const std::string& text) {
  base::Diagnostics diagnostics;
  (void)pack_head(*parse("rules/x.toml", text), &diagnostics);
  return base::render(diagnostics, false);
}

TEST_CASE("mistakes in the head of a pack are told") {
  CHECK(head_mistakes("") == "error: the file has no table `[pack]`\n --> rules/x.toml:1:1\n");
  CHECK(head_mistakes("[pack]\nnmae = \"x\"\n") == R"(error: `name` is missing
 --> rules/x.toml:1:1
  |
1 | [pack]
  | ^^^^^^

error: `title` is missing
 --> rules/x.toml:1:1
  |
1 | [pack]
  | ^^^^^^

error: `summary` is missing
 --> rules/x.toml:1:1
  |
1 | [pack]
  | ^^^^^^

error: nothing tells where the pack runs
 --> rules/x.toml:1:1
  |
1 | [pack]
  | ^^^^^^
  = help: add `always = true` or a condition like `when.file = "artisan"`

error: unknown key `nmae`
 --> rules/x.toml:2:1
  |
2 | nmae = "x"
  | ^^^^
  = help: did you mean `name`?
)");
}

TEST_CASE("packs that fit are detected, with what told so") {
  std::map<std::string, repo::SampleFile> files;
  files["artisan"];
  const auto view = repo::sample_snapshot(files);
  const std::vector<Detected> detected = detect(*view, shelf());
  REQUIRE(detected.size() == 3);
  CHECK(detected[0].pack == "order");
  CHECK(detected[0].because.empty());
  CHECK(detected[1].pack == "php");
  CHECK(detected[1].because == "artisan");
  const auto none = repo::sample_snapshot({});
  CHECK(detect(*none, shelf()).size() == 2);
}

struct Examples {
  std::vector<Example> all;
  std::string errors;
};

Examples read_examples(const std::string& text) {
  const auto document = parse("x.toml", "[[rule]]\n" + text);
  const readers::Value table = document->root().find("rule")->children().front();
  const Rule rule{{}, {}, true, {}, false, table, {}, {}};
  base::Diagnostics diagnostics;
  Examples read;
  read.all = examples(rule, diagnostics);
  read.errors = base::render(diagnostics, false);
  return read;
}

TEST_CASE("an example is a repository in a few lines") {
  const Examples read = read_examples(R"([[rule.example]]
expect = "could_not_run"
title = "all of it"
at = "a.txt:2:1"
message = "words"
path = "a.txt"
text = "key {{fake:stripe_live}}.\n"
files = { ".env.production" = "A=${B}\n", "b/c" = "" }
git = { branch = "dev", uncommitted = ["M a.txt", "? new file", "D z"], message = "m", author_email = "a@example.org", signed = true, tags = ["v2", "v1"], ancestors = ["origin/main"], tracked_but_ignored = ["x"], shallow = true, changed = { "a.txt" = "2026-01-31", "b/c" = 2026-02-01 } }
commands = [{ run = ["npm", "test"], exit = 2, output = "bad" }, { run = ["x"], missing = true }, { run = ["y"], timed_out = true }]
vars = { n = 8, l = ["a", "b"] }
[[rule.example.file]]
path = "bin/run"
mode = "0755"
text = "#!"
[[rule.example.file]]
path = "public/storage"
symlink = "../storage"
tracked = false
[[rule.example]]
expect = "pass"
git = { detached = true }
)");
  CHECK(read.errors.empty());
  REQUIRE(read.all.size() == 2);
  const Example& example = read.all[0];
  CHECK(example.expect == Example::Expect::could_not_run);
  CHECK(example.title == "all of it");
  CHECK(example.at == std::vector<std::string>{"a.txt:2:1"});
  CHECK(example.message == "words");
  CHECK(example.files.size() == 5);
  CHECK(example.files.at("a.txt").content == "key " + *fake("stripe_live") + ".\n");
  CHECK(example.files.at(".env.production").content == "A=${B}\n");
  CHECK(example.files.at("bin/run").kind == repo::FileKind::executable);
  CHECK(example.files.at("bin/run").mode == 0755);
  CHECK(example.files.at("public/storage").kind == repo::FileKind::symlink);
  CHECK(example.files.at("public/storage").content == "../storage");
  CHECK_FALSE(example.files.at("public/storage").tracked);
  CHECK(example.environment == std::vector<std::string>{".env.production"});
  REQUIRE(example.git.has_value());
  CHECK(example.git->head.branch == "dev");
  CHECK(example.git->branches == std::vector<std::string>{"dev"});
  CHECK(example.git->uncommitted.size() == 3);
  CHECK(example.git->uncommitted[1].path == "new file");
  CHECK(example.git->uncommitted[1].state == repo::Uncommitted::State::untracked);
  CHECK(example.git->tags == std::vector<std::string>{"v1", "v2"});
  CHECK(example.git->shallow);
  REQUIRE(example.git->commits.size() == 1);
  CHECK(example.git->commits[0].id == example.git->head.commit);
  CHECK(example.git->commits[0].author.email == "a@example.org");
  CHECK(example.git->commits[0].has_signature);
  REQUIRE(example.git->changed.size() == 2);
  CHECK(example.git->changed[0].second == 1769817600);
  REQUIRE(example.commands.size() == 3);
  CHECK(example.commands[0].result->status == 2);
  CHECK_FALSE(example.commands[1].result.has_value());
  CHECK(example.commands[2].result->end == system::ProcessResult::End::timed_out);
  CHECK(example.vars.at("n").values == std::vector<std::string>{"8"});
  CHECK(example.vars.at("l").is_list);
  CHECK_FALSE(read.all[1].git->head.branch.has_value());
}

TEST_CASE("mistakes in an example are told") {
  CHECK(read_examples(R"([[rule.example]]
expct = "fail"
text = "x"
files = { "/etc/passwd" = "", "a" = "{{fake:stripe_liv}}" }
git = { uncommitted = ["X a"], detached = true, branch = "b" }
environment = ["b"]
commands = [{ exit = 300 }]
[[rule.example.file]]
path = "a"
mode = "9"
symlink = "b"
text = "c"
)")
            .errors == R"~(error: `expect` is missing
 --> x.toml:2:1
  |
2 | [[rule.example]]
  | ^^^^^^^^^^^^^^^^
  = help: write `expect = "fail"` or `"pass"`

error: `text` without `path`
 --> x.toml:4:8
  |
4 | text = "x"
  |        ^^^
  = help: write the path of the file that holds it

error: `/etc/passwd` is no path below the repository
 --> x.toml:5:27
  |
5 | files = { "/etc/passwd" = "", "a" = "{{fake:stripe_liv}}" }
  |                           ^^

error: there is no made-up credential `stripe_liv`
 --> x.toml:5:37
  |
5 | files = { "/etc/passwd" = "", "a" = "{{fake:stripe_liv}}" }
  |                                     ^^^^^^^^^^^^^^^^^^^^^
  = help: did you mean `stripe_live`?

error: `9` is no file mode
  --> x.toml:11:8
   |
11 | mode = "9"
   |        ^^^
   = help: write it in octal: "0644"

error: a symbolic link has no text
  --> x.toml:12:11
   |
12 | symlink = "b"
   |           ^^^

error: the file `a` is there twice
  --> x.toml:10:8
   |
10 | path = "a"
   |        ^^^

error: a detached HEAD is on no branch
 --> x.toml:6:43
  |
6 | git = { uncommitted = ["X a"], detached = true, branch = "b" }
  |                                           ^^^^
  = help: remove `branch` or `detached`

error: `X a` is no state and path
 --> x.toml:6:24
  |
6 | git = { uncommitted = ["X a"], detached = true, branch = "b" }
  |                        ^^^^^
  = help: write `M path`; the states are M modified, S staged, D deleted, U conflicted, ? untracked

error: `run` is missing
 --> x.toml:8:13
  |
8 | commands = [{ exit = 300 }]
  |             ^^^^^^^^^^^^^^
  = help: write the command: `run = ["npm", "test"]`

error: `exit` must be from 0 to 255, not 300
 --> x.toml:8:22
  |
8 | commands = [{ exit = 300 }]
  |                      ^^^

error: unknown key `expct`
 --> x.toml:3:1
  |
3 | expct = "fail"
  | ^^^^^
  = help: did you mean `expect`?
)~");
}

TEST_CASE("made-up credentials have their form and never change") {
  CHECK(fake("no-such-form") == std::nullopt);
  for (const std::string_view name : fake_names())
    CHECK(fake(name) == fake(name));
  CHECK(fake("stripe_live")->size() == 32);
  CHECK(fake("stripe_live") != fake("stripe_test"));
  CHECK(fake("laravel_key")->size() == 51);
  CHECK(fake("private_key")->ends_with("PRIVATE KEY-----"));
}

}  // namespace
}  // namespace gate::policy::test
