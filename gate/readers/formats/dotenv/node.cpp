// dotenv for Node.js: `parse` of lib/main.js, which is one regular expression over the whole text:
//
//   ^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(QUOTED|[^#\r\n]+)?\s*(?:#.*)?$     (lines,
//   global)
//
// with QUOTED one of '…', "…", `…` where a backslash may stand before a quote. Read by hand here,
// since it takes time square in the text on files with open quotes.
#include "gate/readers/formats/dotenv/node.h"

#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"

namespace gate::readers {
namespace {

constexpr Spaces kSpaces = Spaces::javascript;

bool is_key_char(char c) { return base::is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; }

class Node {
 public:
  Node(std::string_view original, std::string_view reader) : unix_(original), reader_(reader) {}

  EnvFile read() {
    if (!base::is_valid_utf8(text_)) {
      report(0, 0, EnvEffect::changes_value,
             "bytes that are not UTF-8: Node loads U+FFFD in their place");
    }
    for (std::size_t line = 0; line < text_.size();) {
      const std::size_t begin = skip_spaces(text_, line, kSpaces);
      std::size_t at = begin;
      if (!read_entry(at)) {
        at = begin;
        report_lost_line(begin);
      }
      const std::size_t end = text_.find('\n', at);
      line = end == std::string_view::npos ? text_.size() : end + 1;
    }
    return std::move(file_);
  }

 private:
  // Reads one entry from its first character on; leaves `at` behind its value.
  bool read_entry(std::size_t& at) {
    if (text_.substr(at, 6) == "export") {
      const std::size_t name = skip_spaces(text_, at + 6, kSpaces);
      if (name > at + 6 && read_binding(name, at)) return true;
    }
    return read_binding(at, at);
  }

  bool read_binding(std::size_t name, std::size_t& at) {
    std::size_t name_end = name;
    while (name_end < text_.size() && is_key_char(text_[name_end]))
      ++name_end;
    if (name_end == name) return false;
    const std::size_t equals = skip_spaces(text_, name_end, kSpaces);
    std::size_t value = equals + 1;
    if (equals == text_.size() || text_[equals] != '=') {
      if (text_.substr(name_end, 1) != ":") return false;
      const std::size_t space = space_length(text_.substr(name_end + 1), kSpaces);
      if (space == 0) return false;
      value = name_end + 1 + space;
    }
    EnvEntry entry;
    entry.key = text_.substr(name, name_end - name);
    entry.key_span = unix_.source(name, name_end);
    at = read_value(value, entry);
    file_.entries.push_back(std::move(entry));
    return true;
  }

  // Returns the end of the value that begins at `from`.
  std::size_t read_value(std::size_t from, EnvEntry& entry) {
    const std::size_t quote = skip_spaces(text_, from, kSpaces);
    std::size_t begin = from;
    std::size_t end = std::min(text_.find_first_of("#\n", from), text_.size());
    if (quote < text_.size() && is_quote(text_[quote])) {
      const std::size_t close = find_close(quote);
      if (close != std::string_view::npos) {
        begin = quote;
        end = close + 1;
      } else if (quote < end) {
        report(quote, quote + 1, EnvEffect::changes_value,
               std::string("a quote that is never closed: ") + std::string(reader_) +
                   " takes it and the rest of the line as the value",
               true);
      }
    }
    begin = std::min(skip_spaces(text_, begin, kSpaces), end);
    const std::string_view written = trim_end(text_.substr(begin, end - begin), kSpaces);
    entry.value_span = unix_.source(begin, begin + written.size());
    std::string_view inner = written;
    const bool quoted =
        written.size() >= 2 && is_quote(written.front()) && written.front() == written.back();
    if (quoted) inner = written.substr(1, written.size() - 2);
    entry.value = base::to_valid_utf8(inner);
    if (!written.empty() && written.front() == '"') {
      replace_all(entry.value, "\\n", "\n");
      replace_all(entry.value, "\\r", "\r");
    }
    return end;
  }

  static bool is_quote(char c) { return c == '\'' || c == '"' || c == '`'; }

  // Returns the closing quote that the expression finds: the first without a backslash before it
  // where the line ends or a comment follows, else the last one with a backslash that has this.
  [[nodiscard]] std::size_t find_close(std::size_t open) const {
    const char quote = text_[open];
    const std::size_t plain = find_plain_quote(text_, open + 1, open + 1, quote);
    if (plain != std::string_view::npos && ends_value(plain + 1)) return plain;
    std::size_t at = plain == std::string_view::npos ? text_.size() : plain;
    while (at > open + 1) {
      at = text_.rfind(quote, at - 1);
      if (at <= open) break;
      if (ends_value(at + 1)) return at;
    }
    return std::string_view::npos;
  }

  [[nodiscard]] bool ends_value(std::size_t at) const {
    at = skip_spaces(text_, at, kSpaces, true);
    return at == text_.size() || text_[at] == '\n' || text_[at] == '#';
  }

  void report_lost_line(std::size_t begin) {
    if (begin == text_.size() || text_[begin] == '#') return;
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    report(begin, end, EnvEffect::drops_key,
           std::string("a line that is not `NAME=value`: ") + std::string(reader_) +
               " passes over it");
  }

  void report(std::size_t begin, std::size_t end, EnvEffect effect, std::string message,
              bool open_quote = false) {
    file_.problems.push_back({unix_.source(begin, end), effect, std::move(message), open_quote});
  }

  UnixText unix_;
  std::string_view text_ = unix_.text();
  std::string_view reader_;
  EnvFile file_;
};

}  // namespace

EnvFile parse_node(std::string_view text, std::string_view reader) {
  return Node(text, reader).read();
}

EnvFile read_node(std::string_view text, const EnvScope& /*scope*/) {
  return parse_node(text, "dotenv");
}

}  // namespace gate::readers
