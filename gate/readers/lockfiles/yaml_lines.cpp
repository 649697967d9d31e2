#include "gate/readers/lockfiles/yaml_lines.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/yaml_scalar.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kItem = "-";

bool is_quote(char c) { return c == '\'' || c == '"'; }

// Returns where the plain scalar ends that begins the text: before ` #`, blanks around it left out.
std::string_view plain_scalar(std::string_view text) {
  std::size_t end = text.size();
  for (std::size_t hash = text.find('#'); hash != std::string_view::npos;
       hash = text.find('#', hash + 1)) {
    if (hash == 0 || text[hash - 1] == ' ' || text[hash - 1] == '\t') {
      end = hash;
      break;
    }
  }
  return base::trim(text.substr(0, end));
}

// A plain scalar does not begin with a character that means something else (YAML 1.2, 7.3.3).
bool may_begin_plain(std::string_view text) {
  constexpr std::string_view kIndicators = "&*!|>%@`,[]{}#\"'";
  if (kIndicators.find(text.front()) != std::string_view::npos) return false;
  const bool stands_alone = text.size() == 1 || text[1] == ' ';
  return !(stands_alone && (text.front() == '?' || text.front() == ':' || text.front() == '-'));
}

// Returns where the `:` stands that ends the plain key which begins the text, or npos.
std::size_t key_end(std::string_view text) {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    if (colon + 1 == text.size() || text[colon + 1] == ' ' || text[colon + 1] == '\t') return colon;
  }
  return std::string_view::npos;
}

// Returns how long the map or list is that opens here, brackets within quotes not counted; 0 where
// it is not closed.
std::size_t flow_size(std::string_view text) {
  std::size_t depth = 0;
  char before = ' ';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool begins_scalar =
        before == ' ' || before == '\n' || before == ',' || before == '{' || before == '[';
    if (is_quote(c) && begins_scalar) {
      const std::size_t end = text.find(c, at + 1);
      if (end == std::string_view::npos) return 0;
      at = end;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return at + 1;
    }
    before = text[at];
  }
  return 0;
}

bool is_comment_or_blank(std::string_view rest) {
  rest = base::trim(rest);
  return rest.empty() || rest.front() == '#';
}

// Returns whether the text behind a dash is a map of its own: `- name: value`.
bool begins_with_key(std::string_view text) {
  if (is_comment_or_blank(text) || text.front() == '{' || text.front() == '[') return false;
  if (!is_quote(text.front())) return key_end(plain_scalar(text)) != std::string_view::npos;
  const std::size_t end = text.find(text.front(), 1);
  return end != std::string_view::npos && text.substr(end + 1).starts_with(':');
}

}  // namespace

YamlLines::YamlLines(std::string_view text, std::vector<std::unique_ptr<std::string>>& texts)
    : text_(text), texts_(&texts) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool YamlLines::fail(std::size_t offset, std::string_view what) {
  const base::Position place = base::LineIndex(text_).position(static_cast<std::uint32_t>(offset));
  problem_ = fmt::format("line {}, column {}: {}", place.line, place.column, what);
  return false;
}

bool YamlLines::read_line(Line& line) {
  if (pending_) {
    line = *pending_;
    pending_.reset();
    return true;
  }
  while (at_ < text_.size()) {
    const std::size_t begin = at_;
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    at_ = std::min(end + 1, text_.size());
    std::string_view text = text_.substr(begin, end - begin);
    if (text.ends_with('\r')) text.remove_suffix(1);
    const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(indent);
    if (is_comment_or_blank(text)) continue;
    if (text.front() == '\t') return fail(begin + indent, "a tab cannot indent");
    line = {text, begin + indent, indent};
    return true;
  }
  return false;
}

bool YamlLines::next() {
  Line line;
  while (problem_.empty() && read_line(line)) {
    const bool at_margin = line.indent == 0;
    if (at_margin && (line.text == "---" || line.text == "...")) {
      if (has_content_ && line.text == "---") ++document_;
      has_content_ = has_content_ && line.text == "...";
      path_.clear();
      indents_.clear();
      continue;
    }
    if (at_margin && line.text.front() == '%') continue;  // a directive
    has_content_ = true;
    return take_line(line);
  }
  return false;
}

void YamlLines::enter(std::size_t indent, std::string_view key) {
  // A list may stand at the indentation of the key that it belongs to.
  while (!indents_.empty() &&
         (indents_.back() > indent ||
          (indents_.back() == indent && (key != kItem || path_.back() == kItem)))) {
    indents_.pop_back();
    path_.pop_back();
  }
  indents_.push_back(indent);
  path_.push_back(key);
}

