#include "gate/readers/checklist/checklist.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"
#include "gate/readers/formats/markdown.h"

namespace gate::readers {
namespace {

constexpr std::string_view kWord = "gate";
constexpr std::string_view kForm =
    "write `<!-- gate: pack.rule -->` or `<!-- gate ID: pack.rule -->`";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name_byte(char c) { return base::is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; }

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_name_byte) &&
         text.front() != '.' && text.front() != '-' && text.back() != '.';
}

// Rule ids have a pack in front; a word without one is none ("signoff").
bool is_rule_id(std::string_view text) {
  return is_name(text) && text.find('.') != std::string_view::npos;
}

// A part of the document with its place.
struct Piece {
  std::string_view text;
  std::uint32_t begin = 0;

  [[nodiscard]] base::Span span() const {
    return {begin, begin + static_cast<std::uint32_t>(text.size())};
  }
  [[nodiscard]] Piece part(std::size_t from, std::size_t size) const {
    return {text.substr(from, size), begin + static_cast<std::uint32_t>(from)};
  }
  [[nodiscard]] Piece trimmed() const {
    std::size_t from = 0;
    std::size_t to = text.size();
    while (from < to && is_blank(text[from]))
      ++from;
    while (to > from && is_blank(text[to - 1]))
      --to;
    return part(from, to - from);
  }
};

// Returns whether a comment speaks to gate: its first word is `gate`, whatever the case.
bool is_for_gate(std::string_view comment) {
  if (comment.size() < kWord.size()) return false;
  for (std::size_t i = 0; i < kWord.size(); ++i) {
    if (base::to_lower(comment[i]) != kWord[i]) return false;
  }
  return comment.size() == kWord.size() || comment[kWord.size()] == ':' ||
         is_blank(comment[kWord.size()]);
}

// `gate:allow RULE …` is an inline suppression, which others read.
bool is_suppression(std::string_view comment) { return comment.starts_with("gate:allow"); }

