#include "gate/readers/settings/django/settings.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/django/requirements.h"
#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::django {
namespace {

using python::Evaluator;
using python::Type;
using python::Value;

constexpr std::string_view kModuleVariable = "DJANGO_SETTINGS_MODULE";

// Folders of other people's code.
bool is_foreign(std::string_view path) {
  return path.find("site-packages/") != std::string_view::npos ||
         path.find("node_modules/") != std::string_view::npos ||
         path.find("venv/") != std::string_view::npos;
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

// A setting is a name without small letters (str.isupper()).
bool is_setting(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return base::is_upper(c); }) &&
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Since 3.1 a relative URL is one below the prefix of the site, which is `/` for almost all.
Value with_prefix(const Value& url, std::optional<int> release) {
  if (!url.is(Type::text) || release.value_or(9999) < 301) return url;
  const std::string& text = url.text();
  for (const std::string_view absolute : {"http://", "https://", "/"}) {
    if (text.starts_with(absolute)) return url;
  }
  return Value("/" + text).with(url.trace());
}

struct Named {
  std::string module;
  std::string by;
};

// DJANGO_SETTINGS_MODULE=x where an image, a platform or a process is described.
std::optional<Named> find_in_deployment(const ProjectFiles& files) {
  constexpr auto kFiles = std::to_array<std::string_view>(
      {"Dockerfile", "docker-compose.prod.yml", "docker-compose.production.yml",
       "compose.prod.yaml", "compose.production.yaml", "Procfile", "render.yaml", "fly.toml",
       "app.yaml", "app.json", "railway.toml"});
  for (const std::string_view path : kFiles) {
    const std::optional<std::string> text = files.read(path);
    if (!text) continue;
    std::size_t at = 0;
    while ((at = text->find(kModuleVariable, at)) != std::string::npos) {
      const std::size_t line_begin = text->rfind('\n', at) + 1;
      const bool comment =
          text->find_first_not_of(" \t", line_begin) == text->find('#', line_begin);
      at += kModuleVariable.size();
      std::size_t begin = text->find_first_not_of("\"' \t", at);
      if (comment || begin == std::string::npos) continue;
      // `value:` on the next line, as in render.yaml.
      if ((*text)[begin] == '\n' || (*text)[begin] == '\r') {
        const std::size_t value = text->find("value:", begin);
        const std::size_t next = text->find_first_not_of(" \t\r\n", begin);
        if (value != next) continue;
        begin = value + 5;
      }
      if ((*text)[begin] != '=' && (*text)[begin] != ':') continue;
      begin = text->find_first_not_of("\"' \t", begin + 1);
      std::size_t end = begin;
      while (end < text->size() &&
             (base::is_alphanumeric((*text)[end]) || (*text)[end] == '_' || (*text)[end] == '.')) {
        ++end;
      }
      if (begin == std::string::npos || end == begin) continue;
      const auto line =
          1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(at), '\n');
      return Named{text->substr(begin, end - begin), fmt::format("{}:{}", path, line)};
    }
  }
  return std::nullopt;
}

