// What a called function or an included file replaces while it runs. Only for the sources of the
// evaluator.
#pragma once

#include <string>
#include <utility>

#include "gate/readers/settings/php/evaluator.h"

namespace gate::readers::php {

struct Evaluator::Frame {
  // `own`: the variables of the code; null: those that are there.
  Frame(Evaluator& of, const File& entered, Variables* own)
      : evaluator(of),
        file(of.file_),
        variables(of.variables_),
        strict(of.strict_),
        forgotten(of.forgotten_),
        referenced(of.referenced_),
        shares_variables(own == nullptr) {
    // The functions of a file share what it declares.
    const bool is_same = own != nullptr && file != nullptr && file->tree == entered.tree;
    evaluator.strict_ = strict && is_same;
    evaluator.file_ = &entered;
    ++evaluator.calls_;
    if (shares_variables) return;
    evaluator.variables_ = own;
    evaluator.forgotten_.clear();
    evaluator.referenced_.clear();
  }
  ~Frame() {
    evaluator.file_ = file;
    evaluator.variables_ = variables;
    evaluator.strict_ = strict;
    --evaluator.calls_;
    if (shares_variables) return;
    evaluator.forgotten_ = std::move(forgotten);
    evaluator.referenced_ = std::move(referenced);
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  Evaluator& evaluator;
  const File* file;
  Variables* variables;
  bool strict;
  std::string forgotten;
  std::set<std::string, std::less<>> referenced;
  bool shares_variables;
};

}  // namespace gate::readers::php
