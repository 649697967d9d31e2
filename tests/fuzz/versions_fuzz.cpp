// The first byte chooses the ecosystem; then come two versions and a range, a line each. The range
// is read as a licence and as a CVSS vector too.
#include <compare>

#include "gate/readers/lockfiles/advisories/cvss.h"
#include "gate/readers/lockfiles/spdx.h"
#include "gate/readers/lockfiles/versions/order.h"
#include "gate/readers/lockfiles/versions/range.h"
#include "tests/fuzz/fuzz.h"

namespace {

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace lockfiles = gate::readers::lockfiles;
  if (size == 0) return 0;
  const auto ecosystems = lockfiles::ecosystems();
  const lockfiles::Ecosystem ecosystem =
      ecosystems[static_cast<std::size_t>(data[0]) % ecosystems.size()];
  std::string_view rest = gate::fuzz::text_of(data + 1, size - 1);
  const std::string_view a = take_line(rest);
  const std::string_view b = take_line(rest);
  const std::weak_ordering order = lockfiles::compare_versions(ecosystem, a, b);
  const std::weak_ordering reverse = lockfiles::compare_versions(ecosystem, b, a);
  gate::fuzz::require((order < 0) == (reverse > 0) && (order > 0) == (reverse < 0));
  gate::fuzz::require(lockfiles::compare_versions(ecosystem, a, a) == 0);
  (void)lockfiles::in_range(ecosystem, a, rest);
  (void)lockfiles::LicenseExpression::parse(rest);
  const auto score = lockfiles::cvss_score(rest);
  gate::fuzz::require(!score || (*score >= 0 && *score <= 100));
  return 0;
}
