#include "gate/readers/settings/environment_reads.h"

#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/formats/php/token.h"
#include "gate/readers/formats/python/token.h"

namespace gate::readers {
namespace {

// Returns the name in a quoted literal; empty where it is no plain name of a variable.
std::string_view quoted_name(std::string_view literal) {
  if (literal.size() < 3 || (literal.front() != '\'' && literal.front() != '"')) return {};
  if (literal.back() != literal.front()) return {};
  const std::string_view name = literal.substr(1, literal.size() - 2);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return base::is_alphanumeric(c) || c == '_'; });
  return plain ? name : std::string_view();
}

std::string_view text_at(std::string_view text, base::Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

class PhpReads {
 public:
  explicit PhpReads(std::string_view text) : text_(text), tokens_(php::tokenize(text).list) {}

  std::vector<EnvironmentRead> run() && {
    for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
      if (is_call(at) || is_array(at)) add(tokens_[at + 2]);
    }
    return std::move(reads_);
  }

 private:
  using Kind = php::TokenKind;
  using Symbol = php::Symbol;

  [[nodiscard]] std::string_view word(std::size_t at) const {
    return text_at(text_, tokens_[at].span);
  }

  [[nodiscard]] bool is_call(std::size_t at) const {
    if (tokens_[at].kind != Kind::name && tokens_[at].kind != Kind::qualified_name) return false;
    if (tokens_[at + 1].symbol != Symbol::paren_open) return false;
    const std::string name = base::to_lower(word(at));
    if (name == "env" || name == "\\env") return at == 0 || !is_member(tokens_[at - 1]);
    return name == "getenv" || name == "\\getenv";
  }

  static bool is_member(const php::Token& before) {
    return before.symbol == Symbol::arrow || before.symbol == Symbol::nullsafe_arrow ||
           before.keyword == php::Keyword::kw_function;
  }

  [[nodiscard]] bool is_array(std::size_t at) const {
    return tokens_[at].kind == Kind::variable && tokens_[at + 1].symbol == Symbol::bracket_open &&
           (word(at) == "$_ENV" || word(at) == "$_SERVER");
  }

  void add(const php::Token& token) {
    if (token.kind != Kind::string) return;
    const std::string_view name = quoted_name(text_at(text_, token.span));
    if (!name.empty()) reads_.push_back({std::string(name), token.span, false});
  }

  std::string_view text_;
  std::vector<php::Token> tokens_;
  std::vector<EnvironmentRead> reads_;
};

class PythonReads {
 public:
  explicit PythonReads(std::string_view text)
      : text_(text), tokens_(python::tokenize(text).tokens) {}

  std::vector<EnvironmentRead> run() && {
    for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
      if (tokens_[at].kind != Kind::name) continue;
      if (word(at) == "decouple" || word(at) == "environ") imports_.push_back(word(at));
      read_at(at);
    }
    return std::move(reads_);
  }

 private:
  using Kind = python::TokenKind;

  [[nodiscard]] std::string_view word(std::size_t at) const {
    return text_at(text_, tokens_[at].span);
  }
  [[nodiscard]] Kind kind(std::size_t at) const {
    return at < tokens_.size() ? tokens_[at].kind : Kind::end;
  }
  [[nodiscard]] bool has(std::string_view import) const {
    return std::find(imports_.begin(), imports_.end(), import) != imports_.end();
  }

  void read_at(std::size_t at) {
    const std::string_view name = word(at);
    if (name == "environ" && kind(at + 1) == Kind::left_bracket) {
      // `os.environ["A"] = …` sets it.
      const bool sets = kind(at + 3) == Kind::right_bracket && kind(at + 4) == Kind::assign;
      if (!sets) add(at + 2, true);
    } else if (name == "environ" && kind(at + 1) == Kind::dot && word(at + 2) == "get") {
      call(at + 3, false);
    } else if (name == "getenv") {
      call(at + 1, false);
    } else if (name == "config" && has("decouple")) {
      call(at + 1, true);
    } else if (name == "env" && has("environ")) {
      // env("A") and env.bool("A")
      call(kind(at + 1) == Kind::dot ? at + 3 : at + 1, true);
    }
  }

  // A call whose `(` stands at `at`.
  void call(std::size_t at, bool required) {
    if (kind(at) != Kind::left_paren) return;
    add(at + 1, required && kind(at + 2) == Kind::right_paren && !has_default(at));
  }

  // django-environ knows defaults from `Env(DEBUG=(bool, False))`.
  [[nodiscard]] bool has_default(std::size_t at) const {
    const std::string_view name = quoted_name(word(at + 1));
    for (std::size_t other = 0; other + 1 < tokens_.size(); ++other) {
      if (tokens_[other].kind == Kind::name && kind(other + 1) == Kind::assign &&
          word(other) == name && other > 0 &&
          (kind(other - 1) == Kind::left_paren || kind(other - 1) == Kind::comma))
        return true;
    }
    return false;
  }

  void add(std::size_t at, bool required) {
    if (kind(at) != Kind::string) return;
    const std::string_view name = quoted_name(word(at));
    if (!name.empty()) reads_.push_back({std::string(name), tokens_[at].span, required});
  }

  std::string_view text_;
  std::vector<python::Token> tokens_;
  std::vector<std::string_view> imports_;
  std::vector<EnvironmentRead> reads_;
};

class JavascriptReads {
 public:
  explicit JavascriptReads(std::string_view text)
      : text_(text), tokens_(javascript::tokenize(text).list) {}

  std::vector<EnvironmentRead> run() && {
    // `process.env.A`, `process.env['A']`, `import.meta.env.A`
    for (std::size_t at = 2; at + 2 < tokens_.size(); ++at) {
      if (word(at) != "env" || word(at - 1) != ".") continue;
      if (word(at - 2) != "process" && word(at - 2) != "meta") continue;
      if (word(at + 1) == "." || word(at + 1) == "?.") {
        reads_.push_back({std::string(word(at + 2)), tokens_[at + 2].span, false});
      } else if (word(at + 1) == "[" && tokens_[at + 2].kind == javascript::TokenKind::string) {
        const std::string_view name = quoted_name(word(at + 2));
        if (!name.empty()) reads_.push_back({std::string(name), tokens_[at + 2].span, false});
      }
    }
    return std::move(reads_);
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return text_at(text_, tokens_[at].span);
  }

  std::string_view text_;
  std::vector<javascript::Token> tokens_;
  std::vector<EnvironmentRead> reads_;
};

}  // namespace

std::optional<SourceLanguage> source_language(std::string_view path) {
  if (path.ends_with(".php")) return SourceLanguage::php;
  if (path.ends_with(".py")) return SourceLanguage::python;
  for (const std::string_view end : {".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"}) {
    if (path.ends_with(end)) return SourceLanguage::javascript;
  }
  return std::nullopt;
}

std::vector<EnvironmentRead> find_environment_reads(std::string_view text,
                                                    SourceLanguage language) {
  switch (language) {
    case SourceLanguage::php:
      return PhpReads(text).run();
    case SourceLanguage::python:
      return PythonReads(text).run();
    case SourceLanguage::javascript:
      return JavascriptReads(text).run();
  }
  return {};
}

}  // namespace gate::readers
