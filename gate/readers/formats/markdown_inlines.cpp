#include "gate/readers/formats/markdown_inlines.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/utf8.h"
#include "gate/readers/formats/markdown_html.h"
#include "gate/readers/formats/markdown_scan.h"

namespace gate::readers::markdown {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// What emphasis asks of the characters beside a mark.
enum class Beside : std::uint8_t { letter, space, punctuation };

// White space and punctuation beyond ASCII: those of the general punctuation blocks, and those of
// Arabic and CJK that stand beside words.
Beside classify(base::CodePoint code) {
  if (code < 0x80) {
    const char c = static_cast<char>(code);
    if (is_space(c)) return Beside::space;
    return is_punctuation(c) ? Beside::punctuation : Beside::letter;
  }
  if (code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
      code == 0x205F || code == 0x3000)
    return Beside::space;
  const bool latin = code >= 0xA1 && code <= 0xBF && code != 0xAA && code != 0xB5 && code != 0xBA;
  const bool general = (code >= 0x2010 && code <= 0x2027) || (code >= 0x2030 && code <= 0x205E);
  const bool arabic = code == 0x060C || code == 0x061B || code == 0x061F || code == 0x06D4;
  const bool wide = (code >= 0x3001 && code <= 0x3003) || (code >= 0x3008 && code <= 0x301F) ||
                    (code >= 0xFF01 && code <= 0xFF0F) || code == 0xFF1A || code == 0xFF1B ||
                    code == 0xFF1F;
  return latin || general || arabic || wide ? Beside::punctuation : Beside::letter;
}

Beside before(std::string_view text, std::size_t at) {
  if (at == 0) return Beside::space;
  std::size_t begin = at - 1;
  while (begin != 0 && at - begin < 4 && (base::byte_at(text, begin) & 0xC0) == 0x80)
    --begin;
  return classify(base::decode(text.substr(begin)).code);
}

Beside after(std::string_view text, std::size_t at) {
  return at == text.size() ? Beside::space : classify(base::decode(text.substr(at)).code);
}

// `<https://…>` or `<name@host>`; returns the index after the `>`.
std::optional<std::size_t> scan_autolink(std::string_view text, std::size_t at) {
  constexpr std::size_t kLeastScheme = 2;
  constexpr std::size_t kMostScheme = 32;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kMostScheme + 1 &&
         (base::is_alphanumeric(text[end]) || text[end] == '+' || text[end] == '.' ||
          text[end] == '-'))
    ++end;
  const std::size_t size = end - at - 1;
  if (end == text.size() || size == 0) return std::nullopt;
  const bool is_url = text[end] == ':' && base::is_letter(text[at + 1]) && size >= kLeastScheme &&
                      size <= kMostScheme;
  bool is_mail = false;
  for (; end < text.size() && text[end] != '>'; ++end) {
    if (static_cast<unsigned char>(text[end]) <= ' ' || text[end] == '<') return std::nullopt;
    if (text[end] == '@' && !is_url) is_mail = true;
  }
  if (end == text.size() || !(is_url || is_mail)) return std::nullopt;
  return end + 1;
}

// CommonMark's "phase 2: inline structure", with the delimiter stack of its appendix.
class InlineParser {
 public:
  InlineParser(const BlockText& content, std::size_t begin,
               const std::set<std::string, std::less<>>& labels)
      : content_(content), text_(content.text), labels_(labels), html_(text_), at_(begin) {}

  Inlines parse() {
    find_code_ends();
    while (at_ < text_.size())
      step();
    match_emphasis(0);
    for (const Token& token : tokens_)
      result_.plain += token.text;
    join_lines();
    return std::move(result_);
  }

 private:
  // A piece of plain text; a run of emphasis marks until it is known how many of them are marks.
  struct Token {
    std::string text;
  };
  struct Mark {
    std::size_t token = 0;
    char character = '*';
    std::size_t size = 0;  // of the run as written
    bool opens = false;
    bool closes = false;
  };
  struct Bracket {
    std::size_t token = 0;
    std::size_t text = 0;   // index after the `[`
    std::size_t marks = 0;  // size of the stack of marks before it
    bool image = false;
    bool active = true;
    bool has_inner = false;  // a bracket follows it, so that its text is no label
  };

  void step() {
    switch (text_[at_]) {
      case '\\':
        take_escape();
        break;
      case '`':
        take_code();
        break;
      case '<':
        take_angle();
        break;
      case '&': {
        std::string character;
        const auto end = scan_entity(text_, at_, character);
        end ? take(std::move(character), *end) : take_text(1);
        break;
      }
      case '!':
        if (text_.substr(at_).starts_with("![")) {
          open_bracket(2, true);
        } else {
          take_text(1);
        }
        break;
      case '[':
        open_bracket(1, false);
        break;
      case ']':
        close_bracket();
        break;
      case '*':
      case '_':
      case '~':
        take_mark();
        break;
      default:
        take_text(std::min(text_.find_first_of("\\`<&![]*_~", at_), text_.size()) - at_);
    }
  }

