#include "gate/readers/lockfiles/spdx.h"

#include <iterator>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/spdx_ids.h"

namespace gate::readers::lockfiles {

// Recursive descent; kDepth bounds it.
class LicenseExpression::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<LicenseExpression> run() {
    if (!read_any(0) || !peek().empty()) return std::nullopt;
    return std::move(expression_);
  }

 private:
  static constexpr std::size_t kDepth = 32;

  // Returns the next word or bracket without taking it.
  std::string_view peek() {
    while (at_ < text_.size() && base::kBlanks.find(text_[at_]) != std::string_view::npos)
      ++at_;
    if (at_ == text_.size()) return {};
    if (text_[at_] == '(' || text_[at_] == ')') return text_.substr(at_, 1);
    const std::size_t end = text_.find_first_of("() \t\r\n", at_);
    return text_.substr(at_, end == std::string_view::npos ? end : end - at_);
  }
  void take(std::string_view word) { at_ += word.size(); }
  bool take_word(std::string_view wanted) {
    const std::string_view word = peek();
    // Small letters are what people write, too.
    if (base::to_lower(word) != wanted) return false;
    take(word);
    return true;
  }

  bool read_any(std::size_t depth) {
    if (!read_all(depth)) return false;
    while (take_word("or")) {
      if (!read_all(depth)) return false;
      expression_.steps_.push_back({Kind::any, {}});
    }
    return true;
  }

  bool read_all(std::size_t depth) {
    if (!read_one(depth)) return false;
    while (take_word("and")) {
      if (!read_one(depth)) return false;
      expression_.steps_.push_back({Kind::all, {}});
    }
    return true;
  }

  bool read_one(std::size_t depth) {
    const std::string_view word = peek();
    if (word == "(") {
      if (depth == kDepth) return false;
      take(word);
      if (!read_any(depth + 1) || peek() != ")") return false;
      take(")");
      return true;
    }
    return read_term(word);
  }

  bool read_term(std::string_view word) {
    LicenseTerm term;
    std::string_view id = word;
    term.or_later = id.ends_with('+');
    if (term.or_later) id.remove_suffix(1);
    if (id.starts_with("LicenseRef-") || id.starts_with("DocumentRef-")) {
      term.id = id;
    } else {
      term.id = spdx_license(id);
    }
    if (term.id.empty()) return false;
    take(word);
    if (take_word("with")) {
      const std::string_view exception = peek();
      term.exception = spdx_exception(exception);
      if (term.exception.empty()) return false;
      take(exception);
    }
    expression_.steps_.push_back({Kind::term, std::move(term)});
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  LicenseExpression expression_;
};

std::optional<LicenseExpression> LicenseExpression::parse(std::string_view text) {
  return Parser(text).run();
}

LicenseExpression LicenseExpression::any_of(std::vector<LicenseExpression> alternatives) {
  LicenseExpression whole;
  for (std::size_t index = 0; index < alternatives.size(); ++index) {
    std::vector<Step>& steps = alternatives[index].steps_;
    std::move(steps.begin(), steps.end(), std::back_inserter(whole.steps_));
    if (index > 0) whole.steps_.push_back({Kind::any, {}});
  }
  return whole;
}

bool LicenseExpression::is_satisfied(
    const std::function<bool(const LicenseTerm& term)>& is_allowed) const {
  std::vector<bool> values;
  for (const Step& step : steps_) {
    if (step.kind == Kind::term) {
      values.push_back(is_allowed(step.term));
      continue;
    }
    const bool right = values.back();
    values.pop_back();
    values.back() = step.kind == Kind::all ? values.back() && right : values.back() || right;
  }
  return !values.empty() && values.back();
}

std::string spell(const LicenseTerm& term) {
  std::string text = term.id;
  if (term.or_later) text += '+';
  if (!term.exception.empty()) text += " WITH " + term.exception;
  return text;
}

}  // namespace gate::readers::lockfiles
