#include "gate/checks/environment.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/base/glob.h"
#include "gate/checks/dialects.h"
#include "gate/checks/environment_load.h"
#include "gate/finding/redaction.h"
#include "gate/readers/formats/dotenv.h"
#include "gate/system/files.h"

namespace gate::checks {
namespace {

namespace fs = std::filesystem;
using readers::EnvEffect;

// A declared file: how to name it, and its bytes where it was found.
struct EnvSourceFile {
  std::string name;
  std::optional<std::string> text;
};

class Loader {
 public:
  Loader(const policy::EnvironmentSource& source, const repo::Snapshot& files,
         const fs::path& folder, std::span<const std::pair<std::string, std::string>> process)
      : source_(source), files_(files), folder_(folder) {
    environment_.name = source.name;
    take_process(process);
  }

  Environment load() {
    if (!source_.files.empty()) {
      const DetectedDialect dialect = choose_dialect();
      environment_.dialect = readers::name(dialect.dialect);
      environment_.dialect_because = dialect.because;
      for (std::size_t index = 0; index < source_.files.size(); ++index)
        add_file(index, dialect.dialect);
    }
    if (!source_.process.empty()) add_process();
    return std::move(environment_);
  }

 private:
  // A name that is no dialect was refused with the policy.
  [[nodiscard]] DetectedDialect choose_dialect() const {
    if (const auto named = readers::find_env_dialect(source_.dialect)) return {*named, {}};
    return detect_dialect(files_, source_.files);
  }

  static void add(std::string& reasons, std::string_view reason) {
    if (!reasons.empty()) reasons += "; ";
    reasons += reason;
  }

  void take_process(std::span<const std::pair<std::string, std::string>> process) {
    base::GlobSet wanted;
    for (const std::string& glob : source_.process) {
      if (const Result<void> added = wanted.add(glob); !added) {
        add(environment_.refused,
            fmt::format("`process` has the glob `{}`: {}", glob, added.error().message));
      }
    }
    if (wanted.empty()) return;
    for (const auto& [key, value] : process) {
      if (wanted.matches(key)) process_.insert_or_assign(key, value);
    }
  }

  void add_file(std::size_t index, readers::EnvDialect dialect) {
    const std::string& declared = source_.files[index];
    Result<EnvSourceFile> found = find_file(declared);
    if (!found) {
      add(environment_.refused, found.error().message);
      return;
    }
    if (!found->text) {
      add(environment_.missing,
          fmt::format("`{}` is neither among the judged files nor on disk", found->name));
      note_misspelling(index, found->name);
      return;
    }
    if (files_.find(found->name) == nullptr) environment_.from_disk.push_back(found->name);
    add_text(found->name, *found->text, dialect);
  }

  // A file that is kept out of the repository is rightly absent; one that is absent beside a file
  // of almost its name was mistyped.
  void note_misspelling(std::size_t index, const std::string& name) {
    const std::size_t slash = name.rfind('/') + 1;
    const std::string_view own_name = std::string_view(name).substr(slash);
    std::vector<std::string_view> names;
    for (const repo::File& file : files_.files()) {
      const std::string_view path = file.path;
      if (!path.starts_with(std::string_view(name).substr(0, slash))) continue;
      const std::string_view rest = path.substr(slash);
      if (rest.find('/') == std::string_view::npos && rest.find("env") != std::string_view::npos)
        names.push_back(rest);
    }
    const std::string_view near = base::did_you_mean(own_name, names);
    if (near.empty() || is_declared(name.substr(0, slash) + std::string(near))) return;
    MisspeltFile misspelt{name, name.substr(0, slash) + std::string(near), {}};
    if (index < source_.file_places.size() && source_.file_places[index].source != nullptr) {
      const base::Label& label = source_.file_places[index];
      misspelt.place = finding::place_of(label.source->name(), label.source->lines(), label.span);
    }
    environment_.misspelt.push_back(std::move(misspelt));
  }

  [[nodiscard]] bool is_declared(std::string_view name) const {
    return std::any_of(source_.files.begin(), source_.files.end(), [&](const std::string& file) {
      return fs::path(file).lexically_normal() == fs::path(name);
    });
  }

  Result<EnvSourceFile> find_file(const std::string& declared) const {
    fs::path path = fs::path(declared).lexically_normal();
    if (path.is_absolute() && !folder_.empty()) {
      const fs::path inside = path.lexically_relative(folder_.lexically_normal());
      if (!inside.empty() && *inside.begin() != "..") {
        GATE_TRY(std::optional<std::string> text, system::read_file(path));
        return EnvSourceFile{inside.generic_string(), std::move(text)};
      }
    }
    std::string name = path.generic_string();
    const repo::File* file = files_.find(name);
    if (file != nullptr && file->is_plain()) {
      Result<std::string> text = repo::read_text(files_, name);
      if (!text) return std::move(text).error().within(fmt::format("read `{}`", name));
      return EnvSourceFile{std::move(name), *std::move(text)};
    }
    if (path.is_relative() && folder_.empty()) return EnvSourceFile{std::move(name), std::nullopt};
    GATE_TRY(std::optional<std::string> text,
             system::read_file(path.is_absolute() ? path : folder_ / path));
    return EnvSourceFile{std::move(name), std::move(text)};
  }

