// Statements: declarations, assignments, conditions. What a statement that is not read may have
// changed is unknown afterwards.
#include <algorithm>
#include <array>

#include "gate/readers/settings/javascript/evaluator.h"

namespace gate::readers::javascript {

void Evaluator::statements() {
  while (!done() && !returned_) {
    const std::uint32_t before = at_;
    statement();
    if (at_ == before) ++at_;  // never stands still
  }
}

void Evaluator::statement() {
  if (take(";")) return;
  if (is("{")) {
    const std::uint32_t end = end_;
    const std::shared_ptr<Scope> outer = scope_;
    enter_scope(outer);
    end_ = token(at_).match;
    ++at_;
    statements();
    at_ = end_ + 1;
    end_ = end;
    scope_ = outer;
    return;
  }
  if (is("import") && !is_at(at_ + 1, "(") && !is_at(at_ + 1, ".")) return import_statement();
  if (is("export")) return export_statement();
  if (is("const") || is("let") || is("var")) return declaration();
  if (is("function") || (is("async") && is_at(at_ + 1, "function")))
    return function_statement(false);
  if (is("if")) return if_statement();
  if (is("return") && in_function_) return return_statement();
  const bool names_type = at_ + 1 < end_ && token(at_ + 1).kind == TokenKind::name;
  if ((is("type") || is("interface") || is("declare") || is("namespace")) && names_type)
    return skip_statement(false);
  for (const std::string_view word :
       {"for", "while", "do", "try", "switch", "throw", "class", "with"}) {
    if (is(word)) return skip_statement(true);
  }
  if (assignment()) return;
  expression_statement();
}

// Goes on behind the statement that was read; what does not fit is left out.
void Evaluator::end_statement() {
  if (done() || take(";") || token(at_).line_before) return;
  if (returned_) return;
  (void)give_up("a statement that is not read");
  skip_statement(true);
}

namespace {

// Whether a token at the beginning of a line goes on with the statement of the line before.
bool goes_on(std::string_view text, TokenKind kind) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"in", "instanceof", "as", "satisfies", "else", "catch", "finally", "while"});
  if (kind == TokenKind::name) {
    return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
  }
  return kind == TokenKind::punctuator && text != "{" && text != "++" && text != "--" &&
         text != "!" && text != "~" && text != "...";
}

// Whether a value may end with a token, so that a line break behind it may end the statement.
bool ends_value(std::string_view text, TokenKind kind) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"typeof", "void", "delete", "await", "new", "in", "instanceof", "as", "satisfies", "else",
       "do", "try", "finally", "throw", "of", "extends"});
  constexpr auto kSigns = std::to_array<std::string_view>({")", "]", "}", "`", "++", "--"});
  if (kind == TokenKind::punctuator) {
    return std::find(kSigns.begin(), kSigns.end(), text) != kSigns.end();
  }
  return kind != TokenKind::name || std::find(kWords.begin(), kWords.end(), text) == kWords.end();
}

}  // namespace

// Skips to the end of a statement, over whole brackets.
void Evaluator::skip_statement(bool taint_it) {
  const std::uint32_t begin = at_;
  bool block = false;
  std::uint32_t body = begin;  // behind `for (...)`: what stands there belongs to it on any line
  while (!done()) {
    if (take(";")) break;
    const bool closes_block = at_ > begin && is_at(at_ - 1, "}") && block;
    const bool has_more = is("else") || is("catch") || is("finally") || is("while");
    if (closes_block && !has_more) break;
    if (at_ > begin && at_ != body && token(at_).line_before &&
        ends_value(text(at_ - 1), token(at_ - 1).kind) && !goes_on(text(at_), token(at_).kind)) {
      break;
    }
    if (is("(") || is("[") || is("{") || is("`")) {
      block = is("{");
      const bool header =
          at_ > begin && is("(") &&
          (is_at(at_ - 1, "for") || is_at(at_ - 1, "while") || is_at(at_ - 1, "if") ||
           is_at(at_ - 1, "switch") || is_at(at_ - 1, "with") || is_at(at_ - 1, "catch") ||
           is_at(at_ - 1, "await"));
      at_ = token(at_).match;
      if (header) body = at_ + 1;
    }
    ++at_;
  }
  if (taint_it) taint(begin, at_, "a statement that is not read may change it");
}

