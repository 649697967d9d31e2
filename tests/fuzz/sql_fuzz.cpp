#include "gate/readers/formats/sql/read.h"
#include "tests/fuzz/fuzz.h"

// The first byte chooses the dialect.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gate::readers::sql::Dialect;
  if (size == 0) return 0;
  const std::string_view text = gate::fuzz::text_of(data + 1, size - 1);
  const Dialect dialect = data[0] % 2 == 0 ? Dialect::postgres : Dialect::mysql;
  for (const auto& statement : gate::readers::sql::read_script(text, dialect).statements) {
    gate::fuzz::require_inside(statement.span, text);
    gate::fuzz::require(!statement.operations.empty() || !statement.opaque.empty() ||
                        !statement.algorithms.empty());
    for (const auto& operation : statement.operations) {
      gate::fuzz::require_inside(operation.span, text);
      for (const auto& column : operation.columns)
        gate::fuzz::require_inside(column.span, text);
    }
  }
  return 0;
}
