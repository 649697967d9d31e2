// json_decode(): php.net/manual/en/ref.json.php.
#include <array>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

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

// Half a pair of surrogates is an error for PHP, and a NUL in front of a name is one of objects.
bool has_odd_escape(std::string_view text) {
  for (std::size_t at = text.find("\\u"); at != std::string_view::npos;
       at = text.find("\\u", at + 2)) {
    const std::string code = base::to_lower(text.substr(at + 2, 4));
    if (code == "0000" || (code.size() == 4 && code[0] == 'd' && code[1] >= '8')) return true;
  }
  return false;
}

constexpr std::int64_t kObjectAsArray = 1;
constexpr std::int64_t kThrowOnError = 4194304;
constexpr std::int64_t kDepth = 512;

Value json_decode(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::string> text = given.text(0);
  const std::optional<std::int64_t> flags =
      given.has(3) ? given.integer(3) : std::optional<std::int64_t>(0);
  const bool usual_depth = !given.has(2) || given.integer(2) == kDepth;
  if (!text || !flags || (*flags & ~(kObjectAsArray | kThrowOnError)) != 0 || !usual_depth)
    return Value::unknown("it decodes JSON with options");
  const std::optional<bool> arrays = !given.has(1) || given[1].is(Type::null)
                                         ? std::optional((*flags & kObjectAsArray) != 0)
                                         : given.truth(1);
  if (!arrays) return wrong_arguments();
  Value failed = (*flags & kThrowOnError) != 0 ? Value::unknown("PHP refuses the JSON") : Value();
  if (!is_utf8(*text) || text->starts_with("\xEF\xBB\xBF")) return failed;
  if (has_odd_escape(*text)) return Value::unknown("it decodes JSON with odd escapes");
  const auto document = parse_json(std::make_shared<const base::Source>("json", *text));
  if (!document) {
    const bool too_deep = document.error().message.find("nested") != std::string::npos ||
                          document.error().message.find("number") != std::string::npos;
    return too_deep ? Value::unknown("it decodes JSON that gate cannot read") : failed;
  }
  std::optional<Value> value = from_json((*document)->root(), *arrays);
  return value ? *std::move(value) : Value::unknown("it decodes JSON to an object");
}

constexpr std::array kTable = {
    Function{"json_decode", "json associative depth flags", 1, Needs::everything, json_decode},
};

}  // namespace

const std::span<const Function> kJsonFunctions = kTable;

}  // namespace gate::readers::php
