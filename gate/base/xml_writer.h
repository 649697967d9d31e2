// XML 1.0, written element by element. Knows no document type: who calls keeps elements and
// attributes in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gate::base {

// Returns the text as a reader of our XML gets it: invalid UTF-8 as U+FFFD, characters that XML 1.0
// cannot hold (section 2.2, Char) left out.
[[nodiscard]] std::string to_xml_characters(std::string_view text);

// Elements that hold elements are indented by two spaces a level; those that hold text stand on one
// line with it.
class XmlWriter {
 public:
  XmlWriter() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  // Opens an element inside the one that is open.
  XmlWriter& begin(std::string_view name);

  // Adds an attribute to the element that was opened last, before anything is put into it. Line
  // ends and tabs are written as references: a reader turns them into spaces otherwise.
  XmlWriter& attribute(std::string_view name, std::string_view value);

  // Adds text to the open element. Text and attributes keep to_xml_characters(); what a CI log
  // would read as a command (`::` at the start of a line, `##[`) is written with references.
  XmlWriter& text(std::string_view value);

  XmlWriter& end();

  // Returns the document. Every element must have been ended.
  [[nodiscard]] std::string document() && { return std::move(text_); }

 private:
  struct Element {
    std::string name;
    bool has_elements = false;
    bool has_text = false;
  };

  void close_start_tag();
  void break_line();

  std::string text_;
  std::vector<Element> open_;
  bool in_start_tag_ = false;
};

}  // namespace gate::base
