#include "gate/checks/config/named.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::checks {
namespace {

using readers::NodeKind;
using readers::PathSelection;
using readers::Value;

class Search {
 public:
  explicit Search(const ConfigRule& rule) : rule_(rule) {}

  NamedMembers run(Value root) && {
    const Result<PathSelection> among = rule_.among->select(root);
    if (!among) {
      found_.unknown = fmt::format("`{}`: {}", rule_.among->text(), among.error().message);
      return std::move(found_);
    }
    note_unknown(*rule_.among, *among);
    take_names(*rule_.named_by, root);
    // Members name further ones meanwhile.
    for (std::size_t next = 0; next < names_.size(); ++next) {  // NOLINT(modernize-loop-convert)
      for (const Value& map : among->values)
        take_member(map, names_[next]);
    }
    return std::move(found_);
  }

 private:
  void take_member(Value map, std::string_view name) {
    // A map that may hold more than is known has `*` among its keys.
    const std::optional<Value> member = map.find(name);
    if (!member) {
      if (const auto rest = map.find("*"); rest && (*rest)->kind == NodeKind::unknown)
        note(fmt::format("`{}` is not known: {}", name, (*rest)->text));
      return;
    }
    found_.members.push_back(*member);
    if (rule_.follow) take_names(*rule_.follow, *member);
  }

  void take_names(const readers::JsonPath& path, Value from) {
    const Result<PathSelection> selection = path.select(from);
    if (!selection) return note(fmt::format("`{}`: {}", path.text(), selection.error().message));
    note_unknown(path, *selection);
    for (const Value& value : selection->values)
      take_name(path, value);
  }

  void take_name(const readers::JsonPath& path, Value value) {
    if (value->kind == NodeKind::unknown)
      return note(fmt::format("`{}` is not known: {}", path.text(), value->text));
    if (value->kind == NodeKind::list) {
      for (const Value& item : value.children())
        take_name(path, item);
      return;
    }
    if (value->kind != NodeKind::string) return;
    std::string_view rest = value->text;
    while (true) {
      const std::size_t comma = rest.find(',');
      const std::string_view name = base::trim(rest.substr(0, comma));
      // A stack that names itself is met once.
      if (!name.empty() && std::find(names_.begin(), names_.end(), name) == names_.end())
        names_.push_back(name);
      if (comma == std::string_view::npos) return;
      rest.remove_prefix(comma + 1);
    }
  }

  void note_unknown(const readers::JsonPath& path, const PathSelection& selection) {
    if (selection.unknown)
      note(fmt::format("`{}` is not known: {}", path.text(), (*selection.unknown)->text));
  }

  void note(std::string why) {
    if (found_.unknown.empty()) found_.unknown = std::move(why);
  }

  const ConfigRule& rule_;
  std::vector<std::string_view> names_;  // in the order in which they were met
  NamedMembers found_;
};

}  // namespace

NamedMembers named_members(const ConfigRule& rule, Value root) { return Search(rule).run(root); }

}  // namespace gate::checks
