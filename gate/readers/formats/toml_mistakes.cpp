#include "gate/readers/formats/toml_mistakes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace gate::readers {
namespace {

using base::Diagnostic;
using base::Span;

// A redefinition is looked up in the text before its statement, which may begin this many lines
// above the one on which toml++ noticed; each try parses that text again, so a huge file is
// answered without the first place.
constexpr std::uint32_t kMostLinesBack = 64;
constexpr std::size_t kMostBytesAgain = std::size_t{256} << 10;

constexpr std::string_view kBlank = " \t\r";

// Returns the token at `offset`, at least one character where the line has one.
Span token_at(std::string_view text, std::uint32_t offset) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}=#", offset), text.size());
  std::size_t stop = end;
  if (stop == offset && offset < text.size() && text[offset] != '\n' && text[offset] != '\r')
    ++stop;
  return {offset, static_cast<std::uint32_t>(stop)};
}

// Returns the text between the first two single quotes of toml++'s description: the thing it speaks
// of.
std::string_view quoted(std::string_view description) {
  const std::size_t open = description.find('\'');
  const std::size_t close = description.rfind('\'');
  if (open == std::string_view::npos || close <= open) return {};
  std::string_view inside = description.substr(open + 1, close - open - 1);
  while (!inside.empty() && inside.back() == ' ')
    inside.remove_suffix(1);
  return inside;
}

// Returns the offset where the line of `offset` begins.
std::uint32_t line_start(std::string_view text, std::uint32_t offset) {
  if (offset == 0) return 0;
  const std::size_t end = text.rfind('\n', offset - 1);
  return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end + 1);
}

// Returns the header that the line of `offset` consists of, if it is one.
std::optional<Span> header_at(std::string_view text, std::uint32_t offset) {
  const std::size_t begin = text.find_first_not_of(kBlank, line_start(text, offset));
  if (begin == std::string_view::npos || text[begin] != '[') return std::nullopt;
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  const std::size_t close = line.rfind(']');
  if (close == std::string_view::npos) return std::nullopt;
  return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + close + 1)};
}

// Returns the key in front of the `=` that stands before `offset`.
Span key_before(std::string_view text, std::uint32_t offset) {
  const std::uint32_t start = line_start(text, offset);
  const std::string_view before = text.substr(start, offset - start);
  const std::size_t equals = before.rfind('=');
  if (equals == std::string_view::npos || equals == 0) return token_at(text, offset);
  const std::size_t last = before.find_last_not_of(kBlank, equals - 1);
  if (last == std::string_view::npos) return token_at(text, offset);
  const std::size_t delimiter = before.find_last_of("{, \t", last);
  const std::size_t first = delimiter == std::string_view::npos ? 0 : delimiter + 1;
  return {start + static_cast<std::uint32_t>(first), start + static_cast<std::uint32_t>(last + 1)};
}

// Returns the table below which keys stand at the end of a document: the one whose header comes
// last.
Value open_table(const Document& document) {
  std::uint32_t open = 0;
  std::uint32_t latest = 0;
  const std::string_view text = document.source()->text();
  for (std::uint32_t index = 1; index < document.nodes().size(); ++index) {
    const Node& node = document.nodes()[index];
    if (node.kind != NodeKind::map || node.span.begin < latest || node.span.begin >= text.size())
      continue;
    const std::uint32_t start = line_start(text, node.span.begin);
    const std::size_t first = text.find_first_not_of(kBlank, start);
    if (text[node.span.begin] != '[' || first != node.span.begin) continue;
    open = index;
    latest = node.span.begin;
  }
  return {&document, open};
}

// Returns what stands at a dotted path below `from`; on the way a list stands for its last table.
std::optional<Value> at_path(Value from, std::string_view path) {
  while (!path.empty()) {
    if (from->kind == NodeKind::list) {
      const std::vector<Value> elements = from.children();
      if (elements.empty()) return std::nullopt;
      from = elements.back();
    }
    std::optional<Value> next;
    std::size_t used = 0;
    for (const Value& child : from.children()) {
      const std::string_view key = child->key;
      const bool fits =
          path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.');
      if (fits && key.size() >= used) {
        next = child;
        used = key.size();
      }
    }
    if (!next) return std::nullopt;
    from = *next;
    path.remove_prefix(std::min(used + 1, path.size()));
  }
  return from;
}

