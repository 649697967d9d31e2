#include "gate/system/terminal.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gate::system {
namespace {

constexpr std::size_t kUsualWidth = 80;
constexpr std::size_t kLeastWidth = 40;
constexpr std::size_t kMostWidth = 200;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

std::optional<std::size_t> asked_width() {
  const std::string_view text = variable("COLUMNS");
  std::size_t width = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
  if (error != std::errc() || end != text.data() + text.size() || width == 0) return std::nullopt;
  return width;
}

std::optional<std::size_t> screen_width() {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) return size.ws_col;
  }
  return std::nullopt;
}

}  // namespace

bool is_terminal(std::FILE* stream) {
  const int number = fileno(stream);
  return number >= 0 && isatty(number) == 1;
}

std::size_t terminal_width() {
  std::optional<std::size_t> width = asked_width();
  if (!width) width = screen_width();
  return std::clamp(width.value_or(kUsualWidth), kLeastWidth, kMostWidth);
}

bool use_color(bool is_terminal) {
  if (!variable("NO_COLOR").empty()) return false;
  const std::string_view force = variable("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  if (variable("CLICOLOR") == "0") return false;
  const std::string_view terminal = variable("TERM");
  return is_terminal && !terminal.empty() && terminal != "dumb";
}

bool is_github_log() { return variable("GITHUB_ACTIONS") == "true"; }

}  // namespace gate::system
