// URLs: php.net/manual/en/ref.url.php.
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/functions.h"
#include "gate/readers/settings/php/url.h"

namespace gate::readers::php {
namespace {

using Text = std::optional<std::string>;

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

// `%41` and, in forms, `+` for a blank.
Value decode_url(const Bound& given, bool raw) {
  const Text text = given.text(0);
  if (!text) return wrong_arguments();
  std::string out;
  for (std::size_t at = 0; at < text->size(); ++at) {
    unsigned code = 0;
    const char* const digits = text->data() + at + 1;
    const bool escaped = (*text)[at] == '%' && at + 2 < text->size() &&
                         std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2;
    if (escaped) {
      out += static_cast<char>(code);
      at += 2;
    } else {
      out += (*text)[at] == '+' && !raw ? ' ' : (*text)[at];
    }
  }
  return out;
}

Value urldecode(Evaluator& /*evaluator*/, const Bound& given) { return decode_url(given, false); }
Value rawurldecode(Evaluator& /*evaluator*/, const Bound& given) { return decode_url(given, true); }

constexpr std::array kTable = {
    Function{"parse_url", "url component", 1, Needs::everything, parse_url},
    Function{"rawurldecode", "string", 1, Needs::everything, rawurldecode},
    Function{"rawurlencode", "string", 1, Needs::everything, rawurlencode},
    Function{"urldecode", "string", 1, Needs::everything, urldecode},
    Function{"urlencode", "string", 1, Needs::everything, urlencode},
};

}  // namespace

const std::span<const Function> kUrlFunctions = kTable;

}  // namespace gate::readers::php
