#include "gate/finding/fingerprint.h"

#include <map>

#include "gate/base/hash.h"

namespace gate::finding {
namespace {

constexpr std::size_t kFingerprintDigits = 32;

std::string fold_white_space(std::string_view text) {
  std::string folded;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = !folded.empty();
      continue;
    }
    if (gap) folded += ' ';
    gap = false;
    folded += c;
  }
  return folded;
}

std::string fingerprint(std::string_view rule, const Finding& finding, int copy) {
  base::Sha256 hash;
  hash.field(rule).field(finding.place.path);
  hash.field(fold_white_space(finding.identity.empty() ? finding.message : finding.identity));
  if (copy != 0) hash.field(std::to_string(copy));
  return hash.hex().substr(0, kFingerprintDigits);
}

}  // namespace

void set_fingerprints(std::string_view rule, std::vector<Finding>& findings) {
  std::map<std::string, int> copies;
  for (Finding& finding : findings) {
    std::string first = fingerprint(rule, finding, 0);
    const int copy = copies[first]++;
    finding.fingerprint = copy == 0 ? std::move(first) : fingerprint(rule, finding, copy);
  }
}

}  // namespace gate::finding
