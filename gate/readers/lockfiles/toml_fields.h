// Fields of TOML tables: what the readers of poetry.lock, uv.lock, Cargo.lock and of manifests have
// in common.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers::lockfiles {

// Returns the document, or "line 3, column 7: …".
[[nodiscard]] Result<std::shared_ptr<const Document>> read_toml(
    std::shared_ptr<const base::Source> source);

// Returns the value at a chain of keys; nothing where a step is missing.
[[nodiscard]] std::optional<Value> at(const Value& table,
                                      std::initializer_list<std::string_view> keys);
// Returns the text under a key; empty where there is none, or another kind of value.
[[nodiscard]] std::string_view text_at(const Value& table, std::string_view key);
[[nodiscard]] bool is_true_at(const Value& table, std::string_view key);
// Returns the elements of a list, or the members of a table, under a key; none where it is absent.
[[nodiscard]] std::vector<Value> children_at(const Value& table, std::string_view key);
// Returns the texts of a list; a text counts as a list of one.
[[nodiscard]] std::vector<std::string_view> texts_at(const Value& table, std::string_view key);

}  // namespace gate::readers::lockfiles
