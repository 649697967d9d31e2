#include "gate/readers/formats/ini.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/document_builder.h"

namespace gate::readers {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Ini {
 public:
  Ini(std::shared_ptr<const base::Source> source, IniDialect dialect)
      : source_(std::move(source)), text_(source_->text()), dialect_(dialect) {}

  Result<std::shared_ptr<const Document>> run() {
    std::size_t begin = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (begin < text_.size() && problem_.empty()) {
      std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const std::size_t next = end + 1;
      read_line(begin, end);
      begin = std::max(next, resume_);
    }
    if (!problem_.empty()) return Error{std::move(problem_)};
    end_value();
    return std::move(builder_).finish(source_);
  }

 private:
  void fail(std::size_t at, std::string_view what) {
    if (!problem_.empty()) return;
    const base::Position place = source_->lines().position(static_cast<std::uint32_t>(at));
    problem_ = fmt::format("line {}, column {}: {}", place.line, place.column, what);
  }

  static base::Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  // [begin, end) without the white space around it.
  [[nodiscard]] std::pair<std::size_t, std::size_t> trim(std::size_t begin, std::size_t end) const {
    while (begin < end && is_space(text_[begin]))
      ++begin;
    while (end > begin && is_space(text_[end - 1]))
      --end;
    return {begin, end};
  }

  void read_line(std::size_t line, std::size_t line_end) {
    auto [begin, end] = trim(line, line_end);
    if (begin == end || is_comment(text_[begin])) return;
    const bool indented = begin > line;
    if (dialect_ == IniDialect::redis) return read_directive(begin, end);
    if (dialect_ == IniDialect::supervisor && indented && last_ != 0) return go_on(begin, end);
    end_value();
    if (text_[begin] == '[') return open_section(begin, end);
    read_entry(begin, end);
  }

  [[nodiscard]] bool is_comment(char c) const {
    if (c == ';') return dialect_ != IniDialect::redis;
    return c == '#' && dialect_ != IniDialect::php;
  }

  void open_section(std::size_t begin, std::size_t end) {
    const std::size_t close = text_.substr(0, end).find(']', begin);
    if (close == std::string_view::npos) return fail(begin, "the section is not closed with `]`");
    last_ = 0;
    const std::string_view name = text_.substr(begin + 1, close - begin - 1);
    if (dialect_ == IniDialect::php) {
      section_ = 0;
      if (!name.starts_with("PATH=") && !name.starts_with("HOST=")) return;
    }
    const auto [known, fresh] = sections_.try_emplace(std::string(name), 0);
    if (fresh) {
      Node node;
      node.kind = NodeKind::map;
      node.span = span(begin, close + 1);
      known->second = builder_.add(0, node, name, span(begin + 1, close));
    }
    section_ = known->second;
  }

  void read_entry(std::size_t begin, std::size_t end) {
    const std::size_t sign =
        text_.substr(0, end).find_first_of(dialect_ == IniDialect::php ? "=" : "=:", begin);
    if (sign == begin) return fail(begin, "a value without a key");
    if (sign == std::string_view::npos) {
      if (dialect_ != IniDialect::php) return fail(begin, "a line that is not `key = value`");
      const auto [key, key_end] = trim(begin, std::min(text_.find(';', begin), end));
      return add_value(key, key_end, Node{});  // a key alone is null
    }
    const auto [key, key_end] = trim(begin, sign);
    const auto [value, value_end] = trim(sign + 1, end);
    if (dialect_ == IniDialect::php) {
      add_value(key, key_end, php_value(value, end));
    } else {
      Node node;
      node.kind = NodeKind::string;
      const std::size_t cut =
          dialect_ == IniDialect::supervisor ? comment(value, value_end) : value_end;
      node.text = text_.substr(value, cut - value);
      node.span = span(value, cut);
      add_value(key, key_end, node);
    }
  }

  // RawConfigParser: `;` behind white space begins a comment.
  [[nodiscard]] std::size_t comment(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      if (text_[at] == ';' && (at == begin || is_space(text_[at - 1])))
        return trim(begin, at).second;
    }
    return end;
  }

  // An indented line of supervisor goes on with the value above it.
  void go_on(std::size_t begin, std::size_t end) {
    end = comment(begin, end);
    if (begin == end) return;
    Node& node = builder_.node(last_);
    if (more_.empty()) more_ = node.text;
    if (!more_.empty()) more_ += '\n';
    more_ += text_.substr(begin, end - begin);
    node.span.end = static_cast<std::uint32_t>(end);
  }

  // Puts what indented lines have added to the last value.
  void end_value() {
    if (more_.empty()) return;
    const std::string_view kept = builder_.keep(std::exchange(more_, {}));
    builder_.node(last_).text = kept;
  }

