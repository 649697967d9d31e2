#include "gate/checks/config/syntax.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/formats/php/php.h"
#include "gate/readers/formats/python/tree.h"

namespace gate::checks {
namespace {

using Source = std::shared_ptr<const base::Source>;

SyntaxProblem problem(std::string_view language, const base::Span& span, std::string_view message) {
  return {span, fmt::format("no {}: {}", language, message)};
}

std::optional<SyntaxProblem> of_php(const Source& source) {
  const auto tree = readers::php::parse(source);
  if (tree->ok()) return std::nullopt;
  const readers::php::Problem& first = tree->problems().front();
  return problem("PHP", first.span, first.message);
}

std::optional<SyntaxProblem> of_python(const Source& source) {
  const auto tree = readers::python::Tree::parse(source->text());
  if (tree.error() == nullptr) return std::nullopt;
  return problem("Python", tree.error()->span, tree.error()->message);
}

std::optional<SyntaxProblem> of_javascript(const Source& source) {
  const auto tokens = readers::javascript::tokenize(source->text());
  if (!tokens.problem) return std::nullopt;
  return problem("JavaScript", tokens.problem->span, tokens.problem->message);
}

struct Language {
  std::string_view ending;
  std::optional<SyntaxProblem> (*find)(const Source& source);
};

constexpr auto kLanguages = std::to_array<Language>({{".php", of_php},
                                                     {".py", of_python},
                                                     {".js", of_javascript},
                                                     {".mjs", of_javascript},
                                                     {".cjs", of_javascript},
                                                     {".ts", of_javascript},
                                                     {".mts", of_javascript},
                                                     {".cts", of_javascript}});

const Language* language_of(std::string_view path) {
  const auto found =
      std::find_if(kLanguages.begin(), kLanguages.end(),
                   [&](const Language& language) { return path.ends_with(language.ending); });
  return found == kLanguages.end() ? nullptr : &*found;
}

}  // namespace

bool is_code(std::string_view path) { return language_of(path) != nullptr; }

std::optional<SyntaxProblem> find_syntax_problem(const Source& source) {
  const Language* language = language_of(source->name());
  return language == nullptr ? std::nullopt : language->find(source);
}

}  // namespace gate::checks
