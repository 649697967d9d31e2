// Formats: sprintf(), URLs, JSON, base64, paths.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/base64.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"
#include "gate/readers/settings/php/url.h"

namespace gate::readers::php {
namespace {

using Text = std::optional<std::string>;

// --- sprintf -------------------------------------------------------------------------------------

// One `%…` of a format.
struct Directive {
  std::optional<std::size_t> argument;  // `%2$s`
  bool left = false;
  bool plus = false;
  char fill = ' ';
  std::size_t width = 0;
  std::optional<std::size_t> precision;
  char type = '\0';
};

std::optional<std::size_t> read_digits(std::string_view format, std::size_t& at) {
  std::size_t value = 0;
  const std::size_t begin = at;
  while (at < format.size() && base::is_digit(format[at]) && at - begin < 6)
    value = value * 10 + static_cast<std::size_t>(format[at++] - '0');
  return at == begin ? std::nullopt : std::optional(value);
}

std::optional<Directive> read_directive(std::string_view format, std::size_t& at) {
  Directive directive;
  std::size_t ahead = at;
  if (const auto number = read_digits(format, ahead);
      number && ahead < format.size() && format[ahead] == '$') {
    if (*number == 0) return std::nullopt;
    directive.argument = *number - 1;
    at = ahead + 1;
  }
  for (; at < format.size(); ++at) {
    const char c = format[at];
    if (c == '-') {
      directive.left = true;
    } else if (c == '+') {
      directive.plus = true;
    } else if (c == '0' || c == ' ') {
      directive.fill = c;
    } else if (c == '\'' && at + 1 < format.size()) {
      directive.fill = format[++at];
    } else {
      break;
    }
  }
  directive.width = read_digits(format, at).value_or(0);
  if (at < format.size() && format[at] == '.') {
    ++at;
    directive.precision = read_digits(format, at).value_or(0);
  }
  if (at >= format.size()) return std::nullopt;
  directive.type = format[at++];
  return directive;
}

std::string padded(const Directive& directive, std::string text) {
  if (text.size() >= directive.width) return text;
  // Zeros behind a number would make another of it.
  const bool no_zeros = directive.left && directive.fill == '0' && directive.type == 'd';
  const std::string fill(directive.width - text.size(), no_zeros ? ' ' : directive.fill);
  if (directive.left) return text + fill;
  const bool sign = directive.fill == '0' && directive.type == 'd' && !text.empty() &&
                    (text[0] == '-' || text[0] == '+');
  return sign ? text.substr(0, 1) + fill + text.substr(1) : fill + text;
}

Text formatted(const Directive& directive, const Value& value) {
  switch (directive.type) {
    case 's': {
      Text text = to_text(value);
      if (text && directive.precision) text = text->substr(0, *directive.precision);
      return text ? Text(padded(directive, *text)) : std::nullopt;
    }
    case 'd': {
      const std::optional<std::int64_t> whole = to_int(value);
      if (!whole) return std::nullopt;
      return padded(directive, (directive.plus && *whole >= 0 ? "+" : "") + std::to_string(*whole));
    }
    case 'x':
    case 'X':
    case 'o':
    case 'b': {
      const std::optional<std::int64_t> whole = to_int(value);
      if (!whole) return std::nullopt;
      const auto bits = static_cast<std::uint64_t>(*whole);
      return padded(directive, directive.type == 'x'   ? fmt::format("{:x}", bits)
                               : directive.type == 'X' ? fmt::format("{:X}", bits)
                               : directive.type == 'o' ? fmt::format("{:o}", bits)
                                                       : fmt::format("{:b}", bits));
    }
    case 'f':
    case 'F': {
      const std::optional<double> real = to_float(value);
      const std::size_t digits = directive.precision.value_or(6);
      if (!real || digits > 9 || directive.plus || std::abs(*real) > 1e9) return std::nullopt;
      // Only what needs no rounding: the rounding of PHP is its own.
      const double scaled = *real * std::pow(10.0, static_cast<double>(digits));
      if (scaled != std::floor(scaled)) return std::nullopt;
      return padded(directive, fmt::format("{:.{}f}", *real, digits));
    }
    default:
      return std::nullopt;
  }
}

Value format_with(std::string_view format, const std::vector<const Value*>& values) {
  std::string out;
  std::size_t next = 0;
  std::size_t at = 0;
  while (at < format.size()) {
    if (format[at] != '%') {
      out += format[at++];
      continue;
    }
    ++at;
    if (at < format.size() && format[at] == '%') {
      out += format[at++];
      continue;
    }
    const std::optional<Directive> directive = read_directive(format, at);
    if (!directive) return wrong_arguments();
    const std::size_t place = directive->argument ? *directive->argument : next++;
    if (place >= values.size()) return wrong_arguments();
    const Text text = formatted(*directive, *values[place]);
    if (!text) return Value::unknown("it formats what gate cannot format");
    out += *text;
    if (out.size() > Value::kMaxText) return Value::unknown("the text is too long");
  }
  return out;
}

Value sprintf(Evaluator& /*evaluator*/, const Bound& given) {
  const Text format = given.text(0);
  if (!format) return wrong_arguments();
  std::vector<const Value*> values;
  for (std::size_t i = 1; i < given.size(); ++i) {
    if (!given.has(i)) return wrong_arguments();
    values.push_back(&given[i]);
  }
  return format_with(*format, values);
}

Value vsprintf(Evaluator& /*evaluator*/, const Bound& given) {
  const Text format = given.text(0);
  const Array* const array = given.array(1);
  if (!format || array == nullptr) return wrong_arguments();
  std::vector<const Value*> values;
  for (const Array::Entry& entry : array->entries())
    values.push_back(&entry.value);
  return format_with(*format, values);
}

// --- URLs ----------------------------------------------------------------------------------------

Value parse_url(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<std::int64_t> component =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(-1);
  if (!text || !component) return wrong_arguments();
  return split_url(*text, *component);
}

Value encode_url(const Bound& given, bool raw) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  std::string out;
  for (const char c : *text) {
    const bool plain =
        base::is_alphanumeric(c) || c == '-' || c == '_' || c == '.' || (raw && c == '~');
    if (plain)
      out += c;
    else if (c == ' ' && !raw)
      out += '+';
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Value urlencode(Evaluator& /*evaluator*/, const Bound& given) { return encode_url(given, false); }
Value rawurlencode(Evaluator& /*evaluator*/, const Bound& given) { return encode_url(given, true); }

// --- base64, hexadecimal -------------------------------------------------------------------------

Value base64_encode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(base::encode_base64(*text)) : wrong_arguments();
}

Value base64_decode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  // PHP passes over what is no base64; gate does not.
  const Text bytes = base::decode_base64(*text);
  return bytes ? Value(*bytes) : Value::unknown("it decodes odd base64");
}

Value bin2hex(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  std::string out;
  for (const char c : *text)
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

// --- JSON ----------------------------------------------------------------------------------------

// Returns the value of a document; nothing where PHP makes an object.
std::optional<Value> from_json(const readers::Value& json, bool arrays) {
  switch (json->kind) {
    case readers::NodeKind::boolean:
      return Value(json->boolean);
    case readers::NodeKind::integer:
      return Value(json->integer);
    case readers::NodeKind::number:
      return Value(json->number);
    case readers::NodeKind::string:
      return Value(std::string(json->text));
    case readers::NodeKind::list: {
      Array array;
      for (const readers::Value& child : json.children()) {
        std::optional<Value> value = from_json(child, arrays);
        if (!value) return std::nullopt;
        array.push(*std::move(value));
      }
      return Value(std::move(array));
    }
    case readers::NodeKind::map: {
      if (!arrays) return std::nullopt;
      Array array;
      for (const readers::Value& child : json.children()) {
        std::optional<Value> value = from_json(child, arrays);
        if (!value) return std::nullopt;
        array.set(Key(child->key), *std::move(value));
      }
      return Value(std::move(array));
    }
    default:
      return Value();
  }
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const base::Decoded character = base::decode(text);
    if (!character.valid) return false;
    text.remove_prefix(character.size);
  }
  return true;
}

Value json_decode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text || given.has(2) || given.has(3)) return Value::unknown("it decodes JSON with options");
  const std::optional<bool> arrays =
      !given.has(1) || given[1].is(Type::null) ? std::optional(false) : given.truth(1);
  if (!arrays) return wrong_arguments();
  // Half a pair of surrogates is an error for PHP.
  if (text->find("\\u") != std::string::npos) return Value::unknown("it decodes JSON with escapes");
  if (!is_utf8(*text) || text->starts_with("\xEF\xBB\xBF")) return Value();
  const auto document = parse_json(std::make_shared<const base::Source>("json", *text));
  if (!document) {
    const bool too_deep = document.error().message.find("nested") != std::string::npos ||
                          document.error().message.find("number") != std::string::npos;
    return too_deep ? Value::unknown("it decodes JSON that gate cannot read") : Value();
  }
  std::optional<Value> value = from_json((*document)->root(), *arrays);
  return value ? *std::move(value) : Value::unknown("it decodes JSON to an object");
}

