// The syntax tree of a JSONPath query.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/pattern.h"
#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

struct PathExpression;

struct PathSelector {
  enum class Kind : std::uint8_t { name, wildcard, index, slice, filter };
  Kind kind = Kind::wildcard;
  std::string name;
  std::int64_t index = 0;
  std::optional<std::int64_t> start;  // of a slice
  std::optional<std::int64_t> end;
  std::int64_t step = 1;
  std::unique_ptr<PathExpression> filter;
};

struct PathSegment {
  bool descendant = false;
  std::vector<PathSelector> selectors;
};

struct PathQuery {
  bool relative = false;  // begins with `@`
  std::vector<PathSegment> segments;

  // Returns whether it has only names and indexes.
  [[nodiscard]] bool is_singular() const;
};

enum class PathFunction : std::uint8_t { length, count, match, search, value };

// A part of a filter: a logical expression, or what it compares.
struct PathExpression {
  enum class Kind : std::uint8_t {
    logical_or,
    logical_and,
    logical_not,
    comparison,
    query,  // as a test: whether it selects anything; as a value: what it selects
    function,
    literal,
  };
  enum class Operator : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

  Kind kind = Kind::literal;
  Operator comparison = Operator::equal;
  std::vector<PathExpression> parts;  // operands, or arguments
  PathQuery query;
  PathFunction function = PathFunction::length;
  std::shared_ptr<const base::Pattern> pattern;  // of match and search where it is a literal
  bool bad_pattern = false;                      // such a literal is no I-Regexp: never matches
  Node literal;
  std::string text;  // of a literal string; `literal.text` is not used
};

// Returns the query of a text, or what is wrong ("column 5: …").
[[nodiscard]] Result<std::shared_ptr<const PathQuery>> parse_path(std::string_view text);

// Returns an I-Regexp (RFC 9485) as a pattern of ours: a dot stands for any character but CR and
// LF.
[[nodiscard]] Result<base::Pattern> compile_iregexp(std::string_view text);

}  // namespace gate::readers
