// Environment files, as the program that loads them in production takes them: one file, many
// dialects.
//
// Knows bytes and dialects; knows no file, no process and no rule. The dialects differ in what they
// refuse, drop and expand, so every dialect is a reader of its own and only the model is shared.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

enum class EnvDialect : std::uint8_t {
  phpdotenv,       // vlucas/phpdotenv 5.6, which Laravel uses
  node,            // dotenv 16 to 18; node --env-file is close to it
  node_expand,     // dotenv with dotenv-expand 11
  next,            // @next/env 16
  python_dotenv,   // python-dotenv 1.2
  django_environ,  // django-environ 0.9 to 0.12, Env.read_env
  decouple,        // python-decouple 3.6
  compose,         // compose-go 2: .env and `env_file` of docker compose
  docker,          // docker run --env-file, CLI 20.10
  bash,            // bash 5, `set -a; . FILE`
};

// Returns the dialect of this name as policies write it, or nothing.
[[nodiscard]] std::optional<EnvDialect> find_env_dialect(std::string_view name);
[[nodiscard]] std::span<const std::string_view> env_dialect_names();
[[nodiscard]] std::string_view name(EnvDialect dialect);

struct EnvEntry {
  std::string key;
  std::string value;      // after quotes, escapes and references were resolved
  bool has_value = true;  // false for a bare `KEY`, which unsets
  base::Span key_span;
  base::Span value_span;  // as written, with quotes; empty where nothing is written
  std::string unknown;    // why the value is not known without running something; empty: it is
};

// What a mistake in the file does to its reader.
enum class EnvEffect : std::uint8_t {
  refuses_file,   // the reader stops with an error: no key of the file is loaded
  drops_keys,     // the reader goes on without a word, but without this key and all that follow
  drops_key,      // the reader goes on with the next line, but without this key
  changes_value,  // the reader loads something else than what is written
};

struct EnvProblem {
  base::Span span;
  EnvEffect effect = EnvEffect::refuses_file;
  std::string
      message;  // what is wrong and what it does; never quotes the file, which may hold secrets
  bool open_quote = false;  // an opening quote that nobody closes
};

struct EnvFile {
  // In file order; a key set twice stands twice, the last one counts. A file that its reader
  // refuses still lists what could be read: for places, not for judging values.
  std::vector<EnvEntry> entries;
  std::vector<EnvProblem> problems;  // in file order

  // Returns the first problem of this effect, or null.
  [[nodiscard]] const EnvProblem* find_problem(EnvEffect effect) const;
};

// Returns the value of a variable, or nothing where it is not set.
using EnvLookup = std::function<std::optional<std::string>(std::string_view key)>;

// What references like ${NAME} see besides the file itself. Empty functions know no variable.
struct EnvScope {
  EnvLookup process;  // wins over the file
  EnvLookup earlier;  // files loaded before; the file wins
};

// Bytes that a file may have, and that a value, or all of them, may grow to by references; what is
// larger is refused in the name of every dialect.
inline constexpr std::size_t kEnvFileLimit = std::size_t{4} << 20;
inline constexpr std::size_t kEnvValueLimit = std::size_t{1} << 20;
inline constexpr std::size_t kEnvGrowthLimit = std::size_t{8} << 20;  // all values of a file

// Reads a file; linear in the text and in what its references grow to.
[[nodiscard]] EnvFile parse_dotenv(std::string_view text,
                                   EnvDialect dialect = EnvDialect::phpdotenv,
                                   const EnvScope& scope = {});

}  // namespace gate::readers
