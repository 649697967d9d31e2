// php_syntax SPELL.PHP FOLDER: reads each sample below FOLDER, and pieces of it, as PHP itself does
// (spell.php), and compares. Exit status 0: the same; 1: not; 77: PHP or its extension ast is not
// there.
//
// A piece is a sample with some bytes taken out: whatever PHP still reads has to be the same tree.
// What PHP refuses may be read all the same: a reader of checklists need not know every rule of a
// compiler.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "gate/readers/formats/php/php.h"
#include "tests/oracle/php/spell.h"
#include "tests/support/child.h"

namespace gate::tests {
namespace {

namespace fs = std::filesystem;

constexpr int kSkipped = 77;
constexpr std::size_t kPieces = 150;  // of each sample
constexpr std::size_t kBatch = 200;   // files for one start of PHP

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The sample with a few bytes taken out, or cut off.
std::string piece_of(const std::string& text, std::mt19937& random) {
  const std::size_t begin = random() % text.size();
  const std::size_t size = random() % 4 == 0 ? text.size() : 1 + random() % 6;
  std::string piece = text;
  return piece.erase(begin, size);
}

struct Case {
  std::string name;
  std::string text;
  bool is_whole = true;
};

// Returns PHP's answers, one a case, or nothing where PHP cannot be asked.
std::vector<std::string> ask_php(const fs::path& script, const std::vector<Case>& cases,
                                 const fs::path& folder) {
  std::vector<std::string> answers;
  for (std::size_t first = 0; first < cases.size(); first += kBatch) {
    ChildCommand command;
    command.argv = {"php", script.string()};
    command.environment = own_environment();
    command.folder = folder;
    command.output = "answers";
    for (std::size_t i = first; i < std::min(cases.size(), first + kBatch); ++i) {
      const std::string name = fmt::format("{}.php", i);
      std::ofstream(folder / name, std::ios::binary) << cases[i].text;
      command.argv.push_back(name);
    }
    const auto result = run_child(command);
    if (!result || result->status == kSkipped || result->status == 127) return {};
    std::ifstream lines(folder / "answers");
    for (std::string line; std::getline(lines, line);)
      answers.push_back(line);
  }
  return answers;
}

bool differs(const Case& one, const std::string& theirs) {
  namespace php = readers::php;
  const auto tree = php::parse(std::make_shared<const base::Source>(one.name, one.text));
  if (theirs == "refused") {
    if (!one.is_whole) return false;
    fmt::print("{}: PHP refuses the sample\n", one.name);
    return true;
  }
  if (!tree->ok()) {
    fmt::print("{}: {}, but PHP reads it\n{}\n", one.name, tree->first_problem(),
               one.is_whole ? "" : one.text);
    return true;
  }
  const std::string ours = php::spell(tree->root());
  if (ours == theirs) return false;
  const auto at = static_cast<std::size_t>(
      std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end()).first - ours.begin());
  const std::size_t from = at < 100 ? 0 : at - 100;
  fmt::print("{}: the trees differ\n  gate {}\n  php  {}\n", one.name, ours.substr(from, 250),
             theirs.substr(std::min(from, theirs.size()), 250));
  return true;
}

int compare(const fs::path& script, const fs::path& samples) {
  std::vector<Case> cases;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(samples))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::mt19937 random(20260131);  // NOLINT: the same pieces each time
  for (const fs::path& path : paths) {
    const std::string text = read(path);
    cases.push_back({path.filename().string(), text, true});
    for (std::size_t i = 0; i < kPieces; ++i)
      cases.push_back({fmt::format("{}, piece {}", path.filename().string(), i),
                       piece_of(text, random), false});
  }
  std::string pattern = (fs::temp_directory_path() / "gate-php-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return 1;
  const std::vector<std::string> answers = ask_php(fs::absolute(script), cases, pattern);
  fs::remove_all(pattern);
  if (answers.empty()) {
    fmt::print("skipped: php and its extension ast are not installed\n");
    return kSkipped;
  }
  if (answers.size() != cases.size()) {
    fmt::print("PHP gave {} answers to {} files\n", answers.size(), cases.size());
    return 1;
  }
  std::size_t wrong = 0;
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    wrong += differs(cases[i], answers[i]) ? 1U : 0U;
    accepted += answers[i] != "refused" ? 1U : 0U;
  }
  fmt::print("{} files, {} read by PHP, {} read differently\n", cases.size(), accepted, wrong);
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gate::tests

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("php_syntax SPELL.PHP FOLDER\n", stderr);
    return 2;
  }
  return gate::tests::compare(arguments[1], arguments[2]);
}
