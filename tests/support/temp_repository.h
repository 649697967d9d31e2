// Real repositories in temporary folders, made with the git program: same identity, same dates, no
// configuration of the machine or the user.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_folder.h"

namespace gate::test {

struct GitResult {
  int status = -1;     // exit status
  std::string output;  // standard output
  std::string errors;  // standard error
};

// The time of every commit that asks for no other.
inline constexpr std::int64_t kTestTime = 1'700'000'000;

// Runs git in `folder`, with `input` as its standard input; commits are dated `seconds` after the
// epoch.
[[nodiscard]] GitResult run_git(const std::filesystem::path& folder,
                                const std::vector<std::string>& arguments,
                                std::string_view input = {}, std::int64_t seconds = kTestTime);

// Files of a work tree and the git program in it. Anything that does not work aborts the test.
class TempRepository {
 public:
  // `git init --initial-branch=main` with more options.
  explicit TempRepository(const std::vector<std::string>& init_options = {});

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path folder(std::string_view path) const { return path_ / path; }

  // Returns the standard output without its last line end.
  std::string git(const std::vector<std::string>& arguments, std::string_view input = {}) const;

  // Sets the time of the commits to come.
  void set_time(std::int64_t seconds) { seconds_ = seconds; }

  // Writes a file, parent folders are made.
  void write(std::string_view path, std::string_view bytes) const;
  void remove(std::string_view path) const;
  void link(std::string_view path, std::string_view target) const;

  // Adds everything and commits; returns the commit's id.
  std::string commit(std::string_view message = "change") const;

 private:
  TempFolder folder_;
  std::filesystem::path path_;
  std::int64_t seconds_ = kTestTime;
};

}  // namespace gate::test
