#include <algorithm>
#include <array>
#include <charconv>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/javascript/token.h"

namespace gate::readers::javascript {
namespace {

// Longest first.
constexpr auto kPunctuators = std::to_array<std::string_view>(
    {">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "?\?=",
     "=>",   "==",  "!=",  "<=",  ">=",  "&&",  "||",  "??",  "?.",  "++",  "--",
     "+=",   "-=",  "*=",  "/=",  "%=",  "&=",  "|=",  "^=",  "**",  "<<",  ">>"});

// Words after which a value begins, so that `/` opens a regular expression.
constexpr auto kBeforeValue = std::to_array<std::string_view>(
    {"return", "typeof", "case", "in", "of", "new", "delete", "void", "throw", "do", "else",
     "await", "yield", "default", "extends", "instanceof"});

bool is_name_start(char c) {
  return base::is_letter(c) || c == '_' || c == '$' || c == '#' || c == '@' || c == '\\' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || base::is_digit(c); }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Tokens run() && {
    if (text_.size() > kMaxBytes) {
      fail(0, 0, "the file is larger than 4 MB");
    } else {
      if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
      if (text_.substr(at_).starts_with("#!")) skip_line();
      while (at_ < text_.size() && !out_.problem)
        step();
      if (!open_.empty() && !out_.problem) {
        const Token& token = out_.list[open_.back()];
        fail(token.span.begin, token.span.end, "a bracket that is never closed");
      }
    }
    at_ = std::min(at_, text_.size());
    push(TokenKind::end, at_);  // where it was given up, or the end of the file
    return std::move(out_);
  }

 private:
  void fail(std::size_t begin, std::size_t end, std::string_view message) {
    if (out_.problem) return;
    out_.problem =
        Problem{{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, message};
  }

  void push(TokenKind kind, std::size_t begin) {
    Token token;
    token.kind = kind;
    token.line_before = line_before_;
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    out_.list.push_back(token);
    line_before_ = false;
  }

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] std::string_view text_of(const Token& token) const {
    return text_.substr(token.span.begin, token.span.end - token.span.begin);
  }
  // Whether the innermost open bracket is a template's text, not a `${` in it.
  [[nodiscard]] bool in_template() const {
    return !open_.empty() && text_of(out_.list[open_.back()]) == "`";
  }

  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
  }

