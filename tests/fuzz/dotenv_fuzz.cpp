#include "gate/readers/formats/dotenv.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  const gate::readers::EnvFile file = gate::readers::parse_dotenv(text);
  for (const gate::readers::EnvEntry& entry : file.entries) {
    gate::fuzz::require_inside(entry.key_span, text);
    gate::fuzz::require_inside(entry.value_span, text);
  }
  for (const gate::readers::EnvProblem& problem : file.problems)
    gate::fuzz::require_inside(problem.span, text);
  return 0;
}
