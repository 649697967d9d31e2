#include "gate/readers/formats/sql/script.h"

#include <algorithm>
#include <array>

namespace gate::readers::sql {
namespace {

// Follows one statement and knows whether a `;` is inside a body of it.
class Nesting {
 public:
  explicit Nesting(Dialect dialect) : dialect_(dialect) {}

  void take(const Token& token, const Token* next) {
    ++count_;
    if (count_ == 1) creates_ = token.is("create");
    if (!creates_) return;
    if (depth_ == 0 && count_ <= kHeadWords && !routine_) {
      constexpr std::array<std::string_view, 4> kRoutines{"function", "procedure", "trigger",
                                                          "event"};
      routine_ = std::any_of(kRoutines.begin(), kRoutines.end(),
                             [&](std::string_view word) { return token.is(word); });
      rule_ = rule_ || token.is("rule");
    }
    if (rule_) {
      if (token.is_symbol("(")) ++depth_;
      if (token.is_symbol(")") && depth_ > 0) --depth_;
    }
    if (routine_) take_body(token, next);
  }

  [[nodiscard]] bool inside() const { return depth_ > 0; }

 private:
  static constexpr std::size_t kHeadWords = 12;  // CREATE OR REPLACE DEFINER=a@b PROCEDURE ...

  void take_body(const Token& token, const Token* next) {
    if (token.is("begin")) {
      // A function of PostgreSQL keeps its body in a string, but for SQL-standard ones.
      if (dialect_ == Dialect::mysql || (next != nullptr && next->is("atomic"))) ++depth_;
    } else if (token.is("case") && depth_ > 0 && !after_end_) {
      ++depth_;
    } else if (token.is("end") && depth_ > 0) {
      constexpr std::array<std::string_view, 5> kOthers{"if", "loop", "while", "repeat", "for"};
      const bool other =
          next != nullptr && std::any_of(kOthers.begin(), kOthers.end(),
                                         [&](std::string_view word) { return next->is(word); });
      if (!other) --depth_;
    }
    after_end_ = token.is("end");
  }

  Dialect dialect_;
  std::size_t count_ = 0;
  std::size_t depth_ = 0;
  bool creates_ = false;
  bool routine_ = false;
  bool rule_ = false;
  bool after_end_ = false;
};

}  // namespace

std::vector<std::span<const Token>> split(const Tokens& tokens, Dialect dialect) {
  std::vector<std::span<const Token>> statements;
  const std::span<const Token> all(tokens.tokens);
  std::size_t begin = 0;
  Nesting nesting(dialect);
  const auto close = [&](std::size_t end) {
    if (end > begin) statements.push_back(all.subspan(begin, end - begin));
    begin = end + 1;
    nesting = Nesting(dialect);
  };
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all[at].kind == TokenKind::end) {
      // A delimiter of the client's own always ends; a `;` may stand in a body.
      if (all[at].text != ";" || !nesting.inside()) close(at);
      continue;
    }
    nesting.take(all[at], at + 1 < all.size() ? &all[at + 1] : nullptr);
  }
  close(all.size());
  return statements;
}

}  // namespace gate::readers::sql
