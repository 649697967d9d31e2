// The formats of results, one a tool or a standard.
#pragma once

#include "gate/readers/results/results.h"

namespace gate::readers {

extern const ResultFormat kJunitResult;
extern const ResultFormat kSarifResult;
extern const ResultFormat kCheckstyleResult;
extern const ResultFormat kRdjsonResult;
extern const ResultFormat kRdjsonlResult;
extern const ResultFormat kTapResult;
extern const ResultFormat kGithubResult;
extern const ResultFormat kEslintResult;
extern const ResultFormat kPhpstanResult;
extern const ResultFormat kPsalmResult;
extern const ResultFormat kPintResult;
extern const ResultFormat kBanditResult;
extern const ResultFormat kRuffResult;
extern const ResultFormat kMypyResult;
extern const ResultFormat kPipAuditResult;
extern const ResultFormat kNpmAuditResult;
extern const ResultFormat kComposerAuditResult;
extern const ResultFormat kComposerValidateResult;
extern const ResultFormat kHadolintResult;
extern const ResultFormat kShellcheckResult;
extern const ResultFormat kTscResult;

}  // namespace gate::readers