// The program that serves the site in production: wsgi.py or asgi.py below the project.
std::optional<std::string> find_server(const ProjectFiles& files, std::string_view root) {
  for (const std::string_view name : {"wsgi.py", "asgi.py"}) {
    for (const std::string& path : files.named(name)) {
      const bool below = root.empty() || path.starts_with(fmt::format("{}/", root));
      if (!below || is_foreign(path)) continue;
      const std::optional<std::string> text = files.read(path);
      if (text && text->find(kModuleVariable) != std::string::npos) return path;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_project(const ProjectFiles& files) {
  const auto is_django = [&](std::string_view path) {
    const std::optional<std::string> text = files.read(path);
    return text && (text->find("django") != std::string::npos ||
                    text->find(kModuleVariable) != std::string::npos);
  };
  if (files.has("manage.py") && is_django("manage.py")) return "";
  std::vector<std::string> paths = files.named("manage.py");
  std::stable_sort(paths.begin(), paths.end(), [](const std::string& a, const std::string& b) {
    return std::count(a.begin(), a.end(), '/') < std::count(b.begin(), b.end(), '/');
  });
  for (const std::string& path : paths) {
    if (!is_foreign(path) && is_django(path)) return folder_of(path);
  }
  return std::nullopt;
}

struct DjangoSettings::State {
  bool is_django = true;
  std::optional<int> release;
  std::string module;
  std::string decided_by;
  std::string path;
  std::string trouble;
  std::vector<Notice> problems;
  std::vector<Notice> text_truths;
  std::vector<std::string> files_run;
  python::Table names;
  std::string others;  // why the module may set more than that
  // Values point into the modules of the evaluator.
  std::unique_ptr<Evaluator> evaluator;
};

DjangoSettings::DjangoSettings() : state_(std::make_unique<State>()) {}
DjangoSettings::~DjangoSettings() = default;
DjangoSettings::DjangoSettings(DjangoSettings&&) noexcept = default;
DjangoSettings& DjangoSettings::operator=(DjangoSettings&&) noexcept = default;

bool DjangoSettings::is_django() const { return state_->is_django; }
std::optional<int> DjangoSettings::release() const { return state_->release; }
const std::string& DjangoSettings::module() const { return state_->module; }
const std::string& DjangoSettings::decided_by() const { return state_->decided_by; }
const std::string& DjangoSettings::path() const { return state_->path; }
const std::string& DjangoSettings::trouble() const { return state_->trouble; }
const std::vector<Notice>& DjangoSettings::problems() const { return state_->problems; }
const std::vector<Notice>& DjangoSettings::text_truths() const { return state_->text_truths; }
const std::vector<std::string>& DjangoSettings::files_run() const { return state_->files_run; }

Value DjangoSettings::find(std::string_view name) const {
  if (!state_->trouble.empty()) return Value::unknown(state_->trouble);
  Value value;
  if (const Value* found = state_->names.find(name)) {
    value = *found;
  } else if (!state_->others.empty()) {
    value = Value::unknown(state_->others);
  } else if (std::optional<Value> preset = default_of(name, state_->release)) {
    value = *std::move(preset);
  }
  if (name == "MEDIA_URL" || name == "STATIC_URL") return with_prefix(value, state_->release);
  return value;
}

std::optional<bool> DjangoSettings::is_set(std::string_view name) const {
  if (!state_->trouble.empty()) return std::nullopt;
  if (const Value* found = state_->names.find(name)) {
    if (found->is_unknown()) return std::nullopt;
    return true;
  }
  if (!state_->others.empty()) return std::nullopt;
  return false;
}

Settings DjangoSettings::settings() const {
  Settings all;
  for (const python::Table::Entry& entry : state_->names.entries()) {
    if (!is_setting(entry.code)) continue;
    all.values.push_back({entry.code, python::to_setting(find(entry.code))});
  }
  for (const std::string_view name : default_names(state_->release)) {
    if (state_->names.find(name) != nullptr) continue;
    all.values.push_back({std::string(name), python::to_setting(find(name))});
  }
  if (!state_->others.empty()) all.values.push_back({"*", Setting::unknown(state_->others)});
  return all;
}

DjangoSettings evaluate(const ProjectFiles& files, const EnvironmentValues& environment) {
  DjangoSettings made;
  DjangoSettings::State& state = *made.state_;
  const std::optional<std::string> root = find_project(files);
  if (!root) {
    state.is_django = false;
    state.trouble = "there is no manage.py of Django";
    return made;
  }
  const Requirements requirements(files, *root);
  if (const Requirement* django = requirements.find("django")) {
    state.release = release_of(django->version);
  }

  Evaluator::Options options;
  options.roots = {*root};
  options.installed = [&](std::string_view module) -> std::optional<bool> {
    const Requirement* found = requirements.find_module(module);
    if (found == nullptr) return std::nullopt;
    return found->production;
  };
  options.version = [&](std::string_view module) -> std::optional<std::string> {
    const Requirement* found = requirements.find_module(module);
    if (found == nullptr) return std::nullopt;
    return found->version;
  };
  options.library = [&](std::string_view name) -> std::optional<Value> {
    constexpr std::string_view kGlobal = "django.conf.global_settings.";
    if (name.starts_with(kGlobal)) {
      const std::optional<Value> value = default_of(name.substr(kGlobal.size()), state.release);
      if (value) return value->with({});
    }
    if (name == "django.VERSION" && state.release) {
      return python::make_list(
          {Value(std::int64_t{*state.release / 100}), Value(std::int64_t{*state.release % 100}),
           Value::stretch("the patch level of Django is not known")},
          Type::tuple);
    }
    return std::nullopt;
  };
  state.evaluator = std::make_unique<Evaluator>(files, environment, std::move(options));
  Evaluator& evaluator = *state.evaluator;

  // The server's program runs first: what it sets in the environment, the settings see.
  using VariableState = EnvironmentValue::State;
  Evaluator::Variable variable = evaluator.variable(kModuleVariable);
  const bool declared = variable.state == VariableState::set;
  if (declared) {
    const TraceStep* last = variable.value.trace().last();
    state.decided_by = last == nullptr ? "the environment" : describe(*last);
  } else if (const std::optional<Named> named = find_in_deployment(files)) {
    evaluator.set_variable(kModuleVariable, Value(named->module));
    state.decided_by = named->by;
  }
  const std::string manage = root->empty() ? "manage.py" : *root + "/manage.py";
  const std::string entry = find_server(files, *root).value_or(manage);
  const std::string entry_text = files.read(entry).value_or("");
  // An environment of which nothing is known does not hide what the program sets by default.
  if (variable.state == VariableState::unknown) evaluator.unset_variable(kModuleVariable);
  if (variable.state == VariableState::unknown && !state.decided_by.empty()) {
    evaluator.set_variable(kModuleVariable, Value(find_in_deployment(files)->module));
  }
  (void)evaluator.run_program(entry);
  variable = evaluator.variable(kModuleVariable);
  if (variable.state != VariableState::set && entry != manage) {
    (void)evaluator.run_program(manage);
    variable = evaluator.variable(kModuleVariable);
  }
  if (state.decided_by.empty()) state.decided_by = entry;
  if (variable.state != VariableState::set || !variable.value.is(Type::text)) {
    state.trouble = fmt::format("which module holds the settings is not known: {}",
                                variable.value.is_unknown()
                                    ? variable.value.reason()
                                    : fmt::format("{} sets no {}", entry, kModuleVariable));
    return made;
  }
  state.module = variable.value.text();
  const std::size_t before = evaluator.problems().size();
  const Value module = evaluator.import_module(state.module);
  for (std::size_t at = before; at < evaluator.problems().size(); ++at) {
    const Evaluator::Problem& problem = evaluator.problems()[at];
    state.problems.push_back({problem.message, problem.place});
  }
  for (const Evaluator::TextTruth& truth : evaluator.text_truths()) {
    state.text_truths.push_back({truth.expression, truth.place});
  }
  state.files_run = evaluator.files_run();
  if (!module.is(Type::module) || module.object()->module == nullptr) {
    state.trouble =
        fmt::format("{} names the settings: {}", state.decided_by,
                    module.is_unknown() ? module.reason() : state.module + " is no module");
    return made;
  }
  state.path = module.object()->module->path;
  const python::Content& content = module.object()->content;
  state.names = content.table;
  state.others = content.others;
  const auto mentioned = [&](std::string_view word) {
    return entry_text.find(word) != std::string::npos ||
           std::any_of(state.files_run.begin(), state.files_run.end(), [&](const auto& path) {
             return files.read(path).value_or("").find(word) != std::string::npos;
           });
  };
  if (entry_text.find("configurations") != std::string::npos ||
      mentioned("from configurations import")) {
    state.trouble = "the settings are classes of django-configurations, which are not followed";
  } else if (mentioned("DjangoDynaconf(")) {
    state.trouble = "the settings are put together by dynaconf, which is not followed";
  }
  return made;
}

}  // namespace gate::readers::django
