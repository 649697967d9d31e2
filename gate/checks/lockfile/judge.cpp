#include "gate/checks/lockfile/judge.h"

#include <memory>

#include <fmt/format.h>

#include "gate/checks/lockfile/target.h"

namespace gate::checks::lockfile {
namespace {

bool asks_integrity(const LockfileRule& rule) { return !rule.hashes.empty(); }

bool asks_origin(const LockfileRule& rule) {
  return !rule.sources.empty() || !rule.hosts.empty() || !rule.schemes.empty() ||
         rule.fitting_address;
}

bool asks_bans(const LockfileRule& rule) {
  return !rule.deny.empty() || rule.max_versions || rule.no_wildcards || rule.pinned;
}

bool asks_care(const LockfileRule& rule) {
  return rule.maintained || rule.install_scripts || rule.min_age;
}

bool asks_platform(const LockfileRule& rule) {
  return !rule.platform.empty() || rule.declared_extensions || rule.fitting_images;
}

bool asks_each(const LockfileRule& rule) {
  return rule.sync || asks_integrity(rule) || asks_origin(rule) || asks_bans(rule) ||
         asks_care(rule) || asks_platform(rule) || rule.licenses;
}

void judge_one(const Target& target) {
  const LockfileRule& rule = target.rule;
  if (rule.sync) judge_sync(target);
  if (asks_integrity(rule)) judge_integrity(target);
  if (asks_origin(rule)) judge_origin(target);
  if (asks_bans(rule)) judge_bans(target);
  if (rule.licenses) judge_licenses(target);
  if (asks_care(rule)) judge_care(target);
  if (asks_platform(rule)) judge_platform(target);
}

}  // namespace

Answer judge(const LockfileRule& rule, const Context& context) {
  const Memo own;
  const Memo& memo = context.memo != nullptr ? *context.memo : own;
  const Inventory& inventory = Inventory::of(context.files, memo);
  Tally tally;
  Uses uses;
  std::vector<std::string> evidence;
  std::size_t chosen = 0;
  for (const LockfileEntry& entry : inventory.lockfiles()) {
    if (!is_chosen(rule, entry)) continue;
    ++chosen;
    if (!asks_each(rule)) continue;
    if (!entry.lock) {
      tally.unknown(fmt::format("{}: {}", entry.path, entry.problem));
      continue;
    }
    judge_one({rule, context, inventory, entry, *entry.lock, tally, uses});
  }
  judge_presence(rule, inventory, tally);
  if (rule.advisories) judge_advisories(rule, context, inventory, tally, uses, evidence);
  if (chosen == 0) tally.skipped("no lockfile");
  evidence.insert(evidence.begin(), fmt::format("{} lockfile{}", chosen, chosen == 1 ? "" : "s"));
  Answer answer = std::move(tally).answer(std::move(evidence));
  if (answer.verdict == finding::Verdict::passed || answer.verdict == finding::Verdict::failed)
    answer.unmet = uses.unmet(rule);
  return answer;
}

}  // namespace gate::checks::lockfile
