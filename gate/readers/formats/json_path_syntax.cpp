#include "gate/readers/formats/json_path_syntax.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"
#include "gate/base/utf8.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDeepest = 50;                              // filters, parentheses, functions
constexpr std::int64_t kMostIndex = (std::int64_t{1} << 53) - 1;  // of I-JSON

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

struct FunctionType {
  std::string_view name;
  PathFunction function;
  std::size_t arguments;
  bool takes_nodes;  // NodesType, else ValueType
  bool logical;      // LogicalType as result, else ValueType
};
constexpr auto kFunctions = std::to_array<FunctionType>({
    {"length", PathFunction::length, 1, false, false},
    {"count", PathFunction::count, 1, true, false},
    {"match", PathFunction::match, 2, false, true},
    {"search", PathFunction::search, 2, false, true},
    {"value", PathFunction::value, 1, true, false},
});

const FunctionType& type_of(PathFunction function) {
  return *std::find_if(kFunctions.begin(), kFunctions.end(),
                       [&](const FunctionType& type) { return type.function == function; });
}

// The grammar of RFC 9535, appendix A, by recursive descent.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::shared_ptr<const PathQuery>> run() {
    auto query = std::make_shared<PathQuery>();
    if (!base::is_valid_utf8(text_)) return Error{"the path is not UTF-8"};
    if (!eat('$')) {
      fail("a path begins with `$`");
    } else if (read_segments(*query) && at_ < text_.size()) {
      fail("here a segment is wanted: `.name`, `..name` or `[…]`");
    }
    if (!problem_.empty()) return Error{std::move(problem_)};
    return std::shared_ptr<const PathQuery>(std::move(query));
  }

 private:
  using Expression = PathExpression;

  bool fail(std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("column {}: {}", at_ + 1, what);
    return false;
  }

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool eat(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool eat(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_]))
      ++at_;
  }

  bool read_segments(PathQuery& query) {
    while (true) {
      const std::size_t before = at_;
      skip_blanks();
      PathSegment segment;
      if (peek() == '[') {
        if (!read_brackets(segment)) return false;
      } else if (eat('.')) {
        segment.descendant = eat('.');
        if (segment.descendant && peek() == '[') {
          if (!read_brackets(segment)) return false;
        } else if (!read_dotted(segment)) {
          return false;
        }
      } else {
        at_ = before;
        return true;
      }
      query.segments.push_back(std::move(segment));
    }
  }

  bool read_dotted(PathSegment& segment) {
    PathSelector& selector = segment.selectors.emplace_back();
    if (eat('*')) return true;
    selector.kind = PathSelector::Kind::name;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool first = at_ == begin;
      if (!base::is_letter(c) && c != '_' && static_cast<unsigned char>(c) < 0x80 &&
          (first || !base::is_digit(c)))
        break;
      ++at_;
    }
    if (at_ == begin)
      return fail("a name or `*` is missing after the dot; others stand in brackets: `['a b']`");
    selector.name = text_.substr(begin, at_ - begin);
    return true;
  }

  bool read_brackets(PathSegment& segment) {
    ++at_;
    do {
      skip_blanks();
      if (!read_selector(segment.selectors.emplace_back())) return false;
      skip_blanks();
    } while (eat(','));
    return eat(']') || fail("`,` or `]` is missing");
  }

  bool read_selector(PathSelector& selector) {
    if (eat('*')) return true;
    const char c = peek();
    if (c == '\'' || c == '"') {
      selector.kind = PathSelector::Kind::name;
      return read_string(selector.name);
    }
    if (c == '?') {
      ++at_;
      skip_blanks();
      selector.kind = PathSelector::Kind::filter;
      selector.filter = std::make_unique<Expression>();
      return read_logical(*selector.filter);
    }
    if (c == ':' || c == '-' || base::is_digit(c)) return read_index(selector);
    return fail("here a selector is wanted: a name in quotes, `*`, an index, `start:end` or `?`");
  }

  // int, or start:end:step with blanks around.
  bool read_index(PathSelector& selector) {
    selector.kind = PathSelector::Kind::index;
    if (peek() != ':' && !read_int(selector.index)) return false;
    const std::size_t behind = at_;
    const bool has_start = behind > 0 && base::is_digit(text_[behind - 1]);
    skip_blanks();
    if (!eat(':')) {
      at_ = behind;
      return true;
    }
    selector.kind = PathSelector::Kind::slice;
    if (has_start) selector.start = selector.index;
    skip_blanks();
    std::int64_t number = 0;
    if (peek() == '-' || base::is_digit(peek())) {
      if (!read_int(number)) return false;
      selector.end = number;
      skip_blanks();
    }
    if (!eat(':')) return true;
    skip_blanks();
    if (peek() != '-' && !base::is_digit(peek())) return true;
    return read_int(selector.step);
  }

  bool read_int(std::int64_t& number) {
    const std::size_t begin = at_;
    const bool negative = eat('-');
    const std::size_t digits = at_;
    while (base::is_digit(peek()))
      ++at_;
    const std::string_view written = text_.substr(digits, at_ - digits);
    if (written.empty()) return fail("a number is missing");
    const bool zero = written.front() == '0';
    if (zero && (written.size() > 1 || negative)) {
      at_ = begin;
      return fail("an index has no zero in front and no `-0`");
    }
    const auto [end, problem] = std::from_chars(text_.data() + begin, text_.data() + at_, number);
    if (problem != std::errc() || number > kMostIndex || number < -kMostIndex) {
      at_ = begin;
      return fail("an index lies between -(2^53)+1 and 2^53-1");
    }
    return true;
  }

  bool read_string(std::string& out) {
    const char quote = text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote) {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20)
        return fail("a control character has to be escaped");
      ++at_;
      if (c != '\\') {
        out += c;
      } else if (!read_escape(quote, out)) {
        return false;
      }
    }
    return eat(quote) || fail("the string is not closed");
  }

  bool read_escape(char quote, std::string& out) {
    constexpr std::string_view kNames = "bfnrt/\\";
    constexpr std::string_view kValues = "\b\f\n\r\t/\\";
    const char name = peek();
    ++at_;
    if (name == quote) {
      out += name;
      return true;
    }
    if (name == 'u') return read_unicode(out);
    const std::size_t found = name == '\0' ? std::string_view::npos : kNames.find(name);
    if (found == std::string_view::npos) {
      --at_;
      return fail("the escape is not one of `\\b \\f \\n \\r \\t \\/ \\\\ \\uXXXX` and the quote");
    }
    out += kValues[found];
    return true;
  }

  bool read_unicode(std::string& out) {
    std::uint32_t unit = 0;
    if (!read_hex(unit)) return false;
    if (unit >= 0xDC00 && unit < 0xE000) return fail("half a pair of surrogates");
    if (unit >= 0xD800 && unit < 0xDC00) {
      std::uint32_t low = 0;
      if (!eat("\\u") || !read_hex(low) || low < 0xDC00 || low >= 0xE000)
        return fail("half a pair of surrogates");
      unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
    }
    base::append_utf8(out, static_cast<base::CodePoint>(unit));
    return true;
  }

  bool read_hex(std::uint32_t& unit) {
    const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (problem != std::errc() || digits.size() != 4 || end != digits.data() + 4)
      return fail("four hexadecimal digits are missing");
    at_ += 4;
    return true;
  }

  bool enter() {
    return ++depth_ <= kDeepest || fail(fmt::format("nested deeper than {}", kDeepest));
  }

  bool read_logical(Expression& out) {
    if (!enter()) return false;
    const bool read = read_chain(out, Expression::Kind::logical_or);
    --depth_;
    return read;
  }

  // `a || b || …` of `a && b && …` of basic expressions.
  bool read_chain(Expression& out, Expression::Kind kind) {
    const bool any = kind == Expression::Kind::logical_or;
    std::vector<Expression> parts;
    do {
      skip_blanks();
      Expression& part = parts.emplace_back();
      if (!(any ? read_chain(part, Expression::Kind::logical_and) : read_basic(part))) return false;
      const std::size_t before = at_;
      skip_blanks();
      if (text_.substr(at_, 2) != (any ? "||" : "&&")) {
        at_ = before;
        break;
      }
      at_ += 2;
    } while (true);
    if (parts.size() == 1) {
      out = std::move(parts.front());
    } else {
      out.kind = kind;
      out.parts = std::move(parts);
    }
    return true;
  }

  bool read_basic(Expression& out) {
    if (peek() == '!' && peek(1) != '=') {
      ++at_;
      skip_blanks();
      out.kind = Expression::Kind::logical_not;
      Expression& part = out.parts.emplace_back();
      if (eat('(')) return read_parenthesis(part);
      const std::size_t begin = at_;
      return read_operand(part) && check_test(part, begin);
    }
    if (eat('(')) return read_parenthesis(out);
    const std::size_t begin = at_;
    Expression left;
    if (!read_operand(left)) return false;
    const std::size_t behind = at_;
    skip_blanks();
    Expression::Operator comparison{};
    if (!read_operator(comparison)) {
      at_ = behind;
      out = std::move(left);
      return check_test(out, begin);
    }
    skip_blanks();
    const std::size_t right = at_;
    out.kind = Expression::Kind::comparison;
    out.comparison = comparison;
    out.parts.resize(2);
    if (!read_operand(out.parts[1])) return false;
    out.parts[0] = std::move(left);
    return check_comparable(out.parts[0], begin) && check_comparable(out.parts[1], right);
  }

  bool read_parenthesis(Expression& out) {
    if (!read_logical(out)) return false;
    skip_blanks();
    return eat(')') || fail("`)` is missing");
  }

  bool read_operator(Expression::Operator& out) {
    using Operator = Expression::Operator;
    constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators{
        {{"==", Operator::equal},
         {"!=", Operator::not_equal},
         {"<=", Operator::less_equal},
         {">=", Operator::greater_equal},
         {"<", Operator::less},
         {">", Operator::greater}}};
    for (const auto& [word, value] : kOperators) {
      if (!eat(word)) continue;
      out = value;
      return true;
    }
    return false;
  }

  bool mistake_at(std::size_t at, std::string_view what) {
    at_ = at;
    return fail(what);
  }

  bool check_test(const Expression& expression, std::size_t at) {
    if (expression.kind == Expression::Kind::literal)
      return mistake_at(at, "a literal is no test; compare it with `==`");
    if (expression.kind == Expression::Kind::function && !type_of(expression.function).logical)
      return mistake_at(at, "this function returns a value; compare it with `==`");
    return true;
  }

  bool check_comparable(const Expression& expression, std::size_t at) {
    if (expression.kind == Expression::Kind::query && !expression.query.is_singular())
      return mistake_at(at, "a path that may select several values cannot be compared");
    if (expression.kind == Expression::Kind::function && type_of(expression.function).logical)
      return mistake_at(at, "this function is a test; it cannot be compared");
    return true;
  }

  // A literal, a query or a function.
  bool read_operand(Expression& out) {
    const char c = peek();
    if (c == '@' || c == '$') {
      ++at_;
      out.kind = Expression::Kind::query;
      out.query.relative = c == '@';
      if (!enter()) return false;
      const bool read = read_segments(out.query);
      --depth_;
      return read;
    }
    if (c == '\'' || c == '"') {
      out.literal.kind = NodeKind::string;
      return read_string(out.text);
    }
    if (c == '-' || base::is_digit(c)) return read_number(out);
    if (is_lower(c)) return read_word(out);
    return fail("here `@`, `$`, a literal, a function or `(` is wanted");
  }

  bool read_number(Expression& out) {
    const std::size_t begin = at_;
    eat('-');
    const std::size_t digits = at_;
    while (base::is_digit(peek()))
      ++at_;
    if (at_ == digits || (text_[digits] == '0' && at_ > digits + 1))
      return mistake_at(begin, "no number of JSON");
    bool whole = true;
    if (eat('.')) {
      whole = false;
      const std::size_t fraction = at_;
      while (base::is_digit(peek()))
        ++at_;
      if (at_ == fraction) return fail("digits are missing after the dot");
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      const std::size_t exponent = at_;
      while (base::is_digit(peek()))
        ++at_;
      if (at_ == exponent) return fail("digits are missing in the exponent");
    }
    const char* const first = text_.data() + begin;
    const char* const last = text_.data() + at_;
    out.literal.kind = NodeKind::integer;
    if (whole && std::from_chars(first, last, out.literal.integer).ec == std::errc()) return true;
    out.literal.kind = NodeKind::number;
    std::from_chars(first, last, out.literal.number);
    return true;
  }

  // true, false, null, or the name of a function.
  bool read_word(Expression& out) {
    const std::size_t begin = at_;
    while (is_lower(peek()) || base::is_digit(peek()) || peek() == '_')
      ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (peek() == '(') return read_function(out, word, begin);
    if (word == "true" || word == "false") {
      out.literal.kind = NodeKind::boolean;
      out.literal.boolean = word == "true";
      return true;
    }
    if (word == "null") return true;
    return mistake_at(
        begin, "here `true`, `false`, `null` or a function is wanted; a text stands in quotes");
  }

  bool read_function(Expression& out, std::string_view name, std::size_t begin) {
    const auto type = std::find_if(kFunctions.begin(), kFunctions.end(),
                                   [&](const FunctionType& known) { return known.name == name; });
    if (type == kFunctions.end())
      return mistake_at(begin, "the functions are length, count, match, search and value");
    if (!enter()) return false;
    ++at_;
    out.kind = Expression::Kind::function;
    out.function = type->function;
    skip_blanks();
    bool more = peek() != ')';
    while (more) {
      const std::size_t argument = at_;
      if (!read_argument(out.parts.emplace_back(), *type, argument)) return false;
      skip_blanks();
      more = eat(',');
      if (more) skip_blanks();
    }
    --depth_;
    if (!eat(')')) return fail("`)` is missing");
    if (out.parts.size() != type->arguments)
      return mistake_at(begin, fmt::format("{}() takes {} argument{}", name, type->arguments,
                                           type->arguments == 1 ? "" : "s"));
    if (type->logical && out.parts[1].kind == Expression::Kind::literal &&
        out.parts[1].literal.kind == NodeKind::string) {
      Result<base::Pattern> pattern = compile_iregexp(out.parts[1].text);
      out.bad_pattern = !pattern.has_value();
      if (pattern) out.pattern = std::make_shared<const base::Pattern>(*std::move(pattern));
    }
    return true;
  }

  bool read_argument(Expression& out, const FunctionType& type, std::size_t at) {
    if (!read_operand(out)) return false;
    if (type.takes_nodes) {
      return out.kind == Expression::Kind::query ||
             mistake_at(at, fmt::format("{}() takes a path", type.name));
    }
    return check_comparable(out, at);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string problem_;
};

}  // namespace

bool PathQuery::is_singular() const {
  return std::all_of(segments.begin(), segments.end(), [](const PathSegment& segment) {
    return !segment.descendant && segment.selectors.size() == 1 &&
           (segment.selectors[0].kind == PathSelector::Kind::name ||
            segment.selectors[0].kind == PathSelector::Kind::index);
  });
}

Result<std::shared_ptr<const PathQuery>> parse_path(std::string_view text) {
  return Parser(text).run();
}

Result<base::Pattern> compile_iregexp(std::string_view text) {
  // A character beyond ASCII, no times: so that the pattern sees characters, not bytes.
  std::string pattern = "(?:\\x{10fffd}){0}";
  bool in_class = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      pattern += c;
      pattern += text[++at];
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (c == '.' && !in_class) {
      pattern += "[^\\n\\r]";
    } else {
      pattern += c;
    }
  }
  return base::Pattern::compile(std::move(pattern), {.multi_line = true});
}

}  // namespace gate::readers
