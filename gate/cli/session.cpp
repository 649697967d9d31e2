// Opens what a judgement stands on: the place, the policy, the plan, the production environment.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/checks/dialects.h"
#include "gate/checks/environment_load.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/judge.h"
#include "gate/cli/notes.h"
#include "gate/cli/policy_files.h"
#include "gate/engine/checklist.h"
#include "gate/policy/packs.h"
#include "gate/repo/folder_state.h"
#include "gate/report/annotate.h"
#include "gate/report/formats.h"
#include "gate/system/process_environment.h"

namespace gate::cli {
namespace {

constexpr std::string_view kProduction = "production";

// Where the production environment lies by custom, where the policy does not say.
constexpr std::array<std::string_view, 2> kCustomaryEnvFiles{".env.production", ".env.prod"};

int fail(Streams& streams, const JudgeOptions& options, std::string message, int status,
         std::string help = {}) {
  streams.err += base::render(base::Diagnostic::error(std::move(message)).hint(std::move(help)),
                              options.color);
  return status;
}

policy::LoadOptions load_options(const JudgeOptions& options, const Place& place) {
  policy::LoadOptions load = policy_files(place, options.policy_file);
  load.packs = options.packs;
  load.strict = options.strict;
  load.vars = options.vars;
  return load;
}

struct ChosenEnvironment {
  policy::EnvironmentSource source;
  bool by_custom = false;  // nobody has named it
};

// Returns whether the program that reads these files reads `.env` too, whatever it is run for:
// Next.js and Vite, which look for what the special file lacks in the general one.
bool reads_general_file(const repo::Snapshot& files, const std::vector<std::string>& env_files) {
  const checks::DetectedDialect reader = checks::detect_dialect(files, env_files);
  return reader.dialect == readers::EnvDialect::next || reader.because.starts_with("vite in ");
}

std::optional<ChosenEnvironment> choose_environment(const JudgeOptions& options,
                                                    const Session& session) {
  const std::string name = options.env_name.value_or(std::string(kProduction));
  policy::EnvironmentSource source;
  bool declared = false;
  for (const policy::EnvironmentSource& candidate : session.policy.environments) {
    if (candidate.name != name) continue;
    source = candidate;
    declared = true;
  }
  source.name = name;
  if (!options.env_files.empty()) {
    source.files.clear();
    source.file_places.clear();
    for (const std::string& file : options.env_files)
      source.files.push_back(std::filesystem::absolute(file).string());
    declared = true;
  }
  if (options.env_from_process) {
    source.process = {"*"};
    declared = true;
  }
  if (declared) return ChosenEnvironment{std::move(source)};
  // The file of a work tree is rightly one that git ignores.
  const repo::Snapshot& files = *session.place.files;
  for (const std::string_view file : kCustomaryEnvFiles) {
    const Result<std::optional<unsigned>> on_disk = files.mode_on_disk(std::string(file));
    if (files.find(file) != nullptr || (on_disk && *on_disk)) source.files.emplace_back(file);
  }
  if (source.files.empty()) return std::nullopt;
  // One that git ignores is the developer's own.
  constexpr std::string_view kGeneral = ".env";
  if (files.find(kGeneral) != nullptr && reads_general_file(files, source.files))
    source.files.emplace(source.files.begin(), kGeneral);
  return ChosenEnvironment{std::move(source), true};
}

// Says which --rule and --skip name no rule: a mistyped --rule would ask nothing and pass.
void check_selection(const JudgeOptions& options, const policy::Policy& policy,
                     base::Diagnostics& diagnostics) {
  std::vector<std::string_view> ids;
  for (const policy::Rule& rule : policy.rules)
    ids.emplace_back(rule.head.id);
  const auto check = [&](std::string_view option, const base::GlobSet& globs,
                         base::Diagnostic::Level level) {
    for (const std::string& text : globs.texts()) {
      base::GlobSet only;
      const std::string_view bare = std::string_view(text).substr(text.starts_with('!') ? 1 : 0);
      if (!only.add(bare)) continue;
      if (std::any_of(ids.begin(), ids.end(), [&](auto id) { return only.matches(id); })) continue;
      base::Diagnostic diagnostic =
          base::Diagnostic::error(fmt::format("`{} {}` matches no rule", option, text));
      diagnostic.level = level;
      const std::string_view nearest = base::did_you_mean(bare, ids);
      diagnostics.add(std::move(diagnostic)
                          .hint(nearest.empty() ? "`gate show plan` lists the rules"
                                                : fmt::format("did you mean `{}`?", nearest)));
    }
  };
  check("--rule", options.selection.rules, base::Diagnostic::Level::error);
  check("--skip", options.selection.skip, base::Diagnostic::Level::warning);
}

// Says which rules are about an environment that the policy does not declare: they would never be
// asked.
void check_rules_environment(const Session& session, base::Diagnostics& diagnostics) {
  std::vector<std::string_view> names{kProduction};
  for (const policy::EnvironmentSource& source : session.policy.environments)
    names.emplace_back(source.name);
  for (std::size_t index = 0; index < session.policy.rules.size(); ++index) {
    const policy::Rule& rule = session.policy.rules[index];
    const checks::Kind* kind = session.checks.kind(index);
    const auto name = rule.table.find("environment");
    if (kind == nullptr || (kind->needs & checks::Kind::environment) == 0 || !name) continue;
    const std::string_view text = (*name)->text;
    if (std::find(names.begin(), names.end(), text) != names.end()) continue;
    const std::string_view near = base::did_you_mean(text, names);
    diagnostics.add(
        base::Diagnostic::error(fmt::format("the policy has no [environment.{}]", text))
            .at(name->document().source(), (*name)->span)
            .hint(near.empty()
                      ? fmt::format("declare it: [environment.{}] with files = [\".env.{}\"]", text,
                                    text)
                      : fmt::format("did you mean `{}`?", near)));
  }
}

// Says what the command line names of the environment and is not there: nothing would be asked.
void check_environment(const JudgeOptions& options, const policy::Policy& policy,
                       base::Diagnostics& diagnostics) {
  for (const std::string& file : options.env_files) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
      diagnostics.add(base::Diagnostic::error(fmt::format("--env-file: there is no `{}`", file)));
  }
  if (!options.env_name || !options.env_files.empty() || options.env_from_process) return;
  std::vector<std::string_view> names;
  for (const policy::EnvironmentSource& source : policy.environments) {
    if (source.name == *options.env_name) return;
    names.emplace_back(source.name);
  }
  diagnostics.add(
      base::Diagnostic::error(
          fmt::format("--env-name: the policy has no [environment.{}]", *options.env_name))
          .hint(base::suggest(*options.env_name, names)));
}

// Returns whether there is no file at all. A policy is one, and saves the walk.
bool is_empty(const repo::Snapshot& files) {
  return files.find(policy::kPolicyFile) == nullptr && files.files().empty() &&
         files.is_complete().has_value();
}

}  // namespace

