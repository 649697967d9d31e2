#include "gate/readers/formats/toml.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "gate/base/unicode.h"
#include "gate/readers/formats/toml_limits.h"
#include "gate/readers/formats/toml_mistakes.h"
#include "gate/readers/formats/toml_places.h"

namespace gate::readers {
namespace {

using base::Diagnostic;
using base::Span;

// Lays toml++'s tree out as nodes. Depth is bounded by kTomlDepth brackets of kTomlDepth parts
// each.
class Builder {
 public:
  explicit Builder(std::shared_ptr<const base::Source> source)
      : source_(std::move(source)), places_(*source_) {}

  std::shared_ptr<const Document> build(const toml::table& root) {
    nodes_.emplace_back();
    nodes_[0].kind = NodeKind::map;
    add_table(0, root);
    return std::make_shared<Document>(std::move(source_), std::move(nodes_), std::move(texts_));
  }

 private:
  std::uint32_t offset(const toml::source_position& place) {
    return places_.offset(place.line, place.column);
  }

  // Returns `text` as a view that lives as long as the document: of the source where it stands
  // there as it is, behind no quote, one, three, or three and a line end.
  std::string_view keep(std::string_view text, Span written) {
    const std::string_view source = source_->text();
    for (const std::uint32_t quotes : {0U, 1U, 3U, 4U, 5U}) {
      if (written.begin + quotes > written.end) break;
      const std::string_view inside = source.substr(written.begin + quotes, text.size());
      if (inside == text) return inside;
    }
    texts_.push_back(std::make_unique<std::string>(text));
    return *texts_.back();
  }

  // Adds an empty node as the next child of `parent`; `last` is the child before it, 0 for none.
  std::uint32_t add_child(std::uint32_t parent, std::uint32_t last) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    (last == 0 ? nodes_[parent].first : nodes_[last].next) = index;
    ++nodes_[parent].size;
    return index;
  }

  void add_table(std::uint32_t index, const toml::table& table) {
    struct Entry {
      const toml::key* key;
      const toml::node* value;
    };
    std::vector<Entry> entries;
    entries.reserve(table.size());
    for (const auto& [key, value] : table)
      entries.push_back({&key, &value});
    // toml++ keeps keys sorted by name; people are answered in the order in which they wrote.
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      const auto &first = a.key->source().begin, &second = b.key->source().begin;
      return std::pair(first.line, first.column) < std::pair(second.line, second.column);
    });
    std::uint32_t last = 0;
    for (const Entry& entry : entries) {
      last = add_child(index, last);
      const toml::source_region& place = entry.key->source();
      const std::uint32_t begin = offset(place.begin);
      const Span span{begin, offset(place.end)};
      nodes_[last].key_span = span;
      nodes_[last].key = keep(entry.key->str(), span);
      add_value(last, *entry.value);
    }
  }

  void add_value(std::uint32_t index, const toml::node& value) {
    const std::uint32_t begin = offset(value.source().begin);
    if (const toml::table* table = value.as_table()) {
      nodes_[index].kind = NodeKind::map;
      add_table(index, *table);
    } else if (const toml::array* array = value.as_array()) {
      nodes_[index].kind = NodeKind::list;
      std::uint32_t last = 0;
      for (const toml::node& element : *array) {
        last = add_child(index, last);
        add_value(last, element);
      }
    }
    const Span span{begin, std::max(begin, offset(value.source().end))};
    nodes_[index].span = span;
    add_scalar(nodes_[index], value, source_->text().substr(span.begin, span.end - span.begin));
  }

  void add_scalar(Node& node, const toml::node& value, std::string_view written) {
    if (const auto* text = value.as_string()) {
      node.kind = NodeKind::string;
      node.text = keep(text->get(), node.span);
    } else if (const auto* integer = value.as_integer()) {
      node.kind = NodeKind::integer;
      node.integer = integer->get();
      node.text = written;
    } else if (const auto* number = value.as_floating_point()) {
      node.kind = NodeKind::number;
      node.number = number->get();
      node.text = written;
    } else if (const auto* boolean = value.as_boolean()) {
      node.kind = NodeKind::boolean;
      node.boolean = boolean->get();
      node.text = written;
    } else if (value.is_date() || value.is_time() || value.is_date_time()) {
      node.kind = NodeKind::date;
      node.text = written;
    }
  }

  std::shared_ptr<const base::Source> source_;
  TomlPlaces places_;
  std::vector<Node> nodes_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

// Returns the offset of the first byte that is not UTF-8, for a text that has one.
std::uint32_t first_invalid(std::string_view text) {
  const std::string valid = base::to_valid_utf8(text);
  const auto differ = std::mismatch(text.begin(), text.end(), valid.begin(), valid.end());
  return static_cast<std::uint32_t>(differ.first - text.begin());
}

std::shared_ptr<const Document> parse_start(const std::shared_ptr<const base::Source>& source,
                                            std::uint32_t bytes) {
  try {
    return Builder(source).build(toml::parse(source->text().substr(0, bytes), std::string_view{}));
  } catch (const toml::parse_error&) {
    return nullptr;
  }
}

}  // namespace

std::shared_ptr<const Document> parse_toml(std::shared_ptr<const base::Source> source,
                                           base::Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  if (text.size() > kTomlBytes) {
    diagnostics.add(Diagnostic::error(
        fmt::format("`{}` has {} bytes; a TOML file of more than {} MB is not read", source->name(),
                    text.size(), kTomlBytes >> 20U)));
    return nullptr;
  }
  if (!base::is_valid_utf8(text)) {
    const std::uint32_t at = first_invalid(text);
    diagnostics.add(Diagnostic::error("the file is not UTF-8")
                        .at(source, {at, at + 1})
                        .hint("save it as UTF-8; TOML knows no other encoding"));
    return nullptr;
  }
  if (const auto at = too_deep(text)) {
    diagnostics.add(Diagnostic::error(fmt::format("nested deeper than {} levels", kTomlDepth))
                        .at(source, {*at, *at + 1}));
    return nullptr;
  }
  try {
    return Builder(source).build(toml::parse(text, std::string_view{}));
  } catch (const toml::parse_error& error) {
    const std::uint32_t at =
        TomlPlaces(*source).offset(error.source().begin.line, error.source().begin.column);
    diagnostics.add(toml_mistake(source, error.description(), at,
                                 [&](std::uint32_t bytes) { return parse_start(source, bytes); }));
    return nullptr;
  }
}

}  // namespace gate::readers
