#include "gate/readers/formats/dotenv.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {
namespace {

struct Dialect {
  std::string_view name;
  EnvFile (*read)(std::string_view text, const EnvScope& scope);
};

// In the order of EnvDialect.
constexpr std::array kDialects = std::to_array<Dialect>({
    {"phpdotenv", read_phpdotenv},
    {"node", read_node},
    {"node-expand", read_node_expand},
    {"next", read_next},
    {"python-dotenv", read_python_dotenv},
    {"django-environ", read_django_environ},
    {"decouple", read_decouple},
    {"compose", read_compose},
    {"docker", read_docker},
    {"bash", read_bash},
});

constexpr auto kDialectNames = [] {
  std::array<std::string_view, kDialects.size()> names;
  std::transform(kDialects.begin(), kDialects.end(), names.begin(),
                 [](const Dialect& dialect) { return dialect.name; });
  return names;
}();

}  // namespace

std::optional<EnvDialect> find_env_dialect(std::string_view name) {
  const auto found = std::find(kDialectNames.begin(), kDialectNames.end(), name);
  if (found == kDialectNames.end()) return std::nullopt;
  return static_cast<EnvDialect>(found - kDialectNames.begin());
}

std::span<const std::string_view> env_dialect_names() { return kDialectNames; }

std::string_view name(EnvDialect dialect) {
  return kDialectNames[static_cast<std::size_t>(dialect)];
}

const EnvProblem* EnvFile::find_problem(EnvEffect effect) const {
  const auto found = std::find_if(problems.begin(), problems.end(), [&](const EnvProblem& problem) {
    return problem.effect == effect;
  });
  return found == problems.end() ? nullptr : &*found;
}

EnvFile parse_dotenv(std::string_view text, EnvDialect dialect, const EnvScope& scope) {
  if (text.size() > kEnvFileLimit) {
    EnvFile file;
    file.problems.push_back({{0, 0},
                             EnvEffect::refuses_file,
                             fmt::format("{} bytes are more than an environment file may have ({})",
                                         text.size(), kEnvFileLimit)});
    return file;
  }
  EnvFile file = kDialects[static_cast<std::size_t>(dialect)].read(text, scope);
  sort_problems(file);
  return file;
}

}  // namespace gate::readers
