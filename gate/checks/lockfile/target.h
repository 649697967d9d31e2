// One lockfile under judgement, and how a finding about it is made.
#pragma once

#include <string>

#include "gate/checks/check.h"
#include "gate/checks/inventory.h"
#include "gate/checks/lockfile/rule.h"
#include "gate/checks/lockfile/uses.h"
#include "gate/checks/tally.h"

namespace gate::checks::lockfile {

struct Target {
  const LockfileRule& rule;
  const Context& context;
  const Inventory& inventory;
  const LockfileEntry& entry;
  const readers::lockfiles::Lockfile& lock;
  Tally& tally;
  Uses& uses;

  // Returns whether the rule is about a package: not of development where it asks for production,
  // and not a part of this repository.
  [[nodiscard]] bool is_asked(const readers::lockfiles::Package& package) const;

  // Reports something about a package, at its name. `identity` is what it is about besides the
  // package.
  void report(const readers::lockfiles::Package& package, std::string message, std::string identity,
              std::string fix = {}) const;
  // Reports something about a stretch of a file; the lockfile itself where `source` is null.
  void report_at(const base::Source* source, base::Span span, std::string message,
                 std::string identity, std::string fix = {}) const;
  void report(finding::Finding finding) const { tally.found(std::move(finding)); }
};

// Returns "name 1.2.3".
[[nodiscard]] std::string spell(const readers::lockfiles::Package& package);

// Returns a finding at a stretch of a text.
[[nodiscard]] finding::Finding finding_at(const base::Source& source, base::Span span,
                                          std::string message, std::string identity);

void judge_sync(const Target& target);
void judge_integrity(const Target& target);
void judge_origin(const Target& target);
void judge_bans(const Target& target);
void judge_licenses(const Target& target);
void judge_care(const Target& target);
void judge_age(const Target& target);
void judge_images(const Target& target);
void judge_platform(const Target& target);

// About the folders of a repository rather than about one lock.
void judge_presence(const LockfileRule& rule, const Inventory& inventory, Tally& tally);

// Loads the advisories once and matches every lock. `evidence` gets what was looked at.
void judge_advisories(const LockfileRule& rule, const Context& context, const Inventory& inventory,
                      Tally& tally, Uses& uses, std::vector<std::string>& evidence);

// Returns whether a rule is about this lockfile.
[[nodiscard]] bool is_chosen(const LockfileRule& rule, const LockfileEntry& entry);

}  // namespace gate::checks::lockfile
