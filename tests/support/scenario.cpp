#include "tests/support/scenario.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>

#include <fmt/format.h>

namespace gate::tests {
namespace {

constexpr std::string_view kAny = "[…]";
constexpr std::string_view kIndent = "  ";

Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Returns the path of a line `-- path --`.
std::optional<std::string_view> file_head(std::string_view line) {
  constexpr std::string_view kFront = "-- ";
  constexpr std::string_view kBack = " --";
  if (line.size() <= kFront.size() + kBack.size() || !line.starts_with(kFront) ||
      !line.ends_with(kBack)) {
    return std::nullopt;
  }
  return line.substr(kFront.size(), line.size() - kFront.size() - kBack.size());
}

// Whether a line fits a wanted one; `[…]` stands for any text.
bool line_fits(std::string_view wanted, std::string_view got) {
  const std::size_t first = wanted.find(kAny);
  if (first == std::string_view::npos) return wanted == got;
  if (!got.starts_with(wanted.substr(0, first))) return false;
  got.remove_prefix(first);
  wanted.remove_prefix(first + kAny.size());
  for (;;) {
    const std::size_t next = wanted.find(kAny);
    if (next == std::string_view::npos) return got.ends_with(wanted) && got.size() >= wanted.size();
    const std::size_t at = got.find(wanted.substr(0, next));  // the nearest is as good as any
    if (at == std::string_view::npos) return false;
    got.remove_prefix(at + next);
    wanted.remove_prefix(next + kAny.size());
  }
}

// Reads the text of a scenario from the top, a line at a time.
class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(split(text)) {}

  Result<Scenario> read() {
    while (at_ < lines_.size() && !file_head(lines_[at_])) {
      const std::string& line = lines_[at_];
      if (line.empty() || line.starts_with('#')) {
        above_.push_back(line);
        ++at_;
      } else if (line.starts_with("skip-unless ") && scenario_.steps.empty()) {
        scenario_.needed.push_back(line.substr(std::string_view("skip-unless ").size()));
        above_.push_back(line);
        scenario_.above.insert(scenario_.above.end(), above_.begin(), above_.end());
        above_.clear();
        ++at_;
      } else if (line.starts_with("$ ")) {
        read_step();
      } else {
        return Error{
            fmt::format("line {}: neither a command nor what it prints: {}", at_ + 1, line)};
      }
    }
    if (scenario_.steps.empty()) return Error{"there is no command"};
    scenario_.below = std::move(above_);
    read_files();
    return std::move(scenario_);
  }

 private:
  void read_step() {
    Step& step = scenario_.steps.emplace_back();
    step.line = static_cast<std::uint32_t>(at_ + 1);
    step.above = std::move(above_);
    above_.clear();
    step.command = lines_[at_++].substr(2);
    while (at_ < lines_.size() && lines_[at_].starts_with("> "))
      step.command += "\n" + lines_[at_++].substr(2);
    while (at_ < lines_.size()) {
      const std::string& line = lines_[at_];
      if (line.starts_with("exit ")) {
        std::from_chars(line.data() + 5, line.data() + line.size(), step.status);
        ++at_;
      } else if (line == "stdout" || line == "stderr") {
        ++at_;
        (line == "stdout" ? step.output : step.errors) = read_block();
      } else {
        return;
      }
    }
  }

  // Lines that are indented, and empty ones between them.
  Lines read_block() {
    Lines block;
    std::size_t end = at_;
    for (std::size_t next = at_; next < lines_.size(); ++next) {
      const std::string& line = lines_[next];
      if (line.starts_with(kIndent)) {
        end = next + 1;
      } else if (!line.empty()) {
        break;
      }
    }
    for (; at_ < end; ++at_)
      block.push_back(lines_[at_].empty() ? "" : lines_[at_].substr(kIndent.size()));
    return block;
  }

  void read_files() {
    for (; at_ < lines_.size(); ++at_) {
      if (const auto path = file_head(lines_[at_])) {
        scenario_.files.push_back({std::string(*path), {}});
      } else {
        scenario_.files.back().text += lines_[at_] + "\n";
      }
    }
  }