// --- paths ---------------------------------------------------------------------------------------

bool is_path(const Bound& given) {
  return given[0].is(Type::object) && given[0].object().of == Object::Class::path;
}

Value dirname(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> levels =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(1);
  if (!levels || *levels < 1) return wrong_arguments();
  const bool of_application = is_path(given);
  const Text text = of_application ? to_text(given[0].object().value) : given.text(0);
  if (!text) return wrong_arguments();
  std::string path = *text;
  for (std::int64_t level = 0; level < *levels; ++level) {
    const std::size_t slash = path.find_last_of('/');
    if (of_application && path.empty()) return Value::unknown("it leaves the application's folder");
    if (slash == std::string::npos) {
      path = of_application ? "" : ".";
    } else if (slash + 1 == path.size() || slash == 0 || path.find("//") != std::string::npos) {
      return Value::unknown("it takes an odd path apart");
    } else {
      path.resize(slash);
    }
  }
  if (of_application) return Object{Object::Class::path, Value(std::move(path))};
  return path;
}

Value realpath(Evaluator& /*evaluator*/, const Bound& given) {
  // It is false where nothing is there, so that only what is deployed for sure stays a path.
  if (is_path(given))
    return Value::unknown("it depends on where the application lies on the server");
  return Value::unknown("it asks the file system");
}

