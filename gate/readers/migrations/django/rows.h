// What the functions that RunPython calls do to rows, and what they ask of the world around.
//
// Knows querysets that stand for every row of a model, calls of commands and of HTTP, and reads of
// the environment. What is handed to a function as an argument is not followed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/migrations/django/module.h"
#include "gate/readers/migrations/migration.h"

namespace gate::readers::migrations::django {

// Every row of a model is deleted, or updated.
struct RowChange {
  std::string app;
  std::string model;
  bool deletes = false;
  bool guarded = false;  // under a condition, or in a loop
  base::Span span{};
};

class RowReader {
 public:
  // `app`: of the migration. Both outlive this.
  RowReader(const Module& module, std::string_view app);

  // Reads a function or lambda of the file, and the functions of the file that it calls. `guarded`:
  // it runs under a condition.
  void read(NodeIndex function, bool guarded = false);

  [[nodiscard]] std::vector<RowChange> take_changes() { return std::exchange(changes_, {}); }
  [[nodiscard]] std::vector<Remark> take_remarks() { return std::exchange(remarks_, {}); }

 private:
  void note_import(NodeIndex statement);
  [[nodiscard]] std::string full_name(NodeIndex node) const;
  void walk(NodeIndex node, bool guarded);
  void read_call(NodeIndex node, bool guarded);
  void remark(RemarkKind kind, NodeIndex node);
  [[nodiscard]] bool reads_environment(NodeIndex callee, std::string_view name) const;
  [[nodiscard]] NodeIndex follow(NodeIndex node) const;
  [[nodiscard]] std::optional<RowChange> model_of_all(NodeIndex node, bool& queried,
                                                      int depth) const;
  [[nodiscard]] std::optional<RowChange> model_at(NodeIndex node) const;

  const Module& module_;
  const python::Tree& tree_;
  std::string_view app_;
  std::map<std::string, std::string, std::less<>> imported_;
  std::map<std::string, NodeIndex, std::less<>> assigned_;  // in the function at hand; 0: several
  std::set<std::pair<NodeIndex, bool>> done_;  // functions, and whether under a condition
  int depth_ = 0;
  std::set<NodeIndex> told_;  // remarked
  std::vector<RowChange> changes_;
  std::vector<Remark> remarks_;
};

}  // namespace gate::readers::migrations::django