  Lines lines_;
  std::size_t at_ = 0;
  Lines above_;
  Scenario scenario_;
};

void append(std::string& text, const Lines& lines) {
  for (const std::string& line : lines)
    text += line + "\n";
}

void append_block(std::string& text, std::string_view name, const Lines& lines) {
  if (lines.empty()) return;
  text += fmt::format("{}\n", name);
  for (const std::string& line : lines)
    text += line.empty() ? "\n" : fmt::format("{}{}\n", kIndent, line);
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text) { return Reader(text).read(); }

std::string write_scenario(const Scenario& scenario) {
  std::string text;
  append(text, scenario.above);
  for (const Step& step : scenario.steps) {
    append(text, step.above);
    std::string command = step.command;
    for (std::size_t at = command.find('\n'); at != std::string::npos;
         at = command.find('\n', at + 1)) {
      command.insert(at + 1, "> ");
    }
    text += "$ " + command + "\n";
    if (step.status != 0) text += fmt::format("exit {}\n", step.status);
    append_block(text, "stdout", step.output);
    append_block(text, "stderr", step.errors);
  }
  append(text, scenario.below);
  for (const ScenarioFile& file : scenario.files)
    text += fmt::format("-- {} --\n{}", file.path, file.text);
  return text;
}

Lines output_lines(std::string_view text) {
  Lines lines = split(text);
  while (!lines.empty() && lines.back().empty())
    lines.pop_back();
  return lines;
}

bool fits(const Lines& wanted, const Lines& got) {
  // As a glob over lines: where it fails, the last `[…]` takes one line more.
  std::size_t want = 0;
  std::size_t have = 0;
  std::optional<std::size_t> any;
  std::size_t taken = 0;
  while (have < got.size()) {
    if (want < wanted.size() && wanted[want] == kAny) {
      any = want++;
      taken = have;
    } else if (want < wanted.size() && line_fits(wanted[want], got[have])) {
      ++want;
      ++have;
    } else if (any) {
      want = *any + 1;
      have = ++taken;
    } else {
      return false;
    }
  }
  return std::all_of(wanted.begin() + static_cast<std::ptrdiff_t>(want), wanted.end(),
                     [](const std::string& line) { return line == kAny; });
}

Lines bless(const Lines& wanted, const Lines& got) {
  if (fits(wanted, got)) return wanted;
  // "12 ms", "(0.3 s)", `"duration_ms": 0.2`, `time="0.001"`.
  static const std::regex duration(
      R"re(\b[0-9]+(\.[0-9]+)?( ?)(ms|s|min)\b|("duration_ms": ?)[0-9.]+|( time=")[0-9.]+)re");
  Lines blessed;
  auto old = wanted.begin();
  for (const std::string& line : got) {
    const auto kept = std::find_if(old, wanted.end(), [&](const std::string& want) {
      return want != kAny && want.find(kAny) != std::string::npos && line_fits(want, line);
    });
    if (kept != wanted.end()) {
      blessed.push_back(*kept);
      old = kept + 1;
    } else {
      blessed.push_back(std::regex_replace(line, duration, "$4$5" + std::string(kAny) + "$2$3"));
    }
  }
  return blessed;
}

std::string difference(const Lines& wanted, const Lines& got) {
  std::size_t front = 0;
  while (front < wanted.size() && front < got.size() && line_fits(wanted[front], got[front]))
    ++front;
  std::size_t back = 0;
  while (back < wanted.size() - front && back < got.size() - front &&
         line_fits(wanted[wanted.size() - 1 - back], got[got.size() - 1 - back])) {
    ++back;
  }
  std::string text;
  const auto print = [&text](char mark, const Lines& lines, std::size_t from, std::size_t to) {
    for (std::size_t index = from; index < to; ++index)
      text += fmt::format("    {} {}\n", mark, lines[index]);
  };
  print(' ', got, 0, front);
  print('-', wanted, front, wanted.size() - back);
  print('+', got, front, got.size() - back);
  print(' ', got, got.size() - back, got.size());
  return text;
}

}  // namespace gate::tests