  void step() {
    if (in_template()) return template_part();
    const char c = text_[at_];
    if (c == '\n' || c == '\r') {
      line_before_ = true;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\f' || c == '\v') {
      ++at_;
    } else if (rest().starts_with("//")) {
      skip_line();
    } else if (rest().starts_with("/*")) {
      block_comment();
    } else if (is_name_start(c)) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && is_name_part(text_[at_]))
        ++at_;
      push(TokenKind::name, begin);
    } else if (base::is_digit(c) ||
               (c == '.' && at_ + 1 < text_.size() && base::is_digit(text_[at_ + 1]))) {
      number();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (c == '/' && value_begins()) {
      regex();
    } else {
      punctuator();
    }
  }

  void block_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return fail(at_, at_ + 2, "a comment that is never closed");
    if (text_.substr(at_, end - at_).find('\n') != std::string_view::npos) line_before_ = true;
    at_ = end + 2;
  }

  void number() {
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool sign = (c == '+' || c == '-') && at_ > begin &&
                        (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E') &&
                        !text_.substr(begin, 2).starts_with("0x");
      if (!base::is_alphanumeric(c) && c != '.' && c != '_' && !sign) break;
      ++at_;
    }
    push(TokenKind::number, begin);
  }

  void string(char quote) {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\n') return fail(begin, at_, "a text that is never closed");
      at_ += text_[at_] == '\\' ? 2U : 1U;
    }
    if (at_ >= text_.size()) {
      at_ = text_.size();
      return fail(begin, at_, "a text that is never closed");
    }
    ++at_;
    push(TokenKind::string, begin);
  }

  [[nodiscard]] bool value_begins() const {
    if (out_.list.empty()) return true;
    const Token& last = out_.list.back();
    const std::string_view text = text_of(last);
    switch (last.kind) {
      case TokenKind::name:
        return std::find(kBeforeValue.begin(), kBeforeValue.end(), text) != kBeforeValue.end();
      case TokenKind::punctuator:
        return text != ")" && text != "]" && text != "}" && text != "`" && text != "++" &&
               text != "--";
      default:
        return false;
    }
  }

  void regex() {
    const std::size_t begin = at_++;
    bool in_class = false;
    while (at_ < text_.size() && (text_[at_] != '/' || in_class)) {
      if (text_[at_] == '\n') return fail(begin, at_, "a regular expression that is never closed");
      if (text_[at_] == '[') in_class = true;
      if (text_[at_] == ']') in_class = false;
      at_ += text_[at_] == '\\' ? 2U : 1U;
    }
    if (at_ >= text_.size()) {
      at_ = text_.size();
      return fail(begin, at_, "a regular expression that is never closed");
    }
    ++at_;
    while (at_ < text_.size() && is_name_part(text_[at_]))
      ++at_;
    push(TokenKind::regex, begin);
  }

  void template_part() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '`' && !rest().starts_with("${"))
      at_ += text_[at_] == '\\' ? 2U : 1U;
    at_ = std::min(at_, text_.size());
    if (at_ > begin) push(TokenKind::template_text, begin);
    if (at_ >= text_.size()) return;
    const std::size_t mark = at_;
    if (text_[at_] == '`') {
      ++at_;
      push(TokenKind::punctuator, mark);
      return close(out_.list.size() - 1, "`");
    }
    at_ += 2;
    push(TokenKind::punctuator, mark);
    open(out_.list.size() - 1);
  }

  void punctuator() {
    const std::size_t begin = at_;
    const auto* const found =
        std::find_if(kPunctuators.begin(), kPunctuators.end(),
                     [&](std::string_view sign) { return rest().starts_with(sign); });
    at_ += found == kPunctuators.end() ? 1 : found->size();
    // `a?.5:b` is a condition.
    if (found != kPunctuators.end() && *found == "?." && at_ < text_.size() &&
        base::is_digit(text_[at_]))
      --at_;
    push(TokenKind::punctuator, begin);
    const std::size_t index = out_.list.size() - 1;
    const std::string_view sign = text_of(out_.list.back());
    if (sign == "(" || sign == "[" || sign == "{" || sign == "`") open(index);
    if (sign == ")") close(index, "(");
    if (sign == "]") close(index, "[");
    if (sign == "}") close(index, "{");
  }

  void open(std::size_t index) {
    if (open_.size() >= kMaxNesting)
      return fail(out_.list[index].span.begin, out_.list[index].span.end,
                  "brackets are nested more than 200 deep");
    open_.push_back(index);
  }

  void close(std::size_t index, std::string_view opening) {
    Token& token = out_.list[index];
    const std::string_view last =
        open_.empty() ? std::string_view() : text_of(out_.list[open_.back()]);
    if (last != opening && !(opening == "{" && last == "${"))
      return fail(token.span.begin, token.span.end, "a bracket that closes nothing");
    token.match = static_cast<std::uint32_t>(open_.back());
    out_.list[open_.back()].match = static_cast<std::uint32_t>(index);
    open_.pop_back();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_before_ = false;
  std::vector<std::size_t> open_;
  Tokens out_;
};

// Reads the hexadecimal digits at `at`; none: no number.
std::optional<base::CodePoint> hex(std::string_view text, std::size_t at, std::size_t count) {
  if (count == 0 || at + count > text.size()) return std::nullopt;
  std::uint32_t code = 0;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + count, code, 16);
  if (error != std::errc() || end != begin + count || code > 0x10FFFF) return std::nullopt;
  return static_cast<base::CodePoint>(code);
}

// Appends what the escape behind a backslash at `at` stands for; returns where it ends.
std::size_t append_escape(std::string_view text, std::size_t at, std::string& out) {
  const char c = text[at];
  const auto append = [&](std::optional<base::CodePoint> code, std::size_t end) {
    if (!code) return at + 1;
    base::append_utf8(out, *code);
    return end;
  };
  switch (c) {
    case 'n':
      out += '\n';
      break;
    case 't':
      out += '\t';
      break;
    case 'r':
      out += '\r';
      break;
    case 'b':
      out += '\b';
      break;
    case 'f':
      out += '\f';
      break;
    case 'v':
      out += '\v';
      break;
    case '0':
      out += '\0';
      break;
    case '\n':
      break;
    case 'x':
      return append(hex(text, at + 1, 2), at + 3);
    case 'u':
      if (at + 1 < text.size() && text[at + 1] == '{') {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return at + 1;
        return append(hex(text, at + 2, end - at - 2), end + 1);
      }
      return append(hex(text, at + 1, 4), at + 5);
    default:
      out += c;
  }
  return at + 1;
}

}  // namespace

Tokens tokenize(std::string_view text) { return Lexer(text).run(); }

std::string unescape(std::string_view written, bool quoted) {
  if (quoted && written.size() >= 2) written = written.substr(1, written.size() - 2);
  std::string out;
  out.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    if (written[at] == '\\' && at + 1 < written.size()) {
      at = append_escape(written, at + 1, out);
    } else {
      out += written[at++];
    }
  }
  return out;
}

}  // namespace gate::readers::javascript
