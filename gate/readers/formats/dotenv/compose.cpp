// The .env file and `env_file` of docker compose: dotenv of compose-go 2 (parser.go), with its
// template for references.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/pattern.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/dotenv/readers.h"
#include "gate/readers/formats/interpolation.h"

namespace gate::readers {
namespace {

class Compose {
 public:
  Compose(std::string_view text, const EnvScope& scope) : text_(text), scope_(scope) {}

  EnvFile read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (!stopped_ && find_statement())
      read_statement();
    return std::move(file_);
  }

 private:
  void refuse(std::size_t begin, std::size_t end, std::string_view what, bool open_quote = false) {
    file_.problems.push_back({span(begin, end), EnvEffect::refuses_file,
                              fmt::format("{}: docker compose refuses the whole file", what),
                              open_quote});
    stopped_ = true;
  }

  static base::Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  // Goes to the first character of the next entry.
  bool find_statement() {
    while (true) {
      at_ = skip_spaces(text_, at_, Spaces::go);
      if (at_ == text_.size()) return false;
      if (text_[at_] != '#') return true;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
  }

  void read_statement() {
    if (text_.substr(at_, 6) == "export") {
      const std::size_t behind = skip_spaces(text_, at_ + 6, Spaces::go, true);
      if (behind > at_ + 6) at_ = behind;
    }
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != '=' && text_[end] != ':' && text_[end] != '\n') {
      const base::Decoded character = base::decode(text_.substr(end));
      if (!may_stand_in_name(character, text_.substr(end, character.size)))
        return refuse(end, end + character.size, "a character that no name has");
      end += character.size;
    }
    EnvEntry entry;
    entry.key = trim_end(text_.substr(begin, end - begin), Spaces::go);
    entry.key_span = span(begin, begin + entry.key.size());
    if (entry.key.find(' ') != std::string::npos)
      return refuse(begin, begin + entry.key.size(), "a name with a space in it");
    if (end == text_.size() || text_[end] == '\n') {
      at_ = skip_spaces(text_, std::min(end + 1, text_.size()), Spaces::go, true);
      // Without a value it is handed on from the process.
      const auto passed = scope_.process ? scope_.process(entry.key) : std::nullopt;
      if (!passed) return;
      entry.value = *passed;
      entry.value_span = entry.key_span;
      return store(std::move(entry));
    }
    at_ = skip_spaces(text_, end + 1, Spaces::go, true);
    read_value(entry);
    if (!stopped_) store(std::move(entry));
  }

  static bool may_stand_in_name(const base::Decoded& character, std::string_view bytes) {
    if (space_length(bytes, Spaces::go) > 0) return true;
    if (bytes.size() == 1 && static_cast<unsigned char>(bytes[0]) < 0x80) {
      return base::is_alphanumeric(bytes[0]) ||
             std::string_view("_.-[]").find(bytes[0]) != std::string_view::npos;
    }
    static const base::Pattern kLetter = base::Pattern::trusted(R"([\pL\pN])", {});
    return character.valid && kLetter.matches_whole(bytes);
  }

  void read_value(EnvEntry& entry) {
    const std::size_t begin = at_;
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view value = text_.substr(begin, end - begin);
      value = trim_end(value.substr(0, value.find(" #")), Spaces::go);
      entry.value_span = span(begin, begin + value.size());
      at_ = std::min(end + 1, text_.size());
      expand(entry, value);
      return;
    }
    std::string value;
    bool escape = false;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote && !escape) break;
      if (escape && c != quote) value += '\\';
      if (!escape && c == '\\') {
        escape = true;
        continue;
      }
      escape = false;
      value += c;
    }
    if (at_ == text_.size()) return refuse(begin, begin + 1, "a quote that is never closed", true);
    ++at_;
    entry.value_span = span(begin, at_);
    if (quote == '"') {
      expand(entry, unescape(value));
    } else {
      entry.value = std::move(value);
    }
  }

  void expand(EnvEntry& entry, std::string_view value) {
    Result<std::string> expanded = interpolate(
        value, [this](std::string_view key) { return find_variable(key, scope_, known_); });
    if (expanded) {
      entry.value = *std::move(expanded);
      grown_ += entry.value.size();
      if (grown_ > kEnvGrowthLimit)
        refuse(entry.value_span.begin, entry.value_span.end,
               "references that make the values larger than 8 MB");
    } else {
      // The words behind `:?` come from the file and may hold anything.
      const std::string& why = expanded.error().message;
      refuse(entry.value_span.begin, entry.value_span.end, why.substr(0, why.find(": ")));
    }
  }

  // The escapes of Go that a shell has too; the `$` of `\$` is not to begin a reference.
  static std::string unescape(std::string_view raw) {
    constexpr std::string_view kNames = "abfnrtv\"\\";
    constexpr std::string_view kValues = "\a\b\f\n\r\t\v\"\\";
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const char next = raw[i] == '\\' && i + 1 < raw.size() ? raw[i + 1] : '\0';
      const std::size_t found = next == '\0' ? std::string_view::npos : kNames.find(next);
      if (found != std::string_view::npos) {
        out += kValues[found];
        ++i;
      } else if (next == '$') {
        out += "$$";
        ++i;
      } else if (next == '0') {
        i += 1 + append_octal(out, raw.substr(i + 2));
      } else {
        out += raw[i];
      }
    }
    return out;
  }

  // `\0` and up to three digits: with three a byte's character, else a backslash and the digits.
  // Returns how many digits it took.
  static std::size_t append_octal(std::string& out, std::string_view rest) {
    std::size_t count = 0;
    unsigned code = 0;
    bool octal = true;
    while (count < 3 && count < rest.size() && base::is_digit(rest[count])) {
      octal = octal && rest[count] < '8';
      code = code * 8 + static_cast<unsigned>(rest[count] - '0');
      ++count;
    }
    if (count == 3 && octal && code < 256) {
      base::append_utf8(out, static_cast<base::CodePoint>(code));
    } else {
      out += '\\';
      out += rest.substr(0, count);
    }
    return count;
  }

  void store(EnvEntry entry) {
    known_.insert_or_assign(entry.key, entry.value);
    file_.entries.push_back(std::move(entry));
  }

  std::string_view text_;
  const EnvScope& scope_;
  KnownVariables known_;
  std::size_t at_ = 0;
  EnvFile file_;
  std::size_t grown_ = 0;  // bytes of values with references
  bool stopped_ = false;
};

}  // namespace

EnvFile read_compose(std::string_view text, const EnvScope& scope) {
  return Compose(text, scope).read();
}

}  // namespace gate::readers
