#include "tests/meta/layers.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

namespace gate::meta {
namespace {

const std::filesystem::path kRoot = GATE_SOURCE_FOLDER;
const std::filesystem::path kRules = kRoot / "tests/meta/layers.toml";

std::vector<std::string> lines(const std::vector<Violation>& violations) {
  std::vector<std::string> result;
  for (const Violation& violation : violations) {
    result.push_back(violation.path + ":" + std::to_string(violation.line) + ": " +
                     violation.message);
  }
  return result;
}

// A tree of sources that is gone at the end of the test.
class PlantedTree {
 public:
  PlantedTree()
      : root_(std::filesystem::temp_directory_path() /
              ("gate-layers-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(root_ / "gate/checks");
  }
  ~PlantedTree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  PlantedTree(const PlantedTree&) = delete;
  PlantedTree& operator=(const PlantedTree&) = delete;

  void plant(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

TEST_CASE("the sources include only what layers.toml allows") {
  const auto violations = layer_violations(kRoot, kRules);
  REQUIRE(violations.has_value());
  CHECK(lines(*violations) == std::vector<std::string>{});
}

TEST_CASE("every planted violation is found") {
  const PlantedTree tree;
  tree.plant("gate/base/up.cpp", "#include \"gate/cli/cli.h\"\n");
  tree.plant("gate/base/up.h", "#pragma once\n\n  #  include \"gate/finding/finding.h\"\n");
  tree.plant("gate/readers/sideways.cpp", "#include \"gate/repo/snapshot.h\"\n");
  tree.plant("gate/policy/knows.cpp", "#include \"gate/checks/check.h\"\n");
  tree.plant("gate/report/knows.cpp",
             "#include \"gate/policy/policy.h\"\n#include \"gate/engine/run.h\"\n");
  tree.plant("gate/report/pretty.cpp", "#include \"gate/report/json_text.h\"\n");
  tree.plant("gate/checks/env/env.cpp", "#include \"gate/checks/git/git.h\"\n");
  tree.plant("gate/checks/git/git.h", "#pragma once\n");
  tree.plant("gate/policy/relative.cpp", "#include \"rule.h\"\n");
  tree.plant("gate/attic/old.cpp", "#include \"gate/base/text.h\"\n");
  tree.plant("gate/base/re2.cpp", "#include <vector>\n\n#include <re2/re2.h>\n");
  tree.plant("gate/base/text.h", "#include <fmt/format.h>\n");
  tree.plant("gate/checks/start.cpp", "#include <spawn.h>\n");
  tree.plant("gate/cli/fetch.cpp", "#include <curl/curl.h>\n");
  tree.plant("gate/cli/open.cpp", "#include <git2.h>\n");
  tree.plant("gate/engine/parse.cpp", "#include <toml++/toml.h>\n");
  tree.plant("gate/repo/more.h", "#include <git2.h>\n");

  const auto violations = layer_violations(tree.root(), kRules);
  REQUIRE(violations.has_value());
  CHECK(lines(*violations) ==
        std::vector<std::string>{
            "gate/attic/old.cpp:1: gate/base/text.h: layers.toml names no room `attic`",
            "gate/base/re2.cpp:3: re2/re2.h: this header does not belong here",
            "gate/base/text.h:1: fmt/format.h: this header does not belong in a header of ours",
            "gate/base/up.cpp:1: gate/base/up.h comes first: so it is proved to compile alone",
            "gate/base/up.cpp:1: gate/cli/cli.h: `base` does not know `cli`",
            "gate/base/up.h:3: gate/finding/finding.h: `base` does not know `finding`",
            "gate/checks/env/env.cpp:1: gate/checks/git/git.h: `gate/checks/env/` and "
            "`gate/checks/git/` are strangers",
            "gate/checks/start.cpp:1: spawn.h: this header does not belong here",
            "gate/cli/fetch.cpp:1: curl/curl.h: this header is named nowhere in layers.toml",
            "gate/cli/open.cpp:1: git2.h: this header does not belong here",
            "gate/engine/parse.cpp:1: toml++/toml.h: this header does not belong here",
            "gate/policy/knows.cpp:1: gate/checks/check.h: `policy` does not know `checks`",
            "gate/policy/relative.cpp:1: rule.h: an include path of ours begins at the root, with "
            "`gate/`",
            "gate/readers/sideways.cpp:1: gate/repo/snapshot.h: `readers` does not know `repo`",
            "gate/repo/more.h:1: git2.h: this header does not belong in a header of ours",
            "gate/report/knows.cpp:1: gate/policy/policy.h: `report` does not know `policy`",
            "gate/report/knows.cpp:2: gate/engine/run.h: `report` does not know `engine`",
            "gate/report/pretty.cpp:1: gate/report/json_text.h: `gate/report/pretty` and "
            "`gate/report/json` are strangers",
        });
}

TEST_CASE("a tree that keeps to the layers has no violation") {
  const PlantedTree tree;
  tree.plant("gate/base/text.h", "#pragma once\n#include <string>\n");
  tree.plant("gate/report/pretty.cpp",
             "#include \"gate/policy/rule_head.h\"\n#include <fmt/format.h>\n");
  tree.plant("gate/repo/git.h", "#include <git2.h>\n");
  const auto violations = layer_violations(tree.root(), kRules);
  REQUIRE(violations.has_value());
  CHECK(lines(*violations) == std::vector<std::string>{});
}

}  // namespace
}  // namespace gate::meta
