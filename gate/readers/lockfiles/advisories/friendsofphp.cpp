#include "gate/readers/lockfiles/advisories/friendsofphp.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/yaml_lines.h"

namespace gate::readers::lockfiles {
namespace {

using Kind = VersionEvent::Kind;

// All constraints of a branch hold together: [">=2.0", "<2.0.17"] is one range.
void add_branch(const std::vector<std::string_view>& constraints, Affected& affected) {
  VersionRange range;
  bool has_begin = false;
  for (std::string_view constraint : constraints) {
    constraint = base::trim(constraint);
    const std::size_t end = std::min(constraint.find_first_not_of("<>="), constraint.size());
    const std::string_view op = constraint.substr(0, end);
    const std::string version(base::trim(constraint.substr(end)));
    if (op == ">=" || op == ">") {
      range.events.push_back({Kind::introduced, version});
      has_begin = true;
    } else if (op == "<") {
      range.events.push_back({Kind::fixed, version});
    } else if (op == "<=") {
      range.events.push_back({Kind::last_affected, version});
    } else {
      affected.versions.push_back(version);
    }
  }
  if (range.events.empty()) return;
  if (!has_begin) range.events.push_back({Kind::introduced, "0"});
  sort_events(Ecosystem::packagist, range);
  affected.ranges.push_back(std::move(range));
}

}  // namespace

Result<Advisory> parse_friendsofphp(std::string_view text, std::string_view file) {
  std::vector<std::unique_ptr<std::string>> texts;
  YamlLines lines(text, texts);
  Advisory advisory;
  std::string package;
  std::map<std::string, std::vector<std::string_view>> branches;
  while (lines.next()) {
    const std::vector<std::string_view>& path = lines.path();
    if (path.size() == 1 && lines.form() == YamlLines::Form::scalar) {
      const std::string_view value = lines.value() == "~" ? std::string_view() : lines.value();
      if (path[0] == "title") advisory.summary = value;
      if (path[0] == "link") advisory.url = value;
      if (path[0] == "cve") advisory.id = value;
      constexpr std::string_view kScheme = "composer://";
      if (path[0] == "reference" && value.starts_with(kScheme))
        package = value.substr(kScheme.size());
    }
    if (path.size() < 3 || path[0] != "branches") continue;
    std::vector<std::string_view>& constraints = branches[std::string(path[1])];
    if (path[2] == "time" && lines.value() > advisory.modified) advisory.modified = lines.value();
    if (path[2] != "versions") continue;
    if (lines.form() == YamlLines::Form::flow) {
      std::vector<FlowMember> members;
      (void)read_flow(lines.value(), members, texts);
      for (const FlowMember& member : members)
        constraints.push_back(member.value);
    } else if (lines.form() == YamlLines::Form::scalar && !lines.value().empty()) {
      constraints.push_back(lines.value());
    }
  }
  if (!lines.problem().empty()) return Error{lines.problem()};
  if (package.empty()) return Error{"the record has no `reference: composer://…`"};
  Affected affected;
  affected.ecosystem = Ecosystem::packagist;
  affected.name = canonical_name(Ecosystem::packagist, package);
  for (const auto& [branch, constraints] : branches)
    add_branch(constraints, affected);
  if (advisory.id.empty()) {
    // "3f/pygmentize" and "2017-05-15.yaml" are FOP-3f-pygmentize-2017-05-15.
    std::string stem(file.substr(0, file.rfind('.')));
    advisory.id = fmt::format("FOP-{}-{}", package, stem);
    std::replace(advisory.id.begin(), advisory.id.end(), '/', '-');
  }
  // A modified time "2017-05-15 11:06:00" in the form of the others.
  if (advisory.modified.size() >= 10) advisory.modified.resize(10);
  advisory.affected.push_back(std::move(affected));
  return advisory;
}

}  // namespace gate::readers::lockfiles