// Every name that is assigned to, or that is handed on or called upon, between two tokens.
void Evaluator::taint(std::uint32_t begin, std::uint32_t end, std::string_view why) {
  for (std::uint32_t at = begin; at < end; ++at) {
    if (token(at).kind != TokenKind::name || (at > 0 && is_at(at - 1, "."))) continue;
    if (text(at) == "return" && in_function_ && !returned_)
      returned_ = Value::unknown("which of its returns is reached is not known");
    if (text(at) == "module" || text(at) == "exports") {
      exported_ = Value::unknown(std::string(why));
      continue;
    }
    Value* const known = scope_->find(text(at));
    if (known == nullptr || known->is(Type::environment) || known->is(Type::imported)) continue;
    forget(*known, why);
    *known = Value::unknown(std::string(why), known->trace);
  }
}

void Evaluator::declaration() {
  ++at_;
  while (!done()) {
    const std::uint32_t target = at_;
    const bool pattern = is("{") || is("[");
    if (!pattern && token(at_).kind != TokenKind::name) break;
    at_ = pattern ? token(at_).match + 1 : at_ + 1;
    (void)take("!");
    if (take(":")) skip_type();
    Value value;
    if (take("=")) value = expression();
    if (pattern) {
      bind_pattern(target, value);
    } else {
      scope_->names.insert_or_assign(std::string(text(target)), std::move(value));
    }
    if (!take(",")) break;
  }
  end_statement();
}

// Binds the names of `{ a, b: c, d = 1, ...rest }` or `[a, b]` whose bracket stands at `begin`.
void Evaluator::bind_pattern(std::uint32_t begin, const Value& value) {
  const std::uint32_t after = at_;
  const std::uint32_t close = token(begin).match;
  const bool list = is_at(begin, "[");
  std::size_t index = 0;
  at_ = begin + 1;
  while (at_ < close) {
    if (take(",")) {
      ++index;
      continue;
    }
    const bool rest = take("...");
    const bool nested = is("{") || is("[");
    const std::uint32_t key = at_;
    std::uint32_t name = at_;
    at_ = nested ? token(at_).match + 1 : at_ + 1;
    bool inner = nested;
    if (!list && !nested && take(":")) {
      name = at_;
      inner = is("{") || is("[");
      at_ = inner ? token(at_).match + 1 : at_ + 1;
    }
    const std::string member_name = list ? std::to_string(index) : std::string(text(key));
    Value bound = rest ? Value::unknown("the rest of a pattern is not read", value.trace)
                       : member(value, member_name, key);
    if (take("=")) {
      Value otherwise = expression();
      if (bound.is(Type::undefined)) bound = std::move(otherwise);
    }
    if (inner) {
      bind_pattern(name, bound);
    } else if (token(name).kind == TokenKind::name) {
      scope_->names.insert_or_assign(std::string(text(name)), std::move(bound));
    }
    // A default that is not read ends the pattern.
    if (at_ < close && !is(",")) at_ = close;
  }
  at_ = after;
}

void Evaluator::function_statement(bool exported) {
  (void)take("async");
  ++at_;  // function
  const bool generator = take("*");
  std::string name;
  if (!done() && token(at_).kind == TokenKind::name) name = text(at_++);
  if (!is("(")) return skip_statement(true);
  const std::uint32_t parameters = at_;
  at_ = token(at_).match + 1;
  if (take(":")) skip_type();
  if (!is("{")) return skip_statement(false);  // an overload
  Value function = function_value(parameters, at_, false);
  if (generator) function = Value::unknown("it is a generator", function.trace);
  at_ = token(at_).match + 1;
  if (exported) exported_ = function;
  if (!name.empty()) scope_->names.insert_or_assign(std::move(name), std::move(function));
}

void Evaluator::if_statement() {
  const std::uint32_t begin = at_++;
  if (!is("(")) {
    at_ = begin;
    return skip_statement(true);
  }
  const std::uint32_t close = token(at_).match;
  ++at_;
  const Value condition = expression();
  at_ = close + 1;
  bool known = true;
  const bool truth = condition.truthy(known);
  const std::optional<Value> returned = returned_;
  const std::optional<Value> exported = exported_;
  // Each branch runs where it is taken, and only its assignments count where nobody knows.
  const auto branch = [&](bool taken) {
    const std::uint32_t from = at_;
    if (known && taken) return statement();
    const std::shared_ptr<Scope> outer = scope_;
    const std::size_t old_steps = steps_;
    enter_scope(nullptr);  // what is assigned in here is thrown away
    statement();
    scope_ = outer;
    steps_ = old_steps + 1;
    const bool returns = returned_.has_value() && !returned.has_value();
    returned_ = returned;
    exported_ = exported;
    if (known) return;
    taint(from, at_, "whether a statement changes it is not known");
    if (returns && !returned_)
      returned_ = Value::unknown("which of its returns is reached is not known", condition.trace);
  };
  branch(truth);
  if (returned_ && !returned && known) {
    // The rest of the function is not reached.
    at_ = end_;
    return;
  }
  if (take("else")) branch(!truth);
}

