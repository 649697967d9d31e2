// A function without a name, with what it took along.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

using Variables = std::map<std::string, Value, std::less<>>;

struct Closure {
  std::shared_ptr<const SyntaxTree> tree;
  std::shared_ptr<const std::string> path;  // of the file it stands in
  NodeId node = 0;                          // closure or arrow_function
  Variables captured;
  std::string function;  // instead: the name of a function, for `trim(...)`
};

}  // namespace gate::readers::php
