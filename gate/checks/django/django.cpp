// Kind `django`: what Django's settings are in production, by checks that know what Django and its
// libraries make of them.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/checks/django/judgement.h"
#include "gate/checks/kinds.h"
#include "gate/checks/no_environment.h"
#include "gate/checks/readings.h"

namespace gate::checks {
namespace {

using policy::Stage;

std::vector<const DjangoCheck*> all_checks() {
  std::vector<const DjangoCheck*> all;
  for (const auto& part : {deploy_checks(), origin_checks(), service_checks()}) {
    for (const DjangoCheck& check : part)
      all.push_back(&check);
  }
  return all;
}

finding::Place place_of(const readers::SettingPlace& place) {
  return {place.path, place.line, place.column, place.end_line, place.end_column};
}

finding::Finding to_finding(const Complaint& complaint) {
  finding::Finding made;
  made.message = complaint.message;
  made.place = place_of(complaint.place);
  made.identity = complaint.identity;
  for (const readers::TraceStep& step : complaint.trace.steps()) {
    made.trace.push_back(readers::describe(step));
  }
  return made;
}

class DjangoKindCheck final : public Check {
 public:
  explicit DjangoKindCheck(const DjangoCheck& check) : check_(check) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    // A check that runs by itself has no project to share.
    std::optional<DjangoProject> own;
    if (context.readings == nullptr) own.emplace(context.files, context.environment);
    const DjangoProject& project = own ? *own : context.readings->django();
    const readers::django::DjangoSettings& settings = project.effective();
    if (!settings.is_django()) return Answer::not_applicable(settings.trouble());
    if (!settings.trouble().empty()) {
      return Answer::could_not_run(fmt::format(
          "{}; set DJANGO_SETTINGS_MODULE in the production environment to the module that "
          "production loads",
          settings.trouble()));
    }
    return answer(DjangoQuestion(project), context);
  }

 private:
  [[nodiscard]] Answer answer(const DjangoQuestion& question, const Context& context) const {
    // The checks of cookies have three ids each, and ask themselves which of them is hidden.
    const bool one_id = check_.name != "security.W010" && check_.name != "security.W013";
    if (one_id && question.silenced(check_.name).yes()) {
      return Answer::judged({}, {fmt::format("SILENCED_SYSTEM_CHECKS holds {}", check_.name)});
    }
    Judgement judgement = check_.judge(question);
    if (!judgement.not_applicable.empty()) return Answer::not_applicable(judgement.not_applicable);
    if (judgement.complaints.empty() && !judgement.unknown.empty()) {
      return unknown(judgement.unknown, question, context);
    }
    std::vector<finding::Finding> findings;
    findings.reserve(judgement.complaints.size());
    for (const Complaint& complaint : judgement.complaints)
      findings.push_back(to_finding(complaint));
    return Answer::judged(std::move(findings),
                          {fmt::format("settings of `{}` ({})", question.settings().module(),
                                       question.settings().decided_by())});
  }

  // Without an environment, what depends on it is not asked; with one it has to be known.
  static Answer unknown(const std::string& why, const DjangoQuestion& question,
                        const Context& context) {
    // What stops Django stops every setting: said in the same words for all, it is told once.
    for (const readers::django::Notice& notice : question.settings().problems()) {
      if (why.find(notice.message) == std::string::npos) continue;
      return Answer::could_not_run(
          fmt::format("{}; Django does not start: mend {}:{}, or set what it asks for",
                      notice.message, notice.place.path, notice.place.line));
    }
    if (auto answer = answer_without_environment(context)) {
      if (answer->verdict == finding::Verdict::not_applicable && context.environment == nullptr)
        answer->reason =
            fmt::format("it depends on the production environment ({}): {}", why, answer->reason);
      return *std::move(answer);
    }
    return Answer::could_not_run(why);
  }

  const DjangoCheck& check_;
};

class NoCheck final : public Check {
 public:
  [[nodiscard]] Answer run(const Context& /*context*/) const override {
    return Answer::could_not_run("the rule names no check");
  }
};

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  const std::string name = table.required_text("check");
  const std::vector<const DjangoCheck*> all = all_checks();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const DjangoCheck* check) { return check->name == name; });
  if (found != all.end()) return std::make_unique<DjangoKindCheck>(**found);
  if (!name.empty()) {
    std::vector<std::string_view> names;
    for (const DjangoCheck* check : all)
      names.push_back(check->name);
    table.complain("check", fmt::format("unknown check `{}`", name), base::suggest(name, names));
  }
  return std::make_unique<NoCheck>();
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"check", "name",
     "what is asked: a check of `manage.py check --deploy` by its id (`security.W004`), or one of "
     "gate's own (`debug-default-true`, `cors-allow-all` ...)"},
});
constexpr std::array kStages{Stage::ci, Stage::deploy};

}  // namespace

const Kind kDjango{"django",
                   "the settings that Django holds in production: its own deploy checks, and what "
                   "its libraries make of them",
                   Kind::nothing,
                   kStages,
                   kKeys,
                   make};

}  // namespace gate::checks
