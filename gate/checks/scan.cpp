#include "gate/checks/scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "gate/base/parallel.h"
#include "gate/base/pattern_set.h"
#include "gate/checks/scan_context.h"

namespace gate::checks {
namespace {

constexpr std::size_t kBinaryProbe =
    8000;  // as git looks for a NUL byte (buffer_is_binary in its xdiff-interface.c)
constexpr std::size_t kFirstRead = std::size_t{64} << 10;  // most files in one call
constexpr std::size_t kKeptBuffer = std::size_t{8}
                                    << 20;  // a larger buffer is given back after its file
constexpr std::size_t kFilesAtOnce = 32;
constexpr std::size_t kMostText = 4096;
constexpr std::size_t kMostCapture = 1024;

// The requests in the form in which a file is asked about: each glob set once, each pattern with a
// number of its own.
class Questions {
 public:
  explicit Questions(const std::vector<ScanRequest>& requests) : requests_(requests) {
    std::map<std::vector<std::string>, std::size_t> known;
    for (std::uint32_t request = 0; request < requests.size(); ++request) {
      const base::GlobSet* paths = requests[request].paths;
      if (paths != nullptr && !paths->empty()) {
        const auto [place, is_new] = known.emplace(paths->texts(), globs_.size());
        if (is_new) globs_.push_back(paths);
        globs_of_.emplace_back(place->second);
      } else {
        globs_of_.emplace_back();
      }
      first_pattern_.push_back(static_cast<std::uint32_t>(patterns_.size()));
      for (std::uint32_t pattern = 0; pattern < requests[request].patterns.size(); ++pattern) {
        patterns_.push_back(requests[request].patterns[pattern]);
        owners_.push_back({request, pattern});
      }
    }
  }

  struct Owner {
    std::uint32_t request;
    std::uint32_t pattern;  // in the request
  };

  [[nodiscard]] const ScanRequest& request(std::uint32_t number) const { return requests_[number]; }
  [[nodiscard]] std::size_t size() const { return requests_.size(); }
  [[nodiscard]] const std::vector<const base::Pattern*>& patterns() const { return patterns_; }
  [[nodiscard]] Owner owner(std::uint32_t pattern) const { return owners_[pattern]; }

  // Appends the numbers of the request's patterns.
  void add_patterns(std::uint32_t request, std::vector<std::uint32_t>& numbers) const {
    for (std::uint32_t i = 0; i < requests_[request].patterns.size(); ++i) {
      numbers.push_back(first_pattern_[request] + i);
    }
  }

  // Puts the requests that want this file into `wanting`. `answers` is scratch.
  void wanting(const repo::File& file, std::vector<std::uint32_t>& wanting,
               std::vector<bool>& answers) const {
    wanting.clear();
    answers.clear();
    for (const base::GlobSet* globs : globs_)
      answers.push_back(globs->matches(file.path));
    for (std::uint32_t request = 0; request < requests_.size(); ++request) {
      if (!file.tracked && !requests_[request].untracked) continue;
      if (globs_of_[request] && !answers[*globs_of_[request]]) continue;
      wanting.push_back(request);
    }
  }

 private:
  const std::vector<ScanRequest>& requests_;
  std::vector<const base::GlobSet*> globs_;
  std::vector<std::optional<std::size_t>> globs_of_;  // by request
  std::vector<const base::Pattern*> patterns_;
  std::vector<std::uint32_t> first_pattern_;  // by request
  std::vector<Owner> owners_;                 // by pattern
};

// The bytes of one file after the other, in one buffer.
class Content {
 public:
  explicit Content(std::unique_ptr<repo::FileReader> reader) : reader_(std::move(reader)) {}

  struct Loaded {
    std::string_view text;
    bool binary = false;  // then `text` is only read where binary files were asked for
  };