void Evaluator::return_statement() {
  ++at_;
  if (done() || is(";") || token(at_).line_before) {
    returned_ = Value();
    return;
  }
  returned_ = expression();
  (void)take(";");
}

// `name.member['other'] = value`, `module.exports = value`; false where it is none.
bool Evaluator::assignment() {
  if (token(at_).kind != TokenKind::name) return false;
  std::vector<std::string> path{std::string(text(at_))};
  std::uint32_t at = at_ + 1;
  while (at < end_) {
    if (is_at(at, ".") && at + 1 < end_ && token(at + 1).kind == TokenKind::name) {
      path.emplace_back(text(at + 1));
      at += 2;
    } else if (is_at(at, "[") && token(at).match == at + 2 &&
               token(at + 1).kind == TokenKind::string) {
      path.push_back(unescape(text(at + 1), true));
      at += 3;
    } else {
      break;
    }
  }
  if (!is_at(at, "=")) return false;
  at_ = at + 1;
  Value value = expression();
  if (path.size() >= 2 && path[0] == "module" && path[1] == "exports") {
    if (path.size() == 2) {
      exported_ = std::move(value);
    } else {
      if (!exported_) exported_ = Value::make(Type::object);
      if (path.size() == 3 && exported_->is(Type::object))
        exported_->set(path[2], std::move(value));
    }
  } else if (path.size() == 2 && path[0] == "exports") {
    if (path[1] == "default") {
      exported_ = std::move(value);
    } else {
      if (!exported_) exported_ = Value::make(Type::object);
      exported_->set(path[1], std::move(value));
    }
  } else {
    assign(path, std::move(value));
  }
  end_statement();
  return true;
}

void Evaluator::assign(const std::vector<std::string>& path, Value value) {
  Value* const variable = scope_->find(path.front());
  if (variable == nullptr) return;
  if (path.size() == 1) {
    *variable = std::move(value);
    return;
  }
  const std::vector<std::string> place(path.begin(), path.end() - 1);
  const Value* const object = find(place, place.size());
  if (object == nullptr || !object->is(Type::object)) {
    const std::string why = "an assignment into it is not followed";
    forget(*variable, why);
    *variable = Value::unknown(why, variable->trace);
    return;
  }
  Value changed = *object;
  changed.set(path.back(), std::move(value));
  change(place, std::move(changed));
}

// `name.member.push(value)`; false where the statement is none or what it grows is not known.
bool Evaluator::push_statement() {
  if (token(at_).kind != TokenKind::name) return false;
  std::vector<std::string> path{std::string(text(at_))};
  std::uint32_t at = at_ + 1;
  while (is_at(at, ".") && at + 1 < end_ && token(at + 1).kind == TokenKind::name) {
    path.emplace_back(text(at + 1));
    at += 2;
  }
  if (path.size() < 2 || path.back() != "push" || !is_at(at, "(")) return false;
  const std::uint32_t behind = token(at).match + 1;
  if (behind < end_ && !is_at(behind, ";") && !is_at(behind, "}") && !token(behind).line_before) {
    return false;
  }
  path.pop_back();
  const Value* const found = find(path, path.size());
  if (found == nullptr || !found->is(Type::array) || !found->others.empty()) return false;
  steps_ += found->weight;  // it is copied
  if (exhausted()) {
    at_ = end_;
    return true;
  }
  Value grown = *found;
  const std::uint32_t begin = at_;
  at_ = at;
  std::string others;
  for (Value& value : arguments(others))
    grown.push(std::move(value));
  if (!others.empty()) {
    at_ = begin;
    return false;
  }
  change(path, std::move(grown));
  end_statement();
  return true;
}

void Evaluator::expression_statement() {
  if (push_statement()) return;
  const std::uint32_t begin = at_;
  const bool is_console = is("console");
  (void)expression();
  const std::uint32_t end = at_;
  // A call may change what it is handed.
  if (!is_console) taint(begin, end, "a call may change it");
  if (is("=") || is("+=") || is("||=") || is("?\?=") || is("&&=") || is("-=")) {
    skip_statement(false);
    taint(begin, end, "an assignment into it is not followed");
    return;
  }
  end_statement();
}

}  // namespace gate::readers::javascript
