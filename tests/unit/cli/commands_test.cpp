#include "gate/cli/commands.h"

#include <catch2/catch.hpp>

#include "gate/cli/cli.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/rule_page.h"
#include "gate/policy/packs.h"

namespace gate::cli {
namespace {

TEST_CASE("the version is one line") {
  Streams streams;
  CHECK(run({"--version"}, streams) == passed);
  CHECK(streams.out == "gate " GATE_VERSION "\n");
}

TEST_CASE("explain knows rules, aliases and topics, and suggests what is near") {
  Streams streams;
  CHECK(run({"explain", "gate.suppression-unused"}, streams) == passed);
  CHECK(streams.out.starts_with("gate.suppression-unused\n"));
  CHECK(streams.out.find("delete it") != std::string::npos);
  Streams topic;
  CHECK(run({"explain", "exit-status"}, topic) == passed);
  CHECK(topic.out.find("Unknown is never") != std::string::npos);
  Streams unknown;
  CHECK(run({"explain", "gate.supression-unused"}, unknown) == misuse);
  CHECK(unknown.err.find("did you mean `gate.suppression-unused`?") != std::string::npos);
}

TEST_CASE("rules list prints every shipped rule as text and as JSON") {
  Streams text;
  CHECK(run({"rules", "list", "--pack", "gate"}, text) == passed);
  CHECK(text.out.find("gate.suppression-expired") != std::string::npos);
  Streams json;
  CHECK(run({"rules", "list", "--pack", "gate", "--format", "json"}, json) == passed);
  CHECK(json.out.starts_with(
      "[{\"id\":\"gate.suppression-unused\",\"kind\":\"suppression\",\"pack\":\"gate\","
      "\"severity\":\"warning\",\"title\":\"a suppression covers no finding\",\"stages\":"
      "[\"push\",\"ci\",\"deploy\"],\"aliases\":[],\"checklist\":[]}"));
  Streams unknown;
  CHECK(run({"rules", "list", "--pack", "gaet"}, unknown) == misuse);
}

TEST_CASE("rules show prints TOML without the examples") {
  Streams streams;
  CHECK(run({"rules", "show", "gate.suppression-unused"}, streams) == passed);
  CHECK(streams.out.starts_with(
      "[[rule]]\nid = \"gate.suppression-unused\"\nkind = \"suppression\"\n"));
  CHECK(streams.out.find("example") == std::string::npos);
}

TEST_CASE("rules test says how many examples came out") {
  Streams streams;
  CHECK(run({"rules", "test", "gate"}, streams) == passed);
  CHECK(streams.out.find("examples come out as they say\n") != std::string::npos);
  Streams unknown;
  CHECK(run({"rules", "test", "nosuch"}, unknown) == misuse);
}

TEST_CASE("a place that cannot be judged is named") {
  Streams missing;
  CHECK(run({"run", "/nowhere/at/all"}, missing) == misuse);
  CHECK(missing.err == "error: there is no folder `/nowhere/at/all`\n");
}

TEST_CASE("Markdown becomes plain text for a terminal") {
  CHECK(for_terminal("# Title\n\none two three four\n\n```\n# code\n```\n", 12, false) ==
        "Title\n\none two\nthree four\n\n    # code\n");
}

}  // namespace
}  // namespace gate::cli
