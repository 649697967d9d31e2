// The three readers of Python projects: python-dotenv 1.2 (parser.py and variables.py),
// django-environ (Env.read_env) and python-decouple (RepositoryEnv). All read text with universal
// line ends, and stop at bytes that are not UTF-8.
#include <algorithm>
#include <string>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"
#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {
namespace {

constexpr Spaces kSpaces = Spaces::python;

class PythonText {
 public:
  PythonText(std::string_view original, std::string_view reader)
      : unix_(original), reader_(reader) {}

 protected:
  bool is_readable() {
    if (base::is_valid_utf8(text_)) return true;
    report(0, 0, EnvEffect::refuses_file,
           "bytes that are not UTF-8: " + std::string(reader_) + " stops with an error");
    return false;
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

class PythonDotenv : PythonText {
 public:
  PythonDotenv(std::string_view original, const EnvScope& scope)
      : PythonText(original, "python-dotenv"), scope_(scope) {}

  EnvFile read() {
    if (!is_readable()) return std::move(file_);
    while (at_ < text_.size() && grown_ <= kEnvGrowthLimit) {
      at_ = skip_spaces(text_, at_, kSpaces);
      if (at_ == text_.size()) break;
      const std::size_t begin = at_;
      if (!read_binding()) {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        report(open_quote_ ? at_ : begin, open_quote_ ? at_ + 1 : std::max(end, begin + 1),
               EnvEffect::drops_key,
               open_quote_ ? "a quote that is never closed: python-dotenv drops this line"
                           : "a line that is not `NAME=value`: python-dotenv drops it",
               open_quote_);
        at_ = std::min(end + 1, text_.size());
      }
    }
    return std::move(file_);
  }

 private:
  // Reads from the first character of a line on; on a mistake `at_` stays where it was found.
  bool read_binding() {
    open_quote_ = false;
    if (text_.substr(at_, 6) == "export") {
      const std::size_t behind = skip_spaces(text_, at_ + 6, kSpaces, true);
      if (behind > at_ + 6) at_ = behind;
    }
    EnvEntry entry;
    const bool has_key = text_.substr(at_, 1) != "#";
    if (has_key && !read_key(entry)) return false;
    at_ = skip_spaces(text_, at_, kSpaces, true);
    entry.has_value = text_.substr(at_, 1) == "=";
    entry.value_span = unix_.source(at_, at_);
    if (entry.has_value) {
      at_ = skip_spaces(text_, at_ + 1, kSpaces, true);
      if (!read_value(entry)) return false;
    }
    const std::size_t behind = skip_spaces(text_, at_, kSpaces, true);
    if (text_.substr(behind, 1) == "#") at_ = std::min(text_.find('\n', behind), text_.size());
    at_ = skip_spaces(text_, at_, kSpaces, true);
    if (at_ < text_.size() && text_[at_] != '\n') return false;
    at_ = std::min(at_ + 1, text_.size());
    return !has_key || store(std::move(entry));
  }

  bool read_key(EnvEntry& entry) {
    std::size_t begin = at_;
    std::size_t end = at_;
    if (text_.substr(at_, 1) == "'") {
      end = text_.find('\'', ++begin);
      if (end == std::string_view::npos || end == begin) return false;
      at_ = end + 1;
    } else {
      while (end < text_.size() && text_[end] != '=' && text_[end] != '#' &&
             space_length(text_.substr(end, 4), kSpaces) == 0)
        ++end;
      if (end == begin) return false;
      at_ = end;
    }
    entry.key = text_.substr(begin, end - begin);
    entry.key_span = unix_.source(begin, end);
    return true;
  }

  bool read_value(EnvEntry& entry) {
    const std::size_t begin = at_;
    const char quote = at_ < text_.size() ? text_[at_] : '\n';
    if (quote == '\'' || quote == '"') {
      std::size_t close = find_plain_quote(text_, at_ + 1, at_ + 1, quote);
      // The expression goes back to the last quote with a backslash before it.
      if (close == std::string_view::npos) close = text_.rfind(quote);
      if (close == at_) {
        open_quote_ = true;
        return false;
      }
      entry.value = unescape(text_.substr(at_ + 1, close - at_ - 1), quote);
      at_ = close + 1;
    } else {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view value = text_.substr(at_, end - at_);
      value = trim_end(value.substr(0, comment_begin(value)), kSpaces);
      entry.value = value;
      at_ = end;
      entry.value_span = unix_.source(begin, begin + value.size());
      return true;
    }
    entry.value_span = unix_.source(begin, at_);
    return true;
  }

  // Returns where `\s+#` begins its comment.
  static std::size_t comment_begin(std::string_view value) {
    for (std::size_t at = value.find('#'); at != std::string_view::npos;
         at = value.find('#', at + 1)) {
      if (trim_end(value.substr(0, at), kSpaces).size() < at) return at;
    }
    return value.size();
  }

  static std::string unescape(std::string_view raw, char quote) {
    constexpr std::string_view kNames = "\\'\"abfnrtv";
    constexpr std::string_view kValues = "\\'\"\a\b\f\n\r\t\v";
    const std::size_t known = quote == '"' ? kNames.size() : 2;
    std::string value;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const std::size_t found = raw[i] == '\\' && i + 1 < raw.size()
                                    ? kNames.substr(0, known).find(raw[i + 1])
                                    : std::string_view::npos;
      if (found == std::string_view::npos) {
        value += raw[i];
      } else {
        value += kValues[found];
        ++i;
      }
    }
    return value;
  }

  bool store(EnvEntry entry) {
    if (entry.has_value) entry.value = expand(entry.value);
    grown_ += entry.value.size();
    if (entry.value.size() > kEnvValueLimit || grown_ > kEnvGrowthLimit) {
      file_.problems.push_back({entry.value_span, EnvEffect::refuses_file,
                                entry.value.size() > kEnvValueLimit
                                    ? "references that make a value larger than 1 MB"
                                    : "references that make the values larger than 8 MB"});
      entry.value.clear();
      grown_ = kEnvGrowthLimit + 1;
    }
    known_.insert_or_assign(entry.key, entry.has_value ? std::optional(entry.value) : std::nullopt);
    file_.entries.push_back(std::move(entry));
    return true;
  }

  // ${NAME} and ${NAME:-default}; a default is not looked into.
  [[nodiscard]] std::string expand(std::string_view value) const {
    std::string out;
    while (!value.empty() && out.size() <= kEnvValueLimit) {
      const std::size_t begin = std::min(value.find("${"), value.size());
      out += value.substr(0, begin);
      value.remove_prefix(begin);
      if (value.empty()) break;
      const std::size_t end = value.find('}');
      if (end == std::string_view::npos) break;
      const std::string_view inside = value.substr(2, end - 2);
      const std::size_t colon = inside.find(':');
      if (colon != std::string_view::npos && inside.substr(colon, 2) != ":-") {
        // No reference; one may begin inside it.
        out += value.substr(0, 2);
        value.remove_prefix(2);
        continue;
      }
      const std::string_view key = inside.substr(0, colon);
      const bool has_default = colon != std::string_view::npos;
      out += lookup(key).value_or(has_default ? std::string(inside.substr(colon + 2)) : "");
      value.remove_prefix(end + 1);
    }
    return out.append(value);
  }

  // A name that is there without a value is there: its default does not count.
  [[nodiscard]] std::optional<std::string> lookup(std::string_view key) const {
    const auto known = known_.find(key);
    if (known != known_.end() && !known->second && !(scope_.process && scope_.process(key)))
      return std::string();
    return find_variable(key, scope_, known_);
  }

  const EnvScope& scope_;
  std::size_t grown_ = 0;  // bytes of all values
  KnownVariables known_;
  std::size_t at_ = 0;
  bool open_quote_ = false;
};

class DjangoEnviron : PythonText {
 public:
  explicit DjangoEnviron(std::string_view original) : PythonText(original, "django-environ") {}

