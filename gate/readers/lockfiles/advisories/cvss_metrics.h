// The metrics of a CVSS vector: "AV:N/AC:L" taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gate::readers::lockfiles {

class CvssMetrics {
 public:
  // Returns nothing where a part is no metric, or one stands twice. Values are one character, but
  // for those of version 2 ("ND", "POC"), of which the first counts.
  [[nodiscard]] static std::optional<CvssMetrics> parse(std::string_view text);

  // Returns the value of a metric, 0 where it is not there.
  [[nodiscard]] char value(std::string_view metric) const;

 private:
  std::vector<std::pair<std::string_view, char>> metrics_;
};

[[nodiscard]] std::optional<int> cvss4_score(const CvssMetrics& metrics);

}  // namespace gate::readers::lockfiles
