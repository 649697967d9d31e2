#include "gate/readers/formats/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "gate/readers/formats/markdown_html.h"
#include "gate/readers/formats/markdown_line.h"
#include "gate/readers/formats/markdown_scan.h"

namespace gate::readers::markdown {
namespace {

// Deeper lists and quotes are text: every line costs the depth it stands in.
constexpr std::size_t kMostContainers = 100;

class BlockParser {
 public:
  explicit BlockParser(std::string_view text) : text_(text) {}

  Blocks parse() {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    std::size_t at = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    at = skip_metadata(text_, at);
    while (at < text_.size()) {
      std::size_t end = std::min(text_.find_first_of("\r\n", at), text_.size());
      Line line(text_.substr(at, end - at), static_cast<std::uint32_t>(at));
      read(line);
      if (text_.substr(end).starts_with("\r\n")) ++end;
      at = end + 1;
    }
    close_block();
    return std::move(result_);
  }

 private:
  struct Container {
    bool is_quote = false;
    std::size_t indent = 0;  // of an item: columns that its content is indented by
    std::uint32_t item = 0;  // number
    bool is_empty = true;    // of an item: nothing stands in it yet
  };
  enum class Open : std::uint8_t { nothing, paragraph, fence, indented_code, html, table };

  void read(Line& line) {
    const std::size_t matched = match_containers(line);
    all_matched_ = matched == containers_.size();
    keep_ = matched;
    if (all_matched_ && continue_verbatim(line)) return;
    while (begin_block(line)) {
    }
  }

  // Returns how many of the open containers go on in this line.
  std::size_t match_containers(Line& line) {
    std::size_t matched = 0;
    for (; matched < containers_.size(); ++matched) {
      const Container& container = containers_[matched];
      if (container.is_quote) {
        if (line.is_indented() || !line.rest().starts_with('>')) break;
        enter_quote(line);
      } else if (line.indent() >= container.indent) {
        line.skip_columns(container.indent);
      } else if (line.is_blank() && !container.is_empty) {
        line.skip_indent();
      } else {
        break;
      }
    }
    return matched;
  }

  static void enter_quote(Line& line) {
    line.skip_indent();
    line.skip_characters(1);
    line.skip_columns(1);
  }

  // Code and HTML take lines whatever they hold. Returns whether the line was taken.
  bool continue_verbatim(Line& line) {
    switch (open_) {
      case Open::fence: {
        const std::string_view rest = line.rest();
        const std::size_t run = std::min(rest.find_first_not_of(fence_mark_), rest.size());
        if (!line.is_indented() && run >= fence_size_ && trim(rest.substr(run)).empty()) {
          close_block();
          return true;
        }
        line.skip_columns(fence_indent_);
        add(line.unread(), line.unread_source());
        return true;
      }
      case Open::indented_code:
        if (!line.is_indented() && !line.is_blank()) return false;
        line.skip_columns(kCodeIndent);
        add(line.unread(), line.unread_source());
        return true;
      case Open::html:
        if (html_kind_ >= 6 && line.is_blank()) return false;
        add_html(line);
        return true;
      default:
        return false;
    }
  }

  void add_html(const Line& line) {
    add(line.unread(), line.unread_source());
    if (html_block_ends(html_kind_, line.unread())) close_block();
  }

  // Reads one block start, or the rest of the line as text. Returns whether a container was opened,
  // in which more may begin.
  bool begin_block(Line& line) {
    if (line.is_blank()) {
      take_blank();
      return false;
    }
    const bool in_paragraph = open_ == Open::paragraph;
    if (line.is_indented()) {
      if (in_paragraph) {
        take_text(line);
        return false;
      }
      begin(Open::indented_code, Block::Kind::code);
      line.skip_columns(kCodeIndent);
      add(line.unread(), line.unread_source());
      return false;
    }
    const std::string_view rest = line.rest();
    if (rest.front() == '>' && keep_ < kMostContainers) {
      open_container({true, 0, current_item(), false});
      enter_quote(line);
      return true;
    }
    if (take_heading(line) || take_fence(line) || take_html(line)) return false;
    if (in_paragraph && all_matched_ && take_setext(rest)) return false;
    if (is_thematic_break(rest)) {
      begin(Open::nothing, Block::Kind::paragraph);
      return false;
    }
    if (take_list_marker(line)) return true;
    take_text(line);
    return false;
  }

  void take_blank() {
    // A blank line is never a lazy one: what does not match it is over.
    if (!all_matched_ || open_ == Open::paragraph || open_ == Open::table || open_ == Open::html)
      begin(Open::nothing, Block::Kind::paragraph, false);
  }

