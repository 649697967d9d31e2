// Samples of lockfiles and what is read from them, as text files: tests/unit/readers/lockfiles/.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles::test {

// One sample: `# …` lines, then files behind `-- PATH --` lines, the last of them what is wanted.
struct Sample {
  std::string name;  // of its file
  std::string head;  // the lines before the first file
  std::vector<std::pair<std::string, std::string>> files;
  std::string wanted;
};

// Returns the samples of a folder below lockfiles/, sorted by name.
[[nodiscard]] std::vector<Sample> samples(std::string_view folder);

// Compares; with GATE_BLESS=1 writes what really came into the sample instead.
void check(const Sample& sample, std::string_view folder, const std::string& got);

[[nodiscard]] std::shared_ptr<const base::Source> source(std::string path, std::string text);

// Returns everything that was read, a line for each package.
[[nodiscard]] std::string spell(const ReadResult& result);

}  // namespace gate::readers::lockfiles::test