// Returns the document before the statement at `offset`, or null.
std::shared_ptr<const Document> document_before(std::string_view text, std::uint32_t offset,
                                                const ParseStart& parse_start) {
  if (offset > kMostBytesAgain) return nullptr;
  std::uint32_t start = line_start(text, offset);
  for (std::uint32_t back = 0; back < kMostLinesBack; ++back) {
    std::shared_ptr<const Document> before = parse_start(start);
    if (before != nullptr || start == 0) return before;
    start = line_start(text, start - 1);
  }
  return nullptr;
}

// `closed`: the name is one of a table inside of one that its braces closed.
Diagnostic redefinition(const std::shared_ptr<const base::Source>& source, std::string_view name,
                        bool closed, std::uint32_t offset, const ParseStart& parse_start) {
  const std::string_view text = source->text();
  const std::optional<Span> header = header_at(text, offset);
  const Span second = header ? *header : key_before(text, offset);
  const std::string_view written = text.substr(second.begin, second.end - second.begin);
  std::string message = header ? fmt::format("table `{}` is defined twice", written)
                               : fmt::format("key `{}` is set twice", written);
  if (closed) {
    message = fmt::format("`{}` adds to a table that its braces closed", written);
    name = name.substr(0, std::min(name.rfind('.'), name.size()));
  }
  Diagnostic diagnostic = Diagnostic::error(std::move(message)).at(source, second);
  const std::shared_ptr<const Document> before = document_before(text, second.begin, parse_start);
  if (before == nullptr) return diagnostic;
  const std::optional<Value> first = at_path(header ? before->root() : open_table(*before), name);
  if (!first) return diagnostic;
  const Node& node = first->node();
  const bool by_header = node.kind == NodeKind::map && node.key_span.begin > node.span.begin;
  return std::move(diagnostic)
      .note(source, by_header ? node.span : node.key_span, "first set here");
}

// toml++'s words and ours; the token at the place is put in for `{}`.
struct Wording {
  std::string_view theirs;
  std::string_view ours;
  std::string_view help;
};

constexpr std::string_view kValues =
    "texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and "
    "`false`";
constexpr std::string_view kLongTexts =
    "add the closing quote; texts of several lines stand between `'''` and `'''`";
constexpr std::string_view kKeys = "keys are letters, digits, `_` and `-`; others stand in quotes";

constexpr std::array kWordings = std::to_array<Wording>({
    {"string: encountered end-of-file", "the string is not closed", "add the closing quote"},
    {"string: unescaped control characters", "the string is not closed on its line", kLongTexts},
    {"string: control characters", "the string is not closed on its line", kLongTexts},
    {"array: encountered end-of-file", "the list is not closed", "add `]`"},
    {"inline table: encountered end-of-file", "the table is not closed", "add `}`"},
    {"table header: encountered end-of-file", "the header is not closed", "add `]`"},
    {"table header: expected ']'", "the header is not closed", "add `]`"},
    {"encountered end-of-file", "the file ends where a value is expected", "write `key = value`"},
    {"could not determine value type", "`{}` is no value", kValues},
    {"boolean: expected", "`{}` is no value", kValues},
    {"expected value, saw", "a value is missing", "write `key = value`"},
    {"saw closing '}' (dangling comma)", "the last comma is one too many",
     "remove the comma before `}`"},
    {"inline table: expected key or closing '}', saw '\\n'", "a table in braces ends on its line",
     "write it on one line, or as `[table]` with a line for each key"},
    {"array: expected comma or closing ']'", "a comma is missing before `{}`",
     "write a comma between elements"},
    {"inline table: expected", "a comma or `}` is missing before `{}`",
     "write a comma between keys"},
    {"expected a comment or whitespace", "`{}` is one too many on this line",
     "write each key on its own line"},
    {"expected keys, tables, whitespace or comments", "`{}` begins neither a key nor a table",
     kKeys},
    {"expected '=', saw", "`=` is missing", "write `key = value`"},
    {"integer: leading zeroes are prohibited", "the number `{}` begins with 0",
     "put file modes and the like in quotes"},
    {"not representable in 64 bits", "`{}` does not fit into 64 bits", ""},
    {"date: ", "`{}` is no day of the calendar", "write year, month and day: 2027-03-01"},
    {"date-time: ", "`{}` is no time of a day", ""},
    {"time: ", "`{}` is no time of a day", ""},
    {"integer: ", "`{}` is no integer", ""},
    {"floating-point: ", "`{}` is no number", ""},
    {"tables with blank bare keys", "the header names no table", ""},
    {"exceeded maximum nested value depth", "nested too deeply", ""},
});