  bool take_heading(const Line& line) {
    constexpr std::size_t kMostLevel = 6;
    const std::string_view rest = line.rest();
    const std::size_t level = std::min(rest.find_first_not_of('#'), rest.size());
    if (level == 0 || level > kMostLevel) return false;
    if (level < rest.size() && !is_space(rest[level])) return false;
    std::string_view text = trim(rest.substr(level));
    const std::size_t last = text.find_last_not_of('#');
    if (last == std::string_view::npos) {
      text = {};
    } else if (last + 1 != text.size() && is_space(text[last])) {
      text = trim(text.substr(0, last));
    }
    begin(Open::nothing, Block::Kind::heading);
    block_.level = static_cast<int>(level);
    const auto size = static_cast<std::uint32_t>(trim(rest).size());
    block_.span = {line.rest_source(), line.rest_source() + size};
    const std::size_t offset =
        text.empty() ? 0 : static_cast<std::size_t>(text.data() - rest.data());
    block_.content.add_line(text, line.rest_source() + static_cast<std::uint32_t>(offset));
    result_.blocks.push_back(std::move(block_));
    return true;
  }

  bool take_fence(const Line& line) {
    const std::string_view rest = line.rest();
    const char mark = rest.front();
    if (mark != '`' && mark != '~') return false;
    const std::size_t run = std::min(rest.find_first_not_of(mark), rest.size());
    if (run < 3) return false;
    if (mark == '`' && rest.find('`', run) != std::string_view::npos) return false;
    const std::size_t indent = line.indent();
    begin(Open::fence, Block::Kind::code);
    fence_mark_ = mark;
    fence_size_ = run;
    fence_indent_ = indent;
    return true;
  }

  bool take_html(const Line& line) {
    const std::optional<HtmlBlockKind> kind =
        html_block_start(line.rest(), open_ == Open::paragraph);
    if (!kind) return false;
    begin(Open::html, Block::Kind::html);
    html_kind_ = *kind;
    add_html(line);
    return true;
  }

  bool take_setext(std::string_view line) {
    const int level = setext_level(line);
    if (level == 0) return false;
    take_definitions();
    if (block_.content.text.empty()) return false;
    block_.kind = Block::Kind::heading;
    block_.level = level;
    block_.span = block_.content.span(0, trim_end(block_.content.text));
    result_.blocks.push_back(std::move(block_));
    open_ = Open::nothing;
    return true;
  }

  bool take_list_marker(Line& line) {
    if (keep_ >= kMostContainers) return false;
    const std::optional<ListMarker> marker = scan_list_marker(line.rest());
    if (!marker) return false;
    if (open_ == Open::paragraph && all_matched_ && !marker->may_interrupt) return false;
    const std::size_t outer = line.indent();
    line.skip_indent();
    line.skip_characters(marker->size);
    const std::size_t padding = line.indent();
    const bool is_plain = !line.is_blank() && padding <= kCodeIndent;
    line.skip_columns(is_plain ? padding : 1);
    open_container({false, outer + marker->size + (is_plain ? padding : 1), ++items_, true});
    return true;
  }

  void take_text(const Line& line) {
    if (open_ == Open::paragraph) {
      // Also where a container around it does not go on: a lazy line.
      if (all_matched_ && take_table_start(line)) return;
      add(line.rest(), line.rest_source());
      return;
    }
    if (open_ == Open::table && all_matched_) {
      take_row(line.rest(), line.rest_source());
      return;
    }
    const bool is_first =
        keep_ != 0 && !containers_[keep_ - 1].is_quote && containers_[keep_ - 1].is_empty;
    begin(Open::paragraph, Block::Kind::paragraph);
    block_.begins_item = is_first;
    add(line.rest(), line.rest_source());
  }

  // The last line of the paragraph is the head of a table where this line says so.
  bool take_table_start(const Line& line) {
    if (!is_table_delimiter(line.rest())) return false;
    BlockText& content = block_.content;
    const std::uint32_t head = content.segments.back().text;
    const std::string row = content.text.substr(head);
    if (split_cells(row).size() != split_cells(line.rest()).size()) return false;
    const std::uint32_t source = content.segments.back().source;
    content.text.resize(head == 0 ? 0 : head - 1);
    content.segments.pop_back();
    if (content.segments.empty()) block_ = {};
    close_block();
    open_ = Open::table;
    take_row(row, source);
    return true;
  }

  void take_row(std::string_view row, std::uint32_t source) {
    Block block;
    block.kind = Block::Kind::table_row;
    block.item = current_item();
    block.content.add_line(row, source);
    result_.blocks.push_back(std::move(block));
  }

