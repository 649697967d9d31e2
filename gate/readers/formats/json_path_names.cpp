#include "gate/readers/formats/json_path_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers {
namespace {

// A name between quotes, escaped as section 2.7 wants it.
std::string quoted(std::string_view name) {
  constexpr std::string_view kNames = "\b\f\n\r\t'\\";
  constexpr std::string_view kEscapes = "bfnrt'\\";
  std::string out = "['";
  for (const char c : name) {
    const std::size_t found = kNames.find(c);
    if (found != std::string_view::npos) {
      out += '\\';
      out += kEscapes[found];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "']";
}

// Whether a name may follow a dot: member-name-shorthand, here of ASCII only.
bool is_plain(std::string_view name) {
  return !name.empty() && !base::is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return base::is_alphanumeric(c) || c == '_'; });
}

}  // namespace

ValuePaths::ValuePaths(const Document& document)
    : document_(document), parents_(document.nodes().size()), positions_(document.nodes().size()) {
  const std::span<const Node> nodes = document.nodes();
  for (std::uint32_t index = 0; index < nodes.size(); ++index) {
    std::uint32_t count = 0;
    for (std::uint32_t child = nodes[index].first; child != 0; child = nodes[child].next) {
      parents_[child] = index;
      positions_[child] = count++;
    }
  }
}

std::string ValuePaths::normalized(Value value) const { return path(value, false); }

std::string ValuePaths::shown(Value value) const { return path(value, true); }

bool ValuePaths::is_within(Value value, Value ancestor) const {
  std::uint32_t index = value.index();
  while (index != ancestor.index() && index != 0)
    index = parents_[index];
  return index == ancestor.index();
}

std::string ValuePaths::path(Value value, bool with_dots) const {
  std::vector<std::uint32_t> way;
  for (std::uint32_t index = value.index(); index != 0; index = parents_[index])
    way.push_back(index);
  std::string path = "$";
  for (auto index = way.rbegin(); index != way.rend(); ++index) {
    const Node& node = document_.nodes()[*index];
    if (document_.nodes()[parents_[*index]].kind == NodeKind::list) {
      path += fmt::format("[{}]", positions_[*index]);
    } else if (with_dots && is_plain(node.key)) {
      path += '.';
      path += node.key;
    } else {
      path += quoted(node.key);
    }
  }
  return path;
}

}  // namespace gate::readers
