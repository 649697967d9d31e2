// Texts: php.net/manual/en/ref.strings.php.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

using Text = std::optional<std::string>;

Value text_or_wrong(Text text) { return text ? Value(*std::move(text)) : wrong_arguments(); }

std::string to_upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

Value strtolower(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(base::to_lower(*text)) : wrong_arguments();
}

Value strtoupper(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(to_upper(*text)) : wrong_arguments();
}

// The same for texts of ASCII; of others the tables of Unicode that PHP has decide.
template <Value (*run)(Evaluator&, const Bound&)>
Value of_ascii(Evaluator& evaluator, const Bound& given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given.has(i) && given[i].is(Type::string) && !is_ascii(given[i].text()))
      return Value::unknown("it changes a text that is not ASCII");
  }
  return run(evaluator, given);
}

Value ucfirst(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  if (text && !text->empty()) text->front() = upper(text->front());
  return text_or_wrong(std::move(text));
}

Value lcfirst(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  if (text && !text->empty()) text->front() = base::to_lower(text->front());
  return text_or_wrong(std::move(text));
}

Value ucwords(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  const Text separators = given.has(1) ? given.text(1) : Text(" \t\r\n\f\v");
  const bool has_range = separators && separators->find("..") != std::string::npos;
  if (!text || !separators || has_range) return wrong_arguments();
  bool begins = true;
  for (char& c : *text) {
    if (begins) c = upper(c);
    begins = separators->find(c) != std::string::npos;
  }
  return *std::move(text);
}

// The characters that trim() is told to take, `a..z` among them; nothing where PHP warns.
Text characters_of(const Bound& given) {
  if (!given.has(1)) return std::string(" \n\r\t\v\0", 6);
  const Text listed = given.text(1);
  if (!listed) return std::nullopt;
  std::string characters;
  for (std::size_t i = 0; i < listed->size(); ++i) {
    if (listed->substr(i + 1, 2) == ".." && i + 3 < listed->size()) {
      const auto first = static_cast<unsigned char>((*listed)[i]);
      const auto last = static_cast<unsigned char>((*listed)[i + 3]);
      if (last < first) return std::nullopt;
      for (unsigned c = first; c <= last; ++c)
        characters += static_cast<char>(c);
      i += 3;
    } else if (listed->substr(i, 2) == "..") {
      return std::nullopt;
    } else {
      characters += (*listed)[i];
    }
  }
  return characters;
}

Value trim_ends(const Bound& given, bool left, bool right) {
  const Text text = given.text(0);
  const Text characters = characters_of(given);
  if (!text || !characters) return wrong_arguments();
  std::size_t begin = left ? text->find_first_not_of(*characters) : 0;
  if (begin == std::string::npos) begin = text->size();
  std::size_t end = text->size();
  if (right) {
    const std::size_t last = text->find_last_not_of(*characters);
    end = last == std::string::npos ? 0 : last + 1;
  }
  return begin < end ? text->substr(begin, end - begin) : std::string();
}

Value trim(Evaluator& /*evaluator*/, const Bound& given) { return trim_ends(given, true, true); }
Value ltrim(Evaluator& /*evaluator*/, const Bound& given) { return trim_ends(given, true, false); }
Value rtrim(Evaluator& /*evaluator*/, const Bound& given) { return trim_ends(given, false, true); }

Value strlen(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  return text ? Value(static_cast<std::int64_t>(text->size())) : wrong_arguments();
}

