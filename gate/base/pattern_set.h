// PatternSet: finds the matches of many patterns in a text.
//
// All literals that the patterns require are looked for in one pass of the bytes; RE2 runs only
// where one was found, on no more of the text than the pattern can reach from there. A pattern
// without a required literal is searched as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "gate/base/literal_set.h"
#include "gate/base/literals.h"
#include "gate/base/pattern.h"

namespace gate::base {

class PatternSet {
 public:
  struct Match {
    std::uint32_t pattern = 0;  // index in the set
    std::size_t begin = 0;
    std::size_t end = 0;
    const std::vector<std::string_view>& captures;  // as Pattern::find gives them
  };
  using Sink = std::function<void(const Match&)>;

  // The patterns must outlive the set.
  explicit PatternSet(std::vector<const Pattern*> patterns);

  [[nodiscard]] std::size_t size() const { return searches_.size(); }

  // What one thread needs to search; to be reused from text to text. The set must outlive it.
  class Searcher {
   public:
    explicit Searcher(const PatternSet& set);

    // Hands every match of the patterns in `wanted` to `sink`: those of one pattern from left to
    // right without overlap, as searching again from the end of the last would find them. An empty
    // match after the last line end is none.
    void search(std::string_view text, const std::vector<std::uint32_t>& wanted, const Sink& sink);

   private:
    // How far one pattern has come in the text.
    struct Progress {
      bool wanted = false;
      std::size_t at = 0;          // no match begins before
      std::size_t idle_until = 0;  // hits before this lead to nothing new
      std::size_t line_begin = 1;  // the line of the last hit; none where it begins after its end
      std::size_t line_end = 0;
      std::uint32_t misses = 0;  // anchored searches on this line that led to nothing
      std::vector<std::size_t> hits;
    };

    void search_all(std::string_view text, std::uint32_t pattern, const Sink& sink);
    void search_literals(std::string_view text, const Sink& sink);
    void follow(std::string_view text, std::uint32_t pattern, std::size_t hit, const Sink& sink);
    void report(std::string_view text, std::uint32_t pattern, const Sink& sink);
    static void find_line(std::string_view text, std::size_t hit, Progress& progress);

    const PatternSet& set_;
    std::vector<Progress> progress_;
    std::vector<std::uint32_t> touched_;
    std::vector<LiteralSet::Hit> hits_;
    std::vector<std::string_view> captures_;
  };

 private:
  struct Search {
    const Pattern* pattern;
    RequiredLiterals required;
    bool lines;  // works on lines
  };

  std::vector<Search> searches_;
  std::vector<std::vector<std::uint32_t>> patterns_of_;  // by literal
  LiteralSet literals_;
};

}  // namespace gate::base