  // Makes line ends blanks; white space before them is none of the text.
  void join_lines() {
    const std::string text = std::exchange(result_.plain, {});
    for (const char c : trim(text)) {
      while (c == '\n' && !result_.plain.empty() && is_space(result_.plain.back()))
        result_.plain.pop_back();
      result_.plain += c == '\n' ? ' ' : c;
    }
  }

  void take(std::string text, std::size_t end) {
    tokens_.push_back({std::move(text)});
    at_ = end;
  }
  void take_text(std::size_t size) { take(std::string(text_.substr(at_, size)), at_ + size); }

  void take_escape() {
    if (text_.substr(at_).starts_with("\\\n")) {  // a hard line break
      ++at_;
      return;
    }
    if (at_ + 1 < text_.size() && is_punctuation(text_[at_ + 1])) ++at_;
    take_text(1);
  }

  // Notes for every run of backticks where the next one of the same size is.
  void find_code_ends() {
    std::map<std::size_t, std::size_t> last;  // size to start of the run found last
    for (std::size_t end = text_.size(); end > at_;) {
      if (text_[end - 1] != '`') {
        --end;
        continue;
      }
      std::size_t begin = end;
      while (begin > at_ && text_[begin - 1] == '`')
        --begin;
      // After a backslash the first backtick is text, and the others may begin code.
      if (begin > at_ && text_[begin - 1] == '\\') {
        const auto shorter = last.find(end - begin - 1);
        if (shorter != last.end()) code_ends_[begin + 1] = shorter->second;
      }
      const auto [next, is_new] = last.try_emplace(end - begin, begin);
      if (!is_new) {
        code_ends_[begin] = next->second;
        next->second = begin;
      }
      end = begin;
    }
  }

  void take_code() {
    const std::size_t open_end = std::min(text_.find_first_not_of('`', at_), text_.size());
    const std::size_t size = open_end - at_;
    const auto close = code_ends_.find(at_);
    if (close == code_ends_.end()) {
      take_text(size);
      return;
    }
    std::string code(text_.substr(open_end, close->second - open_end));
    std::replace(code.begin(), code.end(), '\n', ' ');
    take(std::move(code), close->second + size);
  }

  void take_angle() {
    if (const auto end = scan_autolink(text_, at_)) {
      const std::string_view target = text_.substr(at_ + 1, *end - at_ - 2);
      const bool is_mail = target.find(':') == std::string_view::npos;
      result_.links.push_back({(is_mail ? "mailto:" : "") + std::string(target),
                               content_.span(at_ + 1, *end - 1), false});
      take(std::string(target), *end);
      return;
    }
    const std::optional<HtmlPiece> piece = html_.scan(at_);
    if (!piece) {
      take_text(1);
      return;
    }
    take_html(content_, at_, *piece, result_);
    at_ = piece->end;
  }

  void take_mark() {
    const char character = text_[at_];
    const std::size_t end = std::min(text_.find_first_not_of(character, at_), text_.size());
    const std::size_t size = end - at_;
    const Beside left = before(text_, at_);
    const Beside right = after(text_, end);
    const bool opens =
        right != Beside::space && (right != Beside::punctuation || left != Beside::letter);
    const bool closes =
        left != Beside::space && (left != Beside::punctuation || right != Beside::letter);
    Mark mark{tokens_.size(), character, size, opens, closes};
    if (character == '_') {
      mark.opens = opens && (!closes || left == Beside::punctuation);
      mark.closes = closes && (!opens || right == Beside::punctuation);
    }
    const bool too_many = character == '~' && size > 2;
    if ((mark.opens || mark.closes) && !too_many) marks_.push_back(mark);
    take_text(size);
  }

  void open_bracket(std::size_t size, bool image) {
    if (!brackets_.empty()) brackets_.back().has_inner = true;
    brackets_.push_back({tokens_.size(), at_ + size, marks_.size(), image, true, false});
    take_text(size);
  }

  void close_bracket() {
    if (brackets_.empty()) {
      take_text(1);
      return;
    }
    const Bracket bracket = brackets_.back();
    brackets_.pop_back();
    const std::optional<std::size_t> end = bracket.active ? find_link_end(bracket) : std::nullopt;
    if (!end) {
      take_text(1);
      return;
    }
    match_emphasis(bracket.marks);
    tokens_[bracket.token].text.clear();
    if (bracket.image) tokens_.resize(bracket.token);
    at_ = *end;
    if (bracket.image) return;
    // No link in a link: the brackets around this one open none any more.
    for (auto outer = brackets_.rbegin(); outer != brackets_.rend(); ++outer) {
      if (outer->image) continue;
      if (!outer->active) break;
      outer->active = false;
    }
  }

  // Returns the index after the link or image whose text ends at the `]` here.
  std::optional<std::size_t> find_link_end(const Bracket& bracket) {
    const std::size_t next = at_ + 1;
    if (const auto end = take_inline_target(bracket, next)) return end;
    const std::optional<std::size_t> label_end = scan_label(text_, next);
    if (label_end) {
      const std::string_view label = text_.substr(next + 1, *label_end - next - 2);
      return labels_.contains(normal_label(label)) ? label_end : std::nullopt;
    }
    constexpr std::size_t kMostLabel = 999;
    if (bracket.has_inner || at_ - bracket.text > kMostLabel) return std::nullopt;
    const std::string_view label = text_.substr(bracket.text, at_ - bracket.text);
    if (trim(label).empty() || !labels_.contains(normal_label(label))) return std::nullopt;
    return text_.substr(next).starts_with("[]") ? next + 2 : next;
  }

