// Lockfile: what a package manager wrote down so that every install is the same, whatever manager
// it was. Knows packages, where they come from and what asks for them; knows no rule.
//
// Views point into the lockfile's own text or into texts it keeps: they live as long as it does. A
// lockfile that was read is not changed any more, and may be used from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/lockfiles/ecosystem.h"

namespace gate::readers::lockfiles {

// Where the bytes of a package come from.
enum class Source : std::uint8_t {
  registry,  // an index of the ecosystem, whichever host it has
  git,       // a commit of a repository
  url,       // an archive at an address of its own
  path,      // a folder or file beside the project
};

[[nodiscard]] std::string_view name(Source source);

// Why something is asked for.
enum class Need : std::uint8_t {
  production,
  development,
  optional,
  peer,
  optional_peer,
  platform,  // the version of Node.js that it runs on
};

// A stretch of one of the lists of a lockfile.
struct Slice {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

// One package that asks for another.
struct Requirement {
  std::string_view name;   // under which it is installed
  std::string_view range;  // as written: "^1.2", ">=4,<5"; or the exact version that a lock names
  Need need = Need::production;
  base::Span span;
  bool is_bundled = false;  // its bytes come inside those of who asks
};

struct Package {
  // Flags, as the lock says them. None says which releases their registry took back since: no
  // format keeps it.
  enum Flag : std::uint16_t {
    development = 1,         // nothing of production needs it
    optional = 2,            // an install goes on without it
    bundled = 4,             // its bytes come inside those of another package
    local = 8,               // a part of this repository: a workspace, the project itself
    install_script = 16,     // runs code of its own while it is installed
    abandoned = 32,          // its authors gave it up
    foreign_platform = 128,  // tied to an operating system or processor
    unpinned = 256,          // asked for, but the file does not settle which version
  };

  std::string_view name;      // of the registry, also where it is installed under another
  std::string_view version;   // empty: the lock names none
  std::string_view location;  // the address or folder as written; empty where the lock has none
  std::string_view commit;    // of a git source
  std::string_view key;     // its own place in the lock: "node_modules/a/node_modules/b", "a@1.0.0"
  std::string_view notice;  // of an abandoned one: why, or what replaces it
  std::string_view released;  // when it came out, as written; empty where the lock does not say
  Source source = Source::registry;
  std::uint16_t flags = 0;
  Slice hashes;        // "sha512-…", "sha256:…", as written
  Slice licenses;      // identifiers or expressions, as written; several are alternatives
  Slice requirements;  // what it asks for
  Slice descriptors;   // the requirements that it answers, "a@^1": yarn
  base::Span span;     // of its name in the lock

  [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
  void set(Flag flag) { flags = static_cast<std::uint16_t>(flags | flag); }
  void clear(Flag flag) { flags = static_cast<std::uint16_t>(flags & ~flag); }
};

// A project that the lock is for: the root, or a workspace member, as the lock remembers it.
struct Project {
  std::string_view path;  // its folder, from the lock's own; "" for the root
  std::string_view name;
  std::string_view version;
  Slice requirements;
  Slice locked;  // the version that the lock settled for each of them; empty where it does not say
  base::Span span;
};

// What a package stands for besides itself (Composer: replace, provide, branch-alias).
inline constexpr std::uint32_t kNoPackage = 0xFFFFFFFF;
struct Provision {
  std::uint32_t package = kNoPackage;  // index; none: of whichever package has the name
  std::string_view name;
  std::string_view version;  // a constraint; of an alias a version
  bool is_alias = false;     // another version of the package itself
};

// A setting that the lock remembers, under the keys that lead to it.
struct Setting {
  Slice keys;
  std::string_view value;
  base::Span span;
};

// A place of an npm tree that leads to a folder of the repository.
struct Link {
  std::string_view key;
  std::string_view target;  // the key of the folder
  base::Span span;
};

// Another file that a requirements.txt takes in: `-r other.txt`, `-c constraints.txt`.
struct Include {
  std::string_view path;  // as written, from the folder of the file
  bool is_constraint = false;
  base::Span span;
};

// Something in the file that its format does not allow; what stands around it was read.
struct Problem {
  std::string message;
  base::Span span;
};

class Lockfile {
 public:
  explicit Lockfile(std::shared_ptr<const base::Source> source) : source_(std::move(source)) {}

  [[nodiscard]] const std::string& path() const { return source_->name(); }
  [[nodiscard]] std::string_view text() const { return source_->text(); }
  [[nodiscard]] const std::shared_ptr<const base::Source>& source() const { return source_; }

  [[nodiscard]] std::span<const std::string_view> hashes(const Package& package) const {
    return part(strings, package.hashes);
  }
  [[nodiscard]] std::span<const std::string_view> licenses(const Package& package) const {
    return part(strings, package.licenses);
  }
  [[nodiscard]] std::span<const std::string_view> descriptors(const Package& package) const {
    return part(strings, package.descriptors);
  }
  [[nodiscard]] std::span<const std::string_view> keys(const Setting& setting) const {
    return part(strings, setting.keys);
  }
  [[nodiscard]] std::span<const std::string_view> locked(const Project& project) const {
    return part(strings, project.locked);
  }
  [[nodiscard]] std::span<const Requirement> requirements(Slice slice) const {
    return part(all_requirements, slice);
  }

  // Keeps a text that does not stand in the source, and returns a view of it.
  std::string_view keep(std::string text);
  // Returns where texts of escapes go (JsonScanner).
  std::vector<std::unique_ptr<std::string>>& texts() { return texts_; }

  // Appends to a list what belongs together, and returns where it stands.
  Slice add_strings(std::span<const std::string_view> added);
  Slice add_requirements(std::span<const Requirement> added);
  void add_setting(std::span<const std::string_view> keys, std::string_view value, base::Span span);

  Ecosystem ecosystem = Ecosystem::npm;
  std::string_view format;   // "npm", "pnpm": the name of its entry in the table of formats
  std::string_view version;  // of the format, as written
  std::string_view hash;     // of the manifest it was made from, as written; empty: the format has
                             // none, or the file
  base::Span hash_span;
  bool tells_groups = true;  // false: only the manifest says what nothing but development needs
  std::shared_ptr<const Document> document;  // of a format that is TOML, for who needs more of it
  std::vector<Package> packages;             // in reading order
  std::vector<Project> projects;
  std::vector<Link> links;
  std::vector<Setting> settings;
  std::vector<Provision> provisions;
  std::vector<Include> includes;
  std::vector<Problem> problems;

  std::vector<std::string_view> strings;
  std::vector<Requirement> all_requirements;

 private:
  template <class T>
  static std::span<const T> part(const std::vector<T>& list, Slice slice) {
    return std::span<const T>(list).subspan(slice.begin, slice.count);
  }

  std::shared_ptr<const base::Source> source_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

}  // namespace gate::readers::lockfiles
