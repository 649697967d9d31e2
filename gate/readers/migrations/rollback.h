// Rollback: whether the way back of a migration puts the schema back.
#pragma once

#include <cstdint>
#include <string>

#include "gate/base/text.h"
#include "gate/readers/migrations/migration.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

// Compares what stretches of operations left with what was there before them. `before`: a journal
// that covers the way there and back; `origin`: the migration. Returns what differs, the first
// thing only, in words for people; empty where nothing does.
[[nodiscard]] std::string compare_with(const Journal& before, const Schema& after, Origin origin);

// Returns a journal that leads from the state after `second` to the one before `first`.
[[nodiscard]] Journal join(Journal first, const Journal& second);

// Runs `down` on the schema that is that after up(), compares, and puts the schema back. `up`: the
// journal of up(). Returns what is wrong with the way back. Nothing is said where a part of either
// way is not known.
[[nodiscard]] RollbackVerdict judge_rollback(Schema& schema, const Journal& up,
                                             const Migration& migration, Origin origin);

}  // namespace gate::readers::migrations
