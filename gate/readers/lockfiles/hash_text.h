// Hashes as lockfiles write them: "sha512-…" in base64 (W3C Subresource Integrity), "sha256:…" in
// hex, "10c0/…" of yarn.
#pragma once

#include <string>
#include <string_view>

namespace gate::readers::lockfiles {

struct HashText {
  std::string algorithm;  // "sha512"; empty where the text names none
  bool is_strong = false;
  std::string problem;  // "is no hash of sha512: …"; empty where it is one
};

[[nodiscard]] HashText parse_hash(std::string_view text);

// Returns whether a text is a whole id of a commit: 40 or 64 digits in hex.
[[nodiscard]] bool is_commit_id(std::string_view text);

}  // namespace gate::readers::lockfiles
