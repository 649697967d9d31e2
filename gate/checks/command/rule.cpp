#include "gate/checks/command/rule.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"

namespace gate::checks {
namespace {

using system::ResultFrom;

constexpr std::int64_t kMostWeight = 256;
constexpr std::uint64_t kMostOutput = std::uint64_t{1} << 30;

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end != at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

void check_words(policy::TableReader& table, const std::vector<std::string>& words) {
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (words[index].find('\0') != std::string::npos)
      table.complain("run", index, "a word with a NUL byte cannot be passed on");
  }
}

std::vector<std::string> read_argv(policy::TableReader& table) {
  std::vector<std::string> argv = table.texts("run");
  if (!table.has("run")) {
    table.complain("run", "the key `run` is missing", R"(write run = ["php", "artisan", "test"])");
  } else if (argv.empty() || argv.front().empty()) {
    table.complain("run", "`run` names no program");
  } else if (argv.size() == 1 && argv.front().find(' ') != std::string::npos) {
    table.complain("run", "`run` is a list of words, not a line for a shell",
                   fmt::format("write run = [\"{}\"], or `shell = true` beside it",
                               fmt::join(split_words(argv.front()), "\", \"")));
  }
  check_words(table, argv);
  return argv;
}

// A line for a shell; it ends at the first command that fails.
std::vector<std::string> read_script(policy::TableReader& table) {
  const std::vector<std::string> lines = table.texts("run");
  if (!table.has("run")) {
    table.complain("run", "the key `run` is missing", "write run = \"npm ci && npm test\"");
  } else if (lines.size() != 1 || lines.front().find_first_not_of(" \t\n") == std::string::npos) {
    table.complain("run", "with `shell = true`, `run` is one text",
                   "write run = \"npm ci && npm test\"");
  }
  check_words(table, lines);
  return {"/bin/sh", "-e", "-c", lines.empty() ? std::string() : lines.front()};
}

std::filesystem::path read_folder(policy::TableReader& table) {
  std::filesystem::path folder = std::filesystem::path(table.text("folder")).lexically_normal();
  if (folder.is_absolute() || (!folder.empty() && *folder.begin() == "..")) {
    table.complain("folder", "`folder` leaves the judged folder",
                   "write a path below it: folder = \"backend\"");
    return {};
  }
  return folder;
}

system::Variables read_environment(policy::TableReader& table) {
  system::Variables variables;
  for (auto& [name, value] : table.text_map("env")) {
    if (name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string::npos) {
      table.complain("env", fmt::format("`{}` is no name of a variable", name));
    } else if (value.find('\0') != std::string::npos) {
      table.complain("env", fmt::format("the value of `{}` has a NUL byte", name));
    } else {
      variables.emplace_back(name, value);
    }
  }
  return variables;
}

std::chrono::milliseconds read_timeout(policy::TableReader& table) {
  constexpr std::chrono::milliseconds kUsual = std::chrono::minutes(10);
  constexpr std::chrono::milliseconds kMost = std::chrono::hours(24);
  const std::chrono::milliseconds timeout = table.duration("timeout", kUsual);
  if (timeout.count() > 0 && timeout <= kMost) return timeout;
  table.complain("timeout", "`timeout` must be more than 0 and at most 24 hours");
  return kUsual;
}

std::chrono::milliseconds read_grace(policy::TableReader& table) {
  // Longer than this, and the reports are not written before a CI loses its patience.
  constexpr std::chrono::milliseconds kMost = std::chrono::seconds(4);
  const std::chrono::milliseconds usual = system::Command().grace;
  const std::chrono::milliseconds grace = table.duration("grace", usual);
  if (grace.count() >= 0 && grace <= kMost) return grace;
  table.complain("grace", "`grace` must be at most 4 seconds");
  return usual;
}

std::vector<std::string> read_needs(const policy::RuleHead& head, policy::TableReader& table) {
  std::vector<std::string> needs = table.texts("needs");
  for (std::size_t index = 0; index < needs.size(); ++index) {
    if (needs[index] == head.id) table.complain("needs", index, "a rule cannot need itself");
  }
  return needs;
}

void read_statuses(policy::TableReader& table, CommandRule& rule) {
  constexpr std::int64_t kMostStatus = 255;
  rule.success = table.integers("success", 0, kMostStatus);
  if (!table.has("success")) rule.success = {0};
  rule.failure = table.integers("failure", 0, kMostStatus);
  for (std::size_t index = 0; index < rule.failure.size(); ++index) {
    if (std::find(rule.success.begin(), rule.success.end(), rule.failure[index]) !=
        rule.success.end()) {
      table.complain("failure", index,
                     fmt::format("{} cannot be success and failure", rule.failure[index]));
    }
  }
  rule.broken = table.patterns("broken");
}

void check_groups(policy::TableReader& table, std::size_t index, const base::Pattern& pattern) {
  const std::vector<std::string>& names = pattern.groups();
  bool tells = false;
  for (std::size_t group = 1; group < names.size(); ++group) {
    if (names[group].empty()) continue;
    tells = tells || names[group] == "message" || names[group] == "file";
    if (std::find(readers::kLineGroups.begin(), readers::kLineGroups.end(), names[group]) ==
        readers::kLineGroups.end()) {
      table.complain("pattern", index,
                     fmt::format("a pattern of results has no group `{}`", names[group]),
                     base::suggest(names[group], readers::kLineGroups));
    }
  }
  if (!tells) {
    table.complain("pattern", index, "the pattern has neither a group `message` nor a group `file`",
                   "name what it finds: `(?P<file>[^:]+):(?P<line>\\d+): (?P<message>.*)`");
  }
}

const readers::ResultFormat* read_format(policy::TableReader& table) {
  const std::string name = table.text("result");
  if (!table.has("result")) return nullptr;
  const readers::ResultFormat* format = readers::find_result_format(name);
  if (format != nullptr) return format;
  std::vector<std::string_view> names;
  for (const readers::ResultFormat* known : readers::result_formats())
    names.push_back(known->name);
  std::string help = base::suggest(name, names);
  if (help.empty()) help = fmt::format("the formats are {}", fmt::join(names, ", "));
  table.complain("result", fmt::format("there is no result format `{}`", name), std::move(help));
  return nullptr;
}

bool names_result_file(const system::Command& command) {
  const auto holds = [](const std::string& text) {
    return text.find(system::kResultFile) != std::string::npos;
  };
  return std::any_of(command.argv.begin(), command.argv.end(), holds) ||
         std::any_of(command.environment.begin(), command.environment.end(),
                     [&](const auto& variable) { return holds(variable.second); });
}

constexpr std::array<std::string_view, 2> kScopeNames{"project", "file"};
constexpr std::array kScopes{Scope::project, Scope::file};

void read_result(policy::TableReader& table, CommandRule& rule) {
  rule.format = read_format(table);
  rule.patterns = table.patterns("pattern");
  for (std::size_t index = 0; index < rule.patterns.size(); ++index)
    check_groups(table, index, rule.patterns[index]);
  if (table.has("result") && table.has("pattern"))
    table.complain("pattern", "`pattern` and `result` both say how to read what the tool writes",
                   "write one of them");
  const bool reads = table.has("result") || table.has("pattern");
  const bool from_file = names_result_file(rule.command);
  if (from_file && !reads)
    table.complain("run", "`{result}` is written and nobody reads it",
                   "name its format: result = \"junit\"");
  if (rule.format != nullptr) rule.command.result_name += rule.format->extension;
  const bool reads_errors =
      table.has("pattern") || (rule.format != nullptr && rule.format->on_errors);
  if (reads) {
    rule.command.result = from_file      ? ResultFrom::file
                          : reads_errors ? ResultFrom::output
                                         : ResultFrom::standard_output;
  }
  for (const std::string_view key : {"tool", "result_root", "min_tests", "scope"}) {
    if (table.has(key) && !reads)
      table.complain(key, fmt::format("`{}` says how to read a result, and there is none", key),
                     "name its format: result = \"junit\"");
  }
  rule.result_root = table.text("result_root");
  if (!rule.result_root.empty() && !rule.result_root.starts_with('/'))
    table.complain("result_root", "`result_root` must begin with a slash",
                   "write where the tool sees the judged folder: result_root = \"/app\"");
  rule.scope = kScopes[table.one_of("scope", kScopeNames, 0)];
  rule.min_tests_given = table.has("min_tests");
  rule.min_tests = table.integer("min_tests", 1, 0, 1'000'000'000);
}

constexpr std::array<std::string_view, 3> kMissing{"error", "warning", "skip"};
constexpr std::array kMissingValues{Missing::error, Missing::warning, Missing::skip};

void read_inputs(policy::TableReader& table, CommandRule& rule, bool shell) {
  constexpr std::int64_t kMostFiles = 1'000'000;
  rule.inputs = table.globs("inputs");
  rule.max_files = table.integer("max_files", 0, 1, kMostFiles);
  rule.version = table.texts("version");
  const std::vector<std::string>& argv = rule.command.argv;
  const auto words = std::count(argv.begin(), argv.end(), kFilesWord);
  const bool inside = std::any_of(argv.begin(), argv.end(), [](const std::string& word) {
    return word != kFilesWord && word.find(kFilesWord) != std::string::npos;
  });
  if (inside || words > 1 || (words == 1 && argv.front() == kFilesWord)) {
    table.complain("run", "`{files}` must be one word of its own, behind the program",
                   shell ? "a shell cannot take it: write the program and its words as a list"
                         : R"(write run = ["shellcheck", "{files}"])");
  } else if (words == 1 && rule.inputs.empty()) {
    table.complain("run", "`{files}` stands for the files of `inputs`, which is missing",
                   R"(write inputs = ["*.sh"])");
  } else if (words == 0 && table.has("max_files")) {
    table.complain("max_files",
                   "`max_files` counts the files in the place of `{files}`, and "
                   "`run` does not have that");
  }
}

}  // namespace

std::string tool_name(const std::vector<std::string>& argv) {
  constexpr std::array<std::string_view, 9> kStarters{"npx",    "bunx",    "pnpx", "node", "php",
                                                      "python", "python3", "env",  "time"};
  constexpr std::array<std::string_view, 10> kRunners{
      "npm", "pnpm", "yarn", "bun", "uv", "poetry", "pipenv", "pdm", "composer", "bundle"};
  constexpr std::array<std::string_view, 4> kRun{"exec", "run", "x", "dlx"};
  constexpr std::array<std::string_view, 6> kExtensions{".php", ".phar", ".py",
                                                        ".js",  ".sh",   ".mjs"};
  const auto is_one_of = [](std::string_view word, const auto& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  for (std::size_t index = 0; index < argv.size(); ++index) {
    std::string_view word = argv[index];
    word.remove_prefix(std::min(word.rfind('/') + 1, word.size()));
    const bool runs_next = index + 2 < argv.size() && is_one_of(argv[index + 1], kRun);
    if (is_one_of(word, kRunners) && runs_next) {
      ++index;
      continue;
    }
    const bool is_last = index + 1 == argv.size();
    const bool sets_variable = word.find('=') != std::string_view::npos;
    if (!is_last && (word.starts_with('-') || sets_variable || is_one_of(word, kStarters)))
      continue;
    for (const std::string_view extension : kExtensions) {
      if (word.size() > extension.size() && word.ends_with(extension))
        word.remove_suffix(extension.size());
    }
    return std::string(word);
  }
  return {};
}

CommandRule read_command_rule(const policy::RuleHead& head, policy::TableReader& table) {
  CommandRule rule;
  rule.id = head.id;
  const bool shell = table.boolean("shell", false);
  rule.command.argv = shell ? read_script(table) : read_argv(table);
  rule.shown = shell ? fmt::format("`{}`", rule.command.argv.back())
                     : fmt::format("`{}`", fmt::join(rule.command.argv, " "));
  rule.command.folder = read_folder(table);
  rule.command.environment = read_environment(table);
  rule.command.timeout = read_timeout(table);
  rule.command.grace = read_grace(table);
  if (table.has("inherit")) rule.command.inherit = table.globs("inherit");
  rule.command.most_output = table.bytes("max_output").value_or(kMostOutput);
  rule.command.most_memory = table.bytes("max_memory").value_or(0);
  read_statuses(table, rule);
  read_result(table, rule);
  rule.tool = table.text("tool");
  if (rule.tool.empty() && rule.format != nullptr) rule.tool = rule.format->tool;
  if (rule.tool.empty())
    rule.tool = shell ? head.id.substr(head.id.find('.') + 1) : tool_name(rule.command.argv);
  rule.missing = kMissingValues[table.one_of("missing", kMissing, 0)];
  rule.install = table.text("install");
  rule.needs = read_needs(head, table);
  rule.demand.weight = static_cast<unsigned>(table.integer("weight", 1, 1, kMostWeight));
  rule.demand.exclusive = table.texts("exclusive");
  read_inputs(table, rule, shell);
  return rule;
}

}  // namespace gate::checks
