#include "gate/readers/lockfiles/versions/operators.h"

#include <array>
#include <utility>

#include "gate/base/ascii.h"

namespace gate::readers::lockfiles {

Operator meaning(std::string_view op, Operator otherwise) {
  constexpr std::array<std::pair<std::string_view, Operator>, 8> kMeanings{
      {{"=", Operator::equal},
       {"==", Operator::equal},
       {"!=", Operator::different},
       {"<>", Operator::different},
       {"<", Operator::less},
       {"<=", Operator::at_most},
       {">", Operator::greater},
       {">=", Operator::at_least}}};
  for (const auto& [text, known] : kMeanings) {
    if (text == op) return known;
  }
  return otherwise;
}

bool holds(Operator op, std::weak_ordering order) {
  switch (op) {
    case Operator::any:
      return true;
    case Operator::equal:
      return order == 0;
    case Operator::different:
      return order != 0;
    case Operator::less:
      return order < 0;
    case Operator::at_most:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    case Operator::at_least:
      return order >= 0;
  }
  return false;
}

std::string_view take_operator(std::string_view& part,
                               std::span<const std::string_view> operators) {
  for (const std::string_view known : operators) {
    if (!part.starts_with(known)) continue;
    part = base::trim(part.substr(known.size()));
    return known;
  }
  return "=";
}

}  // namespace gate::readers::lockfiles