  // Sets a key of the section; one that is there gets the new value. `key[]` of php is a list.
  void add_value(std::size_t key, std::size_t key_end, Node node) {
    if (node.span.empty()) node.span = span(key_end, key_end);
    std::string name(text_.substr(key, key_end - key));
    if (dialect_ == IniDialect::supervisor) name = base::to_lower(name);
    const std::size_t bracket = dialect_ == IniDialect::php ? name.find('[') : std::string::npos;
    const bool element = bracket != std::string::npos && bracket > 0 && name.back() == ']';
    const std::string index = element ? name.substr(bracket + 1, name.size() - bracket - 2) : "";
    if (element) name.resize(bracket);
    const auto [known, fresh] = keys_.try_emplace({section_, name}, 0);
    if (!element) {
      if (fresh) {
        known->second = builder_.add(section_, node, name, span(key, key_end));
      } else {
        replace(known->second, node, span(key, key_end));
      }
      last_ = known->second;
      return;
    }
    if (fresh) {
      Node list;
      list.kind = index.empty() ? NodeKind::list : NodeKind::map;
      list.span = node.span;
      known->second = builder_.add(section_, list, name, span(key, key_end));
    }
    last_ =
        builder_.add(known->second, node, index, index.empty() ? base::Span{} : span(key, key_end));
  }

  void replace(std::uint32_t index, const Node& by, base::Span key_span) {
    Node& node = builder_.node(index);
    const std::uint32_t next = node.next;
    const std::string_view key = node.key;
    node = by;
    node.next = next;
    node.key = key;
    node.key_span = key_span;
  }

