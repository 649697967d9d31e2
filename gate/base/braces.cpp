#include "gate/base/braces.h"

#include <utility>

#include <fmt/format.h>

namespace gate::base {

std::size_t bracket_end(std::string_view glob, std::size_t at) {
  std::size_t i = at + 1;
  if (i < glob.size() && (glob[i] == '!' || glob[i] == '^')) ++i;
  for (bool first = true; i < glob.size(); first = false, ++i) {
    if (glob[i] == ']' && !first) return i + 1;
    if (glob[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

namespace {

constexpr std::size_t kMostChoices = 1024;

// Cuts `{a,b}` at its level: the pieces between the commas, and the end just after its `}`.
struct Braces {
  std::vector<std::string_view> choices;
  std::size_t end = std::string_view::npos;
};

Braces braces_at(std::string_view text, std::size_t open) {
  Braces braces;
  std::size_t begin = open + 1;
  std::size_t depth = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    switch (text[i]) {
      case '\\':
        ++i;
        break;
      case '[':
        if (const std::size_t end = bracket_end(text, i); end != std::string_view::npos)
          i = end - 1;
        break;
      case '{':
        ++depth;
        break;
      case ',':
        if (depth != 0) break;
        braces.choices.push_back(text.substr(begin, i - begin));
        begin = i + 1;
        break;
      case '}':
        if (depth != 0) {
          --depth;
          break;
        }
        braces.choices.push_back(text.substr(begin, i - begin));
        braces.end = i + 1;
        return braces;
      default:
        break;
    }
  }
  return braces;
}

// Returns the first `{` that is neither escaped nor in a class.
std::size_t find_brace(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '[') {
      if (const std::size_t end = bracket_end(text, i); end != std::string_view::npos) i = end - 1;
    } else if (text[i] == '{') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<std::vector<std::string>> expand_braces(std::string_view glob) {
  std::vector<std::string> open{std::string(glob)};
  std::vector<std::string> done;
  while (!open.empty()) {
    const std::string current = std::move(open.back());
    open.pop_back();
    const std::size_t at = find_brace(current);
    if (at == std::string::npos) {
      done.push_back(current);
    } else {
      const Braces braces = braces_at(current, at);
      if (braces.end == std::string::npos) return Error{"`{` is not closed"};
      for (auto choice = braces.choices.rbegin(); choice != braces.choices.rend(); ++choice) {
        open.push_back(current.substr(0, at) + std::string(*choice) + current.substr(braces.end));
      }
    }
    if (open.size() + done.size() > kMostChoices) {
      return Error{fmt::format("the braces stand for more than {} paths", kMostChoices)};
    }
  }
  return done;
}

}  // namespace gate::base
