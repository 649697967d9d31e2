#include "gate/readers/formats/dotenv.h"
#include "tests/fuzz/fuzz.h"

// The first byte chooses the dialect.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t dialects = gate::readers::env_dialect_names().size();
  const auto dialect = static_cast<gate::readers::EnvDialect>(data[0] % dialects);
  const std::string_view text = gate::fuzz::text_of(data + 1, size - 1);
  const gate::readers::EnvFile file = gate::readers::parse_dotenv(text, dialect);
  for (const gate::readers::EnvEntry& entry : file.entries) {
    gate::fuzz::require_inside(entry.key_span, text);
    gate::fuzz::require_inside(entry.value_span, text);
  }
  for (const gate::readers::EnvProblem& problem : file.problems)
    gate::fuzz::require_inside(problem.span, text);
  return 0;
}
