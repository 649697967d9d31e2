// A pack as the build puts it into the binary: numbers and offsets only, so that it costs nothing
// before it is asked for (no constructors, no relocations), and its text once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "gate/policy/packs.h"
#include "gate/readers/formats/document.h"

namespace gate::policy {

// A readers::Node with offsets for views. `integer` also holds the bits of a number and of a
// boolean.
struct PackedNode {
  std::int64_t integer;
  std::uint32_t text;  // offset in the pack's text, or behind it in the texts that its escapes made
  std::uint32_t text_size;
  std::uint32_t key_begin;  // as written
  std::uint32_t key_end;
  std::uint32_t key;  // offset as of `text`
  std::uint32_t key_size;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t first;
  std::uint32_t next;
  std::uint32_t size;
  readers::NodeKind kind;
};

struct PackTable {
  std::string_view name;
  std::string_view path;      // "rules/git.toml"
  std::string_view text;      // the file, then what its escapes made
  std::uint32_t source_size;  // bytes of `text` that are the file
  std::span<const PackedNode> nodes;
  std::uint32_t head;      // index of the [pack] table
  std::uint32_t head_end;  // behind its last node
};

// Returns the tables that the build made, sorted by name.
[[nodiscard]] std::span<const PackTable> pack_tables();

// Returns the document of a table. Its texts are views of the table, its source a copy of the file.
[[nodiscard]] std::shared_ptr<const readers::Document> unpack(const PackTable& table);

// Returns the head of a table's pack without unpacking its rules.
[[nodiscard]] PackHead unpack_head(const PackTable& table);

// Returns PackHead::implied without unpacking the head: every start asks it of every pack.
[[nodiscard]] bool is_implied(const PackTable& table);

}  // namespace gate::policy
