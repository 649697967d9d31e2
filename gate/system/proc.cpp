#include "gate/system/proc.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <string_view>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/system/descriptor.h"

namespace gate::system {
namespace {

// An environment is at most a quarter of the stack limit; what lies beyond this was never ours.
constexpr std::size_t kMostBytes = std::size_t{8} << 20;

// Places in /proc/PID/stat, counted from the state, which stands behind the name.
constexpr std::size_t kParent = 1;
constexpr std::size_t kGroup = 2;
constexpr std::size_t kResident = 21;  // pages

// Returns what can be read of a small file; empty where it is gone.
std::string read_proc(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string bytes;
  std::array<char, 4096> chunk{};
  while (file && bytes.size() < kMostBytes) {
    const ssize_t length = read(file.get(), chunk.data(), chunk.size());
    if (length <= 0) break;
    bytes.append(chunk.data(), static_cast<std::size_t>(length));
  }
  return bytes;
}

template <class Number>
Number parse(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

std::optional<ProcessState> read_state(pid_t pid) {
  const std::string stat = read_proc(fmt::format("/proc/{}/stat", pid));
  // The name may hold blanks and brackets; what follows the last bracket is numbers.
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(stat).substr(name_end + 1);
  std::array<std::string_view, kResident + 1> fields;
  for (std::string_view& field : fields) {
    if (!rest.starts_with(' ')) return std::nullopt;
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(' '), rest.size());
    field = rest.substr(0, end);
    rest.remove_prefix(end);
  }
  static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  return ProcessState{pid, parse<pid_t>(fields[kParent]), parse<pid_t>(fields[kGroup]),
                      parse<std::uint64_t>(fields[kResident]) * page};
}

}  // namespace

std::vector<ProcessState> processes() {
  std::vector<ProcessState> found;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc"), closedir);
  if (!folder) return found;
  while (const dirent* entry = readdir(folder.get())) {
    const auto pid = parse<pid_t>(static_cast<const char*>(entry->d_name));
    if (pid <= 0) continue;
    if (const std::optional<ProcessState> state = read_state(pid)) found.push_back(*state);
  }
  return found;
}

std::string environment_of(pid_t pid) {
  return '\0' + read_proc(fmt::format("/proc/{}/environ", pid));
}

}  // namespace gate::system