Value substr(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  std::optional<std::int64_t> offset = given.integer(1);
  if (!text || !offset) return wrong_arguments();
  const auto size = static_cast<std::int64_t>(text->size());
  std::int64_t begin = std::clamp(*offset < 0 ? *offset + size : *offset, std::int64_t{0}, size);
  std::int64_t end = size;
  if (given.has(2) && !given[2].is(Type::null)) {
    const std::optional<std::int64_t> length = given.integer(2);
    if (!length) return wrong_arguments();
    end = *length < 0 ? std::max(begin, size + std::max(*length, -size))
                      : std::min(size, begin + std::min(*length, size));
  }
  return text->substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

Value str_repeat(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<std::int64_t> times = given.integer(1);
  if (!text || !times || *times < 0) return wrong_arguments();
  if (!text->empty() && static_cast<std::uint64_t>(*times) > Value::kMaxText / text->size())
    return Value::unknown("the text is too long");
  std::string out;
  for (std::int64_t i = 0; i < *times && !text->empty(); ++i)
    out += *text;
  return out;
}

Value str_pad(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<std::int64_t> length = given.integer(1);
  const Text with = given.has(2) ? given.text(2) : Text(" ");
  const std::optional<std::int64_t> side =
      given.has(3) ? given.integer(3) : std::optional<std::int64_t>(1);
  if (!text || !length || !with || with->empty() || !side || *side < 0 || *side > 2)
    return wrong_arguments();
  if (*length < 0 || static_cast<std::uint64_t>(*length) <= text->size()) return *text;
  if (static_cast<std::uint64_t>(*length) > Value::kMaxText)
    return Value::unknown("the text is too long");
  const std::size_t missing = static_cast<std::size_t>(*length) - text->size();
  const std::size_t left = *side == 1 ? 0 : *side == 0 ? missing : missing / 2;
  const auto fill = [&](std::size_t count) {
    std::string filled;
    for (std::size_t i = 0; i < count; ++i)
      filled += (*with)[i % with->size()];
    return filled;
  };
  return fill(left) + *text + fill(missing - left);
}

Value strrev(Evaluator& /*evaluator*/, const Bound& given) {
  Text text = given.text(0);
  if (text) std::reverse(text->begin(), text->end());
  return text_or_wrong(std::move(text));
}

Value explode(Evaluator& /*evaluator*/, const Bound& given) {
  const Text separator = given.text(0);
  const Text text = given.text(1);
  std::optional<std::int64_t> limit =
      given.has(2) ? given.integer(2) : std::optional<std::int64_t>(INT64_MAX);
  if (!separator || separator->empty() || !text || !limit) return wrong_arguments();
  std::vector<std::string> parts;
  std::size_t at = 0;
  if (*limit == 0) limit = 1;
  while (*limit < 0 || parts.size() + 1 < static_cast<std::uint64_t>(*limit)) {
    const std::size_t found = text->find(*separator, at);
    if (found == std::string::npos) break;
    parts.push_back(text->substr(at, found - at));
    at = found + separator->size();
  }
  parts.push_back(text->substr(at));
  if (*limit < 0) {
    const auto dropped = static_cast<std::uint64_t>(-(*limit + 1)) + 1;
    parts.resize(dropped >= parts.size() ? 0 : parts.size() - dropped);
  }
  if (parts.size() > Value::kMaxWeight) return Value::unknown("the array is too large");
  Array array;
  for (std::string& part : parts)
    array.push(std::move(part));
  return array;
}

Value implode(Evaluator& /*evaluator*/, const Bound& given) {
  const Array* array = given.array(1);
  Text separator = given.text(0);
  if (!given.has(1)) {
    array = given.array(0);
    separator = "";
  }
  if (array == nullptr || !separator) return wrong_arguments();
  std::string out;
  bool first = true;
  for (const Array::Entry& entry : array->entries()) {
    const Text text = to_text(entry.value);
    if (!text) return wrong_arguments();
    if (!first) out += *separator;
    out += *text;
    first = false;
    if (out.size() > Value::kMaxText) return Value::unknown("the text is too long");
  }
  return out;
}

Value str_split(Evaluator& /*evaluator*/, const Bound& given) {
  const Text text = given.text(0);
  const std::optional<std::int64_t> length =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(1);
  if (!text || !length || *length < 1) return wrong_arguments();
  // An empty text gives [""] before PHP 8.2 and [] from then on.
  if (text->empty()) return Value::unknown("versions of PHP split an empty text differently");
  if (text->size() > Value::kMaxWeight) return Value::unknown("the array is too large");
  Array array;
  for (std::size_t at = 0; at < text->size(); at += static_cast<std::size_t>(*length))
    array.push(text->substr(at, static_cast<std::size_t>(*length)));
  return array;
}

Value strcmp(Evaluator& /*evaluator*/, const Bound& given) {
  const Text left = given.text(0);
  const Text right = given.text(1);
  if (!left || !right) return wrong_arguments();
  // Before 8.2 the result is a difference; only its sign is certain.
  if (*left == *right) return std::int64_t{0};
  return Value::unknown("versions of PHP give different numbers for a comparison");
}

Value strcasecmp(Evaluator& /*evaluator*/, const Bound& given) {
  const Text left = given.text(0);
  const Text right = given.text(1);
  if (!left || !right) return wrong_arguments();
  if (base::to_lower(*left) == base::to_lower(*right)) return std::int64_t{0};
  return Value::unknown("versions of PHP give different numbers for a comparison");
}

constexpr std::array kTable = {
    Function{"chop", "string characters", 1, Needs::everything, rtrim},
    Function{"explode", "separator string limit", 2, Needs::everything, explode},
    Function{"implode", "separator array", 1, Needs::everything, implode},
    Function{"join", "separator array", 1, Needs::everything, implode},
    Function{"lcfirst", "string", 1, Needs::everything, lcfirst},
    Function{"ltrim", "string characters", 1, Needs::everything, ltrim},
    Function{"mb_strlen", "string", 1, Needs::everything, of_ascii<strlen>},
    Function{"mb_strtolower", "string", 1, Needs::everything, of_ascii<strtolower>},
    Function{"mb_strtoupper", "string", 1, Needs::everything, of_ascii<strtoupper>},
    Function{"mb_substr", "string start length", 2, Needs::everything, of_ascii<substr>},
    Function{"rtrim", "string characters", 1, Needs::everything, rtrim},
    Function{"str_pad", "string length pad_string pad_type", 2, Needs::everything, str_pad},
    Function{"str_repeat", "string times", 2, Needs::everything, str_repeat},
    Function{"str_split", "string length", 1, Needs::everything, str_split},
    Function{"strcasecmp", "string1 string2", 2, Needs::everything, strcasecmp},
    Function{"strcmp", "string1 string2", 2, Needs::everything, strcmp},
    Function{"strlen", "string", 1, Needs::everything, strlen},
    Function{"strrev", "string", 1, Needs::everything, strrev},
    Function{"strtolower", "string", 1, Needs::everything, strtolower},
    Function{"strtoupper", "string", 1, Needs::everything, strtoupper},
    Function{"substr", "string offset length", 2, Needs::everything, substr},
    Function{"trim", "string characters", 1, Needs::everything, trim},
    Function{"ucfirst", "string", 1, Needs::everything, ucfirst},
    Function{"ucwords", "string separators", 1, Needs::everything, ucwords},
};

}  // namespace

const std::span<const Function> kTextFunctions = kTable;

}  // namespace gate::readers::php