  // `(target "title")`
  std::optional<std::size_t> take_inline_target(const Bracket& bracket, std::size_t at) {
    if (!text_.substr(at).starts_with('(')) return std::nullopt;
    const std::optional<Destination> target = scan_destination(text_, skip_space(text_, at + 1));
    if (!target) return std::nullopt;
    std::size_t end = skip_space(text_, target->next);
    if (end != target->next) {
      if (const auto title_end = scan_title(text_, end)) end = skip_space(text_, *title_end);
    }
    if (end == text_.size() || text_[end] != ')') return std::nullopt;
    result_.links.push_back({unescape(text_.substr(target->begin, target->end - target->begin)),
                             content_.span(target->begin, target->end), bracket.image});
    return end + 1;
  }

  // Takes away the marks that make emphasis, from those above `bottom`, and forgets all of these.
  void match_emphasis(std::size_t bottom) {
    // Below this there is no opener for a closer of this character, opening nature and size modulo
    // three: what keeps the search linear.
    std::map<std::array<std::size_t, 3>, std::size_t> searched;
    std::vector<std::size_t> openers;  // indexes in marks_, those that may still open
    for (std::size_t index = bottom; index < marks_.size(); ++index) {
      Mark& closer = marks_[index];
      while (closer.closes && left(closer) != 0) {
        const std::array<std::size_t, 3> kind{static_cast<unsigned char>(closer.character),
                                              closer.opens ? 1U : 0U, closer.size % 3};
        std::size_t& least = searched[kind];
        std::size_t found = kNone;
        for (std::size_t i = openers.size(); i > least; --i) {
          if (!fit(marks_[openers[i - 1]], closer)) continue;
          found = i - 1;
          break;
        }
        if (found == kNone) {
          least = openers.size();
          break;
        }
        Mark& opener = marks_[openers[found]];
        const std::size_t taken = left(opener) >= 2 && left(closer) >= 2 ? 2 : 1;
        remove(opener, taken);
        remove(closer, taken);
        openers.resize(left(opener) == 0 ? found : found + 1);
        for (auto& [ignored, size] : searched)
          size = std::min(size, openers.size());
      }
      if (closer.opens && left(closer) != 0) openers.push_back(index);
    }
    marks_.resize(bottom);
  }

  [[nodiscard]] std::size_t left(const Mark& mark) const { return tokens_[mark.token].text.size(); }

  void remove(const Mark& mark, std::size_t count) {
    std::string& text = tokens_[mark.token].text;
    text.erase(text.size() - count);
  }

  [[nodiscard]] bool fit(const Mark& opener, const Mark& closer) const {
    if (opener.character != closer.character) return false;
    if (opener.character == '~') return left(opener) == left(closer);
    // Rule 9 and 10: `*a**b*` is one emphasis.
    const bool odd = (closer.opens || opener.closes) && (opener.size + closer.size) % 3 == 0;
    return !odd || (opener.size % 3 == 0 && closer.size % 3 == 0);
  }

  const BlockText& content_;
  std::string_view text_;
  const std::set<std::string, std::less<>>& labels_;
  HtmlScanner html_;
  std::size_t at_;
  std::map<std::size_t, std::size_t> code_ends_;
  std::vector<Token> tokens_;
  std::vector<Mark> marks_;
  std::vector<Bracket> brackets_;
  Inlines result_;
};

}  // namespace

Inlines parse_inlines(const BlockText& content, std::size_t begin,
                      const std::set<std::string, std::less<>>& labels) {
  return InlineParser(content, begin, labels).parse();
}

void take_html(const BlockText& content, std::size_t at, const HtmlPiece& piece, Inlines& out) {
  const std::string_view text = content.text;
  if (piece.kind == HtmlPiece::Kind::comment) {
    constexpr std::size_t kOpening = 4;
    constexpr std::size_t kClosing = 3;
    if (piece.end - at < kOpening + kClosing) return;
    const std::string_view inner =
        trim(text.substr(at + kOpening, piece.end - at - kOpening - kClosing));
    const std::size_t begin =
        inner.empty() ? at + kOpening : static_cast<std::size_t>(inner.data() - text.data());
    out.comments.push_back(
        {std::string(inner), content.span(begin, begin + inner.size()), std::nullopt});
    return;
  }
  for (const HtmlAttribute& attribute : piece.attributes) {
    std::string value = unescape(text.substr(attribute.begin, attribute.end - attribute.begin));
    if (attribute.name == "id" || attribute.name == "name") {
      out.anchors.push_back(std::move(value));
    } else if (attribute.name == "href" || attribute.name == "src") {
      out.links.push_back({std::move(value), content.span(attribute.begin, attribute.end),
                           attribute.name == "src"});
    }
  }
}

}  // namespace gate::readers::markdown
