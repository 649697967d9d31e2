#include "gate/checks/command/places.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/checks/command/inputs.h"
#include "gate/checks/scan_context.h"

namespace gate::checks {
namespace {

using readers::ColumnUnit;
using readers::ToolFinding;
using readers::ToolLevel;

// A larger file has no lines that a person wrote; its findings keep the tool's columns.
constexpr std::uint64_t kMostBytes = std::uint64_t{8} << 20;
constexpr std::size_t kMostCode = 200;
constexpr std::uint32_t kTabStop = 8;

finding::Severity severity_of(ToolLevel level) {
  switch (level) {
    case ToolLevel::note:
      return finding::Severity::note;
    case ToolLevel::warning:
      return finding::Severity::warning;
    case ToolLevel::error:
      break;
  }
  return finding::Severity::error;
}

// Returns the code with the tool in front, once: "shellcheck.SC2086" also of "ShellCheck.SC2086".
std::string code_of(std::string_view tool, std::string_view code) {
  if (code.empty()) return std::string(tool);
  const std::string prefix = base::to_lower(tool) + '.';
  if (base::to_lower(code).starts_with(prefix)) code.remove_prefix(prefix.size());
  return fmt::format("{}.{}", tool, code.substr(0, kMostCode));
}

// Returns a message that is the same after lines have moved: its numbers may be theirs.
std::string without_numbers(std::string_view message) {
  std::string text;
  for (const char c : message) {
    if (!base::is_digit(c)) {
      text += c;
    } else if (text.empty() || text.back() != '0') {
      text += '0';
    }
  }
  return text;
}

// Returns the rest of a path below a folder; nothing where it is not below.
std::optional<std::string> below(std::string_view path, std::string folder) {
  if (!folder.ends_with('/')) folder += '/';
  if (!path.starts_with(folder)) return std::nullopt;
  return std::string(path.substr(folder.size()));
}

}  // namespace

std::uint32_t column_in_bytes(std::string_view line, std::uint32_t column, ColumnUnit unit) {
  if (unit == ColumnUnit::bytes || column == 0)
    return std::min(column, static_cast<std::uint32_t>(line.size()) + 1);
  std::size_t at = 0;
  std::uint32_t counted = 1;
  while (counted < column && at < line.size()) {
    const base::Decoded next = base::decode(line.substr(at));
    if (unit == ColumnUnit::terminal && line[at] == '\t') {
      counted += kTabStop - (counted - 1) % kTabStop;
    } else {
      counted += unit == ColumnUnit::utf16 && next.code > 0xFFFF ? 2 : 1;
    }
    at += next.size;
  }
  return static_cast<std::uint32_t>(at) + 1;
}

// Returns a path relative to the judged folder; nothing where it lies outside.
std::optional<std::string> ToolPlaces::path_of(std::string_view path) const {
  constexpr std::string_view kFile = "file://";
  if (path.starts_with(kFile)) path.remove_prefix(kFile.size());
  std::filesystem::path found = std::filesystem::path(path).lexically_normal();
  if (found.is_absolute()) {
    std::optional<std::string> rest;
    if (!rule_.result_root.empty()) rest = below(found.string(), rule_.result_root);
    if (!rest) rest = below(found.string(), context_.folder.string());
    if (!rest) return std::nullopt;
    found = *rest;
  } else {
    // Relative to where the tool ran; some tools start from the top of the repository instead.
    const std::filesystem::path as_run = (rule_.command.folder / found).lexically_normal();
    const bool from_top = context_.files.find(as_run.string()) == nullptr &&
                          context_.files.find(found.string()) != nullptr;
    if (!from_top) found = as_run;
  }
  std::string text = found.string();
  if (text == ".") return std::string();
  if (text.empty() || text == ".." || text.starts_with("../")) return std::nullopt;
  return text;
}

const base::Source* ToolPlaces::text_of(const std::string& path) {
  if (path == last_path_) return last_text_.get();
  last_path_ = path;
  last_text_.reset();
  const repo::File* file = context_.files.find(path);
  if (file == nullptr) return nullptr;
  std::string buffer;
  const auto reader = context_.files.reader();
  const Result<std::string_view> text = repo::read_all(*reader, *file, buffer, kMostBytes);
  if (text) last_text_ = std::make_unique<base::Source>(path, std::string(*text));
  return last_text_.get();
}

// Returns whether a file is the same as before the judged change; false where none is judged.
bool ToolPlaces::is_untouched(const std::string& path) {
  if (context_.base == nullptr) return false;
  if (path == last_compared_) return last_untouched_;
  last_compared_ = path;
  const repo::File* file = context_.files.find(path);
  last_untouched_ = file != nullptr && FileComparison(context_.files, *context_.base).same(*file);
  return last_untouched_;
}

finding::Finding ToolPlaces::finding(const ToolFinding& found, ColumnUnit columns) {
  finding::Finding result;
  result.message = found.message;
  result.severity = severity_of(found.level);
  result.code = code_of(rule_.tool, found.code);
  result.identity = fmt::format("{}\n{}", result.code, without_numbers(found.message));
  const std::optional<std::string> path =
      found.path.empty() ? std::optional<std::string>("") : path_of(found.path);
  if (!path) {
    // The place is outside of what is judged: it is told, not shown as one of ours.
    result.message += found.line == 0 ? fmt::format(" (in {})", found.path)
                                      : fmt::format(" (in {}:{})", found.path, found.line);
    result.identity += '\n' + found.path;
    return result;
  }
  result.place.path = *path;
  result.was_there = rule_.scope == Scope::file && !path->empty() && is_untouched(*path);
  if (path->empty() || found.line == 0) return result;
  finding::Place& place = result.place;
  place.line = found.line;
  place.column = found.column;
  if (found.end_line >= found.line) {
    place.end_line = found.end_line;
    place.end_column = found.end_column;
  }
  const base::Source* source = text_of(*path);
  if (source == nullptr) return result;
  const std::string_view line = source->lines().line(place.line);
  place.column = column_in_bytes(line, place.column, columns);
  place.end_column =
      column_in_bytes(source->lines().line(place.end_line), place.end_column, columns);
  if (place.line > source->lines().count()) return result;
  const auto begin = static_cast<std::size_t>(line.data() - source->text().data());
  result.identity += '\n' + identity_of(source->text(), begin, begin, begin);
  return result;
}

}  // namespace gate::checks