  Result<Loaded> load(const repo::File& file, bool with_binary) {
    if (buffer_.size() > kKeptBuffer) buffer_ = std::string();
    if (buffer_.size() < kFirstRead) buffer_.resize(kFirstRead);
    GATE_CHECK(reader_->open(file));
    Loaded loaded;
    std::size_t size = 0;
    for (;;) {
      if (size == buffer_.size()) {
        if (size >= repo::kReadLimit) {
          return Error{fmt::format("the file is larger than {} MB, the most that is read",
                                   repo::kReadLimit >> 20U)};
        }
        buffer_.resize(repo::grown_size(reader_->size_hint(), size));
      }
      GATE_TRY(const std::size_t count,
               reader_->read(buffer_.data() + size, buffer_.size() - size));
      if (count == 0) break;
      const std::size_t before = size;
      size += count;
      if (before < kBinaryProbe && !loaded.binary) {
        loaded.binary =
            std::string_view(buffer_).substr(0, std::min(size, kBinaryProbe)).find('\0') !=
            std::string::npos;
        if (loaded.binary && !with_binary) return loaded;
      }
    }
    loaded.text = std::string_view(buffer_).substr(0, size);
    return loaded;
  }

 private:
  std::unique_ptr<repo::FileReader> reader_;
  std::string buffer_;
};

// What one thread finds.
class Worker {
 public:
  Worker(const repo::Snapshot& snapshot, const Questions& questions,
         const base::PatternSet& patterns)
      : files_(snapshot.files()),
        questions_(questions),
        content_(snapshot.reader()),
        searcher_(patterns),
        counts_(patterns.size()),
        hits_(questions.size()),
        unread_(questions.size()) {}

  void look_at(std::uint32_t number) {
    const repo::File& file = files_[number];
    if (file.kind != repo::FileKind::regular && file.kind != repo::FileKind::executable) return;
    questions_.wanting(file, wanting_, answers_);
    bool with_binary = false;
    std::erase_if(wanting_, [&](std::uint32_t request) {
      const ScanRequest& asked = questions_.request(request);
      if (asked.patterns.empty()) hits_[request].files.push_back(number);
      with_binary = with_binary || asked.binary;
      return asked.patterns.empty();
    });
    if (wanting_.empty()) return;

    const Result<Content::Loaded> loaded = content_.load(file, with_binary);
    if (!loaded) {
      for (const std::uint32_t request : wanting_)
        unread_[request].emplace_back(number, loaded.error().message);
      return;
    }
    ++totals.files;
    totals.bytes += loaded->text.size();
    numbers_.clear();
    for (const std::uint32_t request : wanting_) {
      if (loaded->binary && !questions_.request(request).binary) continue;
      hits_[request].files.push_back(number);
      hits_[request].bytes += loaded->text.size();
      questions_.add_patterns(request, numbers_);
    }
    search(number, loaded->text);
  }

  // Moves what was found for a request to its answer.
  void hand_over(std::uint32_t request, ScanHits& into,
                 std::vector<std::pair<std::uint32_t, std::string>>& unread) {
    const auto move = [](auto& from, auto& to) {
      to.insert(to.end(), std::make_move_iterator(from.begin()),
                std::make_move_iterator(from.end()));
    };
    ScanHits& own = hits_[request];
    move(own.files, into.files);
    move(own.matches, into.matches);
    move(own.cuts, into.cuts);
    move(unread_[request], unread);
    into.bytes += own.bytes;
  }

  ScanTotals totals;

 private:
  struct Found {
    std::uint32_t pattern;
    std::size_t begin;
    std::size_t end;
    std::vector<std::string> captures;
  };

  void search(std::uint32_t number, std::string_view text) {
    found_.clear();
    searcher_.search(text, numbers_, [&](const base::PatternSet::Match& match) {
      if (++counts_[match.pattern] > kMatchesPerFile) return;
      found_.push_back({match.pattern, match.begin, match.end, {}});
      for (std::size_t group = 1; group < match.captures.size(); ++group) {
        found_.back().captures.emplace_back(match.captures[group].substr(0, kMostCapture));
      }
    });
    for (const std::uint32_t pattern : numbers_) {
      const std::uint64_t count = std::exchange(counts_[pattern], 0);
      if (count <= kMatchesPerFile) continue;
      const Questions::Owner owner = questions_.owner(pattern);
      hits_[owner.request].cuts.push_back({number, owner.pattern, count - kMatchesPerFile});
    }
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::tie(a.begin, a.pattern) < std::tie(b.begin, b.pattern);
    });
    LineCursor cursor(text);
    for (Found& found : found_) {
      cursor.advance(found.begin);
      describe(number, text, found, cursor);
    }
  }

