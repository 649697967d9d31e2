// Document: one model for every structured format (TOML, JSON, YAML, INI, PHP arrays ...), with
// places.
//
// Knows values and where they were written; knows no format. A document is a flat array of nodes in
// reading order, so that a table made at build time (the shipped packs) and one read at run time
// are the same thing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

// `unknown` is a value that an evaluator could not compute; no format has it.
enum class NodeKind : std::uint8_t {
  null,
  boolean,
  integer,
  number,
  string,
  date,
  list,
  map,
  unknown
};

// Returns the word for a kind in messages: "a string", "a list" ...
[[nodiscard]] std::string_view describe(NodeKind kind);

// One value. Children of a list or map form a chain: `first`, then `next`; 0 ends it (node 0 is the
// root, never a child).
struct Node {
  NodeKind kind = NodeKind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string_view text;  // of a string; of a date and a number as written; why it is unknown
  std::string_view key;   // in a map
  base::Span key_span;
  base::Span span;  // of the value; of a table its header or braces
  std::uint32_t first = 0;
  std::uint32_t next = 0;
  std::uint32_t size = 0;  // number of children
  std::string_view tag{};  // of an application in YAML: "!reference"
};

class Document;

// A value inside a document: a small cursor, valid while the document lives.
class Value {
 public:
  Value(const Document* document, std::uint32_t index) : document_(document), index_(index) {}

  [[nodiscard]] const Node& node() const;
  [[nodiscard]] const Node* operator->() const { return &node(); }
  [[nodiscard]] const Document& document() const { return *document_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }

  // Returns the child of a map with this key; of doubles the last, as most readers do.
  [[nodiscard]] std::optional<Value> find(std::string_view key) const;
  // Returns the children of a list or map in reading order.
  [[nodiscard]] std::vector<Value> children() const;

 private:
  const Document* document_;
  std::uint32_t index_;
};

class Document {
 public:
  // A document over nodes that live for the whole program.
  Document(std::shared_ptr<const base::Source> source, std::span<const Node> nodes)
      : source_(std::move(source)), nodes_(nodes) {}
  // A document that owns its nodes and the texts they point into (besides those of the source).
  Document(std::shared_ptr<const base::Source> source, std::vector<Node> nodes,
           std::vector<std::unique_ptr<std::string>> texts)
      : source_(std::move(source)),
        owned_(std::move(nodes)),
        texts_(std::move(texts)),
        nodes_(owned_) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] Value root() const { return {this, 0}; }
  [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
  [[nodiscard]] const std::shared_ptr<const base::Source>& source() const { return source_; }

 private:
  std::shared_ptr<const base::Source> source_;
  std::vector<Node> owned_;
  std::vector<std::unique_ptr<std::string>> texts_;
  std::span<const Node> nodes_;
};

inline const Node& Value::node() const { return document_->nodes()[index_]; }

}  // namespace gate::readers
