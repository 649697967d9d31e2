#include "gate/readers/formats/dotenv/readers.h"

#include <algorithm>

#include "gate/base/utf8.h"

namespace gate::readers {

std::optional<std::string> find_variable(std::string_view key, const EnvScope& scope,
                                         const KnownVariables& known) {
  if (scope.process) {
    if (std::optional<std::string> value = scope.process(key)) return value;
  }
  if (const auto found = known.find(key); found != known.end()) return found->second;
  return scope.earlier ? scope.earlier(key) : std::nullopt;
}

UnixText::UnixText(std::string_view original) : text_(original) {
  if (original.find('\r') == std::string_view::npos) return;
  copy_.reserve(original.size());
  for (std::size_t at = 0; at < original.size(); ++at) {
    if (original[at] != '\r') {
      copy_ += original[at];
    } else if (original.substr(at + 1, 1) == "\n") {
      removed_.push_back(copy_.size());
    } else {
      copy_ += '\n';
    }
  }
  text_ = copy_;
}

std::uint32_t UnixText::source(std::size_t offset) const {
  // A place at a line end stands before its CR.
  const auto before = std::lower_bound(removed_.begin(), removed_.end(), offset);
  return static_cast<std::uint32_t>(offset + static_cast<std::size_t>(before - removed_.begin()));
}

std::size_t space_length(std::string_view text, Spaces spaces) {
  if (text.empty()) return 0;
  const char c = text.front();
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (spaces == Spaces::python && c >= '\x1c' && c <= '\x1f') return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  const base::Decoded decoded = base::decode(text);
  if (!decoded.valid) return 0;
  const base::CodePoint code = decoded.code;
  const bool common = code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
                      code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
                      code == 0x3000;
  const bool own = spaces == Spaces::javascript ? code == 0xFEFF : code == 0x85;
  return common || own ? decoded.size : 0;
}

std::size_t skip_spaces(std::string_view text, std::size_t from, Spaces spaces, bool in_line) {
  while (from < text.size() && !(in_line && text[from] == '\n')) {
    const std::size_t length = space_length(text.substr(from, 4), spaces);
    if (length == 0) break;
    from += length;
  }
  return from;
}

std::string_view trim_end(std::string_view text, Spaces spaces) {
  std::size_t kept = 0;
  for (std::size_t end = text.size(); end > 0; end = kept) {
    kept = end - 1;
    while (kept > 0 && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U && end - kept < 4)
      --kept;
    if (space_length(text.substr(kept, end - kept), spaces) != end - kept)
      return text.substr(0, end);
  }
  return {};
}

std::size_t find_plain_quote(std::string_view text, std::size_t begin, std::size_t from,
                             char quote) {
  for (std::size_t at = text.find(quote, from); at != std::string_view::npos;
       at = text.find(quote, at + 1)) {
    if (at == begin || text[at - 1] != '\\') return at;
  }
  return std::string_view::npos;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::size_t at = text.find(from);
  if (at == std::string::npos) return;
  std::string out;
  std::size_t begin = 0;
  for (; at != std::string::npos; at = text.find(from, begin)) {
    out.append(text, begin, at - begin).append(to);
    begin = at + from.size();
  }
  out.append(text, begin);
  text = std::move(out);
}

void sort_problems(EnvFile& file) {
  std::stable_sort(
      file.problems.begin(), file.problems.end(),
      [](const EnvProblem& a, const EnvProblem& b) { return a.span.begin < b.span.begin; });
}

}  // namespace gate::readers
