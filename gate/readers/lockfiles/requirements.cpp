// requirements.txt (pip.pypa.io/en/stable/reference/requirements-file-format; PEP 508).
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/requirement_line.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))), text_(lock_->text()) {}

  std::shared_ptr<const Lockfile> run() {
    lock_->ecosystem = Ecosystem::pypi;
    lock_->format = kRequirements.name;
    // A backslash at the end joins the next line.
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      std::string joined;
      std::string_view logical;
      while (true) {
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        std::string_view line = text_.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = std::min(end + 1, text_.size());
        const bool goes_on = line.ends_with('\\') && at < text_.size();
        if (line.ends_with('\\')) line.remove_suffix(1);
        if (!goes_on && joined.empty()) logical = line;
        joined += line;
        if (!goes_on) break;
      }
      if (logical.empty() && !joined.empty()) logical = lock_->keep(std::move(joined));
      read_line(without_comment(logical), static_cast<std::uint32_t>(begin));
    }
    return std::move(lock_);
  }

 private:
  // `#` begins a comment at the start of a line and behind a blank.
  static std::string_view without_comment(std::string_view line) {
    for (std::size_t hash = line.find('#'); hash != std::string_view::npos;
         hash = line.find('#', hash + 1)) {
      if (hash == 0 || line[hash - 1] == ' ' || line[hash - 1] == '\t')
        return base::trim(line.substr(0, hash));
    }
    return base::trim(line);
  }

  void read_line(std::string_view line, std::uint32_t begin) {
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty()) return;
    const auto indent = static_cast<std::uint32_t>(text_.find_first_not_of(" \t", begin) - begin);
    const base::Span span{begin + indent, begin + indent + static_cast<std::uint32_t>(line.size())};
    if (line.front() == '-') return read_option(line, span);
    add(parse_requirement_line(line), span);
  }

  void read_option(std::string_view line, base::Span span) {
    const std::size_t end = line.find_first_of(" =");
    const std::string_view option = line.substr(0, end);
    const std::string_view value =
        end == std::string_view::npos ? std::string_view() : base::trim(line.substr(end + 1));
    if (option == "-r" || option == "--requirement") {
      lock_->includes.push_back({value, false, span});
    } else if (option == "-c" || option == "--constraint") {
      lock_->includes.push_back({value, true, span});
    } else if (option == "-e" || option == "--editable") {
      add(parse_requirement_line(value), span);
    } else if (option.starts_with("-r") || option.starts_with("-c")) {
      // Glued: `-rother.txt`.
      lock_->includes.push_back({base::trim(line.substr(2)), option.starts_with("-c"), span});
    } else {
      // --index-url, --no-binary and the like.
      lock_->add_setting(std::array{option}, value, span);
    }
  }

  void add(const RequirementLine& line, base::Span span) {
    if (!line.problem.empty()) lock_->problems.push_back({line.problem, span});
    if (line.name.empty() && line.location.empty()) return;
    Package package;
    package.name = line.name.empty() ? line.location : line.name;
    package.key = package.name;
    package.span = {
        span.begin,
        std::min(span.end, span.begin + static_cast<std::uint32_t>(package.name.size()))};
    package.version = line.version;
    package.location = line.location;
    package.source = line.source;
    package.commit = line.commit;
    if (line.source == Source::path) package.set(Package::local);
    if (!line.is_pinned) package.set(Package::unpinned);
    package.hashes = lock_->add_strings(line.hashes);
    const Requirement range{package.name, line.range, Need::production, span};
    package.requirements = lock_->add_requirements({&range, 1});
    lock_->packages.push_back(package);
  }

  std::shared_ptr<Lockfile> lock_;
  std::string_view text_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

// requirements-dev.txt, dev_requirements.txt, requirements/production.txt.
bool is_lock(std::string_view path) {
  constexpr std::string_view kWord = "requirements";
  constexpr std::string_view kEnd = ".txt";
  if (!path.ends_with(kEnd)) return false;
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) {
    const std::string_view folder = path.substr(0, slash);
    if (folder == kWord || folder.ends_with("/requirements")) return true;
  }
  const std::string_view name =
      path.substr(slash + 1, path.size() - kEnd.size() - (slash + 1));  // npos + 1 is 0
  const std::size_t word = name.find(kWord);
  if (word == std::string_view::npos) return false;
  const std::size_t end = word + kWord.size();
  return (word == 0 || !base::is_alphanumeric(name[word - 1])) &&
         (end == name.size() || !base::is_alphanumeric(name[end]));
}

constexpr std::array<std::string_view, 1> kLocks{"requirements.txt"};

}  // namespace

const Format kRequirements{
    "requirements", Ecosystem::pypi, "pip-compile --generate-hashes", kLocks, {}, read,
    nullptr,        is_lock};

}  // namespace gate::readers::lockfiles
