#include "gate/checks/django_project.h"

namespace gate::checks {
namespace {

using readers::EnvironmentValue;
using readers::django::DjangoSettings;

// An environment in which some variables are not set.
class Lacking final : public readers::EnvironmentValues {
 public:
  Lacking(const readers::EnvironmentValues& whole, const Names& hidden)
      : whole_(whole), hidden_(hidden) {}

  [[nodiscard]] EnvironmentValue find(std::string_view key) const override {
    return hidden_.contains(key) ? EnvironmentValue() : whole_.find(key);
  }
  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> names = whole_.keys();
    std::erase_if(names, [&](const std::string& name) { return hidden_.contains(name); });
    return names;
  }
  [[nodiscard]] std::string incomplete() const override { return whole_.incomplete(); }

 private:
  const readers::EnvironmentValues& whole_;
  const Names& hidden_;
};

}  // namespace

DjangoProject::DjangoProject(const repo::Snapshot& files, const Environment* environment)
    : snapshot_(files), environment_(environment), files_(files) {}
DjangoProject::~DjangoProject() = default;

const DjangoSettings& DjangoProject::effective() const { return without({}); }

const DjangoSettings& DjangoProject::without(const Names& variables) const {
  const EnvironmentView whole(environment_);
  // Without what is not set all is as it is.
  Names hidden = variables;
  std::erase_if(hidden, [&](const std::string& name) {
    return whole.find(name).state == EnvironmentValue::State::unset;
  });
  const std::lock_guard lock(mutex_);
  std::unique_ptr<DjangoSettings>& settings = evaluated_[hidden];
  if (!settings) {
    settings =
        std::make_unique<DjangoSettings>(readers::django::evaluate(files_, Lacking(whole, hidden)));
  }
  return *settings;
}

}  // namespace gate::checks
