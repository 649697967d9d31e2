// Scan: one pass over all files for all patterns of all checks. Each file is read once.
//
// Knows files, globs and patterns; how patterns are found fast is base::PatternSet's affair.
// Symbolic links and submodules are no content and never looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/finding/finding.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

struct ScanRequest {
  const base::GlobSet* paths = nullptr;        // null: all files
  std::vector<const base::Pattern*> patterns;  // may be empty: only which files there are
  bool binary = false;  // also files with a NUL byte in their first 8,000 bytes
  bool untracked = true;
};

// One match of one pattern.
struct ScanMatch {
  std::uint32_t file = 0;             // index in Snapshot::files()
  std::uint32_t pattern = 0;          // index in the request
  std::uint64_t offset = 0;           // of the match in the file
  finding::Place place;               // of the match; the path is set
  std::string text;                   // of the match, at most 4 KB
  std::vector<std::string> captures;  // of the groups, from group 1; at most 1 KB each
  std::string line;                   // the line on which it begins, at most 4 KB around the match
  std::string identity;               // the matched line and its neighbours, for the fingerprint
};

// Matches of one pattern in one file that were left out because there were more than
// kMatchesPerFile.
struct ScanCut {
  std::uint32_t file = 0;
  std::uint32_t pattern = 0;
  std::uint64_t count = 0;
};

// The answer to one request.
struct ScanHits {
  std::vector<std::uint32_t> files;  // looked at, as indexes in Snapshot::files(), ascending
  std::vector<ScanMatch> matches;    // by file, offset, pattern
  std::vector<finding::Finding>
      unread;                 // files that could not be read, each with the reason as its message
  std::uint64_t bytes = 0;    // of the files looked at; 0 without patterns: then nothing is read
  std::vector<ScanCut> cuts;  // by file, pattern
  std::uint64_t cut = 0;      // all of them together
};

inline constexpr std::uint32_t kMatchesPerFile = 1000;

struct ScanTotals {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

// Answers all requests in one pass with `jobs` threads. The result does not depend on `jobs`.
std::vector<ScanHits> scan(const repo::Snapshot& snapshot, const std::vector<ScanRequest>& requests,
                           unsigned jobs, ScanTotals& totals);

}  // namespace gate::checks
