// Files of the project that a program reads: open(), json.load().
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

Value nothing(Evaluator& /*evaluator*/, Call& /*call*/) { return {}; }

Value open_file(Evaluator& evaluator, Call& call) {
  const Value* path = call.find(0, "file");
  if (path != nullptr) {
    std::optional<std::string> text = to_text(*path);
    if (text && project_path(*text)) {
      if (std::optional<std::string> content = evaluator.files().read(*project_path(*text))) {
        Value file = make_instance("io.TextIOWrapper");
        file.object()->content.table.set_name("value", Value(*std::move(content)));
        return file;
      }
    }
  }
  return evaluator.unknown("the file is not in the repository", Evaluator::maybe_os);
}

Value read_file(Evaluator& evaluator, Call& call) {
  const Value* held = call.self.object()->content.table.find("value");
  if (held == nullptr || !call.positional.empty())
    return evaluator.unknown("a file is read in parts");
  if (has_project_mark(held->text()))
    return evaluator.unknown("the file holds a control character");
  return *held;
}

}  // namespace

std::optional<std::vector<Value>> file_lines(const Value& file) {
  const Value* held = file.object()->content.table.find("value");
  if (held == nullptr || has_project_mark(held->text())) return std::nullopt;
  std::vector<Value> lines;
  std::string_view rest = held->text();
  // Python reads every end of a line as "\n".
  if (rest.find('\r') != std::string_view::npos) return std::nullopt;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    lines.emplace_back(std::string(rest.substr(0, end)));
    rest.remove_prefix(end);
  }
  return lines;
}

namespace {

Value read_lines(Evaluator& evaluator, Call& call) {
  std::optional<std::vector<Value>> lines = file_lines(call.self);
  if (!lines || !call.positional.empty()) {
    return evaluator.unknown("the lines of the file are not known", 0, Type::list);
  }
  return make_list(*std::move(lines));
}

Value load_json(Evaluator& evaluator, Call& call) {
  const Value* file = call.find(0);
  if (file == nullptr) return evaluator.raise(call, "TypeError", "load()");
  if (!file->is(Type::instance) || file->object()->name != "io.TextIOWrapper") {
    return evaluator.unknown_because(*file);
  }
  const Value* held = file->object()->content.table.find("value");
  if (std::optional<Value> made = from_json(held->text())) return *std::move(made);
  return evaluator.raise(call, "json.JSONDecodeError", "the file is no JSON");
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"io.TextIOWrapper.close", nothing},
    {"io.TextIOWrapper.read", read_file},
    {"io.TextIOWrapper.readlines", read_lines},
    {"json.load", load_json},
    {"open", open_file},
});

}  // namespace

std::span<const NativeEntry> file_natives() { return kNatives; }

}  // namespace gate::readers::python