  // A value of php.ini: up to `;` or the end of the line, quoted parts as they are.
  Node php_value(std::size_t begin, std::size_t end) {
    Node node;
    node.kind = NodeKind::string;
    std::string out;
    bool quoted = false;
    std::size_t at = begin;
    std::size_t behind = begin;
    for (; at < end && text_[at] != ';'; ++at) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        const std::size_t close = closing_quote(at);
        if (close == std::string_view::npos) {
          fail(at, "a quote that is never closed");
          return node;
        }
        append_quoted(out, at, close);
        quoted = true;
        at = close;
        behind = close + 1;
        end = std::max(end, std::min(text_.find('\n', close), text_.size()));
        resume_ = end + 1;
      } else {
        out += c;
        if (!is_space(c)) behind = at + 1;
      }
    }
    node.span = span(begin, behind);
    while (!quoted && !out.empty() && is_space(out.back()))
      out.pop_back();
    if (!quoted) read_php_word(node, out);
    if (node.kind == NodeKind::string) node.text = builder_.keep(trimmed(std::move(out), quoted));
    return node;
  }

  static std::string trimmed(std::string out, bool quoted) {
    while (quoted && !out.empty() && (out.back() == ' ' || out.back() == '\t'))
      out.pop_back();
    return out;
  }

  [[nodiscard]] std::size_t closing_quote(std::size_t open) const {
    for (std::size_t at = open + 1; at < text_.size(); ++at) {
      if (text_[open] == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == text_[open]) {
        return at;
      }
    }
    return std::string_view::npos;
  }

  void append_quoted(std::string& out, std::size_t open, std::size_t close) const {
    for (std::size_t at = open + 1; at < close; ++at) {
      const bool escape = text_[open] == '"' && text_[at] == '\\' && at + 1 < close &&
                          (text_[at + 1] == '"' || text_[at + 1] == '\\' || text_[at + 1] == '\'');
      if (escape) ++at;
      out += text_[at];
    }
  }

  // On, Off and their like, nothing, a whole number, an expression of those.
  static void read_php_word(Node& node, std::string_view word) {
    const std::string low = base::to_lower(word);
    if (low == "on" || low == "yes" || low == "true" || low == "off" || low == "no" ||
        low == "false") {
      node.kind = NodeKind::boolean;
      node.boolean = low == "on" || low == "yes" || low == "true";
    } else if (low == "null" || low == "none") {
      node.kind = NodeKind::null;
    } else if (const auto number = php_number(word)) {
      node.kind = NodeKind::integer;
      node.integer = *number;
    }
  }

  // Numbers and the names of error levels with `|`, `&`, `^`, `~` and `!` between them, from left
  // to right, as zend_ini_parser takes them.
  static std::optional<std::int64_t> php_number(std::string_view text) {
    std::optional<std::int64_t> value;
    char sign = '|';
    for (std::size_t at = 0; at < text.size();) {
      if (is_space(text[at])) {
        ++at;
        continue;
      }
      if (value && std::string_view("|&^").find(text[at]) != std::string_view::npos) {
        sign = text[at++];
        continue;
      }
      if (value && sign == '\0') return std::nullopt;
      const auto operand = php_operand(text, at);
      if (!operand) return std::nullopt;
      const std::int64_t left = value.value_or(0);
      value = sign == '&' ? (left & *operand) : sign == '^' ? (left ^ *operand) : (left | *operand);
      sign = '\0';
    }
    return sign == '\0' ? value : std::nullopt;
  }

  static std::optional<std::int64_t> php_operand(std::string_view text, std::size_t& at) {
    static const std::map<std::string_view, std::int64_t> kLevels{{"E_ERROR", 1},
                                                                  {"E_WARNING", 2},
                                                                  {"E_PARSE", 4},
                                                                  {"E_NOTICE", 8},
                                                                  {"E_CORE_ERROR", 16},
                                                                  {"E_CORE_WARNING", 32},
                                                                  {"E_COMPILE_ERROR", 64},
                                                                  {"E_COMPILE_WARNING", 128},
                                                                  {"E_USER_ERROR", 256},
                                                                  {"E_USER_WARNING", 512},
                                                                  {"E_USER_NOTICE", 1024},
                                                                  {"E_STRICT", 2048},
                                                                  {"E_RECOVERABLE_ERROR", 4096},
                                                                  {"E_DEPRECATED", 8192},
                                                                  {"E_USER_DEPRECATED", 16384},
                                                                  {"E_ALL", 32767}};
    bool complement = false;
    bool negate = false;
    while (at < text.size() && (text[at] == '~' || text[at] == '!' || text[at] == ' ')) {
      if (text[at] == '~') complement = !complement;
      if (text[at] == '!') negate = !negate;
      ++at;
    }
    std::size_t end = at;
    while (end < text.size() && (base::is_alphanumeric(text[end]) || text[end] == '_' ||
                                 (end == at && text[end] == '-')))
      ++end;
    const std::string_view word = text.substr(at, end - at);
    std::int64_t value = 0;
    const auto level = kLevels.find(word);
    if (level != kLevels.end()) {
      value = level->second;
    } else {
      const auto [stop, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (word.empty() || problem != std::errc() || stop != word.data() + word.size())
        return std::nullopt;
    }
    at = end;
    if (negate) value = value == 0 ? 1 : 0;
    return complement ? ~value : value;
  }

  // redis.conf: sdssplitargs().
  void read_directive(std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    while (at < end && !is_space(text_[at]))
      ++at;
    const std::string name = base::to_lower(text_.substr(begin, at - begin));
    std::string arguments;
    const auto [first, last] = trim(at, end);
    for (at = first; at < last;) {
      if (!arguments.empty() || at > first) arguments += ' ';
      if (!read_argument(at, last, arguments)) return;
      while (at < last && is_space(text_[at]))
        ++at;
    }
    Node node;
    node.kind = NodeKind::string;
    node.text = builder_.keep(std::move(arguments));
    node.span = span(first, last);
    const auto [known, fresh] = keys_.try_emplace({0, name}, 0);
    if (fresh) {
      known->second = builder_.add(0, node, name, span(begin, begin + name.size()));
      return;
    }
    if (builder_.node(known->second).kind != NodeKind::list) {
      Node single = builder_.node(known->second);
      Node& list = builder_.node(known->second);
      list.kind = NodeKind::list;
      list.text = {};
      single.key = {};
      single.key_span = {};
      single.next = 0;
      builder_.add(known->second, single);
    }
    builder_.add(known->second, node);
  }

  bool read_argument(std::size_t& at, std::size_t end, std::string& out) {
    const char quote = text_[at];
    if (quote != '"' && quote != '\'') {
      while (at < end && !is_space(text_[at]))
        out += text_[at++];
      return true;
    }
    const std::size_t open = at++;
    for (; at < end && text_[at] != quote; ++at) {
      if (text_[at] == '\\' && at + 1 < end && (quote == '"' || text_[at + 1] == '\'')) ++at;
      out += text_[at];
    }
    if (at >= end) {
      fail(open, "a quote that is never closed");
      return false;
    }
    ++at;
    if (at < end && !is_space(text_[at])) {
      fail(at, "text after the closing quote");
      return false;
    }
    return true;
  }

  std::shared_ptr<const base::Source> source_;
  std::string_view text_;
  IniDialect dialect_;
  DocumentBuilder builder_;
  std::map<std::string, std::uint32_t, std::less<>> sections_;
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> keys_;
  std::uint32_t section_ = 0;
  std::uint32_t last_ = 0;  // the value that an indented line goes on with
  std::string more_;        // its text with those lines, until it ends; empty: there are none
  std::size_t resume_ = 0;  // behind a quoted value of several lines
  std::string problem_;
};

}  // namespace

Result<std::shared_ptr<const Document>> parse_ini(std::shared_ptr<const base::Source> source,
                                                  IniDialect dialect) {
  if (source->text().size() > kIniBytes) {
    return Error{
        fmt::format("line 1, column 1: {} bytes, more than the {} that an INI file may have",
                    source->text().size(), kIniBytes)};
  }
  return Ini(std::move(source), dialect).run();
}

}  // namespace gate::readers
