#include "gate/cli/cyclonedx.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/base/base64.h"
#include "gate/base/json_writer.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/graph.h"
#include "gate/readers/lockfiles/hash_text.h"
#include "gate/readers/lockfiles/spdx.h"
#include "gate/readers/lockfiles/spdx_ids.h"

namespace gate::cli {
namespace {

using base::JsonWriter;
using checks::Inventory;
using checks::LockfileEntry;
using readers::lockfiles::Ecosystem;
using readers::lockfiles::Graph;
using readers::lockfiles::Lockfile;
using readers::lockfiles::Package;
using readers::lockfiles::Requirement;
using readers::lockfiles::Source;

constexpr std::string_view kRoot = "root";

// What a package URL does not take as it is (package-url/purl-spec, "character encoding").
std::string encoded(std::string_view text, std::string_view also_plain) {
  std::string out;
  for (const char c : text) {
    const bool plain = base::is_alphanumeric(c) ||
                       std::string_view("-._~").find(c) != std::string::npos ||
                       also_plain.find(c) != std::string::npos;
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string purl(Ecosystem ecosystem, const Package& package) {
  std::string name = readers::lockfiles::canonical_name(ecosystem, package.name);
  // The group of Maven is a namespace.
  if (ecosystem == Ecosystem::maven) std::replace(name.begin(), name.end(), ':', '/');
  std::string out = fmt::format("pkg:{}/{}", names(ecosystem).purl, encoded(name, "/"));
  if (!package.version.empty()) out += "@" + encoded(package.version, ":");
  if (package.location.empty()) return out;
  if (package.source == Source::git) {
    const std::string_view place = package.location.substr(0, package.location.find('#'));
    out +=
        "?vcs_url=" + encoded(package.commit.empty() ? std::string(place)
                                                     : fmt::format("{}@{}", place, package.commit),
                              ":/");
  } else if (package.source == Source::url) {
    out += "?download_url=" + encoded(package.location, ":/");
  }
  return out;
}

std::string in_hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes)
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

struct Hash {
  std::string_view algorithm;
  std::string value;
  friend auto operator<=>(const Hash&, const Hash&) = default;
};

// Returns a hash in the words of CycloneDX; nothing for one that it has no word for, or that is not
// of the archive itself: yarn's of its own cache, Go's of a folder.
std::optional<Hash> hash_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames{
      {{"md5", "MD5"},
       {"sha1", "SHA-1"},
       {"sha256", "SHA-256"},
       {"sha384", "SHA-384"},
       {"sha512", "SHA-512"},
       {"sha3_256", "SHA3-256"},
       {"sha3_512", "SHA3-512"},
       {"blake2b", "BLAKE2b-512"}}};
  const readers::lockfiles::HashText hash = readers::lockfiles::parse_hash(text);
  if (!hash.problem.empty()) return std::nullopt;
  const auto* const known = std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) {
    return entry.first == hash.algorithm;
  });
  if (known == kNames.end()) return std::nullopt;
  text = text.substr(0, text.find('?'));
  if (const base::Halves hex = base::split_once(text, ":"); hex.found)
    return Hash{known->second, base::to_lower(hex.behind)};
  const base::Halves base64 = base::split_once(text, "-");
  if (!base64.found) return std::nullopt;
  const auto bytes = base::decode_base64(base64.behind);
  if (!bytes) return std::nullopt;
  return Hash{known->second, in_hex(*bytes)};
}

struct Component {
  Ecosystem ecosystem = Ecosystem::npm;
  std::string name;
  std::string version;
  bool production = false;
  bool required = false;
  std::string address;
  std::set<Hash> hashes;
  std::vector<std::string> licenses;  // as written, alternatives
  std::vector<std::string> places;
  std::set<std::string> asks_for;  // package URLs
};

class Bill {
 public:
  explicit Bill(const Inventory& inventory) : inventory_(inventory) {
    for (const LockfileEntry& entry : inventory.lockfiles()) {
      if (entry.lock && !entry.is_constraint) add(entry, inventory.wanted(entry));
    }
  }

  void write(JsonWriter& json, std::string_view name) const {
    json.begin_object();
    json.key("$schema").string("http://cyclonedx.org/schema/bom-1.5.schema.json");
    json.key("bomFormat").string("CycloneDX");
    json.key("specVersion").string("1.5");
    json.key("version").number(1);
    json.key("metadata").begin_object();
    json.key("tools").begin_object().key("components").begin_array().begin_object();
    json.key("type").string("application");
    json.key("name").string("gate");
    json.key("version").string(GATE_VERSION);
    json.end_object().end_array().end_object();
    json.key("component").begin_object();
    json.key("type").string("application");
    json.key("bom-ref").string(kRoot);
    json.key("name").string(name);
    json.end_object().end_object();
    json.key("components").begin_array();
    for (const auto& [reference, component] : components_)
      write_component(json, reference, component);
    json.end_array();
    json.key("dependencies").begin_array();
    write_edges(json, kRoot, roots_);
    for (const auto& [reference, component] : components_)
      write_edges(json, reference, component.asks_for);
    json.end_array();
    json.end_object();
  }

 private:
  // A requirement that leaves the version open names no package, a member is the project itself.
  static bool is_component(const Package& package) {
    return !package.name.empty() && !package.is(Package::unpinned) && !package.is(Package::local);
  }