  EnvFile read() {
    if (!is_readable()) return std::move(file_);
    for (std::size_t begin = 0; begin < text_.size();) {
      std::size_t end = begin;
      std::size_t length = 0;
      while (end < text_.size() && (length = line_end_length(end)) == 0)
        ++end;
      read_line(begin, end);
      begin = end + length;
      if (end == text_.size()) break;
    }
    return std::move(file_);
  }

 private:
  // str.splitlines() ends lines at more characters than files do.
  [[nodiscard]] std::size_t line_end_length(std::size_t at) const {
    const char c = text_[at];
    if ((c >= '\n' && c <= '\f') || (c >= '\x1c' && c <= '\x1e')) return 1;
    if (text_.substr(at, 2) == "\xC2\x85") return 2;
    const std::string_view three = text_.substr(at, 3);
    return three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9" ? 3 : 0;
  }

  void read_line(std::size_t begin, std::size_t end) {
    const std::string_view line = text_.substr(begin, end - begin);
    std::size_t name = line.starts_with("export ") ? 7 : 0;
    std::size_t equals = name;
    while (equals < line.size() && (base::is_alphanumeric(line[equals]) || line[equals] == '_'))
      ++equals;
    if (equals == name || line.substr(equals, 1) != "=") {
      if (line.empty() || line.front() == '#') return;
      if (skip_spaces(line, 0, kSpaces) == line.size()) return;
      report(begin, end, EnvEffect::drops_key,
             "a line that is not `NAME=value` from its first column on: django-environ drops it");
      return;
    }
    EnvEntry entry;
    entry.key = line.substr(name, equals - name);
    entry.key_span = unix_.source(begin + name, begin + equals);
    const std::string_view written = line.substr(equals + 1);
    const std::size_t shown = trim_end(written, kSpaces).size();
    entry.value_span = unix_.source(begin + equals + 1, begin + equals + 1 + shown);
    entry.value = value_of(written);
    if (!written.empty() && (written.front() == '"' || written.front() == '\'') &&
        !entry.value.empty() && entry.value.front() == written.front() &&
        (entry.value.size() == 1 || entry.value.back() != written.front())) {
      report(begin + equals + 1, begin + equals + 2, EnvEffect::changes_value,
             "a quote that is never closed: django-environ takes it as part of the value", true);
    }
    file_.entries.push_back(std::move(entry));
  }