bool YamlLines::take_line(Line line) {
  bool is_item = false;
  while (line.text == kItem || line.text.starts_with("- ")) {
    is_item = true;
    enter(line.indent, kItem);
    if (path_.size() > kDepth) return fail(line.offset, "nested too deeply");
    span_ = {static_cast<std::uint32_t>(line.offset), static_cast<std::uint32_t>(line.offset + 1)};
    const std::size_t blank = std::min(line.text.find_first_not_of(' ', 1), line.text.size());
    // What follows the dash is indented as far as it stands.
    line = {line.text.substr(blank), line.offset + blank, line.indent + blank};
  }
  if (is_item && !begins_with_key(line.text))
    return read_value(line.text, line.offset, indents_.back());
  const std::size_t indent = line.indent;
  std::string_view key;
  if (!read_key(line, key)) return false;
  enter(indent, key);
  if (path_.size() > kDepth) return fail(line.offset, "nested too deeply");
  return read_value(line.text, line.offset, indent);
}

// Takes the key and its colon off the line.
bool YamlLines::read_key(Line& line, std::string_view& key) {
  const std::size_t begin = line.offset;
  // `? key` and, on the next line, `: value`: what js-yaml does with a key of more than 1024 bytes.
  const bool is_long = line.text.starts_with("? ");
  if (is_long) {
    line.text.remove_prefix(2);
    line.offset += 2;
  }
  std::size_t size = 0;
  if (is_quote(line.text.front())) {
    const auto scalar = read_quoted(line.text, *texts_);
    if (!scalar || scalar->size > line.text.size())
      return fail(begin, "the quoted key does not end on its line");
    key = scalar->value;
    size = scalar->size;
  } else if (is_long) {
    key = plain_scalar(line.text);
    size = line.text.size();
  } else {
    size = key_end(line.text);
    if (size == std::string_view::npos) return fail(begin, "a key with `:` is missing");
    key = base::trim(line.text.substr(0, size));
    if (key.empty() || !may_begin_plain(key)) return fail(begin, "the key is not one that is read");
  }
  span_ = {static_cast<std::uint32_t>(line.offset),
           static_cast<std::uint32_t>(line.offset + std::min(size, line.text.size()))};
  if (is_long) {
    if (!is_comment_or_blank(line.text.substr(size)))
      return fail(begin, "text behind the end of the key");
    Line value;
    if (!read_line(value)) return problem_.empty() ? fail(begin, "the key has no value") : false;
    if (!value.text.starts_with(':')) return fail(value.offset, "`:` is missing");
    const std::size_t blank = std::min(value.text.find_first_not_of(' ', 1), value.text.size());
    line.text = value.text.substr(blank);
    line.offset = value.offset + blank;
    if (begins_with_key(line.text)) {
      pending_ = Line{line.text, line.offset, value.indent + blank};
      line.text = {};
    }
  } else {
    line.text.remove_prefix(size);
    line.offset += size;
    if (!line.text.starts_with(':')) return fail(line.offset, "`:` is missing");
    line.text.remove_prefix(1);
    ++line.offset;
  }
  const std::size_t blank = std::min(line.text.find_first_not_of(" \t"), line.text.size());
  line.text.remove_prefix(blank);
  line.offset += blank;
  return true;
}

bool YamlLines::read_value(std::string_view text, std::size_t offset, std::size_t indent) {
  form_ = Form::scalar;
  value_ = {};
  if (is_comment_or_blank(text)) return read_value_below(indent);
  const char first = text.front();
  if (first == '|' || first == '>') return read_block_scalar(text, indent, offset);
  if (first == '{' || first == '[') return read_flow_value(offset);
  if (is_quote(first)) return read_quoted_value(offset);
  return read_plain(text, offset, indent);
}

bool YamlLines::peek_line(Line& line) {
  const std::size_t here = at_;
  const std::optional<Line> pending = pending_;
  const bool found = read_line(line);
  at_ = here;
  pending_ = pending;
  return found;
}

// The value of a key that ends its line: a block deeper down, or one that a formatter has put on
// lines of its own.
bool YamlLines::read_value_below(std::size_t indent) {
  form_ = Form::block;
  Line line;
  if (!peek_line(line) || line.indent <= indent) return problem_.empty();
  const char first = line.text.front();
  const bool is_flow = first == '{' || first == '[';
  const bool is_text = is_quote(first) && read_quoted(text_.substr(line.offset), *texts_) &&
                       key_end(line.text) == std::string_view::npos;
  const bool is_plain = !is_quote(first) && line.text != kItem && !line.text.starts_with("- ") &&
                        !line.text.starts_with("? ") && !begins_with_key(line.text);
  if (!is_flow && !is_text && !is_plain) return true;
  (void)read_line(line);
  return read_value(line.text, line.offset, indent);
}

bool YamlLines::read_plain(std::string_view text, std::size_t offset, std::size_t indent) {
  if (!may_begin_plain(text)) return fail(offset, "anchors, aliases and tags are not read");
  value_ = plain_scalar(text);
  std::string folded;
  Line more;
  while (peek_line(more) && more.indent > indent) {
    if (key_end(plain_scalar(more.text)) != std::string_view::npos || more.text.starts_with("- "))
      return fail(more.offset, "the line belongs to no key");
    (void)read_line(more);
    if (folded.empty()) folded = value_;
    folded += ' ';
    folded += plain_scalar(more.text);
  }
  if (folded.empty()) return problem_.empty();
  texts_->push_back(std::make_unique<std::string>(std::move(folded)));
  value_ = *texts_->back();
  return problem_.empty();
}

