// Methods of str.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

constexpr std::string_view kBlanks = " \t\n\r\f\v";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string_view strip(std::string_view text, std::string_view characters, bool left, bool right) {
  if (left) {
    const std::size_t begin = text.find_first_not_of(characters);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
  }
  if (right) {
    const std::size_t end = text.find_last_not_of(characters);
    if (end == std::string_view::npos) return {};
    text = text.substr(0, end + 1);
  }
  return text;
}

std::vector<std::string> split(std::string_view text, std::string_view separator,
                               std::int64_t most) {
  std::vector<std::string> parts;
  while (most != 0) {
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) break;
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
    if (most > 0) --most;
  }
  parts.emplace_back(text);
  return parts;
}

std::vector<std::string> split_right(std::string_view text, std::string_view separator,
                                     std::int64_t most) {
  std::vector<std::string> parts;
  while (most != 0) {
    const std::size_t at = text.rfind(separator);
    if (at == std::string_view::npos) break;
    parts.emplace_back(text.substr(at + separator.size()));
    text = text.substr(0, at);
    if (most > 0) --most;
  }
  parts.emplace_back(text);
  std::reverse(parts.begin(), parts.end());
  return parts;
}

std::vector<std::string> split_blanks(std::string_view text, std::int64_t most) {
  std::vector<std::string> parts;
  while (true) {
    text = strip(text, kBlanks, true, false);
    if (text.empty()) return parts;
    const std::size_t at = most == 0 ? std::string_view::npos : text.find_first_of(kBlanks);
    if (at == std::string_view::npos) {
      parts.emplace_back(most == 0 ? strip(text, kBlanks, false, true) : text);
      return parts;
    }
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at);
    if (most > 0) --most;
  }
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t at = text.find_first_of("\r\n\v\f\x1c\x1d\x1e");
    lines.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + (text.substr(at).starts_with("\r\n") ? 2U : 1U));
  }
  return lines;
}

std::string replace(std::string_view text, std::string_view from, std::string_view to,
                    std::int64_t most) {
  std::string out;
  while (most != 0) {
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos) break;
    out.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
    if (most > 0) --most;
  }
  return out.append(text);
}

// `"{} {name}".format(...)`; nothing for what goes beyond names and places.
std::optional<std::string> format(std::string_view text, const Call& call) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
      out += c;
      ++at;
      continue;
    }
    if (c != '{') {
      out += c;
      continue;
    }
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view field = text.substr(at + 1, close - at - 1);
    at = close;
    if (field.ends_with("!s")) field.remove_suffix(2);
    const Value* value = nullptr;
    if (field.empty()) {
      value = call.find(next++);
    } else if (std::all_of(field.begin(), field.end(), [](char d) { return base::is_digit(d); })) {
      if (field.size() > 3) return std::nullopt;
      value = call.find(static_cast<std::size_t>(std::stoi(std::string(field))));
    } else {
      value = call.find(SIZE_MAX, field);
    }
    if (value == nullptr) return std::nullopt;
    const std::optional<std::string> part = to_text(*value);
    if (!part) return std::nullopt;
    out += *part;
  }
  return out;
}

class TextMethod {
 public:
  TextMethod(Evaluator& evaluator, const Value& text, std::string_view name, Call& call)
      : evaluator_(evaluator), self_(text), text_(text.text()), name_(name), call_(call) {}

  std::optional<Value> run() {
    for (const Value& value : call_.positional)
      trace_ = Trace::join(trace_, value.trace());
    trace_ = Trace::join(self_.trace(), trace_);
    if (name_ == "join") return join();
    if (name_ == "format" || name_ == "format_map") return formatted();
    if (name_ == "encode" || name_ == "translate") {
      return evaluator_.unknown("bytes are not followed", 0);
    }
    // Every argument of the rest has to be known.
    for (const Value& value : call_.positional) {
      if (find_unknown(value) != nullptr) return evaluator_.unknown_because(value, result_type());
    }
    if (!call_.named.empty() && name_ != "split" && name_ != "rsplit") return std::nullopt;
    if (has_project_mark(text_)) {
      if (std::optional<Value> value = with_mark()) return value;
      return evaluator_.unknown("where the project lies on the server is not known", 0,
                                result_type());
    }
    if (std::optional<Value> value = plain()) return value;
    if (std::optional<Value> value = test()) return value;
    return parts();
  }

 private:
  [[nodiscard]] Type result_type() const {
    return name_ == "startswith" || name_ == "endswith" || name_.starts_with("is") ? Type::boolean
                                                                                   : Type::unknown;
  }
  Value text(std::string value) { return Value(std::move(value)).with(trace_); }
  Value texts(std::vector<std::string> parts) {
    std::vector<Value> items;
    items.reserve(parts.size());
    for (std::string& part : parts)
      items.push_back(text(std::move(part)));
    return make_list(std::move(items)).with(trace_);
  }
  [[nodiscard]] std::optional<std::string> argument(std::size_t place,
                                                    std::string_view name = {}) const {
    const Value* value = call_.find(place, name);
    if (value == nullptr || !value->is(Type::text)) return std::nullopt;
    return value->text();
  }

