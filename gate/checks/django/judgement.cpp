#include "gate/checks/django/judgement.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::checks {

using readers::python::Type;

Truth operator&&(Truth a, Truth b) {
  if (a.no() || b.no()) return {false, {}};
  if (!a.value) return a;
  return b;
}

Truth operator||(Truth a, Truth b) {
  if (a.yes() || b.yes()) return {true, {}};
  if (!a.value) return a;
  return b;
}

Truth operator!(Truth a) {
  if (a.value) a.value = !*a.value;
  return a;
}

Truth truth(const python_value& value) {
  const std::optional<bool> known = readers::python::truth_of(value);
  if (known) return {known, {}};
  return {std::nullopt, readers::python::unknown_reason(value)};
}

Truth DjangoQuestion::truthy(std::string_view name) const {
  Truth made = truth(value(name));
  if (!made.value) made.why = fmt::format("{} is not known: {}", name, made.why);
  return made;
}

Truth DjangoQuestion::is_true(std::string_view name) const {
  const python_value found = value(name);
  if (found.is_unknown()) {
    // A text or number is not True in any case.
    if (found.hint() != Type::unknown && found.hint() != Type::boolean) return {false, {}};
    return {std::nullopt, fmt::format("{} is not known: {}", name, found.reason())};
  }
  return {found.is(Type::boolean) && found.truth(), {}};
}

Truth DjangoQuestion::holds(std::string_view name, std::string_view item) const {
  const python_value found = value(name);
  if (found.is_none()) return {false, {}};
  const std::optional<bool> holds =
      readers::python::contains(found, python_value(std::string(item)));
  if (holds) return {holds, {}};
  return {std::nullopt,
          fmt::format("{} is not known: {}", name, readers::python::unknown_reason(found))};
}

Complaint DjangoQuestion::about(std::string_view name, std::string message) const {
  Complaint complaint{std::move(message), {}, {}, std::string(name)};
  const python_value found = value(name);
  complaint.trace = found.trace();
  const std::vector<readers::TraceStep> steps = found.trace().steps();
  const auto last = std::find_if(steps.rbegin(), steps.rend(), [](const readers::TraceStep& step) {
    return !step.place.path.empty();
  });
  if (last != steps.rend()) complaint.place = last->place;
  if (complaint.place.path.empty()) complaint.place.path = settings_.path();
  return complaint;
}

Judgement DjangoQuestion::judge(const Truth& wrong, std::string_view name,
                                std::string message) const {
  Judgement judgement;
  if (wrong.yes()) judgement.complaints.push_back(about(name, std::move(message)));
  if (!wrong.value) judgement.unknown = wrong.why;
  return judgement;
}

python_value item(const python_value& dict, std::string_view key) {
  if (dict.is_unknown()) return dict;
  if (!dict.is(Type::dict)) return {};
  const readers::python::Content& content = dict.object()->content;
  if (!content.poison.empty()) return python_value::unknown(content.poison);
  if (const python_value* found = content.table.find("s" + std::string(key))) return *found;
  if (!content.others.empty()) return python_value::unknown(content.others);
  return {};
}

Names variables_of(const python_value& value) {
  Names names;
  for (const readers::TraceStep& step : value.trace().steps()) {
    const std::string& text = step.text;
    std::size_t end = 0;
    while (end < text.size() && (base::is_alphanumeric(text[end]) || text[end] == '_'))
      ++end;
    if (end == 0) continue;
    const std::string_view rest = std::string_view(text).substr(end);
    const bool variable = (rest.starts_with('=') && !rest.starts_with("==")) ||
                          rest == " is not set" || rest == " is set" || rest == " is unknown" ||
                          rest == " has no value" || rest.starts_with(" is set, ");
    if (variable) names.insert(text.substr(0, end));
  }
  return names;
}

std::string show(const python_value& value) {
  if (value.trace().is_secret()) return "a secret";
  return readers::python::shown(value);
}

}  // namespace gate::checks
