// The reference of gate.toml for docs/: a page for people and a JSON schema for editors.
#pragma once

#include <string>

namespace gate::cli {

// Returns docs/policy.md: every table and key of a policy file.
[[nodiscard]] std::string policy_page();

// Returns docs/gate.schema.json: JSON Schema draft-07, as TOML editors (taplo) read it from
// `#:schema PATH` in the first line. It knows the shipped packs and the keys of every kind; what it
// leaves open, the loader judges.
[[nodiscard]] std::string policy_schema();

}  // namespace gate::cli