  void add(const LockfileEntry& entry, const std::vector<Requirement>& wanted) {
    const Lockfile& lock = *entry.lock;
    std::vector<std::string> references(lock.packages.size());
    for (std::size_t index = 0; index < lock.packages.size(); ++index) {
      const Package& package = lock.packages[index];
      if (!is_component(package)) continue;
      references[index] = purl(lock.ecosystem, package);
      add(entry, package, components_[references[index]]);
    }
    const Graph graph(lock, wanted);
    for (std::uint32_t index = 0; index < lock.packages.size(); ++index) {
      const bool is_local = lock.packages[index].is(Package::local);
      if (references[index].empty() && !is_local) continue;
      std::set<std::string>& edges = is_local ? roots_ : components_[references[index]].asks_for;
      for (const std::uint32_t target : graph.asks_for(index)) {
        if (references[target].empty()) continue;
        // A line of a requirements.txt is a package and what the project asks for, in one.
        (target == index ? roots_ : edges).insert(references[target]);
      }
    }
    for (const readers::lockfiles::Root& root : graph.roots()) {
      if (!references[root.package].empty()) roots_.insert(references[root.package]);
    }
  }

  void add(const LockfileEntry& entry, const Package& package, Component& component) const {
    const Lockfile& lock = *entry.lock;
    component.ecosystem = lock.ecosystem;
    component.name = package.name;
    component.version = package.version.empty() ? package.commit : package.version;
    component.production = component.production || !inventory_.is_development(entry, package);
    component.required = component.required || !package.is(Package::optional);
    if (component.address.empty() && package.location.starts_with("https://"))
      component.address = package.location.substr(0, package.location.find('#'));
    for (const std::string_view text : lock.hashes(package)) {
      if (auto hash = hash_of(text)) component.hashes.insert(*std::move(hash));
    }
    if (component.licenses.empty()) {
      const auto licenses = lock.licenses(package);
      component.licenses.assign(licenses.begin(), licenses.end());
    }
    component.places.push_back(
        fmt::format("{}:{}", entry.path, entry.source->lines().position(package.span.begin).line));
  }

  static void write_component(JsonWriter& json, const std::string& reference,
                              const Component& component) {
    json.begin_object();
    json.key("type").string("library");
    json.key("bom-ref").string(reference);
    const bool is_maven = component.ecosystem == Ecosystem::maven;
    const bool has_group =
        is_maven || component.ecosystem == Ecosystem::packagist || component.name.starts_with('@');
    const std::size_t slash =
        has_group ? component.name.rfind(is_maven ? ':' : '/') : std::string::npos;
    if (slash != std::string::npos) json.key("group").string(component.name.substr(0, slash));
    json.key("name").string(slash == std::string::npos ? component.name
                                                       : component.name.substr(slash + 1));
    if (!component.version.empty()) json.key("version").string(component.version);
    json.key("scope").string(!component.production ? "excluded"
                             : component.required  ? "required"
                                                   : "optional");
    write_hashes(json, component);
    write_licenses(json, component.licenses);
    json.key("purl").string(reference);
    if (!component.address.empty()) {
      json.key("externalReferences").begin_array().begin_object();
      json.key("type").string("distribution");
      json.key("url").string(component.address);
      json.end_object().end_array();
    }
    json.key("properties").begin_array();
    for (const std::string& place : component.places) {
      json.begin_object();
      json.key("name").string("gate:lockfile");
      json.key("value").string(place);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }

  static void write_hashes(JsonWriter& json, const Component& component) {
    if (component.hashes.empty()) return;
    json.key("hashes").begin_array();
    for (const Hash& hash : component.hashes) {
      json.begin_object();
      json.key("alg").string(hash.algorithm);
      json.key("content").string(hash.value);
      json.end_object();
    }
    json.end_array();
  }

  // One expression, or licences by identifier and by name: the schema takes no mixture.
  static void write_licenses(JsonWriter& json, const std::vector<std::string>& licenses) {
    if (licenses.empty()) return;
    const bool all_known =
        std::all_of(licenses.begin(), licenses.end(), [](const std::string& text) {
          return readers::lockfiles::LicenseExpression::parse(text).has_value();
        });
    const bool is_id =
        licenses.size() == 1 && !readers::lockfiles::spdx_license(licenses.front()).empty();
    json.key("licenses").begin_array();
    if (all_known && !is_id) {
      json.begin_object();
      json.key("expression")
          .string(licenses.size() == 1 ? licenses.front()
                                       : fmt::format("({})", fmt::join(licenses, ") OR (")));
      json.end_object();
    } else {
      for (const std::string& text : licenses) {
        const std::string_view id = readers::lockfiles::spdx_license(text);
        json.begin_object().key("license").begin_object();
        json.key(id.empty() ? "name" : "id").string(id.empty() ? std::string_view(text) : id);
        json.end_object().end_object();
      }
    }
    json.end_array();
  }

  static void write_edges(JsonWriter& json, std::string_view reference,
                          const std::set<std::string>& edges) {
    json.begin_object();
    json.key("ref").string(reference);
    json.key("dependsOn").begin_array();
    for (const std::string& edge : edges)
      json.string(edge);
    json.end_array();
    json.end_object();
  }

  const Inventory& inventory_;
  std::map<std::string, Component> components_;  // by package URL
  std::set<std::string> roots_;
};

}  // namespace

std::string write_cyclonedx(const Inventory& inventory, std::string_view name) {
  JsonWriter json(JsonWriter::Layout::indented);
  Bill(inventory).write(json, name);
  return std::move(json).text();
}

}  // namespace gate::cli