Value basename(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = is_path(given) ? to_text(given[0].object().value) : given.text(0);
  const Text suffix = given.has(1) ? given.text(1) : Text("");
  if (!text || !suffix || text->empty()) return wrong_arguments();
  std::string name = *text;
  while (!name.empty() && name.back() == '/')
    name.pop_back();
  name = name.substr(name.rfind('/') + 1);
  if (!suffix->empty() && name.size() > suffix->size() && name.ends_with(*suffix))
    name.resize(name.size() - suffix->size());
  return name;
}

constexpr std::array kTable = {
    Function{"base64_decode", "string", 1, Needs::everything, base64_decode},
    Function{"base64_encode", "string", 1, Needs::everything, base64_encode},
    Function{"basename", "path suffix", 1, Needs::everything, basename},
    Function{"bin2hex", "string", 1, Needs::everything, bin2hex},
    Function{"dirname", "path levels", 1, Needs::everything, dirname},
    Function{"json_decode", "json associative depth flags", 1, Needs::everything, json_decode},
    Function{"parse_url", "url component", 1, Needs::everything, parse_url},
    Function{"rawurlencode", "string", 1, Needs::everything, rawurlencode},
    Function{"realpath", "path", 1, Needs::everything, realpath},
    Function{"sprintf", "format values...", 1, Needs::everything, sprintf},
    Function{"urlencode", "string", 1, Needs::everything, urlencode},
    Function{"vsprintf", "format values", 2, Needs::everything, vsprintf},
};

}  // namespace

const std::span<const Function> kFormatFunctions = kTable;

}  // namespace gate::readers::php
