#include "gate/readers/formats/markdown_html.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/formats/markdown_scan.h"

namespace gate::readers::markdown {
namespace {

constexpr std::array<std::string_view, 4> kVerbatim{"pre", "script", "style", "textarea"};

// CommonMark 0.31, section 4.6, start condition 6.
constexpr std::array<std::string_view, 62> kBlockTags{
    "address",  "article",  "aside",    "base",       "basefont", "blockquote", "body",   "caption",
    "center",   "col",      "colgroup", "dd",         "details",  "dialog",     "dir",    "div",
    "dl",       "dt",       "fieldset", "figcaption", "figure",   "footer",     "form",   "frame",
    "frameset", "h1",       "h2",       "h3",         "h4",       "h5",         "h6",     "head",
    "header",   "hr",       "html",     "iframe",     "legend",   "li",         "link",   "main",
    "menu",     "menuitem", "nav",      "noframes",   "ol",       "optgroup",   "option", "p",
    "param",    "search",   "section",  "summary",    "table",    "tbody",      "td",     "tfoot",
    "th",       "thead",    "title",    "tr",         "track",    "ul"};

bool is_name_byte(char c) { return base::is_alphanumeric(c) || c == '-'; }

std::size_t skip_name(std::string_view text, std::size_t at) {
  if (at >= text.size() || !base::is_letter(text[at])) return at;
  while (at < text.size() && is_name_byte(text[at]))
    ++at;
  return at;
}

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// Returns the index after the attribute at `at`; `at` itself where there is none; nothing where the
// tag is malformed.
std::optional<std::size_t> scan_attribute(std::string_view text, std::size_t at,
                                          std::vector<HtmlAttribute>& attributes) {
  const auto is_begin = [](char c) { return base::is_letter(c) || c == '_' || c == ':'; };
  const auto is_inner = [&](char c) {
    return is_begin(c) || base::is_digit(c) || c == '.' || c == '-';
  };
  if (at >= text.size() || !is_begin(text[at])) return at;
  std::size_t end = at;
  while (end < text.size() && is_inner(text[end]))
    ++end;
  HtmlAttribute attribute{base::to_lower(text.substr(at, end - at)), end, end};
  const std::size_t equals = skip_space(text, end);
  if (equals < text.size() && text[equals] == '=') {
    std::size_t value = skip_space(text, equals + 1);
    if (value == text.size()) return std::nullopt;
    if (text[value] == '"' || text[value] == '\'') {
      const std::size_t close = text.find(text[value], value + 1);
      if (close == std::string_view::npos) return std::nullopt;
      attribute.begin = value + 1;
      attribute.end = close;
      end = close + 1;
    } else {
      attribute.begin = value;
      while (value < text.size() && !is_space(text[value]) &&
             std::string_view("\"'=<>`").find(text[value]) == std::string_view::npos)
        ++value;
      if (value == attribute.begin) return std::nullopt;
      attribute.end = value;
      end = value;
    }
  }
  attributes.push_back(std::move(attribute));
  return end;
}

}  // namespace

std::optional<HtmlPiece> HtmlScanner::closed_by(std::string_view mark, std::size_t from,
                                                bool& absent, HtmlPiece::Kind kind) {
  if (absent) return std::nullopt;
  const std::size_t end = text_.find(mark, from);
  if (end == std::string_view::npos) {
    absent = true;
    return std::nullopt;
  }
  return HtmlPiece{kind, end + mark.size(), {}, {}};
}

std::optional<HtmlPiece> HtmlScanner::scan(std::size_t at) {
  using Kind = HtmlPiece::Kind;
  const std::string_view rest = text_.substr(at);
  if (rest.starts_with("<!--")) {
    // `<!-->` and `<!--->` are whole comments.
    if (rest.starts_with("<!-->")) return HtmlPiece{Kind::comment, at + 5, {}, {}};
    if (rest.starts_with("<!--->")) return HtmlPiece{Kind::comment, at + 6, {}, {}};
    return closed_by("-->", at + 4, no_comment_end_, Kind::comment);
  }
  if (rest.starts_with("<?")) return closed_by("?>", at + 2, no_instruction_end_, Kind::other);
  if (rest.starts_with("<![CDATA[")) return closed_by("]]>", at + 9, no_cdata_end_, Kind::other);
  if (rest.size() > 2 && rest[1] == '!' && base::is_letter(rest[2]))
    return closed_by(">", at + 2, no_declaration_end_, Kind::other);
  return scan_tag(at);
}

std::optional<HtmlPiece> HtmlScanner::scan_tag(std::size_t at) const {
  const bool closing = at + 1 < text_.size() && text_[at + 1] == '/';
  const std::size_t begin = at + (closing ? 2 : 1);
  std::size_t next = skip_name(text_, begin);
  if (next == begin) return std::nullopt;
  HtmlPiece piece;
  piece.kind = closing ? HtmlPiece::Kind::closing_tag : HtmlPiece::Kind::open_tag;
  piece.name = base::to_lower(text_.substr(begin, next - begin));
  while (true) {
    const std::size_t space = next;
    next = skip_space(text_, next);
    if (next == text_.size()) return std::nullopt;
    if (!closing && text_.substr(next).starts_with("/>")) {
      piece.end = next + 2;
      return piece;
    }
    if (text_[next] == '>') {
      piece.end = next + 1;
      return piece;
    }
    if (closing || next == space) return std::nullopt;
    const std::optional<std::size_t> end = scan_attribute(text_, next, piece.attributes);
    if (!end || *end == next) return std::nullopt;
    next = *end;
  }
}

std::optional<HtmlBlockKind> html_block_start(std::string_view line, bool in_paragraph) {
  if (!line.starts_with('<')) return std::nullopt;
  if (line.starts_with("<!--")) return 2;
  if (line.starts_with("<?")) return 3;
  if (line.starts_with("<![CDATA[")) return 5;
  if (line.size() > 2 && line[1] == '!' && base::is_letter(line[2])) return 4;
  const bool closing = line.starts_with("</");
  const std::size_t begin = closing ? 2 : 1;
  const std::size_t end = skip_name(line, begin);
  const std::string name = base::to_lower(line.substr(begin, end - begin));
  const std::string_view rest = line.substr(end);
  const bool ends_name = rest.empty() || is_space(rest.front()) || rest.front() == '>';
  if (!closing && ends_name && holds(kVerbatim, name)) return 1;
  if ((ends_name || rest.starts_with("/>")) && holds(kBlockTags, name)) return 6;
  if (in_paragraph || holds(kVerbatim, name)) return std::nullopt;
  const std::optional<HtmlPiece> tag = HtmlScanner(line).scan(0);
  if (tag && skip_space(line, tag->end) == line.size()) return 7;
  return std::nullopt;
}

bool html_block_ends(HtmlBlockKind kind, std::string_view line) {
  switch (kind) {
    case 1: {
      const std::string text = base::to_lower(line);
      return std::any_of(kVerbatim.begin(), kVerbatim.end(), [&](std::string_view name) {
        return text.find("</" + std::string(name) + '>') != std::string::npos;
      });
    }
    case 2:
      return line.find("-->") != std::string_view::npos;
    case 3:
      return line.find("?>") != std::string_view::npos;
    case 4:
      return line.find('>') != std::string_view::npos;
    case 5:
      return line.find("]]>") != std::string_view::npos;
    default:
      return false;
  }
}

}  // namespace gate::readers::markdown
