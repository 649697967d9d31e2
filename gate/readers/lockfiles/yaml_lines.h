// YamlLines: the lines of YAML that a package manager wrote, one after the other, without a tree.
//
// Reads the subset that pnpm and yarn write (js-yaml's dump, yarn's own writer), also when a
// formatter has wrapped it: maps and lists in blocks, scalars plain, quoted and in blocks, flow
// maps and lists, keys behind `?`, several documents. What is beyond it (anchors, aliases, tags,
// maps inside block lists, tabs for indentation) is a mistake, never passed over. YAML 1.2,
// chapters 6 to 9.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::lockfiles {

class YamlLines {
 public:
  enum class Form : std::uint8_t {
    block,   // nothing on this line: what belongs to the key follows deeper
    scalar,  // value() is the text
    flow,    // value() is the text with its brackets, for for_each_flow_member()
  };

  // `text` and `texts` must outlive every view that is handed out.
  YamlLines(std::string_view text, std::vector<std::unique_ptr<std::string>>& texts);

  // Goes on to the next key or list item; false at the end and after a mistake.
  bool next();

  // Returns the keys from the outermost to this line's own; a list item has the key "-".
  [[nodiscard]] const std::vector<std::string_view>& path() const { return path_; }
  [[nodiscard]] std::size_t depth() const { return path_.size(); }
  [[nodiscard]] std::string_view key() const { return path_.back(); }
  [[nodiscard]] Form form() const { return form_; }
  [[nodiscard]] std::string_view value() const { return value_; }
  // Returns where the key stands; of a list item the dash.
  [[nodiscard]] base::Span span() const { return span_; }
  // Returns the number of the document, from 0.
  [[nodiscard]] std::size_t document() const { return document_; }

  // Returns "line 3, column 7: …", or an empty text.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Line {
    std::string_view text;   // without indentation, line end and comment line
    std::size_t offset = 0;  // of `text`
    std::size_t indent = 0;
  };

  bool read_line(Line& line);
  bool take_line(Line line);
  bool read_key(Line& line, std::string_view& key);
  [[nodiscard]] bool peek_line(Line& line);
  bool read_value(std::string_view text, std::size_t offset, std::size_t indent);
  bool read_value_below(std::size_t indent);
  bool read_plain(std::string_view text, std::size_t offset, std::size_t indent);
  bool read_quoted_value(std::size_t offset);
  bool read_block_scalar(std::string_view header, std::size_t indent, std::size_t offset);
  bool read_flow_value(std::size_t offset);
  bool end_value(std::size_t offset);
  void enter(std::size_t indent, std::string_view key);
  bool fail(std::size_t offset, std::string_view what);

  std::string_view text_;
  std::vector<std::unique_ptr<std::string>>* texts_;
  std::size_t at_ = 0;
  std::optional<Line> pending_;  // what stands behind the `:` of a long key, as a line of its own
  std::size_t document_ = 0;
  bool has_content_ = false;
  std::vector<std::string_view> path_;
  std::vector<std::size_t> indents_;
  Form form_ = Form::block;
  std::string_view value_;
  base::Span span_;
  std::string problem_;
};

// One member of a flow map, or one element of a flow list (its key is empty). The value of a nested
// map or list keeps its brackets.
struct FlowMember {
  std::string_view key;
  std::string_view value;
};

// Returns the members of `{a: b, c: 'd'}` or `[a, b]`, in reading order; false where the text is
// none that is closed and well formed. Quoted scalars are decoded into `texts`.
bool read_flow(std::string_view text, std::vector<FlowMember>& members,
               std::vector<std::unique_ptr<std::string>>& texts);

}  // namespace gate::readers::lockfiles
