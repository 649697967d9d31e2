// `docker run --env-file`: parseKeyValueFile of the docker CLI, opts/file.go, 20.10.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/unicode.h"
#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {
namespace {

constexpr std::size_t kLongestLine = std::size_t{64} << 10;  // of bufio.Scanner

class Docker {
 public:
  Docker(std::string_view text, const EnvScope& scope) : text_(text), scope_(scope) {}

  EnvFile read() {
    for (std::size_t begin = 0; begin < text_.size() && !stopped_;) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const bool cr = end > begin && text_[end - 1] == '\r';
      read_line(begin, cr ? end - 1 : end);
      begin = end + 1;
    }
    return std::move(file_);
  }

 private:
  void refuse(std::size_t begin, std::size_t end, std::string_view what) {
    file_.problems.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                              EnvEffect::refuses_file,
                              fmt::format("{}: docker refuses the whole file", what)});
    stopped_ = true;
  }

  void read_line(std::size_t begin, std::size_t end) {
    if (end - begin >= kLongestLine) return refuse(begin, begin, "a line of more than 64 KB");
    if (!base::is_valid_utf8(text_.substr(begin, end - begin)))
      return refuse(begin, end, "bytes that are not UTF-8");
    if (begin == 0 && text_.starts_with("\xEF\xBB\xBF")) begin += 3;
    begin = skip_spaces(text_.substr(0, end), begin, Spaces::go);
    const std::string_view line = text_.substr(begin, end - begin);
    if (line.empty() || line.front() == '#') return;
    const std::size_t equals = line.find('=');
    const std::string_view name = line.substr(0, equals);
    if (name.find_first_of(" \t") != std::string_view::npos)
      return refuse(begin, begin + name.size(), "a name with white space");
    if (name.empty()) return refuse(begin, begin + 1, "`=` without a name before it");
    EnvEntry entry;
    entry.key = name;
    const auto at = static_cast<std::uint32_t>(begin);
    entry.key_span = {at, at + static_cast<std::uint32_t>(name.size())};
    if (equals == std::string_view::npos) {
      const auto passed = scope_.process ? scope_.process(name) : std::nullopt;
      if (!passed) return;
      entry.value = *passed;
      entry.value_span = entry.key_span;
    } else {
      entry.value = line.substr(equals + 1);
      entry.value_span = {entry.key_span.end + 1, at + static_cast<std::uint32_t>(line.size())};
    }
    file_.entries.push_back(std::move(entry));
  }

  std::string_view text_;
  const EnvScope& scope_;
  EnvFile file_;
  bool stopped_ = false;
};

}  // namespace

EnvFile read_docker(std::string_view text, const EnvScope& scope) {
  return Docker(text, scope).read();
}

}  // namespace gate::readers