  void describe(std::uint32_t number, std::string_view text, Found& found,
                const LineCursor& begin) {
    const Questions::Owner owner = questions_.owner(found.pattern);
    LineCursor end = begin;
    end.advance(found.end);
    ScanMatch match;
    match.file = number;
    match.pattern = owner.pattern;
    match.offset = found.begin;
    match.place = {std::string(files_[number].path), begin.line(), begin.column(), end.line(),
                   end.column()};
    match.text = text.substr(found.begin, std::min(found.end - found.begin, kMostText));
    match.captures = std::move(found.captures);
    match.line = line_around(text, begin.line_begin(), found.begin, kMostText);
    match.identity = identity_of(text, begin.line_begin(), found.begin, found.end);
    hits_[owner.request].matches.push_back(std::move(match));
  }

  std::span<const repo::File> files_;
  const Questions& questions_;
  Content content_;
  base::PatternSet::Searcher searcher_;
  std::vector<std::uint64_t> counts_;  // of this file's matches, by pattern
  std::vector<ScanHits> hits_;         // by request
  std::vector<std::vector<std::pair<std::uint32_t, std::string>>>
      unread_;  // by request: file and reason
  std::vector<std::uint32_t> wanting_;
  std::vector<bool> answers_;
  std::vector<std::uint32_t> numbers_;
  std::vector<Found> found_;
};

// Puts the answers of all workers in the order of files.
ScanHits merge(std::uint32_t request, std::vector<std::unique_ptr<Worker>>& workers,
               std::span<const repo::File> files) {
  ScanHits hits;
  std::vector<std::pair<std::uint32_t, std::string>> unread;
  for (const std::unique_ptr<Worker>& worker : workers) {
    if (worker != nullptr) worker->hand_over(request, hits, unread);
  }
  if (!std::is_sorted(hits.files.begin(), hits.files.end())) {
    std::sort(hits.files.begin(), hits.files.end());
  }
  std::sort(hits.matches.begin(), hits.matches.end(), [](const ScanMatch& a, const ScanMatch& b) {
    return std::tie(a.file, a.offset, a.pattern) < std::tie(b.file, b.offset, b.pattern);
  });
  std::sort(hits.cuts.begin(), hits.cuts.end(), [](const ScanCut& a, const ScanCut& b) {
    return std::tie(a.file, a.pattern) < std::tie(b.file, b.pattern);
  });
  for (const ScanCut& cut : hits.cuts)
    hits.cut += cut.count;
  std::sort(unread.begin(), unread.end());
  for (auto& [file, reason] : unread) {
    finding::Finding finding;
    finding.identity = reason;
    finding.message = std::move(reason);
    finding.place.path = files[file].path;
    hits.unread.push_back(std::move(finding));
  }
  return hits;
}

}  // namespace

std::vector<ScanHits> scan(const repo::Snapshot& snapshot, const std::vector<ScanRequest>& requests,
                           unsigned jobs, ScanTotals& totals) {
  std::vector<ScanHits> answers;
  if (requests.empty()) return answers;
  const std::span<const repo::File> files = snapshot.files();
  const Questions questions(requests);
  const base::PatternSet patterns(questions.patterns());

  std::vector<std::unique_ptr<Worker>> workers(std::max(jobs, 1U));
  base::parallel(files.size(), jobs, kFilesAtOnce, [&](std::size_t index, unsigned number) {
    std::unique_ptr<Worker>& worker = workers[number];
    if (worker == nullptr) worker = std::make_unique<Worker>(snapshot, questions, patterns);
    worker->look_at(static_cast<std::uint32_t>(index));
  });

  for (std::uint32_t request = 0; request < requests.size(); ++request) {
    answers.push_back(merge(request, workers, files));
  }
  for (const std::unique_ptr<Worker>& worker : workers) {
    if (worker == nullptr) continue;
    totals.files += worker->totals.files;
    totals.bytes += worker->totals.bytes;
  }
  return answers;
}

}  // namespace gate::checks
