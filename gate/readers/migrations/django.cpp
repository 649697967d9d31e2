#include "gate/readers/migrations/django.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/django/fields.h"
#include "gate/readers/migrations/django/module.h"
#include "gate/readers/migrations/django/operations.h"
#include "gate/readers/migrations/django/state.h"

namespace gate::readers::migrations {

using django::Module;
using django::NodeIndex;

struct DjangoReader::Files {
  std::map<std::string, std::unique_ptr<Module>, std::less<>> modules;
};

namespace {

// [('shop', '0001_initial'), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
std::vector<Link> read_links(const Module& module, std::string_view attribute,
                             const DjangoReader::SettingText& setting) {
  std::vector<Link> links;
  for (const NodeIndex element : module.elements(module.attribute(attribute))) {
    if (module.is_call(element)) {
      const django::Call call = module.call(element);
      const std::string dotted = module.tree().dotted_name(module.resolve(call.get(0, "value")));
      if (call.name != "swappable_dependency" || dotted.find("settings.") == std::string::npos)
        continue;
      const std::string model =
          setting ? setting(dotted.substr(dotted.rfind('.') + 1)) : std::string();
      const std::size_t dot = model.find('.');
      if (dot != std::string::npos)
        links.push_back({model.substr(0, dot), "__first__", module.span(element)});
      continue;
    }
    const auto parts = module.texts(element);
    if (parts && parts->size() == 2)
      links.push_back({parts->front(), parts->back(), module.span(element)});
  }
  return links;
}

// What the operations do to a database is the meaning; the rest stands beside it.
void tell_meaning(const Module& module, Migration& migration) {
  const NodeIndex operations = module.attribute("operations");
  if (operations != 0) module.spell(operations, migration.meaning, Module::Spelling::effects);
  if (const NodeIndex atomic = module.attribute("atomic")) module.spell(atomic, migration.meaning);
  const auto beside = [&](const std::string& name, NodeIndex node) {
    if (node != 0) module.spell(node, migration.beside[name]);
  };
  for (const char* name : {"dependencies", "replaces", "run_before"})
    beside(fmt::format("`{}`", name), module.attribute(name));
  beside("what is no part of the database", operations);
  if (operations == 0) return;
  for (const NodeIndex element : module.elements(operations)) {
    if (!module.is_call(element)) continue;
    const django::Call call = module.call(element);
    const NodeIndex code = call.get(0, "code");
    if (call.name != "RunPython" || module.tree().dotted_name(code).ends_with("noop")) continue;
    migration.code = module.span(element);
    break;
  }
  for (const auto& [name, node] : module.named(operations))
    beside(fmt::format("`{}`", name), node);
}

}  // namespace

DjangoReader::DjangoReader(Database database, SettingText setting, int release)
    : setting_(std::move(setting)),
      auto_field_(setting_ ? setting_("DEFAULT_AUTO_FIELD") : std::string()),
      state_(std::make_unique<django::State>(database, setting_, release)),
      files_(std::make_unique<Files>()) {
  if (auto_field_.empty()) auto_field_ = "AutoField";
}

DjangoReader::~DjangoReader() = default;

Migration DjangoReader::read(std::shared_ptr<const base::Source> source, const std::string& app) {
  Migration migration;
  static_cast<void>(app);
  const std::string path = source->name();
  auto module = std::make_unique<Module>(std::move(source));
  if (const python::SyntaxError* error = module->tree().error()) {
    const base::LineIndex lines(module->tree().source());
    migration.unreadable = fmt::format("Python that cannot be read, line {}: {}",
                                       lines.position(error->span.begin).line, error->message);
    return migration;
  }
  if (module->migration() == 0) {
    migration.unreadable = kNoMigration;
    return migration;
  }
  migration.links.dependencies = read_links(*module, "dependencies", setting_);
  migration.links.run_before = read_links(*module, "run_before", setting_);
  migration.links.replaces = read_links(*module, "replaces", setting_);
  const NodeIndex dependencies = module->attribute("dependencies");
  migration.links.place = module->span(dependencies != 0 ? dependencies : module->migration());
  migration.in_transaction = module->truth(module->attribute("atomic"));
  migration.reverse = Reverse::automatic;
  tell_meaning(*module, migration);
  files_->modules.insert_or_assign(path, std::move(module));
  return migration;
}

void DjangoReader::run(Migration& migration, const std::string& path, const std::string& app,
                       const std::string& auto_field) {
  const auto found = files_->modules.find(path);
  if (found == files_->modules.end()) return;
  django::Runner runner(*found->second, *state_, app,
                        auto_field.empty() ? auto_field_ : auto_field);
  runner.run();
  migration.up = runner.take_statements();
  migration.remarks = runner.take_remarks();
}

}  // namespace gate::readers::migrations