  Value join() {
    if (call_.positional.size() != 1) return evaluator_.unknown("join() of something else");
    std::string out;
    bool first = true;
    std::optional<Value> broken;
    const std::optional<std::string> reason =
        evaluator_.iterate(call_.positional[0], [&](const Value& item) {
          if (!item.is(Type::text)) {
            broken = item;
            return false;
          }
          trace_ = Trace::join(trace_, item.trace());
          if (!std::exchange(first, false)) out += text_;
          out += item.text();
          return out.size() <= kMaxText;
        });
    if (reason) return evaluator_.unknown(*reason, Evaluator::maybe_value, Type::text);
    if (broken) {
      if (broken->is_unknown()) return evaluator_.unknown_because(*broken, Type::text);
      return evaluator_.raise(call_, "TypeError", "join() takes texts");
    }
    return text(std::move(out));
  }

  Value formatted() {
    if (name_ == "format") {
      for (const Call::Named& named : call_.named)
        trace_ = Trace::join(trace_, named.value.trace());
      if (std::optional<std::string> out = format(text_, call_)) return text(*std::move(out));
      for (const Value& value : call_.positional) {
        if (find_unknown(value) != nullptr) return evaluator_.unknown_because(value, Type::text);
      }
      for (const Call::Named& named : call_.named) {
        if (find_unknown(named.value) != nullptr) {
          return evaluator_.unknown_because(named.value, Type::text);
        }
      }
    }
    return evaluator_.unknown("the format is not followed", Evaluator::maybe_value, Type::text);
  }

  // What a path below the project allows without knowing where the project lies.
  std::optional<Value> with_mark() {
    if (name_ == "endswith" && argument(0)) {
      const std::string end = *argument(0);
      if (text_.ends_with(end)) return Value(true);
      const std::size_t known = text_.size() - text_.rfind(kProjectMark) - 1;
      if (end.size() <= known) return Value(false);
    }
    // No server keeps its code in a folder with a backslash in its name.
    if (name_ == "replace" && argument(0) == "\\" && argument(1) && call_.positional.size() == 2) {
      return text(replace(text_, *argument(0), *argument(1), -1));
    }
    if ((name_ == "strip" || name_ == "rstrip") && call_.positional.empty()) {
      return text(std::string(strip(text_, kBlanks, name_ == "strip", true)));
    }
    if (name_ == "rstrip" && argument(0) && argument(0)->find(kProjectMark) == std::string::npos &&
        text_.back() != kProjectMark) {
      return text(std::string(strip(text_, *argument(0), false, true)));
    }
    return std::nullopt;
  }

  std::optional<Value> plain() {
    const auto case_of = [&](auto change) -> Value {
      if (!is_ascii(text_)) return evaluator_.unknown("letters beyond ASCII", 0, Type::text);
      return text(change(text_));
    };
    if (name_ == "lower" || name_ == "casefold") {
      return case_of([](std::string_view t) { return base::to_lower(t); });
    }
    if (name_ == "upper") return case_of([](std::string_view t) { return to_upper(t); });
    if (name_ == "capitalize") {
      return case_of([](std::string_view t) {
        std::string out = base::to_lower(t);
        if (!out.empty()) out[0] = to_upper(out.substr(0, 1))[0];
        return out;
      });
    }
    if (name_ == "title") {
      return case_of([](std::string_view t) {
        std::string out = base::to_lower(t);
        bool inside = false;
        for (char& c : out) {
          if (base::is_letter(c) && !inside) c = to_upper(std::string_view(&c, 1))[0];
          inside = base::is_letter(c);
        }
        return out;
      });
    }
    if (name_ == "strip" || name_ == "lstrip" || name_ == "rstrip") {
      std::string characters(kBlanks);
      if (!call_.positional.empty() && !call_.positional[0].is_none()) {
        if (!argument(0) || !is_ascii(*argument(0))) return std::nullopt;
        characters = *argument(0);
      } else if (!is_ascii(text_)) {
        // Blanks beyond ASCII are stripped as well.
        return evaluator_.unknown("blanks beyond ASCII", 0, Type::text);
      }
      if (characters.empty()) return text(std::string(text_));
      return text(std::string(strip(text_, characters, name_ != "rstrip", name_ != "lstrip")));
    }
    if (name_ == "replace") {
      if (!argument(0) || !argument(1) || argument(0)->empty()) return std::nullopt;
      const Value* most = call_.find(2);
      if (most != nullptr && !most->is(Type::integer)) return std::nullopt;
      return text(replace(text_, *argument(0), *argument(1), most == nullptr ? -1 : most->whole()));
    }
    if (name_ == "removeprefix" && argument(0)) {
      return text(text_.starts_with(*argument(0)) ? text_.substr(argument(0)->size()) : text_);
    }
    if (name_ == "removesuffix" && argument(0)) {
      return text(text_.ends_with(*argument(0))
                      ? text_.substr(0, text_.size() - argument(0)->size())
                      : text_);
    }
    return std::nullopt;
  }

