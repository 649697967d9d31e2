#include "gate/policy/policy_files.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/readers/formats/toml.h"

namespace gate::policy {
namespace {

using base::Diagnostic;

constexpr std::int64_t kVersion = 1;

bool is_glob(std::string_view text) {
  return text.find_first_of("*?[{!\\") != std::string_view::npos;
}

bool leaves_folder(std::string_view path) {
  return path == ".." || path.starts_with("../") || path.ends_with("/..") ||
         path.find("/../") != std::string_view::npos;
}

class Collector {
 public:
  Collector(const LoadOptions& options, base::Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  PolicyFiles run() {
    const bool in_snapshot =
        options_.files != nullptr && options_.files->find(options_.file) != nullptr;
    const std::size_t slash = options_.file.rfind('/');
    if (in_snapshot && slash != std::string::npos) folder_ = options_.file.substr(0, slash + 1);
    add(options_.file, nullptr);
    return {std::move(files_), std::move(sources_)};
  }

 private:
  // One element of an `include` list.
  struct Include {
    TableReader& gate;
    std::size_t index;
    std::string text;

    void complain(std::string message, std::string help = {}) const {
      gate.complain("include", index, std::move(message), std::move(help));
    }
    // Returns the place of the element; every loaded file remembers it, for the one that names the
    // file again.
    [[nodiscard]] base::Label place() const { return gate.place("include", index); }
  };

  // Who named a file that is or was being read.
  struct Named {
    std::string path;
    base::Label place;  // none for the main file
  };

  void add(const std::string& path, const Include* from) {
    Result<std::optional<std::string>> text = options_.read(path);
    if (!text) {
      report(from, text.error().message);
    } else if (!text->has_value()) {
      if (from != nullptr || options_.file_required)
        report(from, fmt::format("`{}` does not exist", path));
    } else {
      named_.push_back({path, from != nullptr ? from->place() : base::Label{}});
      open_.push_back(path);
      parse(path, std::move(**text), from == nullptr);
      open_.pop_back();
    }
  }

  void report(const Include* from, std::string message) {
    if (from != nullptr) {
      from->complain(std::move(message));
    } else {
      diagnostics_.add(Diagnostic::error(std::move(message)));
    }
  }

  void parse(const std::string& path, std::string text, bool is_main) {
    auto source = std::make_shared<const base::Source>(path, std::move(text));
    sources_.push_back(source);
    std::shared_ptr<const readers::Document> document =
        readers::parse_toml(std::move(source), diagnostics_);
    if (document == nullptr) return;
    PolicyFile file{path, document,
                    TableReader(document->root(), std::nullopt, nullptr, diagnostics_, false),
                    std::nullopt, is_main};
    file.gate = file.root.table("gate");
    if (!file.gate) {
      files_.push_back(std::move(file));
      return;
    }
    if (!is_readable(*file.gate)) return;
    std::vector<std::string> includes = file.gate->texts("include");
    TableReader gate = *file.gate;
    files_.push_back(std::move(file));
    for (std::size_t index = 0; index < includes.size(); ++index)
      include({gate, index, std::move(includes[index])});
  }

  // A later version may mean anything by its keys: nothing else of the file is judged.
  static bool is_readable(TableReader& gate) {
    const std::size_t before = gate.diagnostics().all().size();
    const auto version = gate.optional_integer("version", std::numeric_limits<std::int64_t>::min(),
                                               std::numeric_limits<std::int64_t>::max());
    if (gate.diagnostics().all().size() != before) return false;
    if (!version || *version == kVersion) return true;
    gate.complain("version",
                  fmt::format("this gate reads policies of version {}, not {}", kVersion, *version),
                  *version > kVersion ? "a newer gate may know it"
                                      : fmt::format("write `version = {}`", kVersion));
    return false;
  }

  void include(Include wanted) {
    if (wanted.text.starts_with('/')) {
      wanted.complain("an include must lie in the repository, not at an absolute path");
    } else if (leaves_folder(wanted.text)) {
      wanted.complain("an include must not leave its folder with `..`");
    } else if (is_glob(wanted.text)) {
      include_glob(wanted);
    } else {
      std::string path = folder_ + wanted.text;
      if (!is_new(wanted, path)) return;
      add(path, &wanted);
    }
  }

  // Reports a file that is named again, or that is still being read.
  bool is_new(const Include& wanted, const std::string& path) {
    const auto open = std::find(open_.begin(), open_.end(), path);
    if (open != open_.end()) {
      std::string chain;
      for (auto step = open; step != open_.end(); ++step)
        chain += fmt::format("`{}` -> ", *step);
      wanted.complain(fmt::format("includes go in a circle: {}`{}`", chain, path));
      return false;
    }
    const auto known = std::find_if(named_.begin(), named_.end(),
                                    [&](const Named& named) { return named.path == path; });
    if (known == named_.end()) return true;
    const base::Label here = wanted.place();
    Diagnostic diagnostic =
        Diagnostic::error(fmt::format("`{}` is included twice", path)).at(here.source, here.span);
    diagnostics_.add(
        std::move(diagnostic).note(known->place.source, known->place.span, "first included here"));
    return false;
  }

  // A glob takes what is not there yet; that it also fits a file named elsewhere is no mistake.
  void include_glob(const Include& wanted) {
    if (wanted.text.starts_with('!')) {
      wanted.complain("`include` takes no `!`", "name the files that belong to the policy");
      return;
    }
    // Includes are meant from the folder of the main file; without a slash a glob would fit at any
    // depth.
    const Result<base::Glob> glob = base::Glob::compile("/" + folder_ + wanted.text);
    if (!glob) {
      wanted.complain(
          fmt::format("an element of `include` is not a glob: {}", glob.error().message));
      return;
    }
    bool matched = false;
    if (options_.files != nullptr) {
      for (const repo::File& file : options_.files->files()) {
        if (!glob->matches(file.path)) continue;
        matched = true;
        const auto same = [&](const Named& named) { return named.path == file.path; };
        if (std::none_of(named_.begin(), named_.end(), same)) add(std::string(file.path), &wanted);
      }
    }
    if (matched) return;
    const base::Label here = wanted.place();
    Diagnostic diagnostic = Diagnostic::error(fmt::format("no file matches `{}`", wanted.text))
                                .at(here.source, here.span);
    diagnostic.level = Diagnostic::Level::warning;
    diagnostics_.add(std::move(diagnostic));
  }

  const LoadOptions& options_;
  base::Diagnostics& diagnostics_;
  std::string folder_;  // of the main file, with a slash at its end; empty at the top
  std::vector<PolicyFile> files_;
  std::vector<std::shared_ptr<const base::Source>> sources_;
  std::vector<Named> named_;
  std::vector<std::string> open_;  // files whose includes are being read, outermost first
};

}  // namespace

PolicyFiles read_policy_files(const LoadOptions& options, base::Diagnostics& diagnostics) {
  return Collector(options, diagnostics).run();
}

}  // namespace gate::policy
