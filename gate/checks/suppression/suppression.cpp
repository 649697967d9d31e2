// Kind `suppression`: what the policy's own suppressions and inline allows came to.
#include <array>

#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

using State = SuppressionState::State;

class SuppressionCheck final : public Check {
 public:
  explicit SuppressionCheck(State state) : state_(state) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    std::vector<finding::Finding> findings;
    for (const SuppressionState& suppression : context.suppressions) {
      if (suppression.state != state_) continue;
      finding::Finding found;
      found.message = suppression.text;
      found.place = suppression.place;
      found.identity = suppression.text;
      findings.push_back(std::move(found));
    }
    if (context.suppressions.empty()) return Answer::not_applicable("nothing is suppressed here");
    const std::size_t count = context.suppressions.size();
    return Answer::judged(std::move(findings), {std::to_string(count) +
                                                (count == 1 ? " suppression" : " suppressions")});
  }

 private:
  State state_;
};

constexpr std::array<std::string_view, 3> kStates{"unused", "expired", "malformed"};
constexpr std::array kStateValues{State::unused, State::expired, State::malformed};

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  if (!table.has("state"))
    table.complain("state", "the key `state` is missing", "write state = \"unused\"");
  return std::make_unique<SuppressionCheck>(kStateValues[table.one_of("state", kStates, 0)]);
}

constexpr std::array kKeys{
    KeyDoc{"state", "`unused`, `expired` or `malformed`",
           "the state in which a suppression becomes a finding"},
};
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kSuppression{"suppression",
                        "suppressions in gate.toml and `gate:allow` comments that cover nothing, "
                        "have ended or cannot be read",
                        Kind::suppressions,
                        kStages,
                        kKeys,
                        make};

}  // namespace gate::checks
