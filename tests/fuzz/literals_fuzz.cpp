// The first line is a pattern, the rest a text: what is said of the pattern's literals holds for
// every match.
#include <algorithm>

#include "gate/base/literals.h"
#include "tests/fuzz/fuzz.h"

namespace {

char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

// Returns where a literal occurs in a text from an offset on, or npos.
std::size_t find(std::string_view text, const gate::base::Literal& literal, std::size_t from) {
  const auto same = [&](char left, char right) {
    return literal.ignore_case ? lower(left) == lower(right) : left == right;
  };
  const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                              literal.text.begin(), literal.text.end(), same);
  return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

bool holds(const gate::base::RequiredLiterals& required, std::string_view match) {
  if (required.any_of.empty()) return true;
  for (const gate::base::Literal& literal : required.any_of) {
    for (std::size_t at = find(match, literal, 0); at != std::string_view::npos;
         at = find(match, literal, at + 1)) {
      const std::string_view front = match.substr(0, at);
      if (at <= required.before && match.size() - at <= required.after &&
          std::all_of(front.begin(), front.end(), [&](char byte) {
            return required.before_bytes[static_cast<unsigned char>(byte)];
          })) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = gate::fuzz::text_of(data, size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  auto pattern = gate::base::Pattern::compile(std::string(input.substr(0, end)), {});
  if (!pattern) return 0;
  const std::string_view text = input.substr(std::min(end + 1, size));
  const gate::base::RequiredLiterals required = gate::base::required_literals(*pattern);
  std::vector<std::string_view> captures;
  for (std::size_t from = 0;
       from <= text.size() && pattern->find(text, from, text.size(), captures);) {
    const std::string_view match = captures.front();
    gate::fuzz::require(holds(required, match));
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    gate::fuzz::require(begin >= from && begin + match.size() <= text.size());
    if (required.at_line_start) gate::fuzz::require(begin == 0 || text[begin - 1] == '\n');
    from = begin + std::max<std::size_t>(match.size(), 1);
  }
  return 0;
}
