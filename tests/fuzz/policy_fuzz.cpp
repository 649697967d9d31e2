// A gate.toml, with the kinds' own keys left unread.
#include "gate/policy/policy.h"
#include "gate/policy/table_reader.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(gate::fuzz::text_of(data, size));
  gate::policy::LoadOptions options;
  options.read = [&](std::string_view path) -> gate::Result<std::optional<std::string>> {
    if (path == "gate.toml") return std::optional(text);
    return std::optional<std::string>();
  };
  gate::base::Diagnostics diagnostics;
  (void)gate::policy::load(
      options,
      [](const gate::policy::RuleHead&, gate::policy::TableReader& table) { table.finish(); },
      diagnostics);
  (void)gate::base::render(diagnostics, false);
  return 0;
}
