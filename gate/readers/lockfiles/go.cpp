// go.mod (go.dev/ref/mod, "go.mod file grammar"): the file that settles a Go build; go.sum has the
// hashes.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {
namespace {

using Words = std::vector<std::string_view>;

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))), text_(lock_->text()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::go;
    lock_->format = kGo.name;
    std::uint32_t number = 0;
    std::string problem;
    base::for_each_line(text_, [&](std::string_view line) {
      ++number;
      if (problem.empty() && !read_line(line))
        problem = fmt::format("line {}: not a line of a go.mod", number);
    });
    if (problem.empty() && !block_.empty())
      problem = fmt::format("line {}: the block `{} (` is not closed", number, block_);
    if (!problem.empty()) return Error{problem};
    replace();
    lock_->projects.push_back(module_);
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  struct Replacement {
    Words before;  // path, maybe version
    Words after;
  };

  bool read_line(std::string_view line) {
    const std::size_t comment = line.find("//");
    const bool is_indirect = comment != std::string_view::npos &&
                             line.substr(comment).find("indirect") != std::string_view::npos;
    Words words;
    base::for_each_word(line.substr(0, comment), [&](std::string_view word) {
      if (word.size() >= 2 && (word.front() == '"' || word.front() == '`') &&
          word.back() == word.front())
        word = word.substr(1, word.size() - 2);
      words.push_back(word);
    });
    if (words.empty()) return true;
    if (block_.empty()) {
      const std::string_view directive = words.front();
      words.erase(words.begin());
      if (words.size() == 1 && words.front() == "(") {
        block_ = directive;
        return true;
      }
      return read_directive(directive, words, is_indirect);
    }
    if (words.size() == 1 && words.front() == ")") {
      block_ = {};
      return true;
    }
    return read_directive(block_, words, is_indirect);
  }

  [[nodiscard]] base::Span span_of(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  bool read_directive(std::string_view directive, const Words& words, bool is_indirect) {
    if (directive == "require") return read_require(words, is_indirect);
    if (directive == "replace") return read_replace(words);
    if (words.empty()) return false;
    if (directive == "module") {
      module_.name = words.front();
      module_.span = span_of(words.front());
      return true;
    }
    if (directive == "go") lock_->version = words.front();
    constexpr std::array<std::string_view, 8> kOthers{"go",      "toolchain", "exclude", "retract",
                                                      "godebug", "tool",      "ignore",  "module"};
    return std::find(kOthers.begin(), kOthers.end(), directive) != kOthers.end();
  }

  bool read_require(const Words& words, bool is_indirect) {
    if (words.size() != 2) return false;
    Package package;
    package.name = words[0];
    package.key = words[0];
    package.version = words[1];
    package.span = span_of(words[0]);
    // What only others ask for is written down too; it does not count as asked for by the module.
    if (!is_indirect)
      direct_.push_back({package.name, package.version, Need::production, package.span});
    lock_->packages.push_back(package);
    return true;
  }

  bool read_replace(const Words& words) {
    const auto arrow = std::find(words.begin(), words.end(), std::string_view("=>"));
    Replacement replacement{{words.begin(), arrow}, {}};
    if (arrow == words.end()) return false;
    replacement.after.assign(arrow + 1, words.end());
    const auto fits = [](const Words& side) { return side.size() == 1 || side.size() == 2; };
    if (!fits(replacement.before) || !fits(replacement.after)) return false;
    replacements_.push_back(std::move(replacement));
    return true;
  }

  // A replaced module is the one that stands behind the arrow.
  void replace() {
    for (const Replacement& replacement : replacements_) {
      for (Package& package : lock_->packages) {
        if (package.key != replacement.before.front()) continue;
        if (replacement.before.size() == 2 && package.version != replacement.before[1]) continue;
        package.name = replacement.after.front();
        package.span = span_of(replacement.after.front());
        package.version = replacement.after.size() == 2 ? replacement.after[1] : std::string_view();
        if (replacement.after.size() == 2) continue;
        package.source = Source::path;
        package.location = replacement.after.front();
        package.set(Package::local);
      }
    }
    module_.requirements = lock_->add_requirements(direct_);
  }

  std::shared_ptr<Lockfile> lock_;
  std::string_view text_;
  std::string_view block_;
  Project module_;
  std::vector<Requirement> direct_;
  std::vector<Replacement> replacements_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"go.mod"};

}  // namespace

const Format kGo{"go", Ecosystem::go, "go mod tidy", kLocks, {}, read, sync_go};

}  // namespace gate::readers::lockfiles
