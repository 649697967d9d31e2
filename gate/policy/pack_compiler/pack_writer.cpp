#include "gate/policy/pack_compiler/pack_writer.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "gate/policy/packs.h"

namespace gate::policy {
namespace {

using readers::Document;
using readers::Node;
using readers::NodeKind;

// clang warns of literals beyond the least that compilers must take (64 KB); both of ours take
// more.
constexpr std::string_view kPreamble = R"(// Made by pack_compiler from rules/*.toml.
#include "gate/policy/pack_table.h"

#pragma GCC diagnostic ignored "-Woverlength-strings"

namespace gate::policy {
namespace {

using readers::NodeKind;

)";

// Appends bytes as a string literal, a line of source on a line.
void write_literal(std::string& out, std::string_view bytes) {
  out += "    \"";
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    const auto byte = static_cast<unsigned char>(bytes[index]);
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += bytes[index];
    } else if (byte >= 0x20 && byte < 0x7F && byte != '?') {
      out += bytes[index];
    } else {
      out += fmt::format("\\{:03o}", byte);  // three digits end the escape, whatever follows
    }
    if (byte == '\n' && index + 1 < bytes.size()) out += "\"\n    \"";
  }
  out += "\"";
}

class PackWriter {
 public:
  PackWriter(const Document& pack, std::string& out)
      : pack_(pack), out_(out), text_(pack.source()->text()) {}

  void write(std::size_t number) {
    std::string nodes;
    for (const Node& node : pack_.nodes())
      write_node(nodes, node);
    out_ += fmt::format("constexpr char kText{}[] =\n", number);
    write_literal(out_, text_);
    out_ += fmt::format(";\n\nconstexpr PackedNode kNodes{}[] = {{\n{}}};\n\n", number, nodes);
  }

  [[nodiscard]] std::string entry(std::size_t number, std::string_view name) const {
    const std::uint32_t head = pack_.root().find("pack")->index();
    const Node& node = pack_.nodes()[head];
    const std::uint32_t end =
        node.next != 0 ? node.next : static_cast<std::uint32_t>(pack_.nodes().size());
    return fmt::format(
        "    {{\"{0}\", \"{1}\", std::string_view(kText{2}, {3}), {4}, kNodes{2}, {5}, {6}}},\n",
        name, pack_.source()->name(), number, text_.size(), pack_.source()->text().size(), head,
        end);
  }

 private:
  // Returns the offset of a view: in the file, or where it was put behind the file's text.
  std::uint32_t offset(std::string_view view) {
    const std::string_view source = pack_.source()->text();
    if (view.empty()) return 0;
    const bool inside = !std::less<>()(view.data(), source.data()) &&
                        !std::less<>()(source.data() + source.size(), view.data() + view.size());
    if (inside) return static_cast<std::uint32_t>(view.data() - source.data());
    const auto at = static_cast<std::uint32_t>(text_.size());
    text_ += view;
    return at;
  }

  static std::int64_t number(const Node& node) {
    if (node.kind == NodeKind::boolean) return node.boolean ? 1 : 0;
    return node.kind == NodeKind::number ? std::bit_cast<std::int64_t>(node.number) : node.integer;
  }

  static std::string_view kind(NodeKind kind) {
    switch (kind) {
      case NodeKind::null:
        return "null";
      case NodeKind::boolean:
        return "boolean";
      case NodeKind::integer:
        return "integer";
      case NodeKind::number:
        return "number";
      case NodeKind::string:
        return "string";
      case NodeKind::date:
        return "date";
      case NodeKind::list:
        return "list";
      case NodeKind::map:
        return "map";
      case NodeKind::unknown:
        break;
    }
    return "null";
  }

  void write_node(std::string& out, const Node& node) {
    const std::uint32_t text = offset(node.text);
    const std::uint32_t key = offset(node.key);
    // The least 64-bit integer has no literal of its own.
    const std::int64_t value = number(node);
    const std::string integer = value == std::numeric_limits<std::int64_t>::min()
                                    ? fmt::format("{} - 1", value + 1)
                                    : fmt::format("{}", value);
    fmt::format_to(std::back_inserter(out),
                   "    {{{},{},{},{},{},{},{},{},{},{},{},{},NodeKind::{}}},\n", integer, text,
                   node.text.size(), node.key_span.begin, node.key_span.end, key, node.key.size(),
                   node.span.begin, node.span.end, node.first, node.next, node.size,
                   kind(node.kind));
  }

  const Document& pack_;
  std::string& out_;
  std::string text_;  // the file, then what its escapes made
};

}  // namespace

std::string write_pack_tables(std::span<const std::shared_ptr<const Document>> packs) {
  struct Named {
    std::string name;
    const Document* pack;
  };
  std::vector<Named> sorted;
  for (const auto& pack : packs)
    sorted.push_back({pack_head(*pack).name, pack.get()});
  std::sort(sorted.begin(), sorted.end(),
            [](const Named& a, const Named& b) { return a.name < b.name; });

  std::string out(kPreamble);
  std::string entries;
  for (std::size_t number = 0; number < sorted.size(); ++number) {
    PackWriter writer(*sorted[number].pack, out);
    writer.write(number);
    entries += writer.entry(number, sorted[number].name);
  }
  out += fmt::format("constexpr PackTable kTables[] = {{\n{}}};\n\n}}  // namespace\n\n", entries);
  out +=
      "std::span<const PackTable> pack_tables() { return kTables; }\n\n}  // namespace "
      "gate::policy\n";
  return out;
}

}  // namespace gate::policy
