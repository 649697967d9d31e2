#include "gate/cli/notes.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gate::cli {
namespace {

std::string rules_not_asked(std::size_t count) {
  return count == 1 ? "1 rule about it was not asked"
                    : fmt::format("{} rules about it were not asked", count);
}

// Returns how many rules that need the environment came to nothing.
std::size_t unasked(const Session& session, const engine::RunResult& result) {
  std::size_t count = 0;
  for (std::size_t index = 0; index < session.plan.tasks.size(); ++index) {
    const engine::Task& task = session.plan.tasks[index];
    const bool about_it = (task.kind->needs & checks::Kind::environment) != 0;
    if (about_it && task.refusal.empty() &&
        result.outcomes[index].verdict == finding::Verdict::not_applicable)
      ++count;
  }
  return count;
}

std::string undeclared_note(const Session& session, std::size_t count) {
  std::vector<std::string> names;
  for (const policy::EnvironmentSource& source : session.policy.environments)
    names.push_back(source.name);
  if (names.empty()) {
    return fmt::format(
        "no production environment is declared, so {}: write [environment.production] with files = "
        "[\".env.production\"] into gate.toml, or name a file with --env-file",
        rules_not_asked(count));
  }
  return fmt::format(
      "the policy declares no environment `production`, so {}; it declares `{}`: --env-name {} "
      "judges it",
      rules_not_asked(count), fmt::join(names, "`, `"), names.front());
}

// Returns the rules of the user's own that were asked and found nothing to judge, each with the
// reason. Not among them: those that have none of the judged files to look at, those about an
// environment that is not here, which has a note of its own, and tools that no change calls for.
std::vector<std::string> own_rules_without_work(const Session& session,
                                                const engine::RunResult& result) {
  constexpr std::size_t kMost = 5;
  unsigned explained = checks::Kind::suppressions | checks::Kind::git;
  if (!session.environment || !session.environment->missing.empty())
    explained |= checks::Kind::environment;
  if (session.change) explained |= checks::Kind::commands;
  std::vector<std::string> found;
  std::size_t more = 0;
  for (std::size_t index = 0; index < session.plan.tasks.size(); ++index) {
    const engine::Task& task = session.plan.tasks[index];
    if (!task.rule->head.pack.empty() || !task.refusal.empty() ||
        (task.kind->needs & explained) != 0 || !task.check->after().empty())
      continue;
    const finding::Outcome& outcome = result.outcomes[index];
    if (outcome.verdict != finding::Verdict::not_applicable || outcome.notice) continue;
    if (found.size() == kMost) {
      ++more;
      continue;
    }
    found.push_back(fmt::format("the rule `{}` judged nothing: {}", outcome.rule, outcome.reason));
  }
  if (more != 0) found.push_back(fmt::format("{} more rules of this policy judged nothing", more));
  return found;
}

}  // namespace

std::string detection_note(const Session& session) {
  const std::vector<std::string>& seen = session.policy.detected_because;
  if (!session.policy.packs_detected) return {};
  return fmt::format(
      "{}: {}; packs: {}",
      session.policy.file.empty() ? "no gate.toml"
                                  : fmt::format("{} names no packs", session.policy.file),
      seen.empty() ? "no known stack found" : fmt::format("found {}", fmt::join(seen, ", ")),
      fmt::join(session.policy.packs, ", "));
}

std::string outer_policy_note(const Session& session) {
  namespace fs = std::filesystem;
  if (!session.policy.file.empty() || session.place.prefix.empty()) return {};
  std::error_code ignored;
  fs::path way = "..";
  const auto levels = std::count(session.place.prefix.begin(), session.place.prefix.end(), '/');
  for (std::ptrdiff_t level = 0; level < levels; ++level, way /= "..") {
    if (!fs::is_regular_file(session.place.folder / way / policy::kPolicyFile, ignored)) continue;
    return fmt::format(
        "a gate.toml lies above the judged folder and was not read: judge that folder, or name the "
        "file with --policy");
  }
  return {};
}

std::vector<std::string> files_from_disk(const Session& session) {
  if (!session.environment || session.place.files->at() == "worktree") return {};
  return session.environment->from_disk;
}

std::vector<std::string> gaps(const Session& session, const engine::RunResult& result) {
  std::vector<std::string> found;
  if (!session.environment) {
    if (const std::size_t count = unasked(session, result); count != 0)
      found.push_back(undeclared_note(session, count));
  } else if (!session.environment->missing.empty()) {
    if (const std::size_t count = unasked(session, result); count != 0) {
      found.push_back(fmt::format("the environment `{}` is not here: {}; {}",
                                  session.environment->name, session.environment->missing,
                                  rules_not_asked(count)));
    }
  }
  const auto forbidden = std::count_if(
      session.plan.tasks.begin(), session.plan.tasks.end(),
      [](const engine::Task& task) { return task.refused == engine::Refused::no_commands; });
  if (forbidden != 0) {
    found.push_back(
        forbidden == 1
            ? std::string("--no-commands: 1 rule that starts a program was not asked")
            : fmt::format("--no-commands: {} rules that start programs were not asked", forbidden));
  }
  for (std::string& idle : own_rules_without_work(session, result))
    found.push_back(std::move(idle));
  return found;
}

}  // namespace gate::cli