  std::optional<Value> test() {
    const auto answer = [&](bool holds) { return Value(holds).with(trace_); };
    if (name_ == "startswith" || name_ == "endswith") {
      if (call_.positional.size() != 1) return std::nullopt;
      std::vector<Value> wanted{call_.positional[0]};
      if (wanted[0].is(Type::tuple)) wanted = std::vector<Value>(wanted[0].items());
      bool found = false;
      for (const Value& value : wanted) {
        if (!value.is(Type::text)) return std::nullopt;
        found = found || (name_ == "startswith" ? text_.starts_with(value.text())
                                                : text_.ends_with(value.text()));
      }
      return answer(found);
    }
    const bool ascii = is_ascii(text_);
    const auto all = [&](bool (*is)(char)) {
      return answer(!text_.empty() && std::all_of(text_.begin(), text_.end(), is));
    };
    if (ascii && (name_ == "isdigit" || name_ == "isnumeric" || name_ == "isdecimal")) {
      return all([](char c) { return base::is_digit(c); });
    }
    if (ascii && name_ == "isalpha") return all([](char c) { return base::is_letter(c); });
    if (ascii && name_ == "isalnum") return all([](char c) { return base::is_alphanumeric(c); });
    if (ascii && name_ == "isspace") {
      return all([](char c) { return kBlanks.find(c) != std::string_view::npos; });
    }
    if (ascii && (name_ == "isupper" || name_ == "islower")) {
      const bool up = name_ == "isupper";
      const bool some =
          std::any_of(text_.begin(), text_.end(), [](char c) { return base::is_letter(c); });
      return answer(some && std::none_of(text_.begin(), text_.end(), [&](char c) {
                      return base::is_letter(c) && base::is_upper(c) != up;
                    }));
    }
    if (name_ == "count" && argument(0) && !argument(0)->empty()) {
      return Value(static_cast<std::int64_t>(split(text_, *argument(0), -1).size() - 1));
    }
    if (ascii && (name_ == "find" || name_ == "rfind" || name_ == "index") && argument(0) &&
        call_.positional.size() == 1) {
      const std::size_t at =
          name_ == "rfind" ? text_.rfind(*argument(0)) : text_.find(*argument(0));
      if (at == std::string::npos) {
        if (name_ == "index") return evaluator_.raise(call_, "ValueError", "substring not found");
        return Value(std::int64_t{-1});
      }
      return Value(static_cast<std::int64_t>(at));
    }
    return std::nullopt;
  }

  std::optional<Value> parts() {
    if (name_ == "split" || name_ == "rsplit") {
      const Value* separator = call_.find(0, "sep");
      const Value* most_value = call_.find(1, "maxsplit");
      if (most_value != nullptr && !most_value->is(Type::integer)) return std::nullopt;
      const std::int64_t most = most_value == nullptr ? -1 : most_value->whole();
      if (separator == nullptr || separator->is_none()) {
        if ((name_ == "rsplit" && most >= 0) || !is_ascii(text_)) return std::nullopt;
        return texts(split_blanks(text_, most));
      }
      if (!separator->is(Type::text)) return std::nullopt;
      if (separator->text().empty())
        return evaluator_.raise(call_, "ValueError", "empty separator");
      return texts(name_ == "split" ? split(text_, separator->text(), most)
                                    : split_right(text_, separator->text(), most));
    }
    if (name_ == "splitlines" && call_.positional.empty() && is_ascii(text_)) {
      return texts(split_lines(text_));
    }
    if ((name_ == "partition" || name_ == "rpartition") && argument(0) && !argument(0)->empty()) {
      const bool left = name_ == "partition";
      const std::size_t at = left ? text_.find(*argument(0)) : text_.rfind(*argument(0));
      std::vector<Value> three;
      if (at == std::string::npos) {
        three = {text(left ? text_ : ""), text(""), text(left ? "" : text_)};
      } else {
        three = {text(text_.substr(0, at)), text(*argument(0)),
                 text(text_.substr(at + argument(0)->size()))};
      }
      return make_list(std::move(three), Type::tuple).with(trace_);
    }
    if (name_ == "zfill" && !call_.positional.empty() && call_.positional[0].is(Type::integer) &&
        is_ascii(text_) && !text_.starts_with('-') && !text_.starts_with('+')) {
      const std::int64_t width = std::min<std::int64_t>(call_.positional[0].whole(), 1000);
      const auto size = static_cast<std::int64_t>(text_.size());
      return text(
          std::string(static_cast<std::size_t>(std::max<std::int64_t>(0, width - size)), '0') +
          text_);
    }
    return std::nullopt;
  }

  Evaluator& evaluator_;
  const Value& self_;
  const std::string text_;
  std::string_view name_;
  Call& call_;
  Trace trace_;
};

}  // namespace

std::optional<Value> text_method(Evaluator& evaluator, const Value& text, std::string_view name,
                                 Call& call) {
  return TextMethod(evaluator, text, name, call).run();
}

}  // namespace gate::readers::python