  [[nodiscard]] std::uint32_t current_item() const {
    return keep_ == 0 ? 0 : containers_[keep_ - 1].item;
  }

  void add(std::string_view line, std::uint32_t source) { block_.content.add_line(line, source); }

  // Closes what does not go on and opens a block of this form.
  void begin(Open open, Block::Kind kind, bool fills_item = true) {
    close_block();
    containers_.resize(keep_);
    all_matched_ = true;
    if (fills_item && !containers_.empty()) containers_.back().is_empty = false;
    open_ = open;
    block_.kind = kind;
    block_.item = current_item();
  }

  void open_container(Container container) {
    begin(Open::nothing, Block::Kind::paragraph);
    containers_.push_back(container);
    ++keep_;
  }

  void close_block() {
    if (open_ == Open::paragraph) take_definitions();
    const bool has_text = open_ != Open::nothing && open_ != Open::table;
    if (has_text && !block_.content.text.empty()) result_.blocks.push_back(std::move(block_));
    block_ = {};
    open_ = Open::nothing;
  }

  static std::size_t trim_end(std::string_view text) {
    while (!text.empty() && is_space(text.back()))
      text.remove_suffix(1);
    return text.size();
  }

  // Takes reference definitions off the start of the open paragraph.
  void take_definitions() {
    BlockText& content = block_.content;
    std::size_t at = 0;
    while (const auto end = take_definition(content, at))
      at = *end;
    if (at == 0) return;
    // Definitions end at line ends, so whole segments go.
    content.text.erase(0, at);
    std::vector<BlockText::Segment> left;
    for (const BlockText::Segment& segment : content.segments) {
      if (segment.text < at) continue;
      left.push_back({segment.text - static_cast<std::uint32_t>(at), segment.source});
    }
    content.segments = std::move(left);
    block_.begins_item = false;
  }

  // `[label]: target "title"` up to the end of its line; returns where the next line begins.
  std::optional<std::size_t> take_definition(const BlockText& content, std::size_t at) {
    const std::string_view text = content.text;
    const std::optional<std::size_t> label_end = scan_label(text, at);
    // `[^1]:` is a footnote of GFM.
    if (!label_end || text[at + 1] == '^' || !text.substr(*label_end).starts_with(':'))
      return std::nullopt;
    const std::size_t begin = skip_space(text, *label_end + 1);
    const std::optional<Destination> target = scan_destination(text, begin);
    if (!target || target->next == begin) return std::nullopt;
    std::optional<std::size_t> end = line_end(text, target->next);
    const std::size_t title = skip_space(text, target->next);
    if (title != target->next) {
      if (const auto title_end = scan_title(text, title)) {
        if (const auto after = line_end(text, *title_end)) end = after;
      }
    }
    if (!end) return std::nullopt;
    result_.definitions.push_back(
        {unescape(text.substr(target->begin, target->end - target->begin)),
         content.span(target->begin, target->end), false});
    result_.labels.insert(normal_label(text.substr(at + 1, *label_end - at - 2)));
    return end;
  }

  // Returns the start of the next line where nothing but white space is left of this one.
  static std::optional<std::size_t> line_end(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] != '\n') {
      if (!is_space(text[at])) return std::nullopt;
      ++at;
    }
    return std::min(at + 1, text.size());
  }

  std::string_view text_;
  Blocks result_;
  std::vector<Container> containers_;
  Open open_ = Open::nothing;
  Block block_;  // the open one
  std::uint32_t items_ = 0;
  // Of the line that is being read.
  bool all_matched_ = true;
  std::size_t keep_ = 0;  // containers that go on
  // Of the open block.
  char fence_mark_ = '`';
  std::size_t fence_size_ = 0;
  std::size_t fence_indent_ = 0;
  HtmlBlockKind html_kind_ = 0;
};

}  // namespace

void BlockText::add_line(std::string_view line, std::uint32_t source) {
  if (!segments.empty()) text += '\n';
  segments.push_back({static_cast<std::uint32_t>(text.size()), source});
  text += line;
}

std::uint32_t BlockText::source(std::size_t offset) const {
  const auto after = std::upper_bound(
      segments.begin(), segments.end(), offset,
      [](std::size_t wanted, const Segment& segment) { return wanted < segment.text; });
  if (after == segments.begin()) return 0;
  const Segment& segment = *(after - 1);
  return segment.source + static_cast<std::uint32_t>(offset) - segment.text;
}

base::Span BlockText::span(std::size_t begin, std::size_t end) const {
  if (begin == end) return {source(begin), source(begin)};
  return {source(begin), source(end - 1) + 1};
}

Blocks parse_blocks(std::string_view text) { return BlockParser(text).parse(); }

}  // namespace gate::readers::markdown
