#include "gate/readers/results/results.h"

#include <algorithm>
#include <array>

#include "gate/readers/results/formats.h"

namespace gate::readers {

std::span<const ResultFormat* const> result_formats() {
  static constexpr std::array kTable{
      &kJunitResult,    &kSarifResult,         &kCheckstyleResult,
      &kRdjsonResult,   &kRdjsonlResult,       &kTapResult,
      &kGithubResult,   &kEslintResult,        &kPhpstanResult,
      &kPsalmResult,    &kPintResult,          &kBanditResult,
      &kRuffResult,     &kMypyResult,          &kPipAuditResult,
      &kNpmAuditResult, &kComposerAuditResult, &kComposerValidateResult,
      &kHadolintResult, &kShellcheckResult,    &kTscResult,
  };
  return kTable;
}

const ResultFormat* find_result_format(std::string_view name) {
  const auto formats = result_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const ResultFormat* format) { return format->name == name; });
  return found == formats.end() ? nullptr : *found;
}

}  // namespace gate::readers
