// The variables that an evaluator is asked under, for programs that print what it makes of them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/settings/environment_values.h"

namespace gate::readers {

class Variables final : public EnvironmentValues {
 public:
  // Takes `KEY=VALUE` as it is; a text without `=` is none.
  void set(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos)
      values_.insert_or_assign(std::string(pair.substr(0, equals)),
                               std::string(pair.substr(equals + 1)));
  }

  [[nodiscard]] EnvironmentValue find(std::string_view key) const override {
    EnvironmentValue value;
    const auto found = values_.find(key);
    if (found == values_.end()) return value;
    value.state = EnvironmentValue::State::set;
    value.value = found->second;
    value.place.path = "environment";
    return value;
  }
  [[nodiscard]] std::vector<std::string> keys() const override {
    std::vector<std::string> names;
    for (const auto& [key, value] : values_)
      names.push_back(key);
    return names;
  }
  [[nodiscard]] std::string incomplete() const override { return {}; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace gate::readers