std::unique_ptr<Session> open_session(const JudgeOptions& options, Streams& streams, int& status) {
  auto session = std::make_unique<Session>();
  std::string mistake;
  Result<std::optional<Place>> place = find_place(options.path, options.at, true, mistake);
  if (!place) {
    status = fail(streams, options, place.error().message, undecided);
    return nullptr;
  }
  if (!place->has_value()) {
    status = fail(streams, options, mistake, misuse);
    return nullptr;
  }
  session->place = std::move(**place);
  if (options.since || options.new_only) {
    Result<std::optional<Change>> change = find_change(options.since, session->place, mistake);
    if (!change || !change->has_value()) {
      status = change ? fail(streams, options, mistake, misuse)
                      : fail(streams, options, change.error().message, undecided);
      return nullptr;
    }
    session->change = *std::move(change);
  }
  if (is_empty(*session->place.files)) {
    status =
        fail(streams, options,
             options.at == "index" ? std::string("there is nothing to judge: the index is empty")
                                   : fmt::format("there is nothing to judge: `{}` has no files",
                                                 session->place.folder.string()),
             misuse,
             options.at == "index" ? "`git add` files, or leave `--at` out to judge the work tree"
                                   : "name a folder with a project in it: gate run PATH");
    return nullptr;
  }

  base::Diagnostics diagnostics;
  session->policy =
      policy::load(load_options(options, session->place), session->checks.callback(), diagnostics);
  engine::settle(session->policy, session->checks, diagnostics);
  if (!diagnostics.has_errors()) {
    check_selection(options, session->policy, diagnostics);
    check_environment(options, session->policy, diagnostics);
    check_rules_environment(*session, diagnostics);
  }
  // A run of some packs leaves rules out that the checklists name.
  if (options.packs.empty())
    engine::bind_checklists(session->policy, *session->place.files, diagnostics);
  // Without the files, what is said of the policy may be wrong.
  if (const Result<void> complete = session->place.files->is_complete(); !complete) {
    status = fail(streams, options, complete.error().message, undecided);
    return nullptr;
  }
  streams.err += base::render(diagnostics, options.color);
  if (diagnostics.has_errors()) {
    const bool annotates =
        std::any_of(options.outputs.begin(), options.outputs.end(), [](const Output& output) {
          return output.format == &report::kGithub && output.file.empty();
        });
    if (annotates) streams.out += report::annotate(diagnostics);
    status = misuse;
    return nullptr;
  }

  const Place& found = session->place;
  if (found.repository) {
    session->git = repo::folder_state(*found.repository, found.prefix);
    Result<repo::Head> head = session->git->head();
    if (head) session->branch = head->branch;
  }
  for (std::string note : {detection_note(*session), outer_policy_note(*session)}) {
    if (!note.empty()) session->place.notes.push_back(std::move(note));
  }
  if (session->change) session->place.notes.push_back(since_note(*session->change));
  session->conditions.emplace(*found.files, session->branch);
  engine::Selection selection = options.selection;
  selection.without_repository = found.repository == nullptr && session->policy.packs_detected;
  session->plan = engine::plan(session->policy, session->checks, selection, *session->conditions);

  if (const auto chosen = choose_environment(options, *session)) {
    const policy::EnvironmentSource& source = chosen->source;
    session->environment =
        checks::load_environment(source, *found.files, found.folder, system::process_environment());
    if (session->change) {
      session->environment_before = checks::load_environment(
          source, *session->change->files, found.folder, system::process_environment());
    }
    if (chosen->by_custom) {
      session->place.notes.push_back(fmt::format(
          "judged as the production environment, by its name: `{}`; [environment.production] of "
          "gate.toml can name other files",
          fmt::join(source.files, "`, `")));
    }
  }
  return session;
}

}  // namespace gate::cli
