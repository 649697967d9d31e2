#include "gate/readers/formats/xml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDepth = 256;

// Lays pugixml's tree out as nodes, with a list of open elements instead of recursion.
class Builder {
 public:
  explicit Builder(std::shared_ptr<const base::Source> source) : source_(std::move(source)) {}

  Result<std::shared_ptr<const Document>> build(const pugi::xml_node& root) {
    nodes_.emplace_back();
    nodes_[0].kind = NodeKind::map;
    open_.push_back({0, 0, root});
    open_element(root);
    while (open_.size() > 1) {
      if (open_.size() > kDepth + 1) return Error{"elements are nested too deeply"};
      step();
    }
    return std::make_shared<const Document>(std::move(source_), std::move(nodes_),
                                            std::move(texts_));
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last;     // its last child
    pugi::xml_node next;    // the child to be looked at next
    std::string text = {};  // its own, so far
  };

  std::string_view keep(std::string text) {
    texts_.push_back(std::make_unique<std::string>(std::move(text)));
    return *texts_.back();
  }

  std::uint32_t add_child(Open& parent, std::string key, base::Span span) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    nodes_[index].key = keep(std::move(key));
    nodes_[index].span = span;
    (parent.last == 0 ? nodes_[parent.node].first : nodes_[parent.last].next) = index;
    parent.last = index;
    ++nodes_[parent.node].size;
    return index;
  }

  void add_text(Open& parent, std::string key, std::string text) {
    const std::uint32_t index = add_child(parent, std::move(key), nodes_[parent.node].span);
    nodes_[index].kind = NodeKind::string;
    nodes_[index].text = keep(std::move(text));
  }

  void open_element(const pugi::xml_node& element) {
    const auto at = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(element.offset_debug(), 0));
    const std::string name = element.name();
    const std::uint32_t index =
        add_child(open_.back(), name, {at, at + static_cast<std::uint32_t>(name.size())});
    nodes_[index].kind = NodeKind::map;
    open_.push_back({index, 0, element.first_child()});
    for (const pugi::xml_attribute attribute : element.attributes()) {
      add_text(open_.back(), fmt::format("@{}", attribute.name()), attribute.value());
    }
  }

  // Looks at one child of the innermost open element, or closes it.
  void step() {
    Open& open = open_.back();
    const pugi::xml_node child = open.next;
    if (!child) {
      if (!open.text.empty()) add_text(open, "#text", std::move(open.text));
      open_.pop_back();
      return;
    }
    open.next = child.next_sibling();
    if (child.type() == pugi::node_element) {
      open_element(child);
    } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      open.text += child.value();
    }
  }

  std::shared_ptr<const base::Source> source_;
  std::vector<Node> nodes_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::vector<Open> open_;
};

Error error_at(const base::Source& source, std::ptrdiff_t offset, std::string_view what) {
  const auto at = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(offset, 0));
  const base::Position place = source.lines().position(at);
  return Error{fmt::format("line {}, column {}: {}", place.line, place.column, what)};
}

}  // namespace

Result<std::shared_ptr<const Document>> parse_xml(std::shared_ptr<const base::Source> source) {
  const std::string_view text = source->text();
  if (text.size() > kXmlBytes) {
    return Error{
        fmt::format("line 1, column 1: {} bytes, more than the {} that an XML file may have",
                    text.size(), kXmlBytes)};
  }
  // pugixml takes a NUL for the end of the text.
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos)
    return error_at(*source, static_cast<std::ptrdiff_t>(nul), "a byte 0");
  // As a fragment, what stands beside the root element is kept and can be refused. Told the
  // encoding, pugixml converts nothing, and its offsets are ours.
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
  if (!parsed) {
    std::string what = parsed.description();
    what[0] = base::to_lower(what[0]);
    return error_at(*source, parsed.offset, what);
  }
  pugi::xml_node root;
  for (const pugi::xml_node& node : document.children()) {
    const bool element = node.type() == pugi::node_element;
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata || (element && root))
      return error_at(*source, node.offset_debug(), "something stands beside the root element");
    if (element) root = node;
  }
  if (!root) return Error{"there is no root element"};
  return Builder(std::move(source)).build(root);
}

}  // namespace gate::readers