  void add_text(const std::string& name, std::string_view text, readers::EnvDialect dialect) {
    readers::EnvScope scope;
    scope.process = [this](std::string_view key) -> std::optional<std::string> {
      const auto found = process_.find(key);
      return found == process_.end() ? std::nullopt : std::optional(found->second);
    };
    scope.earlier = [this](std::string_view key) -> std::optional<std::string> {
      const auto found = index_.find(key);
      if (found == index_.end()) return std::nullopt;
      const Variable& variable = environment_.variables[found->second];
      return variable.has_value ? std::optional(variable.value) : std::nullopt;
    };
    readers::EnvFile file = readers::parse_dotenv(text, dialect, scope);
    const base::LineIndex lines(text);
    environment_.sources.push_back(name);
    environment_.texts.push_back({name, std::string(text)});
    add_problems(name, file, lines);

    std::map<std::string_view, std::uint32_t> line_of;
    for (const readers::EnvEntry& entry : file.entries) {
      finding::Place place = finding::place_of(name, lines, entry.key_span);
      const auto [earlier, fresh] = line_of.try_emplace(entry.key, place.line);
      if (!fresh) {
        environment_.repeated.push_back({entry.key, place, earlier->second});
        earlier->second = place.line;
      }
    }
    for (readers::EnvEntry& entry : file.entries) {
      set({std::move(entry.key), std::move(entry.value), entry.has_value,
           finding::place_of(name, lines, entry.value_span), std::move(entry.unknown)});
    }
  }

  void add_problems(const std::string& name, const readers::EnvFile& file,
                    const base::LineIndex& lines) {
    for (const readers::EnvProblem& problem : file.problems) {
      finding::Finding finding;
      finding.message = problem.message;
      finding.place = finding::place_of(name, lines, problem.span);
      finding.identity = problem.message;
      (problem.open_quote ? environment_.open_quotes : environment_.problems)
          .push_back(std::move(finding));
    }
    const auto explain = [&](std::string& reasons, EnvEffect effect) {
      const readers::EnvProblem* problem = file.find_problem(effect);
      if (problem == nullptr) return;
      const base::Position at = lines.position(problem->span.begin);
      add(reasons, fmt::format("{}:{}:{}: {}", name, at.line, at.column, problem->message));
    };
    explain(environment_.refused, EnvEffect::refuses_file);
    explain(environment_.dropped, EnvEffect::drops_keys);
    explain(environment_.dropped, EnvEffect::drops_key);
  }

  void add_process() {
    if (process_.empty() && source_.files.empty()) {
      add(environment_.missing, fmt::format("no variable of this process matches `{}`",
                                            fmt::join(source_.process, "`, `")));
      return;
    }
    environment_.sources.emplace_back("process");
    for (const auto& [key, value] : process_)
      set({key, value, true, {}, {}});
  }

  void set(Variable variable) {
    const auto [at, fresh] = index_.try_emplace(variable.key, environment_.variables.size());
    if (fresh) {
      environment_.variables.push_back(std::move(variable));
    } else {
      environment_.variables[at->second] = std::move(variable);
    }
  }

  const policy::EnvironmentSource& source_;
  const repo::Snapshot& files_;
  const fs::path& folder_;
  std::map<std::string, std::string, std::less<>> process_;
  std::map<std::string, std::size_t, std::less<>> index_;  // into environment_.variables
  Environment environment_;
};

}  // namespace

const Variable* Environment::find(std::string_view key) const {
  const auto found = std::find_if(variables.begin(), variables.end(),
                                  [&](const Variable& variable) { return variable.key == key; });
  return found == variables.end() || !found->has_value ? nullptr : &*found;
}

EnvironmentView::EnvironmentView(const Environment* environment) : environment_(environment) {
  if (environment == nullptr) {
    unknown_ =
        "no production environment is declared: write [environment.production] into gate.toml";
    return;
  }
  unknown_ = environment->missing.empty() ? environment->refused : environment->missing;
  for (const Variable& variable : environment->variables)
    index_.emplace(variable.key, &variable);
}

readers::EnvironmentValue EnvironmentView::find(std::string_view key) const {
  using State = readers::EnvironmentValue::State;
  readers::EnvironmentValue value;
  if (!unknown_.empty()) {
    value.state = State::unknown;
    value.reason = unknown_;
    return value;
  }
  const auto found = index_.find(key);
  if (found == index_.end()) return value;
  const Variable& variable = *found->second;
  value.state = variable.unknown.empty() ? State::set : State::unknown;
  value.value = variable.value;
  value.has_value = variable.has_value;
  value.secret = finding::is_secret(variable.key, variable.value);
  value.reason = variable.unknown;
  const finding::Place& place = variable.place;
  value.place = {place.path, place.line, place.column, place.end_line, place.end_column};
  return value;
}

std::vector<std::string> EnvironmentView::keys() const {
  std::vector<std::string> keys;
  if (environment_ == nullptr || !unknown_.empty()) return keys;
  for (const Variable& variable : environment_->variables)
    keys.push_back(variable.key);
  return keys;
}

readers::Settings environment_settings(const Environment& environment) {
  using readers::Setting;
  const EnvironmentView view(&environment);
  readers::Settings settings;
  for (const Variable& variable : environment.variables) {
    const readers::EnvironmentValue value = view.find(variable.key);
    readers::Trace trace = value.trace(variable.key);
    Setting setting = Setting::unknown(value.reason, trace);
    if (value.state == readers::EnvironmentValue::State::set) {
      setting = value.has_value ? Setting::string(value.value, std::move(trace))
                                : Setting::null(std::move(trace));
    }
    settings.values.push_back({variable.key, std::move(setting)});
  }
  return settings;
}

Environment load_environment(const policy::EnvironmentSource& source, const repo::Snapshot& files,
                             const fs::path& folder,
                             std::span<const std::pair<std::string, std::string>> process) {
  return Loader(source, files, folder, process).load();
}

}  // namespace gate::checks
