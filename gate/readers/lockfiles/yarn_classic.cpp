// yarn.lock of yarn 1 (github.com/yarnpkg/yarn, src/lockfile/parse.js): descriptors at the margin,
// fields behind two blanks, what a package asks for behind four.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/yaml_scalar.h"
#include "gate/readers/lockfiles/yarn.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))), text_(lock_->text()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::npm;
    lock_->format = kYarn.name;
    lock_->tells_groups = false;
    lock_->version = kYarnClassic;
    std::uint32_t number = 0;
    while (at_ < text_.size() && problem_.empty()) {
      const std::size_t begin = at_;
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      at_ = std::min(end + 1, text_.size());
      ++number;
      std::string_view line = text_.substr(begin, end - begin);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (begin == 0 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (!read_line(line)) problem_ = fmt::format("line {}: not a line of a yarn.lock", number);
    }
    if (!problem_.empty()) return Error{problem_};
    end_package();
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  bool read_line(std::string_view line) {
    const std::string_view bare = base::trim(line);
    if (bare.empty() || bare.front() == '#') return true;
    const std::size_t indent = line.find_first_not_of(' ');
    std::string_view rest = line.substr(indent);
    if (indent == 0) return begin_package(rest);
    if (!package_) return false;
    std::string_view key;
    if (!read_word(rest, key)) return false;
    if (rest.starts_with(':')) {
      section_ = indent == 2 ? key : section_;
      return indent == 2 && base::trim(rest.substr(1)).empty();
    }
    rest = base::trim(rest);
    std::string_view value;
    if (!read_word(rest, value) || !base::trim(rest).empty()) return false;
    if (indent == 2) {
      section_ = {};
      read_field(key, value);
    } else if (section_ == "dependencies" || section_ == "optionalDependencies") {
      const Need need = section_ == "dependencies" ? Need::production : Need::optional;
      requirements_.push_back({key, value, need, span_of(bare)});
    }
    return true;
  }

  [[nodiscard]] base::Span span_of(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  // Takes a quoted or bare word off the text. A bare one ends before a blank, a comma or a colon.
  bool read_word(std::string_view& rest, std::string_view& word) {
    if (rest.empty()) return false;
    if (rest.front() == '"') {
      const auto scalar = read_quoted(rest, lock_->texts());
      if (!scalar) return false;
      word = scalar->value;
      rest.remove_prefix(scalar->size);
      return true;
    }
    const std::size_t end = std::min(rest.find_first_of(" ,:"), rest.size());
    word = rest.substr(0, end);
    rest.remove_prefix(end);
    return !word.empty();
  }

  bool begin_package(std::string_view line) {
    end_package();
    package_.emplace();
    package_->span = span_of(line);
    while (true) {
      std::string_view descriptor;
      if (!read_word(line, descriptor)) return false;
      descriptors_.push_back(descriptor);
      if (line == ":") return true;
      if (!line.starts_with(',')) return false;
      line = base::trim(line.substr(1));
    }
  }

  void read_field(std::string_view key, std::string_view value) {
    if (key == "version") package_->version = value;
    if (key == "resolved") package_->location = value;
    if (key == "integrity")
      base::for_each_word(value, [&](std::string_view word) { hashes_.push_back(word); });
  }

  void end_package() {
    if (!package_) return;
    const NpmAlias first = split_npm_descriptor(descriptors_.front());
    const auto alias = split_npm_alias(first.range);
    package_->name = alias ? alias->name : first.name;
    package_->key = descriptors_.front();
    set_source();
    package_->hashes = lock_->add_strings(hashes_);
    package_->descriptors = lock_->add_strings(descriptors_);
    package_->requirements = lock_->add_requirements(requirements_);
    lock_->packages.push_back(*package_);
    package_.reset();
    section_ = {};
    hashes_.clear();
    descriptors_.clear();
    requirements_.clear();
  }

  void set_source() {
    const NpmSpec resolved = parse_npm_location(package_->location);
    if (resolved.is_address) {
      package_->source = resolved.source;
      package_->commit = resolved.source == Source::git ? resolved.commit : std::string_view();
      take_fragment_hash();
      return;
    }
    // Without `resolved` one of the descriptors says where it lies.
    for (const std::string_view descriptor : descriptors_) {
      const std::string_view range = split_npm_descriptor(descriptor).range;
      const NpmSpec spec = parse_npm_location(range);
      if (!spec.is_address || spec.source != Source::path) continue;
      package_->source = Source::path;
      package_->location = range;
      package_->set(Package::local);
      return;
    }
  }

  // `…/a-1.0.0.tgz#SHA1`: all that old locks have.
  void take_fragment_hash() {
    const base::Halves halves = base::split_once(package_->location, "#");
    if (package_->source == Source::git || !halves.found) return;
    package_->location = halves.before;
    if (hashes_.empty() && !halves.behind.empty())
      hashes_.push_back(lock_->keep("sha1:" + std::string(halves.behind)));
  }

  std::shared_ptr<Lockfile> lock_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::string problem_;

  std::optional<Package> package_;
  std::string_view section_;
  std::vector<std::string_view> hashes_;
  std::vector<std::string_view> descriptors_;
  std::vector<Requirement> requirements_;
};

}  // namespace

ReadResult read_yarn_classic(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

}  // namespace gate::readers::lockfiles
