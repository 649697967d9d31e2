#include "gate/readers/formats/python/encoding.h"

#include <algorithm>
#include <array>
#include <string>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"

namespace gate::readers::python {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlank = " \t\f";

std::string_view line_at(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

// Returns the name in `# -*- coding: NAME -*-` or the like, or nothing.
std::string_view declared(std::string_view line) {
  const std::size_t hash = line.find_first_not_of(kBlank);
  if (hash == std::string_view::npos || line[hash] != '#') return {};
  std::size_t at = hash;
  while ((at = line.find("coding", at)) != std::string_view::npos) {
    at += 6;
    if (at >= line.size() || (line[at] != ':' && line[at] != '=')) continue;
    const std::size_t begin = line.find_first_not_of(" \t", at + 1);
    if (begin == std::string_view::npos) return {};
    std::size_t end = begin;
    while (end < line.size() && (base::is_alphanumeric(line[end]) || line[end] == '-' ||
                                 line[end] == '_' || line[end] == '.')) {
      ++end;
    }
    if (end > begin) return line.substr(begin, end - begin);
  }
  return {};
}

// A second line counts only below a first one that holds nothing but a comment.
std::string_view declared_encoding(std::string_view text) {
  const std::string_view first = line_at(text);
  if (const std::string_view name = declared(first); !name.empty()) return name;
  const std::size_t begin = first.find_first_not_of(kBlank);
  if (begin != std::string_view::npos && first[begin] != '#') return {};
  std::string_view rest = text.substr(first.size());
  if (rest.starts_with("\r\n")) {
    rest.remove_prefix(2);
  } else if (!rest.empty()) {
    rest.remove_prefix(1);
  }
  return declared(line_at(rest));
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

SourceEncoding find_encoding(std::string_view text) {
  SourceEncoding found;
  const auto fail = [&](std::size_t at, std::string message) {
    const auto begin = static_cast<std::uint32_t>(at);
    found.error = SyntaxError{{begin, begin + 1}, std::move(message)};
    return found;
  };
  if (text.starts_with(kMark)) found.skip = kMark.size();
  const std::string_view body = text.substr(found.skip);
  if (const std::size_t nul = body.find('\0'); nul != std::string_view::npos) {
    return fail(found.skip + nul, "the file holds a NUL byte");
  }
  std::string name = base::to_lower(declared_encoding(body));
  std::replace(name.begin(), name.end(), '_', '-');
  const std::size_t ascii = base::ascii_prefix(body);
  if (ascii == body.size()) return found;
  if (is_one_of(name, {"latin-1", "iso-8859-1", "iso-latin-1", "latin1", "iso8859-1"})) {
    found.encoding = Encoding::latin1;
    return found;
  }
  if (!is_one_of(name, {"", "utf-8", "utf8", "utf-8-sig", "u8"}) && !name.starts_with("utf-8-")) {
    return fail(found.skip + ascii, "the file declares the encoding `" + name +
                                        "`, which is not read; save it as UTF-8");
  }
  for (std::size_t at = ascii; at < body.size();) {
    const base::Decoded decoded = base::decode(body.substr(at));
    if (!decoded.valid) {
      return fail(found.skip + at, "the file is not UTF-8, and declares no other encoding");
    }
    at += decoded.size;
  }
  return found;
}

}  // namespace gate::readers::python
