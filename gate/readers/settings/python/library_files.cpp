// Files of the project that a program reads: open(), json.load(), yaml.safe_load().
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/yaml.h"
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

// A scalar as PyYAML reads it: YAML 1.1, where `yes` and `off` are bools. What the two versions
// read otherwise beyond that is unknown.
Value yaml_scalar(const readers::Value& value) {
  const base::Span span = value->span;
  const std::string_view written =
      value.document().source()->text().substr(span.begin, span.end - span.begin);
  const auto unknown = [&] {
    return Value::unknown(fmt::format("`{}` is not the same in all versions of YAML", written));
  };
  switch (value->kind) {
    case readers::NodeKind::null:
      return {};
    case readers::NodeKind::boolean:
      return {value->boolean};
    case readers::NodeKind::integer:
      if (written.find_first_not_of("0123456789", written.starts_with('-') ? 1 : 0) !=
              std::string_view::npos ||
          (written.size() > 1 && written[written.find_first_not_of('-')] == '0')) {
        return unknown();
      }
      return {value->integer};
    case readers::NodeKind::number:
      if (written.find_first_not_of("0123456789.-") != std::string_view::npos ||
          !base::is_digit(written.front())) {
        return unknown();
      }
      return {value->number};
    case readers::NodeKind::string:
      break;
    default:
      return unknown();
  }
  const bool plain = written == value->text;
  constexpr auto kTrue = std::to_array<std::string_view>({"yes", "Yes", "YES", "on", "On", "ON"});
  constexpr auto kFalse = std::to_array<std::string_view>({"no", "No", "NO", "off", "Off", "OFF"});
  if (plain && std::find(kTrue.begin(), kTrue.end(), written) != kTrue.end()) return {true};
  if (plain && std::find(kFalse.begin(), kFalse.end(), written) != kFalse.end()) return {false};
  // Numbers with `_`, by 60, dates, `=`.
  const bool dotted = std::count(written.begin(), written.end(), '.') > 1 &&
                      written.find_first_not_of("0123456789.") == std::string_view::npos;
  const bool other = plain && !dotted && !written.empty() &&
                     (base::is_digit(written.front()) || written.front() == '+' ||
                      written.front() == '-' || written.front() == '.' || written == "=") &&
                     written.find_first_not_of("0123456789_:.+-eExXoObBTZ abcdefABCDEF=") ==
                         std::string_view::npos;
  if (other) return unknown();
  return Value(std::string(value->text)).marked(origin::literal);
}

Value from_yaml(const readers::Value& value, std::size_t depth) {
  if (depth > readers::kYamlDepth || !value->tag.empty()) {
    return Value::unknown("a value with a tag is not followed");
  }
  if (value->kind == readers::NodeKind::list) {
    std::vector<Value> items;
    for (const readers::Value& child : value.children())
      items.push_back(from_yaml(child, depth + 1));
    return make_list(std::move(items));
  }
  if (value->kind == readers::NodeKind::map) {
    Value made = make_dict();
    for (const readers::Value& child : value.children()) {
      set_item(made, child->key, from_yaml(child, depth + 1));
    }
    return made;
  }
  return yaml_scalar(value);
}

Value load_yaml(Evaluator& evaluator, Call& call) {
  const Value* from = call.find(0, "stream");
  if (from == nullptr) return evaluator.raise(call, "TypeError", "load()");
  const bool is_file = from->is(Type::instance) && from->object()->name == "io.TextIOWrapper";
  const Value* text = is_file ? from->object()->content.table.find("value") : from;
  if (!text->is(Type::text)) return evaluator.unknown_because(*from);
  const auto file = readers::parse_yaml(std::make_shared<base::Source>("file", text->text()));
  if (!file || file->documents.size() != 1) {
    return evaluator.unknown("the file is no YAML of one document", Evaluator::maybe_any);
  }
  return from_yaml(file->documents.front()->root(), 0);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"io.TextIOWrapper.close", nothing},
    {"io.TextIOWrapper.read", read_file},
    {"io.TextIOWrapper.readlines", read_lines},
    {"json.load", load_json},
    {"open", open_file},
    {"yaml.full_load", load_yaml},
    {"yaml.load", load_yaml},
    {"yaml.safe_load", load_yaml},
});

}  // namespace

std::span<const NativeEntry> file_natives() { return kNatives; }

}  // namespace gate::readers::python
