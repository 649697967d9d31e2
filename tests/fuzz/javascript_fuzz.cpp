// A configuration file in JavaScript of any bytes, evaluated with variables that are set and unset.
#include "gate/base/json_writer.h"
#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/settings/javascript/config.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/readers/project.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace readers = gate::readers;
  const auto source = gate::fuzz::source_of(data, size);
  const readers::javascript::Tokens tokens = readers::javascript::tokenize(source->text());
  for (const readers::javascript::Token& token : tokens.list) {
    gate::fuzz::require_inside(token.span, source->text());
    // Where a bracket is left open, those around it have no partner.
    if (!tokens.problem) gate::fuzz::require(token.match < tokens.list.size());
  }
  const readers::test::Variables variables{{"A", "x"}, {"NODE_ENV", "production"}};
  const readers::JavascriptConfig config = readers::javascript_config(*source, variables);
  gate::base::JsonWriter json;
  readers::write_value(json, config.value);
  return 0;
}
