// Module: a Python file with a class Migration, as far as literals go.
//
// Knows names that the file itself assigns at its top; imports nothing, calls nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/python/tree.h"

namespace gate::readers::migrations::django {

using python::NodeIndex;
using python::NodeKind;

// The arguments of a call.
struct Call {
  NodeIndex node = 0;
  std::string name;    // the last part of what is called: "CharField" of models.CharField
  std::string dotted;  // all of it: "models.CharField"; empty where it is no plain name
  std::vector<NodeIndex> places;
  std::map<std::string, NodeIndex, std::less<>> names;

  // Returns argument number `place` or the one of this name; 0 where neither is there.
  [[nodiscard]] NodeIndex get(std::size_t place, std::string_view keyword) const;
  [[nodiscard]] NodeIndex get(std::string_view keyword) const;
};

class Module {
 public:
  explicit Module(std::shared_ptr<const base::Source> source);

  [[nodiscard]] const python::Tree& tree() const { return tree_; }
  // Returns the body of `class Migration`, or 0.
  [[nodiscard]] NodeIndex migration() const { return migration_; }
  // Returns what the class assigns to a name, or 0.
  [[nodiscard]] NodeIndex attribute(std::string_view name) const;
  // Returns a statement that adds to what the class assigns to a name, or does it under a condition
  // or in a loop; 0 where none does.
  [[nodiscard]] NodeIndex later_change(std::string_view name) const;
  // Returns the function of this name at the top of the file, or 0.
  [[nodiscard]] NodeIndex function(std::string_view name) const;

  // Each follows names of the file to what they stand for.
  [[nodiscard]] NodeIndex resolve(NodeIndex node) const;
  [[nodiscard]] std::optional<std::string> text(NodeIndex node) const;
  [[nodiscard]] std::optional<bool> truth(NodeIndex node) const;
  [[nodiscard]] std::optional<std::int64_t> integer(NodeIndex node) const;
  [[nodiscard]] bool is_none(NodeIndex node) const;
  // Returns the elements of a list, tuple or set, also of `set([...])`; of `a + b` those of both.
  [[nodiscard]] std::vector<NodeIndex> elements(NodeIndex node) const;
  // Returns the part of a sum that elements() cannot look into, or 0.
  [[nodiscard]] NodeIndex unread(NodeIndex node) const;
  [[nodiscard]] bool is_sequence(NodeIndex node) const;
  // Hands over the elements one by one, also those of `*list` and of comprehensions over what is
  // written in the file, whose names stand for it meanwhile; a part that cannot be read as it is,
  // with `readable` false.
  using OnElement = std::function<void(NodeIndex node, bool readable)>;
  void each(NodeIndex node, const OnElement& on_element);
  // Returns the elements as texts; nothing where one of them is not known.
  [[nodiscard]] std::optional<std::vector<std::string>> texts(NodeIndex node) const;
  // Returns the value under a key of a dict, or 0.
  [[nodiscard]] NodeIndex item(NodeIndex dict, std::string_view key) const;
  [[nodiscard]] bool is_call(NodeIndex node) const;
  [[nodiscard]] Call call(NodeIndex node) const;
  [[nodiscard]] base::Span span(NodeIndex node) const { return tree_[node].span; }

  enum class Spelling : std::uint8_t {
    whole,
    effects,  // without what no database holds: names for people, choices, the way back
  };
  // Appends what a node means: without layout, kinds of quotes and parentheses.
  void spell(NodeIndex node, std::string& out, Spelling how = Spelling::whole) const;
  // Returns the functions, classes and values at the top of the file that a node names, directly or
  // through each other, by name.
  [[nodiscard]] std::map<std::string, NodeIndex, std::less<>> named(NodeIndex node) const;

 private:
  [[nodiscard]] NodeIndex sequence(NodeIndex node) const;
  [[nodiscard]] bool changes(NodeIndex statement, std::string_view name) const;
  void spell_call(NodeIndex node, std::string& out, Spelling how) const;
  void each_of_clauses(NodeIndex element, NodeIndex clause, const OnElement& on_element);
  [[nodiscard]] std::optional<std::string> formatted(NodeIndex node) const;

  std::shared_ptr<const base::Source> source_;
  python::Tree tree_;
  NodeIndex migration_ = 0;
  std::map<std::string, NodeIndex, std::less<>> assigned_;  // at the top
  int depth_ = 0;
  int rounds_ = 0;
  std::map<std::string, NodeIndex, std::less<>> bound_;      // by a comprehension that is walked
  std::map<std::string, NodeIndex, std::less<>> functions_;  // at the top
  std::map<std::string, NodeIndex, std::less<>> classes_;    // at the top, others than Migration
};

}  // namespace gate::readers::migrations::django