  static std::string value_of(std::string_view written) {
    std::string_view value = written;
    if (const auto inner = single_quoted(written)) {
      value = *inner;
    } else {
      value = written.substr(0, written.find('#'));
    }
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
    // Of an escape the backslash falls out, but before r, n and t.
    value = value.substr(1, value.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const bool escape = value[i] == '\\' && i + 1 < value.size();
      if (escape) {
        const char next = value[++i];
        if (next == 'r' || next == 'n' || next == 't') out += '\\';
      }
      out += value[i];
    }
    return out;
  }

  // `'…'` with white space around it and a comment behind: to the last quote that has this.
  static std::optional<std::string_view> single_quoted(std::string_view written) {
    const std::size_t open = skip_spaces(written, 0, kSpaces);
    if (written.substr(open, 1) != "'") return std::nullopt;
    for (std::size_t close = written.rfind('\''); close != std::string_view::npos && close > open;
         close = written.rfind('\'', close - 1)) {
      const std::size_t behind = skip_spaces(written, close + 1, kSpaces);
      if (behind == written.size() || written[behind] == '#')
        return written.substr(open + 1, close - open - 1);
    }
    return std::nullopt;
  }
};

class Decouple : PythonText {
 public:
  explicit Decouple(std::string_view original) : PythonText(original, "decouple") {}

  EnvFile read() {
    if (!is_readable()) return std::move(file_);
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      read_line(begin, end);
      begin = end + 1;
    }
    return std::move(file_);
  }

 private:
  void read_line(std::size_t begin, std::size_t end) {
    begin = skip_spaces(text_.substr(0, end), begin, kSpaces);
    const std::string_view line = trim_end(text_.substr(begin, end - begin), kSpaces);
    if (line.empty() || line.front() == '#') return;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      report(begin, begin + line.size(), EnvEffect::drops_key,
             "a line that is not `NAME=value`: decouple passes over it");
      return;
    }
    EnvEntry entry;
    entry.key = trim_end(line.substr(0, equals), kSpaces);
    entry.key_span = unix_.source(begin, begin + entry.key.size());
    const std::size_t value = skip_spaces(line, equals + 1, kSpaces);
    std::string_view written = line.substr(value);
    entry.value_span = unix_.source(begin + value, begin + line.size());
    const bool opens = !written.empty() && (written.front() == '"' || written.front() == '\'');
    if (opens && written.size() >= 2 && written.back() == written.front()) {
      written = written.substr(1, written.size() - 2);
    } else if (opens && written.find(written.front(), 1) == std::string_view::npos) {
      report(begin + value, begin + value + 1, EnvEffect::changes_value,
             "a quote that is never closed: decouple takes it as part of the value", true);
    }
    entry.value = written;
    file_.entries.push_back(std::move(entry));
  }
};

}  // namespace

EnvFile read_python_dotenv(std::string_view text, const EnvScope& scope) {
  return PythonDotenv(text, scope).read();
}

EnvFile read_django_environ(std::string_view text, const EnvScope& /*scope*/) {
  return DjangoEnviron(text).read();
}

EnvFile read_decouple(std::string_view text, const EnvScope& /*scope*/) {
  return Decouple(text).read();
}

}  // namespace gate::readers
