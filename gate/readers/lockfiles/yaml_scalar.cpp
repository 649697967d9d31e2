#include "gate/readers/lockfiles/yaml_scalar.h"

#include <charconv>
#include <utility>

#include "gate/base/utf8.h"

namespace gate::readers::lockfiles {
namespace {

std::string_view keep(std::string text, std::vector<std::unique_ptr<std::string>>& texts) {
  texts.push_back(std::make_unique<std::string>(std::move(text)));
  return *texts.back();
}

std::optional<YamlScalar> read_single(std::string_view text,
                                      std::vector<std::unique_ptr<std::string>>& texts) {
  std::string built;
  std::size_t from = 1;
  while (true) {
    const std::size_t quote = text.find('\'', from);
    if (quote == std::string_view::npos) return std::nullopt;
    const bool doubled = quote + 1 < text.size() && text[quote + 1] == '\'';
    if (!doubled) {
      const std::string_view rest = text.substr(from, quote - from);
      if (built.empty()) return YamlScalar{rest, quote + 1};
      built += rest;
      return YamlScalar{keep(std::move(built), texts), quote + 1};
    }
    built += text.substr(from, quote + 1 - from);
    from = quote + 2;
  }
}

// Appends what an escape stands for; returns its length behind the backslash, 0 for none.
std::size_t unescape(std::string_view text, std::string& out) {
  constexpr std::string_view kNames = "0abtnvfre \"/\\";
  constexpr std::string_view kValues("\0\a\b\t\n\v\f\r\x1b \"/\\", 13);
  if (text.empty()) return 0;
  if (const std::size_t simple = kNames.find(text.front()); simple != std::string_view::npos) {
    out += kValues[simple];
    return 1;
  }
  const std::size_t digits = text.front() == 'x'   ? 2
                             : text.front() == 'u' ? 4
                             : text.front() == 'U' ? 8
                                                   : 0;
  if (digits == 0 || text.size() <= digits) return 0;
  std::uint32_t code = 0;
  const char* const begin = text.data() + 1;
  const auto [end, problem] = std::from_chars(begin, begin + digits, code, 16);
  if (problem != std::errc() || end != begin + digits) return 0;
  base::append_utf8(out, static_cast<base::CodePoint>(code & 0x7FFFFFFFU));
  return digits + 1;
}

std::optional<YamlScalar> read_double(std::string_view text,
                                      std::vector<std::unique_ptr<std::string>>& texts) {
  std::string built;
  std::size_t from = 1;
  while (true) {
    const std::size_t stop = text.find_first_of("\"\\", from);
    if (stop == std::string_view::npos) return std::nullopt;
    const std::string_view part = text.substr(from, stop - from);
    if (text[stop] == '"') {
      if (built.empty()) return YamlScalar{part, stop + 1};
      built += part;
      return YamlScalar{keep(std::move(built), texts), stop + 1};
    }
    built += part;
    const std::size_t size = unescape(text.substr(stop + 1), built);
    if (size == 0) return std::nullopt;
    from = stop + 1 + size;
  }
}

}  // namespace

std::optional<YamlScalar> read_quoted(std::string_view text,
                                      std::vector<std::unique_ptr<std::string>>& texts) {
  return text.front() == '\'' ? read_single(text, texts) : read_double(text, texts);
}

}  // namespace gate::readers::lockfiles