// Returns the value around `offset`, for descriptions of something inside of it.
Span value_around(std::string_view text, std::uint32_t offset) {
  const Span token = token_at(text, offset);
  const std::size_t before =
      offset == 0 ? std::string_view::npos : text.find_last_of("=[{, \t\n", offset - 1);
  const std::uint32_t begin =
      before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
  const bool ends_here =
      text.substr(token.begin, 1).find_first_of("\r\n") != std::string_view::npos;
  return {begin, ends_here ? token.begin : token.end};
}

// Returns toml++'s own description in the style of our messages.
std::string restyled(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while parsing ";
  if (description.starts_with(kPrefix)) description.remove_prefix(kPrefix.size());
  std::string text(description);
  std::replace(text.begin(), text.end(), '\'', '`');
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string put_in(std::string_view text, std::string_view token) {
  const std::size_t hole = text.find("{}");
  if (hole == std::string_view::npos) return std::string(text);
  return fmt::format("{}{}{}", text.substr(0, hole), token, text.substr(hole + 2));
}

// Returns the string that is open at `offset` as a place, from its quote to the end of its line.
std::optional<Span> open_string(std::string_view text, std::uint32_t offset) {
  const std::uint32_t start =
      line_start(text, std::min(offset, static_cast<std::uint32_t>(text.size())));
  const std::string_view line = text.substr(start, text.find('\n', start) - start);
  const std::size_t equals = line.find('=');
  const std::size_t quote =
      line.find_first_of("'\"", equals == std::string_view::npos ? 0 : equals);
  if (quote == std::string_view::npos) return std::nullopt;
  const std::size_t end = line.find_last_not_of(kBlank);
  return Span{start + static_cast<std::uint32_t>(quote),
              start + static_cast<std::uint32_t>(end + 1)};
}

// Returns what to underline for a wording: toml++ says where it stopped, people look for the thing
// that is wrong.
Span place_for(const Wording& wording, std::string_view text, std::uint32_t offset) {
  if (wording.theirs.starts_with("string"))
    return open_string(text, offset).value_or(token_at(text, offset));
  constexpr std::array<std::string_view, 5> kValueWords = {"boolean", "integer", "floating-point",
                                                           "date", "time"};
  const bool in_value =
      wording.theirs.starts_with("not representable") ||
      std::any_of(kValueWords.begin(), kValueWords.end(),
                  [&](std::string_view word) { return wording.theirs.starts_with(word); });
  return in_value ? value_around(text, offset) : token_at(text, offset);
}

}  // namespace

Diagnostic toml_mistake(const std::shared_ptr<const base::Source>& source,
                        std::string_view description, std::uint32_t offset,
                        const ParseStart& parse_start) {
  const std::string_view text = source->text();
  const bool closed = description.find("into existing inline table") != std::string_view::npos;
  if (closed || description.find("cannot redefine existing") != std::string_view::npos) {
    return redefinition(source, quoted(description), closed, offset, parse_start);
  }
  if (description.find("unknown escape sequence") != std::string_view::npos) {
    const std::uint32_t begin = offset > 0 && text[offset - 1] == '\\' ? offset - 1 : offset;
    return Diagnostic::error(fmt::format("unknown escape sequence `{}`", quoted(description)))
        .at(source, {begin, std::min(offset + 1, static_cast<std::uint32_t>(text.size()))})
        .hint("write patterns in single quotes");
  }
  for (const Wording& wording : kWordings) {
    if (description.find(wording.theirs) == std::string_view::npos) continue;
    const Span place = place_for(wording, text, offset);
    // A letter that no bare key can have is no missing `=`.
    if (wording.ours == "`=` is missing" && offset < text.size() &&
        static_cast<unsigned char>(text[offset]) >= 0x80) {
      const Span key = value_around(text, offset);
      return Diagnostic::error(fmt::format("the key `{}` needs quotes",
                                           text.substr(key.begin, key.end - key.begin)))
          .at(source, key)
          .hint(std::string(kKeys));
    }
    return Diagnostic::error(
               put_in(wording.ours, text.substr(place.begin, place.end - place.begin)))
        .at(source, place)
        .hint(std::string(wording.help));
  }
  return Diagnostic::error(restyled(description)).at(source, token_at(text, offset));
}

}  // namespace gate::readers
