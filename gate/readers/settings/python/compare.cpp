// What Python makes of values: truth, equality, membership, str() and repr().
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/secrets.h"
#include "gate/readers/settings/python/value.h"
#include "gate/readers/settings/python/walk.h"

namespace gate::readers::python {
namespace {

// Deeper than any settings module nests; containers may hold themselves.
bool is_numeric(const Value& value) {
  return value.is(Type::boolean) || value.is(Type::integer) || value.is(Type::number);
}

double as_double(const Value& value) {
  if (value.is(Type::boolean)) return value.truth() ? 1 : 0;
  if (value.is(Type::integer)) return static_cast<double>(value.whole());
  return value.real();
}

std::int64_t as_integer(const Value& value) {
  return value.is(Type::boolean) ? (value.truth() ? 1 : 0) : value.whole();
}

std::optional<std::string> code_at(const Value& key, Walk walk) {
  if (walk.is_over()) return std::nullopt;
  switch (key.type()) {
    case Type::text:
      walk.pay_for(key.text());
      if (has_project_mark(key.text())) return std::nullopt;
      return "s" + key.text();
    case Type::boolean:
      return key.truth() ? "i1" : "i0";
    case Type::integer:
      return fmt::format("i{}", key.whole());
    case Type::number:
      // 1.0 and 1 are one key.
      if (key.real() == std::floor(key.real()) && std::fabs(key.real()) < 1e15) {
        return fmt::format("i{}", static_cast<std::int64_t>(key.real()));
      }
      return fmt::format("f{}", key.real());
    case Type::none:
      return "n";
    case Type::tuple: {
      std::string code = "t";
      for (const Value& item : key.items()) {
        const std::optional<std::string> part = code_at(item, walk.deeper());
        if (!part) return std::nullopt;
        code += fmt::format("{}:{}", part->size(), *part);
      }
      return code;
    }
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal_at(const Value& a, const Value& b, Walk walk);
std::optional<bool> contains_at(const Value& container, const Value& value, Walk walk);

std::optional<bool> equal_sequences(const Value& a, const Value& b, Walk walk) {
  const std::vector<Value>& left = a.items();
  const std::vector<Value>& right = b.items();
  const auto is_stretch = [](const Value& value) { return value.is_stretch(); };
  if (std::any_of(left.begin(), left.end(), is_stretch) ||
      std::any_of(right.begin(), right.end(), is_stretch)) {
    return std::nullopt;
  }
  if (left.size() != right.size()) return false;
  bool sure = true;
  for (std::size_t at = 0; at < left.size(); ++at) {
    const std::optional<bool> same = equal_at(left[at], right[at], walk.deeper());
    if (same == false) return false;
    sure = sure && same.has_value();
  }
  if (!sure) return std::nullopt;
  return true;
}

std::optional<bool> equal_sets(const Value& a, const Value& b, Walk walk) {
  const auto within = [walk](const Value& part, const Value& whole) -> std::optional<bool> {
    bool sure = true;
    for (const Value& item : part.items()) {
      const std::optional<bool> found = contains_at(whole, item, walk.deeper());
      if (found == false) return false;
      sure = sure && found.has_value();
    }
    if (!sure) return std::nullopt;
    return true;
  };
  const std::optional<bool> forth = within(a, b);
  const std::optional<bool> back = within(b, a);
  if (forth == false || back == false) return false;
  if (!forth || !back) return std::nullopt;
  return true;
}

std::optional<bool> equal_dicts(const Value& a, const Value& b, Walk walk) {
  if (!a.object()->content.others.empty() || !b.object()->content.others.empty()) {
    return std::nullopt;
  }
  const Table& left = a.object()->content.table;
  const Table& right = b.object()->content.table;
  if (left.size() != right.size()) return false;
  bool sure = true;
  for (const Table::Entry& entry : left.entries()) {
    const Value* other = right.find(entry.code);
    if (other == nullptr) return false;
    const std::optional<bool> same = equal_at(entry.value, *other, walk.deeper());
    if (same == false) return false;
    sure = sure && same.has_value();
  }
  if (!sure) return std::nullopt;
  return true;
}

// Whether no value of the one type can equal one of the other.
bool never_equal(const Value& a, Type other) {
  if (is_numeric(a)) {
    return other == Type::text || other == Type::none || other >= Type::list;
  }
  return other != Type::unknown && other != a.type();
}

}  // namespace

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_alphanumeric(c) || c == '_' || c == '-';
  });
}

