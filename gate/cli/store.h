// Store: what gate keeps from one run to the next, below the git folder. Safe to delete; nothing in
// it is needed, and what cannot be read or written is as if it were not there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gate/checks/outcome_cache.h"
#include "gate/engine/durations.h"
#include "gate/engine/plan.h"
#include "gate/engine/run.h"

namespace gate::cli {

class Store final : public checks::OutcomeCache {
 public:
  // `git_folder`: empty for no repository: nothing is kept then.
  explicit Store(const std::filesystem::path& git_folder)
      : folder_(git_folder.empty() ? std::filesystem::path() : git_folder / "gate") {}

  [[nodiscard]] engine::Durations durations() const;

  // Adds how long the commands of a run took, those that came to their end.
  void keep_durations(engine::Durations before, const engine::Plan& plan,
                      const engine::RunResult& result) const;

  [[nodiscard]] std::optional<std::string> find(const std::string& key) const override;
  void keep(const std::string& key, std::string_view text) override;

 private:
  void forget_old() const;

  std::filesystem::path folder_;
};

}  // namespace gate::cli
