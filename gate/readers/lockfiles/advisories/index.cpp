#include "gate/readers/lockfiles/advisories/index.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kMagic = "gateadv3";
constexpr std::size_t kHead = 8 + 8 + 8 + 4 + 4 + 4;
constexpr std::size_t kSlot = 8 + 4 + 4;

// FNV-1a, 64 bits.
std::uint64_t hash_of(Ecosystem ecosystem, std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto add = [&](unsigned char byte) {
    hash ^= byte;
    hash *= 0x100000001b3U;
  };
  add(static_cast<unsigned char>(ecosystem));
  for (const char c : name)
    add(static_cast<unsigned char>(c));
  return hash;
}

class Writer {
 public:
  void fixed(std::uint64_t value, std::size_t size) {
    for (std::size_t index = 0; index < size; ++index)
      bytes_ += static_cast<char>((value >> (8 * index)) & 0xFFU);
  }
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
      value >>= 7U;
    }
    bytes_ += static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  void texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values)
      text(value);
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads with bounds; after a mistake everything is empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t fixed(std::size_t size) {
    if (bytes_.size() < size) return fail();
    std::uint64_t value = 0;
    for (std::size_t index = 0; index < size; ++index)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[index])) << (8 * index);
    bytes_.remove_prefix(size);
    return value;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    return fail();
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) {
      fail();
      return {};
    }
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }
  // Returns how many elements follow; each takes a byte at least.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > bytes_.size()) return fail();
    return value;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> values(count());
    for (std::string& value : values)
      value = text();
    return values;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  std::uint64_t fail() {
    good_ = false;
    bytes_ = {};
    return 0;
  }

  std::string_view bytes_;
  bool good_ = true;
};

Error damaged() {
  return {"the advisories in the cache are damaged; run `gate advisories import` again"};
}

void write_advisory(Writer& out, const Advisory& advisory,
                    const std::vector<const Affected*>& affected) {
  out.text(advisory.id);
  out.texts(advisory.aliases);
  out.text(advisory.summary);
  out.text(advisory.url);
  out.text(advisory.modified);
  out.number(static_cast<std::uint64_t>(advisory.severity));
  out.number(static_cast<std::uint64_t>(advisory.score + 1));
  out.number(affected.size());
  for (const Affected* entry : affected) {
    out.texts(entry->versions);
    out.number(entry->ranges.size());
    for (const VersionRange& range : entry->ranges) {
      out.number(range.events.size());
      for (const VersionEvent& event : range.events) {
        out.number(static_cast<std::uint64_t>(event.kind));
        out.text(event.version);
      }
    }
  }
}

Advisory read_advisory(Reader& in, Ecosystem ecosystem, std::string_view name) {
  Advisory advisory;
  advisory.id = in.text();
  advisory.aliases = in.texts();
  advisory.summary = in.text();
  advisory.url = in.text();
  advisory.modified = in.text();
  advisory.severity = static_cast<Severity>(
      std::min<std::uint64_t>(in.number(), static_cast<std::uint64_t>(Severity::critical)));
  advisory.score = static_cast<int>(std::min<std::uint64_t>(in.number(), 101)) - 1;
  advisory.affected.resize(in.count());
  for (Affected& affected : advisory.affected) {
    affected.ecosystem = ecosystem;
    affected.name = name;
    affected.versions = in.texts();
    affected.ranges.resize(in.count());
    for (VersionRange& range : affected.ranges) {
      range.events.resize(in.count());
      for (VersionEvent& event : range.events) {
        event.kind = static_cast<VersionEvent::Kind>(std::min<std::uint64_t>(in.number(), 2));
        event.version = in.text();
      }
    }
  }
  return advisory;
}

struct Slot {
  std::uint64_t hash;
  std::uint64_t offset;
  std::uint64_t size;
};

Slot read_slot(std::string_view bytes, std::size_t index) {
  Reader in(bytes.substr(kHead + index * kSlot, kSlot));
  const std::uint64_t hash = in.fixed(8);
  const std::uint64_t offset = in.fixed(4);
  return {hash, offset, in.fixed(4)};
}

// Reads the block of a package; false where it is damaged.
bool read_block(std::string_view bytes, const Slot& slot, Ecosystem& ecosystem, std::string& name,
                std::vector<Advisory>* advisories) {
  if (slot.offset > bytes.size() || slot.size > bytes.size() - slot.offset) return false;
  Reader in(bytes.substr(slot.offset, slot.size));
  const std::uint64_t number = in.number();
  if (number >= ecosystems().size()) return false;
  ecosystem = ecosystems()[number];
  name = in.text();
  if (advisories == nullptr) return in.good();
  const std::size_t count = in.count();
  for (std::size_t index = 0; index < count && in.good(); ++index)
    advisories->push_back(read_advisory(in, ecosystem, name));
  return in.good();
}

}  // namespace

