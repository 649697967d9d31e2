// JSONPath (RFC 9535, all of it) over documents of every format.
//
// A date counts as its text. What an evaluator could not compute is a value of kind `unknown`: a
// query that would have to look into it, or to compare it, says so instead of leaving it out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

struct PathQuery;

struct PathSelection {
  std::vector<Value> values;     // in the order of the RFC; one may stand there twice
  std::optional<Value> unknown;  // the first value that decides about more and is not known
};

class JsonPath {
 public:
  // Returns the query of this text, or what is wrong with it ("column 5: …"); functions are
  // length, count, match, search and value, checked for their types.
  static Result<JsonPath> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  // Returns whether it selects at most one value: names and indexes only.
  [[nodiscard]] bool is_singular() const;

  // Returns what it selects below `root`, or an error where that is more than a million values.
  // Thread-safe.
  [[nodiscard]] Result<PathSelection> select(Value root) const;

 private:
  JsonPath(std::string text, std::shared_ptr<const PathQuery> query)
      : text_(std::move(text)), query_(std::move(query)) {}

  std::string text_;
  std::shared_ptr<const PathQuery> query_;
};

// Returns whether two values are the same as JSON: numbers by value, maps in any order. `unknown`
// is set where that turns on a value that is not known.
[[nodiscard]] bool same_value(Value a, Value b, std::optional<Value>& unknown);

}  // namespace gate::readers
