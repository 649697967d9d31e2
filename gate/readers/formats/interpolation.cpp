#include "gate/readers/formats/interpolation.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

bool begins_name(char c) { return base::is_letter(c) || c == '_'; }

std::size_t name_length(std::string_view text) {
  if (text.empty() || !begins_name(text.front())) return 0;
  std::size_t length = 1;
  while (length < text.size() && (base::is_alphanumeric(text[length]) || text[length] == '_'))
    ++length;
  return length;
}

class Template {
 public:
  explicit Template(const VariableLookup& lookup) : lookup_(lookup) {}

  Result<std::string> expand(std::string_view text, std::size_t depth) {
    std::string out;
    while (!text.empty()) {
      const std::size_t dollar = std::min(text.find('$'), text.size());
      out += text.substr(0, dollar);
      text.remove_prefix(dollar);
      if (out.size() + made_ > kMostBytes) return Error{"the result is larger than 1 MB"};
      if (text.empty()) break;
      const char next = text.size() > 1 ? text[1] : '\0';
      if (next == '$') {
        out += '$';
        text.remove_prefix(2);
      } else if (next == '{') {
        GATE_TRY(const std::string_view inside, braced(text));
        GATE_TRY(const std::string value, substitute(inside, depth));
        out += value;
        text.remove_prefix(inside.size() + 3);
      } else if (const std::size_t length = name_length(text.substr(1)); length > 0) {
        out += lookup_(text.substr(1, length)).value_or("");
        text.remove_prefix(length + 1);
      } else {
        out += '$';
        text.remove_prefix(1);
      }
    }
    made_ += out.size();
    return out;
  }

 private:
  // Returns what stands between the braces of the reference at the start of `text`.
  static Result<std::string_view> braced(std::string_view text) {
    std::size_t open = 0;
    for (std::size_t at = 1; at < text.size() && text[at] != '\n'; ++at) {
      if (text[at] == '{') ++open;
      if (text[at] == '}' && --open == 0) return text.substr(2, at - 2);
    }
    return Error{"`${` without its `}`"};
  }

  Result<std::string> substitute(std::string_view inside, std::size_t depth) {
    if (depth >= kDeepest) return Error{"references nested too deeply"};
    const std::size_t length = name_length(inside);
    if (length == 0) return Error{"`${` without a name behind it"};
    const std::string_view name = inside.substr(0, length);
    std::string_view rest = inside.substr(length);
    const std::optional<std::string> value = lookup_(name);
    if (rest.empty()) return value.value_or("");
    const bool colon = rest.front() == ':';
    if (colon) rest.remove_prefix(1);
    const char sign = rest.empty() ? '\0' : rest.front();
    if (sign != '-' && sign != '+' && sign != '?')
      return Error{fmt::format("`${{{}` and then none of `-`, `:-`, `+`, `:+`, `?`, `:?`", name)};
    rest.remove_prefix(1);
    const bool counts = value && !(colon && value->empty());
    if (sign == '-') return counts ? *value : expand(rest, depth + 1);
    if (sign == '+') return counts ? expand(rest, depth + 1) : Result(value.value_or(""));
    if (counts) return *value;
    GATE_TRY(const std::string why, expand(rest, depth + 1));
    return Error{why.empty() ? fmt::format("{} has to be set", name)
                             : fmt::format("{} has to be set: {}", name, why)};
  }

  const VariableLookup& lookup_;
  std::size_t made_ = 0;  // bytes of all results, so that nesting does not multiply them
};

}  // namespace

Result<std::string> interpolate(std::string_view text, const VariableLookup& lookup) {
  return Template(lookup).expand(text, 0);
}

}  // namespace gate::readers
