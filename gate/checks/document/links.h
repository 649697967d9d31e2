// Where the links of a document lead: to files of the snapshot and to their headings.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gate/base/result.h"
#include "gate/readers/formats/markdown.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// A link that leads nowhere.
struct BrokenLink {
  std::string message;
  std::string fix;  // the nearest thing that is there; may be empty
};

// Follows links within one snapshot. Reads each document that an anchor leads into once. Not
// thread-safe.
class LinkResolver {
 public:
  explicit LinkResolver(const repo::Snapshot& files) : files_(files) {}

  // Makes the anchors of a document known, so that it is not read again.
  void add(std::string_view path, const readers::MarkdownDocument& document);

  // Returns what is wrong with a link of the document at `path`; an error where a file it leads
  // into cannot be read. Links to other hosts are not followed.
  Result<std::optional<BrokenLink>> follow(std::string_view path, std::string_view target);

  // Returns how many links led out of the judged folder, through a symbolic link or into a
  // submodule, where this snapshot cannot tell.
  [[nodiscard]] std::size_t unknown() const { return unknown_; }

 private:
  using Anchors = std::set<std::string, std::less<>>;

  Result<std::optional<BrokenLink>> follow_anchor(std::string_view path, std::string_view anchor,
                                                  bool same_document);
  [[nodiscard]] BrokenLink missing(std::string_view path) const;
  [[nodiscard]] bool is_beyond_link(std::string_view path) const;

  const repo::Snapshot& files_;
  std::map<std::string, Anchors, std::less<>> anchors_;  // of documents, by path
  std::size_t unknown_ = 0;
};

}  // namespace gate::checks
