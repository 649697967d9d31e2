#include "tests/unit/readers/lockfiles/samples.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/words.h"

namespace gate::readers::lockfiles::test {
namespace {

std::filesystem::path folder_path(std::string_view folder) {
  return std::filesystem::path(GATE_LOCKFILE_SAMPLES) / folder;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::string_view kFront = "-- ";
constexpr std::string_view kBack = " --";
constexpr std::string_view kWanted = "wanted";

Sample parse(std::string name, std::string_view text) {
  Sample sample;
  sample.name = std::move(name);
  std::string* into = &sample.head;
  base::for_each_line(text, [&](std::string_view line) {
    if (line.starts_with(kFront) && line.ends_with(kBack) && line.size() > 6) {
      const std::string_view path = line.substr(3, line.size() - 6);
      if (path == kWanted) {
        into = &sample.wanted;
      } else {
        sample.files.emplace_back(path, "");
        into = &sample.files.back().second;
      }
      return;
    }
    *into += line;
    *into += '\n';
  });
  return sample;
}

std::string_view word(Need need) {
  switch (need) {
    case Need::production:
      return "";
    case Need::development:
      return " (development)";
    case Need::optional:
      return " (optional)";
    case Need::peer:
      return " (peer)";
    case Need::optional_peer:
      return " (optional peer)";
    case Need::platform:
      return " (platform)";
  }
  return "";
}

std::string spell_requirements(const Lockfile& lock, Slice slice) {
  std::vector<std::string> texts;
  for (const Requirement& requirement : lock.requirements(slice)) {
    texts.push_back(
        fmt::format("{}@{}{}", requirement.name, requirement.range, word(requirement.need)));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string spell_flags(const Package& package) {
  constexpr std::array<std::pair<Package::Flag, std::string_view>, 9> kFlags{{
      {Package::development, "development"},
      {Package::optional, "optional"},
      {Package::bundled, "bundled"},
      {Package::local, "local"},
      {Package::install_script, "install script"},
      {Package::abandoned, "abandoned"},
      {Package::foreign_platform, "platform"},
      {Package::unpinned, "unpinned"},
  }};
  std::vector<std::string_view> words;
  for (const auto& [flag, name] : kFlags) {
    if (package.is(flag)) words.push_back(name);
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

void add(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) out += fmt::format("\n    {}: {}", label, text);
}

std::string spell(const Lockfile& lock, const Package& package) {
  const base::Position place = lock.source()->lines().position(package.span.begin);
  std::string out = fmt::format("  {}:{} {} {}", place.line, place.column, package.name,
                                package.version.empty() ? "-" : package.version);
  if (package.source != Source::registry) out += fmt::format(" ({})", name(package.source));
  add(out, "key", package.key == package.name ? "" : package.key);
  add(out, "flags", spell_flags(package));
  add(out, "location", package.location);
  add(out, "commit", package.commit);
  add(out, "hashes", fmt::format("{}", fmt::join(lock.hashes(package), ", ")));
  add(out, "licenses", fmt::format("{}", fmt::join(lock.licenses(package), ", ")));
  add(out, "released", package.released);
  add(out, "notice", package.notice);
  add(out, "answers", fmt::format("{}", fmt::join(lock.descriptors(package), ", ")));
  add(out, "asks for", spell_requirements(lock, package.requirements));
  return out + "\n";
}

}  // namespace

std::shared_ptr<const base::Source> source(std::string path, std::string text) {
  return std::make_shared<const base::Source>(std::move(path), std::move(text));
}

std::vector<Sample> samples(std::string_view folder) {
  std::vector<Sample> samples;
  for (const auto& entry : std::filesystem::directory_iterator(folder_path(folder))) {
    if (entry.path().extension() != ".txt") continue;
    samples.push_back(parse(entry.path().stem().string(), read(entry.path())));
  }
  std::sort(samples.begin(), samples.end(),
            [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return samples;
}

void check(const Sample& sample, std::string_view folder, const std::string& got) {
  if (std::getenv("GATE_BLESS") == nullptr) {
    CHECK(got == sample.wanted);
    return;
  }
  std::ofstream file(folder_path(folder) / (sample.name + ".txt"), std::ios::binary);
  file << sample.head;
  for (const auto& [path, text] : sample.files)
    file << kFront << path << kBack << '\n' << text;
  file << kFront << kWanted << kBack << '\n' << got;
}

std::string spell(const ReadResult& result) {
  if (!result) return "refused: " + result.error().message + "\n";
  const Lockfile& lock = **result;
  std::string out = fmt::format("{}, {}, version {}\n", lock.format, names(lock.ecosystem).word,
                                lock.version.empty() ? "-" : lock.version);
  if (!lock.hash.empty()) {
    out += fmt::format("hash {} on line {}\n", lock.hash,
                       lock.source()->lines().position(lock.hash_span.begin).line);
  }
  for (const Project& project : lock.projects) {
    out += fmt::format("project `{}` {} {}", project.path, project.name, project.version);
    add(out, "asks for", spell_requirements(lock, project.requirements));
    add(out, "got", fmt::format("{}", fmt::join(lock.locked(project), ", ")));
    out += '\n';
  }
  out += fmt::format("{} packages\n", lock.packages.size());
  for (const Package& package : lock.packages)
    out += spell(lock, package);
  for (const Link& link : lock.links)
    out += fmt::format("link {} -> {}\n", link.key, link.target);
  for (const Provision& provision : lock.provisions) {
    out += fmt::format("{} {} {}{}\n",
                       provision.package == kNoPackage
                           ? std::string("-")
                           : std::string(lock.packages[provision.package].name),
                       provision.is_alias ? "is also" : "provides", provision.name,
                       provision.version.empty() ? "" : fmt::format(" {}", provision.version));
  }
  for (const Setting& setting : lock.settings)
    out += fmt::format("setting {} = {}\n", fmt::join(lock.keys(setting), " / "), setting.value);
  for (const Include& include : lock.includes)
    out += fmt::format("{} {}\n", include.is_constraint ? "constraint" : "include", include.path);
  for (const Problem& problem : lock.problems) {
    out += fmt::format("problem on line {}: {}\n",
                       lock.source()->lines().position(problem.span.begin).line, problem.message);
  }
  return out;
}

}  // namespace gate::readers::lockfiles::test