bool YamlLines::read_quoted_value(std::size_t offset) {
  auto scalar = read_quoted(text_.substr(offset), *texts_);
  if (!scalar) return fail(offset, "the quoted text is not closed");
  const std::size_t end = offset + scalar->size;
  const std::string_view written = text_.substr(offset, scalar->size);
  if (written.find('\n') != std::string_view::npos) {
    // Line ends within the quotes are blanks; escapes are looked at afterwards.
    auto folded = std::make_unique<std::string>();
    base::for_each_line(written, [&](std::string_view line) {
      if (!folded->empty()) *folded += ' ';
      *folded += base::trim(line);
    });
    texts_->push_back(std::move(folded));
    scalar = read_quoted(*texts_->back(), *texts_);
    if (!scalar) return fail(offset, "the quoted text is not closed");
  }
  value_ = scalar->value;
  return end_value(end);
}

bool YamlLines::read_flow_value(std::size_t offset) {
  const std::size_t size = flow_size(text_.substr(offset));
  std::vector<FlowMember> ignored;
  if (size == 0 || !read_flow(text_.substr(offset, size), ignored, *texts_))
    return fail(offset, "the map or list in brackets is not closed");
  form_ = Form::flow;
  value_ = text_.substr(offset, size);
  return end_value(offset + size);
}

// Goes on behind the line on which a value ends; nothing but a comment may follow it there.
bool YamlLines::end_value(std::size_t offset) {
  const std::size_t end = std::min(text_.find('\n', offset), text_.size());
  if (!is_comment_or_blank(text_.substr(offset, end - offset)))
    return fail(offset, "text behind the end of the value");
  at_ = std::min(end + 1, text_.size());
  return true;
}

// `|` keeps line ends, `>` folds them into spaces; only what people read is written so, and exact
// folding does not matter to it.
bool YamlLines::read_block_scalar(std::string_view header, std::size_t indent, std::size_t offset) {
  if (plain_scalar(header.substr(1)).find_first_not_of("+-0123456789") != std::string_view::npos)
    return fail(offset, "the head of the block text is not one of YAML's");
  const bool folded = header.front() == '>';
  std::string built;
  while (at_ < text_.size()) {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, end - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t deep = std::min(line.find_first_not_of(' '), line.size());
    if (deep < line.size() && deep <= indent) break;
    if (!built.empty()) built += folded ? ' ' : '\n';
    built += base::trim(line);
    at_ = std::min(end + 1, text_.size());
  }
  texts_->push_back(std::make_unique<std::string>(base::trim(built)));
  value_ = *texts_->back();
  return true;
}

namespace {

class FlowReader {
 public:
  FlowReader(std::string_view text, std::vector<std::unique_ptr<std::string>>& texts)
      : text_(text), texts_(texts) {}

  bool read(std::vector<FlowMember>& members) {
    const bool is_map = text_.front() == '{';
    const char closing = is_map ? '}' : ']';
    at_ = 1;
    skip_blank();
    while (at_ < text_.size() && text_[at_] != closing) {
      FlowMember member;
      if (is_map) {
        if (!read_scalar(member.key, true)) return false;
        skip_blank();
        if (at_ < text_.size() && text_[at_] == ':') {
          ++at_;
          skip_blank();
          if (!read_member(member.value)) return false;
        }
      } else if (!read_member(member.value)) {
        return false;
      }
      members.push_back(member);
      skip_blank();
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        skip_blank();
      } else {
        break;
      }
    }
    return at_ + 1 == text_.size() && text_[at_] == closing;
  }

 private:
  void skip_blank() { at_ = std::min(text_.find_first_not_of(base::kBlanks, at_), text_.size()); }

  bool read_member(std::string_view& value) {
    if (at_ == text_.size()) return false;
    if (text_[at_] != '{' && text_[at_] != '[') return read_scalar(value, false);
    const std::size_t size = flow_size(text_.substr(at_));
    value = text_.substr(at_, size);
    at_ += size;
    return size != 0;
  }

  bool read_scalar(std::string_view& value, bool is_key) {
    if (at_ == text_.size()) return false;
    if (is_quote(text_[at_])) {
      const auto scalar = read_quoted(text_.substr(at_), texts_);
      if (!scalar) return false;
      value = scalar->value;
      at_ += scalar->size;
      return true;
    }
    if (!is_key && text_.substr(at_).find_first_of("&*!") == 0) return false;
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(",[]{}").find(text_[at_]) == std::string_view::npos) {
      const bool ends_key =
          is_key && text_[at_] == ':' && (at_ + 1 == text_.size() || text_[at_ + 1] == ' ');
      if (ends_key) break;
      ++at_;
    }
    value = base::trim(text_.substr(begin, at_ - begin));
    return !value.empty() || !is_key;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::unique_ptr<std::string>>& texts_;
};

}  // namespace

bool read_flow(std::string_view text, std::vector<FlowMember>& members,
               std::vector<std::unique_ptr<std::string>>& texts) {
  return text.size() >= 2 && FlowReader(text, texts).read(members);
}

}  // namespace gate::readers::lockfiles
