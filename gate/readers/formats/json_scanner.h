// JsonScanner: JSON (RFC 8259) read in passing, without building a tree; for large files of which a
// reader wants a few values (a lockfile, a database of advisories).
//
// The whole text is checked, also what nobody asks for. After a mistake every call answers with
// nothing, so that a reader needs to ask for problem() only at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/text.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/formats/json_lexer.h"

namespace gate::readers {

class JsonScanner {
 public:
  struct Options {
    bool trailing_commas = false;  // as in bun.lock
  };
  // The key of a member, and where it stands with its quotes.
  struct Key {
    std::string_view name;
    base::Span span;
  };

  // `text` and `texts` must outlive every view that is handed out.
  JsonScanner(std::string_view text, JsonTexts& texts, Options options)
      : lexer_(text, texts), options_(options) {}
  JsonScanner(std::string_view text, JsonTexts& texts) : JsonScanner(text, texts, Options()) {}

  // Returns what comes next: map, list, string, or (numbers, words and what is no value) null.
  [[nodiscard]] NodeKind kind();
  // Returns where the next value begins.
  [[nodiscard]] std::uint32_t offset();

  // Takes a map and calls `on_member(const Key&)` for each member; a value that it does not take is
  // passed over. Another value is passed over; returns whether it was a map.
  template <class OnMember>
  bool members(OnMember on_member);
  // The same for a list: `on_item()`.
  template <class OnItem>
  bool items(OnItem on_item);

  // Takes the value; nothing where it is of another kind.
  std::optional<std::string_view> text();
  std::optional<bool> boolean();
  // Takes a number, `true` or `false` as it was written.
  std::optional<std::string_view> word();

  void skip();

  // Returns what is wrong with the text, "line 3, column 7: …", or an empty text; call it last.
  const std::string& finish();
  [[nodiscard]] bool failed() const { return !lexer_.problem().empty(); }

 private:
  bool open(char bracket);
  // Goes on to the next element; false where the bracket closes, or after a mistake.
  bool next(char closing, bool first);
  bool read_key(Key& key);

  JsonLexer lexer_;
  Options options_;
  std::size_t depth_ = 0;
};

template <class OnMember>
bool JsonScanner::members(OnMember on_member) {
  if (!open('{')) return false;
  for (bool first = true; next('}', first); first = false) {
    Key key;
    if (!read_key(key)) break;
    const std::uint32_t before = offset();
    on_member(static_cast<const Key&>(key));
    if (lexer_.offset() == before) skip();
  }
  --depth_;
  return true;
}

template <class OnItem>
bool JsonScanner::items(OnItem on_item) {
  if (!open('[')) return false;
  for (bool first = true; next(']', first); first = false) {
    const std::uint32_t before = offset();
    on_item();
    if (lexer_.offset() == before) skip();
  }
  --depth_;
  return true;
}

}  // namespace gate::readers
