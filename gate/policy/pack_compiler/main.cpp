// pack_compiler OUT.cpp ROOT FILE...: turns rules/*.toml into the tables that are compiled into
// gate. Runs while gate is built; a mistake in a pack is shown as gate shows mistakes of a policy,
// and breaks the build.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/base/diagnostic.h"
#include "gate/policy/example.h"
#include "gate/policy/pack_compiler/pack_writer.h"
#include "gate/policy/packs.h"
#include "gate/readers/formats/toml.h"

namespace gate::policy {
namespace {

using Packs = std::map<std::string, std::shared_ptr<const readers::Document>, std::less<>>;

std::shared_ptr<const readers::Document> read_pack(const std::filesystem::path& root,
                                                   const std::string& path,
                                                   base::Diagnostics& diagnostics) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) {
    diagnostics.add(base::Diagnostic::error(fmt::format("cannot read {}", path)));
    return nullptr;
  }
  std::string name = std::filesystem::path(path).lexically_relative(root).generic_string();
  return readers::parse_toml(std::make_shared<const base::Source>(std::move(name), std::move(text)),
                             diagnostics);
}

// Adds a pack under its name, which is also its file's.
void add_pack(std::shared_ptr<const readers::Document> pack, Packs& packs,
              base::Diagnostics& diagnostics) {
  const PackHead head = pack_head(*pack, &diagnostics);
  if (head.name.empty()) return;  // reported
  const std::string wanted = std::filesystem::path(pack->source()->name()).stem().string();
  if (head.name != wanted) {
    diagnostics.add(base::Diagnostic::error(
                        fmt::format("the pack `{}` lies in the file of `{}`", head.name, wanted))
                        .at(pack->source(), pack->root().find("pack")->node().span));
    return;
  }
  packs.emplace(head.name, std::move(pack));
}

// Loads all packs at once as a policy would, with everything but the kinds' own keys: those are
// judged by the tests.
void check(const Packs& packs, base::Diagnostics& diagnostics) {
  PackShelf shelf;
  for (const auto& [name, pack] : packs) {
    shelf.names.emplace_back(name);
    if (pack_head(*pack).implied) shelf.implied.emplace_back(name);
  }
  shelf.document = [&packs](std::string_view name) { return packs.find(name)->second; };
  shelf.head = [&packs](std::string_view name) { return pack_head(*packs.find(name)->second); };
  LoadOptions options;
  options.packs.assign(shelf.names.begin(), shelf.names.end());
  options.read = [](std::string_view) { return Result<std::optional<std::string>>(std::nullopt); };
  const Policy policy = load(
      options, shelf, [](const RuleHead&, TableReader&) {}, diagnostics);
  for (const Rule& rule : policy.rules)
    (void)examples(rule, diagnostics);
}

int run(std::span<char*> arguments) {
  if (arguments.size() < 4) {
    fmt::print(stderr, "usage: pack_compiler OUT.cpp ROOT FILE...\n");
    return 2;
  }
  base::Diagnostics diagnostics;
  Packs packs;
  for (const char* path : arguments.subspan(3)) {
    if (auto pack = read_pack(arguments[2], path, diagnostics))
      add_pack(std::move(pack), packs, diagnostics);
  }
  check(packs, diagnostics);
  fmt::print(stderr, "{}", base::render(diagnostics, false));
  if (diagnostics.has_errors()) return 1;

  std::vector<std::shared_ptr<const readers::Document>> documents;
  for (const auto& [name, pack] : packs)
    documents.push_back(pack);
  std::ofstream out(arguments[1], std::ios::binary);
  out << write_pack_tables(documents);
  out.close();
  return out ? 0 : 1;
}

}  // namespace
}  // namespace gate::policy

int main(int count, char** arguments) {
  return gate::policy::run({arguments, static_cast<std::size_t>(count)});
}