std::string encode_index(const std::vector<Advisory>& advisories, std::int64_t imported_seconds) {
  using Key = std::pair<Ecosystem, std::string_view>;
  struct Entry {
    const Advisory* advisory;
    std::vector<const Affected*> affected;
  };
  std::map<Key, std::vector<Entry>> packages;
  std::uint32_t kept = 0;
  for (const Advisory& advisory : advisories) {
    if (advisory.withdrawn || advisory.affected.empty()) continue;
    ++kept;
    for (const Affected& affected : advisory.affected) {
      std::vector<Entry>& entries = packages[{affected.ecosystem, affected.name}];
      if (entries.empty() || entries.back().advisory != &advisory)
        entries.push_back({&advisory, {}});
      entries.back().affected.push_back(&affected);
    }
  }
  struct Block {
    std::uint64_t hash;
    std::string bytes;
  };
  std::vector<Block> blocks;
  std::uint32_t ecosystems = 0;
  for (const auto& [key, entries] : packages) {
    ecosystems |= std::uint32_t{1} << static_cast<unsigned>(key.first);
    Writer out;
    out.number(static_cast<std::uint64_t>(key.first));
    out.text(key.second);
    out.number(entries.size());
    for (const Entry& entry : entries)
      write_advisory(out, *entry.advisory, entry.affected);
    blocks.push_back({hash_of(key.first, key.second), std::move(out).take()});
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& a, const Block& b) { return a.hash < b.hash; });
  std::size_t offset = kHead + blocks.size() * kSlot;
  std::size_t size = offset;
  for (const Block& block : blocks)
    size += block.bytes.size();
  Writer out;
  for (const char c : kMagic)
    out.fixed(static_cast<unsigned char>(c), 1);
  out.fixed(size, 8);
  out.fixed(static_cast<std::uint64_t>(imported_seconds), 8);
  out.fixed(kept, 4);
  out.fixed(blocks.size(), 4);
  out.fixed(ecosystems, 4);
  for (const Block& block : blocks) {
    out.fixed(block.hash, 8);
    out.fixed(offset, 4);
    out.fixed(block.bytes.size(), 4);
    offset += block.bytes.size();
  }
  std::string bytes = std::move(out).take();
  bytes.reserve(size);
  for (const Block& block : blocks)
    bytes += block.bytes;
  return bytes;
}

Result<AdvisoryIndex> AdvisoryIndex::open(std::string_view bytes) {
  if (bytes.size() < kHead || !bytes.starts_with("gateadv")) return damaged();
  if (!bytes.starts_with(kMagic))
    return Error{
        "the advisories in the cache are those of another version of gate; run `gate "
        "advisories import` again"};
  Reader in(bytes.substr(kMagic.size()));
  AdvisoryIndex index;
  index.bytes_ = bytes;
  const std::uint64_t size = in.fixed(8);
  index.imported_seconds_ = static_cast<std::int64_t>(in.fixed(8));
  index.advisories_ = static_cast<std::uint32_t>(in.fixed(4));
  index.packages_ = static_cast<std::uint32_t>(in.fixed(4));
  index.ecosystems_ = static_cast<std::uint32_t>(in.fixed(4));
  if (size != bytes.size() || (bytes.size() - kHead) / kSlot < index.packages_) return damaged();
  return index;
}

Result<std::vector<Advisory>> AdvisoryIndex::find(Ecosystem ecosystem,
                                                  std::string_view name) const {
  const std::uint64_t wanted = hash_of(ecosystem, name);
  std::size_t low = 0;
  std::size_t high = packages_;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (read_slot(bytes_, middle).hash < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<Advisory> advisories;
  for (; low < packages_; ++low) {
    const Slot slot = read_slot(bytes_, low);
    if (slot.hash != wanted) break;
    Ecosystem have = ecosystem;
    std::string have_name;
    if (!read_block(bytes_, slot, have, have_name, nullptr)) return damaged();
    // Another name of the same hash.
    if (have != ecosystem || have_name != name) continue;
    if (!read_block(bytes_, slot, have, have_name, &advisories)) return damaged();
  }
  return advisories;
}

Result<std::vector<Advisory>> AdvisoryIndex::all() const {
  std::map<std::string, Advisory> by_id;
  for (std::size_t index = 0; index < packages_; ++index) {
    Ecosystem ecosystem = Ecosystem::npm;
    std::string name;
    std::vector<Advisory> advisories;
    if (!read_block(bytes_, read_slot(bytes_, index), ecosystem, name, &advisories))
      return damaged();
    for (Advisory& advisory : advisories) {
      const auto [entry, is_new] = by_id.try_emplace(advisory.id, advisory);
      if (is_new) continue;
      std::move(advisory.affected.begin(), advisory.affected.end(),
                std::back_inserter(entry->second.affected));
    }
  }
  std::vector<Advisory> all;
  for (auto& [id, advisory] : by_id)
    all.push_back(std::move(advisory));
  return all;
}

}  // namespace gate::readers::lockfiles
