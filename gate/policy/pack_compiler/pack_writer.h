// Writes packs as C++ tables.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "gate/readers/formats/document.h"

namespace gate::policy {

// Returns C++ that defines pack_tables() for these documents, in the order of their names in
// [pack]. The names are unique and the documents without mistakes.
[[nodiscard]] std::string write_pack_tables(
    std::span<const std::shared_ptr<const readers::Document>> packs);

}  // namespace gate::policy
