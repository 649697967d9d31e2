// Formats: sprintf(), base64, hashes, paths.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/base64.h"
#include "gate/base/hash.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

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
  const bool counts = directive.type == 'd' || directive.type == 'f' || directive.type == 'F';
  const bool sign =
      directive.fill == '0' && counts && !text.empty() && (text[0] == '-' || text[0] == '+');
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
    case 'c':
    case 'u': {
      const std::optional<std::int64_t> whole = to_int(value);
      if (!whole) return std::nullopt;
      if (directive.type == 'c') return std::string(1, static_cast<char>(*whole));
      return padded(directive, fmt::format("{}", static_cast<std::uint64_t>(*whole)));
    }
    case 'f':
    case 'F': {
      const std::optional<double> real = to_float(value);
      constexpr std::size_t kMostDigits = 15;
      constexpr double kLargest = 1e15;
      const std::size_t digits = directive.precision.value_or(6);
      if (!real || digits > kMostDigits || !(std::abs(*real) < kLargest)) return std::nullopt;
      const std::string text = fmt::format("{:.{}f}", *real, digits);
      return padded(directive, (directive.plus && text[0] != '-' ? "+" : "") + text);
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

// --- base64, hexadecimal -------------------------------------------------------------------------

Value base64_encode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(base::encode_base64(*text)) : wrong_arguments();
}

// Passes over what is no base64, and needs no padding; strictly it does neither.
Value base64_decode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<bool> strict = given.has(1) ? given.truth(1) : std::optional(false);
  if (!text || !strict) return wrong_arguments();
  if (const Text bytes = base::decode_base64(*text)) return *bytes;
  if (*strict) return Value::unknown("it decodes odd base64");
  std::string kept;
  for (const char c : *text) {
    const bool counts = base::is_alphanumeric(c) || c == '+' || c == '/';
    if (counts) kept += c;
  }
  constexpr std::size_t kGroup = 4;
  if (kept.size() % kGroup == 1) kept.pop_back();  // six bits alone are no byte
  // The bits that the last character has too many are none of a byte's.
  while (kept.size() % kGroup != 0)
    kept += '=';
  const Text decoded = base::decode_base64(kept);
  return decoded ? Value(*decoded) : Value::unknown("it decodes odd base64");
}

Value md5(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(base::md5(*text)) : wrong_arguments();
}

Value hash(Evaluator& /*evaluator*/, const Bound& given) {
  const Text algorithm = given.text(0);
  const Text text = given.text(1);
  if (!algorithm || !text) return wrong_arguments();
  const std::string name = base::to_lower(*algorithm);
  if (name == "sha256") return base::Sha256().add(*text).hex();
  if (name == "md5") return base::md5(*text);
  return Value::unknown(fmt::format("it hashes by {}, which gate does not", name));
}

Value chr(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> code = given.integer(0);
  if (!code) return wrong_arguments();
  constexpr std::int64_t kBytes = 256;
  return std::string(1, static_cast<char>(((*code % kBytes) + kBytes) % kBytes));
}

Value ord(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  return std::int64_t{text->empty() ? 0 : static_cast<unsigned char>(text->front())};
}

Value bin2hex(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  std::string out;
  for (const char c : *text)
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
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
    if (!of_application && (path == "." || path.empty())) break;  // above is nothing else
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
    Function{"base64_decode", "string strict", 1, Needs::everything, base64_decode},
    Function{"base64_encode", "string", 1, Needs::everything, base64_encode},
    Function{"basename", "path suffix", 1, Needs::everything, basename},
    Function{"bin2hex", "string", 1, Needs::everything, bin2hex},
    Function{"chr", "codepoint", 1, Needs::everything, chr},
    Function{"dirname", "path levels", 1, Needs::everything, dirname},
    Function{"hash", "algo data", 2, Needs::everything, hash},
    Function{"md5", "string", 1, Needs::everything, md5},
    Function{"ord", "character", 1, Needs::everything, ord},
    Function{"realpath", "path", 1, Needs::everything, realpath},
    Function{"sprintf", "format values...", 1, Needs::everything, sprintf},
    Function{"vsprintf", "format values", 2, Needs::everything, vsprintf},
};

}  // namespace

const std::span<const Function> kFormatFunctions = kTable;

}  // namespace gate::readers::php
