#include "gate/base/diagnostic.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/base/unicode.h"

namespace gate::base {
namespace {

// Cells of a terminal line: a wrapped excerpt would tear its carets from the text above them.
constexpr std::size_t kWidth = 80;

// No line shows more bytes than this before or after a span, so that a file of one long line costs
// nothing.
constexpr std::size_t kMostBytes = 16 * kWidth;

constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kYellow = "\033[1;33m";
constexpr std::string_view kBlue = "\033[1;34m";
constexpr std::string_view kCyan = "\033[1;36m";
constexpr std::string_view kBold = "\033[1m";

class Painter {
 public:
  explicit Painter(bool color) : color_(color) {}

  [[nodiscard]] std::string operator()(std::string_view style, std::string_view text) const {
    return color_ && !text.empty() ? fmt::format("{}{}\033[0m", style, text) : std::string(text);
  }

 private:
  bool color_;
};

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t width(std::string_view raw) { return display_width(for_terminal(raw)); }

// Returns the longest start of `raw` that fits into `cells`, with `…` behind it where something was
// cut.
std::string head(std::string_view raw, std::size_t cells) {
  if (raw.size() <= kMostBytes && width(raw) <= cells) return for_terminal(raw);
  if (cells == 0) return {};
  std::size_t fits = 0;
  std::size_t over = std::min(raw.size(), kMostBytes) + 1;
  while (over - fits > 1) {
    const std::size_t middle = fits + (over - fits) / 2;
    (width(raw.substr(0, middle)) < cells ? fits : over) = middle;
  }
  while (fits > 0 && fits < raw.size() && continues_character(raw[fits]))
    --fits;
  return for_terminal(raw.substr(0, fits)) + "…";
}

// Returns the longest end of `raw` that fits into `cells`, with `…` in front where something was
// cut.
std::string tail(std::string_view raw, std::size_t cells) {
  if (raw.size() <= kMostBytes && width(raw) <= cells) return for_terminal(raw);
  if (cells == 0) return {};
  std::size_t over = raw.size() - std::min(raw.size(), kMostBytes);
  std::size_t fits = raw.size();
  while (fits - over > 1) {
    const std::size_t middle = over + (fits - over) / 2;
    (width(raw.substr(middle)) < cells ? fits : over) = middle;
  }
  while (fits < raw.size() && continues_character(raw[fits]))
    ++fits;
  return "…" + for_terminal(raw.substr(fits));
}

// A line of source in three parts, each fit for a terminal on its own: right-to-left text in one of
// them cannot move the marked part away from its carets.
struct Excerpt {
  std::string before;
  std::string marked;
  std::string after;
};

Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end, std::size_t cells) {
  const std::string_view before = line.substr(0, begin);
  const std::string_view marked = line.substr(begin, end - begin);
  const std::string_view after = line.substr(end);
  if (line.size() <= kMostBytes) {
    Excerpt whole{for_terminal(before), for_terminal(marked), for_terminal(after)};
    if (display_width(whole.before) + display_width(whole.marked) + display_width(whole.after) <=
        cells) {
      return whole;
    }
  }
  Excerpt cut;
  cut.marked = head(marked, cells - 2);  // leaves room for `…` on both sides
  const std::size_t room = cells - display_width(cut.marked);
  const std::size_t behind = after.size() > kMostBytes ? cells : std::min(width(after), cells);
  cut.before = tail(before, std::max(room / 2, room - std::min(room, behind)));
  cut.after = head(after, room - display_width(cut.before));
  return cut;
}

std::size_t digits(std::uint32_t number) { return fmt::formatted_size("{}", number); }

// Appends `--> file:line:column` and the underlined line.
void append_place(std::string& out, const Label& label, std::size_t gutter, std::string_view style,
                  const Painter& paint) {
  const LineIndex& lines = label.source->lines();
  const Position position = lines.position(label.span.begin);
  const std::string margin(gutter + 1, ' ');
  out += fmt::format("{}{} {}:{}:{}\n", std::string(gutter, ' '), paint(kBlue, "-->"),
                     for_terminal(label.source->name()), position.line, position.column);

  const std::string_view line = lines.line(position.line);
  if (line.empty()) return;
  const std::size_t begin = std::min<std::size_t>(position.column - 1, line.size());
  const std::size_t length = label.span.end - std::min(label.span.begin, label.span.end);
  const std::size_t end = std::min(begin + length, line.size());
  const Excerpt shown = excerpt(line, begin, end, kWidth - gutter - 3);

  std::string carets(std::max<std::size_t>(display_width(shown.marked), 1), '^');
  if (!label.text.empty()) carets += " " + for_terminal(label.text);
  const std::string bar = paint(kBlue, "|");
  std::string text = shown.before + shown.marked + shown.after;
  text.erase(text.find_last_not_of(' ') + 1);
  out += fmt::format("{}{}\n", margin, bar);
  out += fmt::format("{} {}{}{}\n", paint(kBlue, fmt::format("{:>{}}", position.line, gutter)), bar,
                     text.empty() ? "" : " ", text);
  out += fmt::format("{}{} {}{}\n", margin, bar, std::string(display_width(shown.before), ' '),
                     paint(style, carets));
}

// Calls each(line) for every line of a text.
template <class Function>
void for_each_line(std::string_view text, const Function& each) {
  while (true) {
    const std::size_t end = text.find('\n');
    each(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Returns a message with the lines after the first indented by `indent`.
std::string indented(std::string_view text, std::size_t indent) {
  std::string out;
  for_each_line(text, [&](std::string_view line) {
    if (!out.empty()) out += "\n" + std::string(indent, ' ');
    out += for_terminal(line);
  });
  return out;
}

std::size_t gutter_of(const Diagnostic& diagnostic) {
  std::size_t gutter = 1;
  const auto widen = [&gutter](const Label& label) {
    if (label.source == nullptr) return;
    gutter = std::max(gutter, digits(label.source->lines().position(label.span.begin).line));
  };
  if (diagnostic.place) widen(*diagnostic.place);
  std::for_each(diagnostic.notes.begin(), diagnostic.notes.end(), widen);
  return gutter;
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.level == Diagnostic::Level::error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

std::string render(const Diagnostic& diagnostic, bool color) {
  const Painter paint(color);
  const bool is_error = diagnostic.level == Diagnostic::Level::error;
  const std::string_view word = is_error ? "error" : "warning";
  const std::string_view style = is_error ? kRed : kYellow;
  const std::size_t gutter = gutter_of(diagnostic);

  std::string out = fmt::format("{}{}\n", paint(style, word),
                                paint(kBold, ": " + indented(diagnostic.message, word.size() + 2)));
  const bool placed = diagnostic.place && diagnostic.place->source != nullptr;
  if (placed) append_place(out, *diagnostic.place, gutter, style, paint);
  if (!diagnostic.help.empty()) {
    const std::string margin(placed ? gutter + 1 : 2, ' ');
    out += fmt::format("{}{} {}: {}\n", margin, paint(kBlue, "="), paint(kCyan, "help"),
                       indented(diagnostic.help, margin.size() + 8));
  }
  for (const Label& note : diagnostic.notes) {
    out += fmt::format("{}: {}\n", paint(kBlue, "note"), indented(note.text, 6));
    if (note.source == nullptr) continue;
    append_place(out, {note.source, note.span, {}}, gutter, kBlue, paint);
  }
  return out;
}

std::string render(const Diagnostics& diagnostics, bool color, std::size_t limit) {
  std::string out;
  const std::vector<Diagnostic>& all = diagnostics.all();
  for (std::size_t index = 0; index < std::min(limit, all.size()); ++index) {
    if (index != 0) out += '\n';
    out += render(all[index], color);
  }
  if (all.size() > limit)
    out += fmt::format("{}and {} more\n", limit == 0 ? "" : "\n", all.size() - limit);
  return out;
}

}  // namespace gate::base
