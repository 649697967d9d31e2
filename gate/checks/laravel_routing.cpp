#include "gate/checks/laravel_routing.h"

#include "gate/readers/settings/laravel/laravel.h"

namespace gate::checks {
namespace {

constexpr std::uint64_t kMaxFile = std::uint64_t{4} << 20U;

bool is_plain(const repo::File& file) {
  return file.kind == repo::FileKind::regular || file.kind == repo::FileKind::executable;
}

class Files final : public readers::ProjectFiles {
 public:
  explicit Files(const repo::Snapshot& snapshot) : snapshot_(snapshot) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    const repo::File* const file = snapshot_.find(path);
    if (file == nullptr || !is_plain(*file)) return std::nullopt;
    const std::unique_ptr<repo::FileReader> reader = snapshot_.reader();
    std::string buffer;
    const Result<std::string_view> text = repo::read_all(*reader, *file, buffer, kMaxFile);
    return text ? std::optional(std::string(*text)) : std::nullopt;
  }
  [[nodiscard]] bool has(std::string_view path) const override {
    const repo::File* const file = snapshot_.find(path);
    return file != nullptr && is_plain(*file);
  }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override {
    std::vector<std::string> paths;
    for (const repo::File& file : folder.empty() ? snapshot_.files() : snapshot_.below(folder))
      if (is_plain(file)) paths.emplace_back(file.path);
    return paths;
  }

 private:
  const repo::Snapshot& snapshot_;
};

class Variables final : public readers::EnvironmentValues {
 public:
  explicit Variables(const Environment* environment) : environment_(environment) {}

  [[nodiscard]] readers::EnvironmentValue find(std::string_view key) const override {
    using State = readers::EnvironmentValue::State;
    readers::EnvironmentValue value;
    if (const std::string why = incomplete(); !why.empty()) {
      value.state = State::unknown;
      value.reason = why;
      return value;
    }
    const Variable* const variable = environment_->find(key);
    if (variable == nullptr) return value;
    value.state = State::set;
    value.value = variable->value;
    return value;
  }
  [[nodiscard]] std::vector<std::string> keys() const override { return {}; }
  [[nodiscard]] std::string incomplete() const override {
    if (environment_ == nullptr) return "no production environment is declared";
    return environment_->missing.empty() ? environment_->refused : environment_->missing;
  }

 private:
  const Environment* environment_;
};

}  // namespace

std::optional<readers::Routing> laravel_routing(const repo::Snapshot& files,
                                                const Environment* environment) {
  const Files project(files);
  if (!readers::is_laravel(project)) return std::nullopt;
  return readers::laravel_routes(project, Variables(environment));
}

}  // namespace gate::checks