// Returns a text as part of an id: words in lower case with one hyphen between, at most `most`
// bytes, cut between words where there is more than one.
std::string slug(std::string_view text, std::size_t most) {
  std::string words(text);
  // What stands between words parts them: `.env.prod`, `UI/backend`.
  std::replace_if(
      words.begin(), words.end(),
      [](char c) {
        return std::string_view(".,:;/\\|=()[]{}<>&+\"`").find(c) != std::string_view::npos;
      },
      ' ');
  std::string result;
  for (const char c : base::to_anchor(words)) {
    if (c != '-') {
      result += c;
    } else if (!result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  if (result.size() > most) {
    std::size_t end = result.rfind('-', most);
    if (end == std::string::npos || end == 0) {
      end = most;
      while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80)
        --end;
    }
    result.resize(end);
  }
  while (result.ends_with('-'))
    result.pop_back();
  return result;
}

std::string make_id(const ChecklistItem& item) {
  constexpr std::size_t kMostSection = 40;
  constexpr std::size_t kMostText = 60;
  const std::string section = slug(item.section, kMostSection);
  const std::string text = slug(item.text, kMostText);
  if (section.empty() && text.empty()) return "item";
  return section + (section.empty() || text.empty() ? "" : "-") + text;
}

class ChecklistReader {
 public:
  explicit ChecklistReader(std::string_view text)
      : text_(text), lines_(text), document_(parse_markdown(text)) {}

  Checklist read() {
    for (MarkdownTask& task : document_.tasks) {
      ChecklistItem item;
      item.section = std::move(task.section);
      item.text = std::move(task.text);
      item.done = task.done;
      item.line = lines_.position(task.box.begin).line;
      item.span = task.span;
      item.box = task.box;
      result_.items.push_back(std::move(item));
    }
    for (const MarkdownComment& comment : document_.comments)
      read(comment);
    complete_ids();
    std::stable_sort(result_.problems.begin(), result_.problems.end(),
                     [](const ChecklistProblem& a, const ChecklistProblem& b) {
                       return a.span.begin < b.span.begin;
                     });
    return std::move(result_);
  }

 private:
  void complain(base::Span span, std::string message, std::string help = {}) {
    result_.problems.push_back({span, std::move(message), std::move(help)});
  }

  void read(const MarkdownComment& comment) {
    if (!is_for_gate(comment.text) || is_suppression(comment.text)) return;
    // As written: the comment's own text has no marks of quotes in it, its places have.
    const Piece whole{text_.substr(comment.span.begin, comment.span.end - comment.span.begin),
                      comment.span.begin};
    if (!comment.task) {
      complain(whole.span(), "this comment binds nothing: it stands in no task item",
               "put it on the line of a `- [ ]` item");
      return;
    }
    if (!whole.text.starts_with(kWord)) {
      complain(whole.part(0, kWord.size()).span(),
               fmt::format("`{}` is not `gate`", whole.text.substr(0, kWord.size())),
               "write it in lower case");
      return;
    }
    ChecklistItem& item = result_.items[*comment.task];
    const std::size_t colon = std::min(whole.text.find(':'), whole.text.size());
    const Piece id = whole.part(kWord.size(), colon - kWord.size()).trimmed();
    if (colon == whole.text.size() && is_rule_id(id.text)) {
      complain(
          id.span(),
          fmt::format("`{}` stands where the item's id does, and binds no rule", id.text),
          fmt::format("write `<!-- gate: {} -->`, or `<!-- gate ID: {} -->`", id.text, id.text));
      return;
    }
    if (!id.text.empty()) read_id(id, item);
    if (colon != whole.text.size()) {
      read_rules(whole.part(colon + 1, whole.text.size() - colon - 1), item);
    } else if (id.text.empty()) {
      complain(whole.span(), "this comment names neither an id nor a rule", std::string(kForm));
    }
  }

  void read_id(const Piece& id, ChecklistItem& item) {
    if (!is_name(id.text)) {
      complain(id.span(), fmt::format("`{}` is no id", id.text),
               "an id is one word of letters, digits, `-`, `_` and `.`; rules stand after a colon");
    } else if (item.id_span) {
      complain(id.span(), fmt::format("the item already has the id `{}`", item.id));
    } else {
      item.id = id.text;
      item.id_span = id.span();
    }
  }

  void read_rules(const Piece& list, ChecklistItem& item) {
    if (list.trimmed().text.empty()) {
      complain(list.span(), "no rule is named after the colon", std::string(kForm));
      return;
    }
    for (std::size_t at = 0; at <= list.text.size();) {
      const std::size_t end = std::min(list.text.find(',', at), list.text.size());
      read_rule(list.part(at, end - at).trimmed(), item);
      at = end + 1;
    }
  }

  void read_rule(const Piece& rule, ChecklistItem& item) {
    const auto same = [&](const auto& known) { return known.value == rule.text; };
    if (rule.text.empty()) {
      complain(rule.span(), "a rule is missing beside the comma");
    } else if (!is_rule_id(rule.text)) {
      complain(rule.span(), fmt::format("`{}` is no rule id", rule.text),
               "a rule id is `pack.what-is-wrong`; a comma separates two of them");
    } else if (std::any_of(item.rules.begin(), item.rules.end(), same)) {
      complain(rule.span(), fmt::format("`{}` is named twice", rule.text));
    } else {
      item.rules.push_back({std::string(rule.text), rule.span()});
    }
  }

  // Makes the ids that are not written, and finds those that are written twice.
  void complete_ids() {
    std::map<std::string, std::uint32_t, std::less<>> written;  // id to line
    for (const ChecklistItem& item : result_.items) {
      if (!item.id_span) continue;
      const auto [first, is_new] = written.try_emplace(item.id, item.line);
      if (!is_new) {
        complain(*item.id_span, fmt::format("the id `{}` is used twice: first in line {}", item.id,
                                            first->second));
      }
    }
    std::map<std::string, std::uint32_t, std::less<>> made;  // id to how often it was made
    std::set<std::string, std::less<>> taken;
    for (ChecklistItem& item : result_.items) {
      if (item.id_span) continue;
      const std::string id = make_id(item);
      std::uint32_t& count = made[id];
      do {
        item.id = ++count == 1 ? id : fmt::format("{}-{}", id, count);
      } while (written.contains(item.id) || !taken.insert(item.id).second);
    }
  }

  std::string_view text_;
  base::LineIndex lines_;
  MarkdownDocument document_;
  Checklist result_;
};

}  // namespace

Checklist parse_checklist(std::string_view text) { return ChecklistReader(text).read(); }

}  // namespace gate::readers
