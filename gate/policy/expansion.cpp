// TableReader: how `${name}` in a text becomes the values of a var.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/table_reader.h"

namespace gate::policy {
namespace {

using readers::Value;

// Lists in one text multiply; a text never stands for more than this many.
constexpr std::size_t kMostTexts = 10'000;

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

// Returns the length of the reference `${name}` at the start of `text`, 0 where there is none.
std::size_t reference_length(std::string_view text) {
  if (!text.starts_with("${")) return 0;
  const std::size_t end = text.find_first_not_of(kNameCharacters, 2);
  return end != std::string_view::npos && end > 2 && text[end] == '}' ? end + 1 : 0;
}

// Returns the place of a part of a string's text: exact where the text stands in the source as it
// is.
base::Span place_of(const Value& value, std::string_view part) {
  const std::string_view source = value.document().source()->text();
  const char* const begin = source.data();
  const char* const end = begin + source.size();
  if (std::less<>()(part.data(), begin) || std::less<>()(end, part.data() + part.size()))
    return value->span;
  const auto offset = static_cast<std::uint32_t>(part.data() - begin);
  return {offset, offset + static_cast<std::uint32_t>(part.size())};
}

// Returns a pattern for exactly these texts; for none one that matches nothing.
std::string alternatives(const std::vector<std::string>& values) {
  if (values.empty()) return R"([^\x00-\x{10FFFF}])";
  if (values.size() == 1) return base::Pattern::quote(values.front());
  std::string text = "(?:";
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (index != 0) text += '|';
    text += base::Pattern::quote(values[index]);
  }
  return text + ')';
}

void append(std::vector<std::string>& texts, std::string_view tail) {
  for (std::string& text : texts)
    text += tail;
}

// Returns whether a pattern's text ends in a backslash that takes the next character.
bool ends_in_escape(std::string_view text) {
  const std::size_t last = text.find_last_not_of('\\');
  const std::size_t count = text.size() - (last == std::string_view::npos ? 0 : last + 1);
  return count % 2 == 1;
}

// Makes each text one for each value.
void multiply(std::vector<std::string>& texts, const std::vector<std::string>& values) {
  if (values.size() == 1) {
    append(texts, values.front());
    return;
  }
  std::vector<std::string> product;
  product.reserve(texts.size() * values.size());
  for (const std::string& text : texts) {
    for (const std::string& value : values)
      product.push_back(text + value);
  }
  texts = std::move(product);
}

}  // namespace

std::optional<std::string> TableReader::variable(std::string_view name) {
  const auto found = vars_ == nullptr ? Vars::const_iterator() : vars_->find(name);
  if (vars_ == nullptr || found == vars_->end() || found->second.values.empty())
    return std::nullopt;
  found->second.used = true;
  return found->second.values.front();
}

const Var* TableReader::find_var(const Value& value, std::string_view reference,
                                 std::string_view name) {
  if (const auto found = vars_->find(name); found != vars_->end()) {
    found->second.used = true;
    return &found->second;
  }
  std::vector<std::string_view> names;
  for (const auto& [known, var] : *vars_)
    names.push_back(known);
  const std::string_view near = base::did_you_mean(name, names);
  diagnostics_->add(
      base::Diagnostic::error(fmt::format("unknown var `{}`", name))
          .at(value.document().source(), place_of(value, reference))
          .hint(near.empty()
                    ? fmt::format("set it in `[vars]`; the text itself is written `$${{{}}}`", name)
                    : fmt::format("did you mean `{}`?", near)));
  return nullptr;
}

std::optional<std::vector<std::string>> TableReader::expand(const Value& value, bool as_pattern) {
  std::string_view rest = value->text;
  std::vector<std::string> texts(1);
  if (vars_ == nullptr) {
    texts.front() = rest;
    return texts;
  }
  while (true) {
    const std::size_t dollar = rest.find('$');
    append(texts, rest.substr(0, dollar));
    if (dollar == std::string_view::npos) return texts;
    const bool escaped = as_pattern && ends_in_escape(rest.substr(0, dollar));
    rest.remove_prefix(dollar);
    if (rest.starts_with("$${")) {
      append(texts, "${");
      rest.remove_prefix(3);
      continue;
    }
    const std::size_t length = escaped ? 0 : reference_length(rest);
    if (length == 0) {
      append(texts, "$");
      rest.remove_prefix(1);
      continue;
    }
    const Var* var = find_var(value, rest.substr(0, length), rest.substr(2, length - 3));
    if (var == nullptr) return std::nullopt;
    if (as_pattern) {
      append(texts, alternatives(var->values));
    } else if (texts.size() * var->values.size() > kMostTexts) {
      report(value, fmt::format("the vars make this more than {} texts", kMostTexts));
      return std::nullopt;
    } else {
      multiply(texts, var->values);
    }
    rest.remove_prefix(length);
  }
}

}  // namespace gate::policy