namespace {

// Whether an object is a member of an enumeration of the project.
bool is_member(const Value& value) {
  const Value& type = value.object()->parts.front();
  return type.is_object() && type.object()->content.table.find(kEnumMark) != nullptr;
}

bool is_plain_object(const Value& value) {
  return value.is(Type::instance) && value.object()->name == "object" &&
         value.object()->parts.empty();
}

std::optional<bool> equal_at(const Value& a, const Value& b, Walk walk) {
  if (walk.is_over()) return std::nullopt;
  if (a.is_unknown() || b.is_unknown()) {
    const Value& unknown = a.is_unknown() ? a : b;
    const Value& other = a.is_unknown() ? b : a;
    if (!other.is_unknown() && unknown.hint() != Type::unknown && other.type() < Type::function &&
        never_equal(other, unknown.hint())) {
      return false;
    }
    return std::nullopt;
  }
  if (is_numeric(a) && is_numeric(b)) {
    if (a.is(Type::number) || b.is(Type::number)) return as_double(a) == as_double(b);
    return as_integer(a) == as_integer(b);
  }
  if (a.is_object() && b.is_object() && a.object() == b.object()) return true;
  if (is_plain_object(a) || is_plain_object(b)) {
    const Value& other = is_plain_object(a) ? b : a;
    // How an object of the project compares is its own affair.
    if (!other.is(Type::instance) || other.object()->parts.empty()) return false;
  }
  if (a.is_object() && b.is_object()) {
    const Type type = a.type();
    if (!a.object()->content.poison.empty() || !b.object()->content.poison.empty()) {
      return std::nullopt;
    }
    if (type != b.type()) {
      if (type < Type::function && b.type() < Type::function) return false;
      return std::nullopt;
    }
    switch (type) {
      case Type::list:
      case Type::tuple:
        return equal_sequences(a, b, walk);
      case Type::set:
        return equal_sets(a, b, walk);
      case Type::dict:
        return equal_dicts(a, b, walk);
      case Type::native:
        return a.object()->name == b.object()->name;
      case Type::function:
      case Type::class_type:
      case Type::module:
        return false;
      case Type::instance: {
        const Value* left = a.object()->content.table.find("value");
        const Value* right = b.object()->content.table.find("value");
        // How objects of the project's own classes compare is theirs; members of an enumeration
        // that are one are the same object.
        const bool of_project = !a.object()->parts.empty() || !b.object()->parts.empty();
        if (of_project && a.object()->parts.size() == 1 && b.object()->parts.size() == 1 &&
            is_member(a) && is_member(b) && left != nullptr && right != nullptr) {
          return a.object()->parts[0].object() == b.object()->parts[0].object()
                     ? equal_at(*left, *right, walk.deeper())
                     : std::nullopt;
        }
        if (of_project) return std::nullopt;
        // `..` above the project is written alike however it came about.
        const bool above = left != nullptr && right != nullptr && left->is(Type::text) &&
                           has_project_mark(left->text()) &&
                           left->text().find("..") != std::string::npos;
        if (above) return std::nullopt;
        if (a.object()->name == b.object()->name && left != nullptr && right != nullptr) {
          return equal_at(*left, *right, walk.deeper());
        }
        return std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }
  if (a.is(Type::text) && b.is(Type::text)) {
    if (a.text() == b.text()) return true;
    if (has_project_mark(a.text()) || has_project_mark(b.text())) return std::nullopt;
    return false;
  }
  // A server is started with none of the words of manage.py.
  for (const auto& [item, word] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (item->is(Type::instance) && item->object()->name == "sys.argv.item" &&
        word->is(Type::text) && is_word(word->text())) {
      return false;
    }
  }
  // A path or another object of a library may well equal a text.
  if (a.is(Type::instance) || b.is(Type::instance)) {
    if (a.is_none() || b.is_none()) return false;
    return std::nullopt;
  }
  return a.type() == b.type();
}

std::optional<bool> contains_text(const Value& container, const Value& value) {
  if (!value.is(Type::text)) return std::nullopt;
  const std::string& text = container.text();
  if (text.find(value.text()) != std::string::npos) return true;
  if (has_project_mark(text) || has_project_mark(value.text())) return std::nullopt;
  return false;
}

std::optional<bool> contains_at(const Value& container, const Value& value, Walk walk) {
  if (container.is(Type::text)) return contains_text(container, value);
  if (!container.is_object() || !container.object()->content.poison.empty()) return std::nullopt;
  if (container.is(Type::dict)) {
    const std::optional<std::string> code = code_at(value, walk);
    if (!code) return std::nullopt;
    if (container.object()->content.table.find(*code) != nullptr) return true;
    if (!container.object()->content.others.empty()) return std::nullopt;
    return false;
  }
  if (!container.is_sequence()) return std::nullopt;
  bool sure = true;
  for (const Value& item : container.items()) {
    const std::optional<bool> same = equal_at(item, value, walk.deeper());
    if (same == true) return true;
    sure = sure && same.has_value();
  }
  if (!sure) return std::nullopt;
  return false;
}

std::string quoted(std::string_view text) {
  const char quote =
      text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"'
                                                                                            : '\'';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + quote;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t' || c == kProjectMark;
  });
}

std::optional<std::string> repr_at(const Value& value, Walk walk);

std::optional<std::string> repr_items(const Value& value, Walk walk) {
  const Type type = value.type();
  if (type == Type::set && value.items().size() != 1) return std::nullopt;  // in no known order
  std::string out(1, type == Type::list ? '[' : type == Type::tuple ? '(' : '{');
  for (const Value& item : value.items()) {
    if (out.size() > 1) out += ", ";
    const std::optional<std::string> text = repr_at(item, walk.deeper());
    if (!text) return std::nullopt;
    out += *text;
  }
  if (type == Type::tuple && value.items().size() == 1) out += ',';
  return out + (type == Type::list ? ']' : type == Type::tuple ? ')' : '}');
}

std::optional<std::string> repr_at(const Value& value, Walk walk) {
  if (walk.is_over()) return std::nullopt;
  if (value.is_object() && !value.object()->content.poison.empty()) return std::nullopt;
  switch (value.type()) {
    case Type::text:
      walk.pay_for(value.text());
      if (!is_plain(value.text())) return std::nullopt;
      return quoted(value.text());
    case Type::list:
    case Type::tuple:
    case Type::set:
      return repr_items(value, walk);
    case Type::dict: {
      if (!value.object()->content.others.empty()) return std::nullopt;
      std::string out = "{";
      for (const Table::Entry& entry : value.object()->content.table.entries()) {
        if (out.size() > 1) out += ", ";
        const std::optional<std::string> key = repr_at(entry.key, walk.deeper());
        const std::optional<std::string> text = repr_at(entry.value, walk.deeper());
        if (!key || !text) return std::nullopt;
        out += *key + ": " + *text;
      }
      return out + "}";
    }
    case Type::instance:
      return std::nullopt;
    default:
      return to_text(value);
  }
}

// str() of a float: the shortest digits that give the same number; nothing for those that Python
// writes with an exponent.
std::optional<std::string> float_text(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  const double size = std::fabs(value);
  if (size != 0 && (size >= 1e16 || size < 1e-4)) return std::nullopt;
  std::string text = fmt::format("{}", value);
  if (text.find('e') != std::string::npos) return std::nullopt;
  if (text.find('.') == std::string::npos) text += ".0";
  return text;
}

// str() of a datetime.timedelta of so many seconds.
std::optional<std::string> duration_text(const Value& seconds) {
  if (!seconds.is(Type::integer) || seconds.whole() < 0) return std::nullopt;
  const std::int64_t whole = seconds.whole();
  const std::int64_t days = whole / 86400;
  const std::int64_t rest = whole % 86400;
  std::string out;
  if (days != 0) out = fmt::format("{} day{}, ", days, days == 1 ? "" : "s");
  return out + fmt::format("{}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
}

}  // namespace

std::optional<std::string> key_code(const Value& key) {
  std::size_t left = kMaxWalk;
  return code_at(key, Walk(left));
}

std::optional<bool> truth_of(const Value& value) {
  switch (value.type()) {
    case Type::unknown:
      return std::nullopt;
    case Type::none:
      return false;
    case Type::boolean:
      return value.truth();
    case Type::integer:
      return value.whole() != 0;
    case Type::number:
      return value.real() != 0;
    case Type::text:
      return !value.text().empty();
    case Type::list:
    case Type::tuple:
    case Type::set: {
      if (!value.object()->content.poison.empty()) return std::nullopt;
      const std::vector<Value>& items = value.items();
      if (items.empty()) return false;
      if (std::all_of(items.begin(), items.end(), [](const Value& v) { return v.is_stretch(); })) {
        return std::nullopt;
      }
      return true;
    }
    case Type::dict:
      if (!value.object()->content.poison.empty()) return std::nullopt;
      if (value.object()->content.table.size() != 0) return true;
      if (!value.object()->content.others.empty()) return std::nullopt;
      return false;
    case Type::instance: {
      const std::string& name = value.object()->name;
      if (name == "pathlib.Path" || name == "os.environ" || name == "re.Pattern" ||
          name == "object") {
        return true;
      }
      if (name == "datetime.timedelta") {
        return truth_of(*value.object()->content.table.find("value"));
      }
      return std::nullopt;
    }
    default:
      return true;
  }
}

std::optional<bool> equal(const Value& a, const Value& b) {
  std::size_t left = kMaxWalk;
  return equal_at(a, b, Walk(left));
}

std::optional<bool> contains(const Value& container, const Value& value) {
  std::size_t left = kMaxWalk;
  return contains_at(container, value, Walk(left));
}

std::optional<std::string> to_text(const Value& value) {
  switch (value.type()) {
    case Type::none:
      return "None";
    case Type::boolean:
      return value.truth() ? "True" : "False";
    case Type::integer:
      return fmt::format("{}", value.whole());
    case Type::number:
      return float_text(value.real());
    case Type::text:
      return value.text();
    case Type::list:
    case Type::tuple:
    case Type::set:
    case Type::dict:
      return to_repr(value);
    case Type::instance: {
      const Value* inner = value.object()->content.table.find("value");
      if (inner == nullptr || !value.object()->content.poison.empty()) return std::nullopt;
      if (value.object()->name == "pathlib.Path" || value.object()->name == "environ.Path") {
        return to_text(*inner);
      }
      if (value.object()->name == "datetime.timedelta") return duration_text(*inner);
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::string> to_repr(const Value& value) {
  std::size_t left = kMaxWalk;
  return repr_at(value, Walk(left));
}

std::string shown(const Value& value) {
  if (value.is(Type::text)) return quote(show_project_mark(value.text()), value.trace());
  if (value.is_unknown()) return "unknown";
  if (value.is_sequence() || value.is(Type::dict)) {
    const auto is_secret = [](const Value& item) { return item.trace().is_secret(); };
    if (value.is_sequence() && value.items().size() <= 6 && !is_secret(value) &&
        std::none_of(value.items().begin(), value.items().end(), is_secret)) {
      if (const std::optional<std::string> text = to_repr(value);
          text && text->size() <= 60 && !base::looks_secret(*text)) {
        return show_project_mark(*text);
      }
    }
    return fmt::format("a {}", describe(value.type()));
  }
  if (const std::optional<std::string> text = to_text(value)) return show_project_mark(*text);
  return fmt::format("a {}", describe(value.type()));
}

}  // namespace gate::readers::python
