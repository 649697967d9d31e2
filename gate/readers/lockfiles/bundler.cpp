// Gemfile.lock and gems.locked (bundler's LockfileParser): sections at the margin, gems behind four
// blanks, what they ask for behind six.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {
namespace {

// The parts of "name (rest)".
struct NameAndRest {
  std::string_view name;
  std::string_view rest;  // within the brackets
  bool has_rest = false;
};

std::optional<NameAndRest> split_entry(std::string_view text) {
  const std::size_t bracket = text.find(" (");
  if (bracket == std::string_view::npos) return NameAndRest{text, {}, false};
  if (!text.ends_with(')')) return std::nullopt;
  return NameAndRest{text.substr(0, bracket), text.substr(bracket + 2, text.size() - bracket - 3),
                     true};
}

// Returns the version of "1.2.3-x86_64-linux": a `-` begins the platform (bundler writes versions
// without one).
std::string_view without_platform(std::string_view version) {
  return version.substr(0, version.find('-'));
}

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))), text_(lock_->text()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::rubygems;
    lock_->format = kBundler.name;
    Project root;
    std::uint32_t number = 0;
    std::string problem;
    base::for_each_line(text_, [&](std::string_view line) {
      ++number;
      if (problem.empty() && !read_line(line))
        problem = fmt::format("line {}: not a line of a Gemfile.lock", number);
    });
    if (!problem.empty()) return Error{problem};
    end_package();
    root.requirements = lock_->add_requirements(dependencies_);
    lock_->projects.push_back(root);
    add_checksums();
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  bool read_line(std::string_view line) {
    const std::string_view bare = base::trim(line);
    if (bare.empty()) return true;
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == 0) return begin_section(bare);
    if (section_.empty()) return false;
    if (section_ == "GEM" || section_ == "GIT" || section_ == "PATH" || section_ == "PLUGIN SOURCE")
      return read_source_line(bare, indent);
    if (section_ == "DEPENDENCIES") return read_dependency(bare);
    if (section_ == "CHECKSUMS") checksum_lines_.push_back(bare);
    if (section_ == "RUBY VERSION" || section_ == "BUNDLED WITH")
      lock_->add_setting(std::array{section_}, bare, span_of(bare));
    return true;
  }

  [[nodiscard]] base::Span span_of(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  bool begin_section(std::string_view name) {
    end_package();
    // Sections are in capitals; anything else at the margin is no lockfile.
    if (std::any_of(name.begin(), name.end(), [](char c) {
          return !base::is_upper(c) && c != ' ' && c != '\xEF' && c != '\xBB' && c != '\xBF';
        }))
      return false;
    section_ = name;
    remote_ = {};
    revision_ = {};
    return true;
  }

  bool read_source_line(std::string_view bare, std::size_t indent) {
    if (indent == 2) {
      end_package();
      const base::Halves field = base::split_once(bare, ":");
      if (!field.found) return false;
      const std::string_view value = base::trim(field.behind);
      if (field.before == "remote") remote_ = value;
      if (field.before == "revision") revision_ = value;
      return true;
    }
    const auto entry = split_entry(bare);
    if (!entry) return false;
    if (indent == 4) return begin_package(*entry);
    if (!package_) return false;
    requirements_.push_back({entry->name, entry->rest, Need::production, span_of(bare)});
    return true;
  }

  bool begin_package(const NameAndRest& entry) {
    end_package();
    if (!entry.has_rest) return false;
    package_.emplace();
    package_->name = entry.name;
    package_->key = entry.name;
    package_->span = span_of(entry.name);
    package_->version = without_platform(entry.rest);
    package_->location = remote_;
    if (package_->version.size() != entry.rest.size()) package_->set(Package::foreign_platform);
    if (section_ == "GIT") {
      package_->source = Source::git;
      package_->commit = revision_;
    } else if (section_ == "PATH") {
      package_->source = Source::path;
      package_->set(Package::local);
    }
    return true;
  }

  void end_package() {
    if (!package_) return;
    package_->requirements = lock_->add_requirements(requirements_);
    lock_->packages.push_back(*package_);
    package_.reset();
    requirements_.clear();
  }

  // "name (>= 1)", with `!` behind where the source is set.
  bool read_dependency(std::string_view bare) {
    std::string_view text = bare;
    if (text.ends_with('!')) text.remove_suffix(1);
    const auto entry = split_entry(text);
    if (!entry) return false;
    dependencies_.push_back({entry->name, entry->rest, Need::production, span_of(bare)});
    return true;
  }

  // "name (1.2.3-platform) sha256=…", only with bundler 2.5 and later.
  void add_checksums() {
    std::unordered_map<std::string, std::string_view> hashes;
    for (const std::string_view line : checksum_lines_) {
      const base::Halves halves = base::split_once(line, ") ");
      const base::Halves entry = base::split_once(halves.before, " (");
      if (!halves.found || !entry.found) continue;
      const base::Halves hash = base::split_once(halves.behind, "=");
      std::string id(entry.before);
      id += ' ';
      id += without_platform(entry.behind);
      hashes.emplace(std::move(id),
                     lock_->keep(std::string(hash.before) + ":" + std::string(hash.behind)));
    }
    for (Package& package : lock_->packages) {
      const auto found =
          hashes.find(std::string(package.name) + " " + std::string(package.version));
      if (found != hashes.end()) package.hashes = lock_->add_strings({&found->second, 1});
    }
    if (!checksum_lines_.empty())
      lock_->add_setting(std::array{std::string_view("CHECKSUMS")}, "", {});
  }

  std::shared_ptr<Lockfile> lock_;
  std::string_view text_;
  std::string_view section_;
  std::string_view remote_;
  std::string_view revision_;
  std::optional<Package> package_;
  std::vector<Requirement> requirements_;
  std::vector<Requirement> dependencies_;
  std::vector<std::string_view> checksum_lines_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 2> kLocks{"Gemfile.lock", "gems.locked"};
constexpr std::array<std::string_view, 2> kManifests{"Gemfile", "gems.rb"};

}  // namespace

const Format kBundler{"bundler", Ecosystem::rubygems, "bundle lock", kLocks, kManifests,
                      read,      sync_bundler};

}  // namespace gate::readers::lockfiles
