#include "gate/checks/command/inputs.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/hash.h"

namespace gate::checks {
namespace {

using repo::FileKind;

// What POSIX systems take at least, with room for the environment: xargs uses the same.
constexpr std::size_t kMostBytes = std::size_t{128} << 10;
// Each word costs a pointer besides.
constexpr std::size_t kWordOverhead = sizeof(char*) + 1;
constexpr std::chrono::milliseconds kVersionTimeout = std::chrono::seconds(30);

// A submodule has no bytes of its own to compare.
bool is_readable(const repo::File& file) { return file.kind != FileKind::submodule; }

// Returns the path as a word for a command that runs in `folder`; empty where it lies elsewhere.
std::string word_of(std::string_view path, const std::string& folder) {
  if (!folder.empty() && folder != ".") {
    if (!path.starts_with(folder) || path.substr(folder.size(), 1) != "/") return {};
    path.remove_prefix(folder.size() + 1);
  }
  return path.starts_with('-') ? fmt::format("./{}", path) : std::string(path);
}

// Returns whether a variable belongs to the session of a person, not to what a program does.
bool is_of_session(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames{
      "_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM", "WINDOWID", "GATE_COMMAND"};
  constexpr std::array<std::string_view, 4> kBeginnings{"SSH_", "XDG_", "DBUS_", "TERM_"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return name.starts_with(beginning); });
}

void add_list(base::Sha256& hash, const std::vector<std::string>& texts) {
  hash.field(std::to_string(texts.size()));
  for (const std::string& text : texts)
    hash.field(text);
}

void add_variables(base::Sha256& hash, system::Variables variables) {
  std::erase_if(variables, [](const auto& variable) { return is_of_session(variable.first); });
  std::sort(variables.begin(), variables.end());
  hash.field(std::to_string(variables.size()));
  for (const auto& [name, value] : variables)
    hash.field(name).field(value);
}

// What decides how the exit status and the result are judged.
void add_judgement(base::Sha256& hash, const CommandRule& rule) {
  for (const auto& statuses : {rule.success, rule.failure}) {
    hash.field(std::to_string(statuses.size()));
    for (const std::int64_t status : statuses)
      hash.field(std::to_string(status));
  }
  for (const base::Pattern& pattern : rule.broken)
    hash.field("broken").field(pattern.text());
  hash.field(rule.format == nullptr ? "" : rule.format->name);
  for (const base::Pattern& pattern : rule.patterns)
    hash.field(pattern.text());
  hash.field(std::to_string(rule.min_tests));
}

bool add_version(base::Sha256& hash, const CommandRule& rule, const Context& context,
                 const system::Command& command) {
  if (rule.version.empty()) return true;
  system::Command asks = command;
  asks.argv = rule.version;
  asks.timeout = kVersionTimeout;
  asks.result = system::ResultFrom::nothing;
  const auto said = context.processes->run(asks);
  if (!said || !*said || (*said)->end != system::ProcessResult::End::exited) return false;
  hash.field(std::to_string((*said)->status)).field((*said)->output);
  return true;
}

bool add_content(base::Sha256& hash, const Context& context, const std::vector<repo::File>& files) {
  const auto reader = context.files.reader();
  std::string buffer;
  hash.field(std::to_string(files.size()));
  for (const repo::File& file : files) {
    hash.field(file.path).field(std::to_string(static_cast<int>(file.kind)));
    if (file.kind == FileKind::submodule) return false;
    const Result<std::string_view> text = repo::read_all(*reader, file, buffer);
    if (!text) return false;
    hash.field(*text);
  }
  return true;
}

}  // namespace

FileComparison::FileComparison(const repo::Snapshot& files, const repo::Snapshot& base)
    : base_(base), reader_(files.reader()), reader_before_(base.reader()) {}

bool FileComparison::same(const repo::File& file) {
  const repo::File* const old = base_.find(file.path);
  if (old == nullptr || old->kind != file.kind || !is_readable(file)) return false;
  const Result<std::string_view> text = repo::read_all(*reader_, file, now_);
  const Result<std::string_view> old_text = repo::read_all(*reader_before_, *old, before_);
  return text && old_text && *text == *old_text;
}

std::vector<repo::File> input_files(const CommandRule& rule, const Context& context) {
  std::vector<repo::File> found;
  if (rule.inputs.empty()) return found;
  for (const repo::File& file : context.files.files()) {
    if (rule.inputs.matches(file.path)) found.push_back(file);
  }
  return found;
}

InputChange input_change(const CommandRule& rule, const Context& context,
                         const repo::Snapshot& base, const std::vector<repo::File>& files) {
  FileComparison comparison(context.files, base);
  InputChange change;
  for (const repo::File& file : files) {
    if (!comparison.same(file)) change.written.push_back(file);
  }
  change.any = !change.written.empty() ||
               std::any_of(base.files().begin(), base.files().end(), [&](const repo::File& file) {
                 return rule.inputs.matches(file.path) && context.files.find(file.path) == nullptr;
               });
  return change;
}

bool names_files(const system::Command& command) {
  return std::find(command.argv.begin(), command.argv.end(), kFilesWord) != command.argv.end();
}

std::vector<system::Command> split_by_files(const CommandRule& rule, const system::Command& command,
                                            const std::vector<repo::File>& files) {
  const auto place = std::find(command.argv.begin(), command.argv.end(), kFilesWord);
  if (place == command.argv.end()) return {command};
  const auto before = static_cast<std::size_t>(place - command.argv.begin());
  system::Command empty = command;
  empty.argv.erase(empty.argv.begin() + static_cast<std::ptrdiff_t>(before));
  std::size_t own_bytes = 0;
  for (const std::string& word : empty.argv)
    own_bytes += word.size() + kWordOverhead;

  std::vector<system::Command> commands;
  std::vector<std::string> words;
  std::size_t bytes = own_bytes;
  const auto add = [&] {
    if (words.empty()) return;
    commands.push_back(empty);
    std::vector<std::string>& argv = commands.back().argv;
    argv.insert(argv.begin() + static_cast<std::ptrdiff_t>(before), words.begin(), words.end());
    words.clear();
    bytes = own_bytes;
  };
  const std::string folder = rule.command.folder.generic_string();
  for (const repo::File& file : files) {
    std::string word = file.is_plain() ? word_of(file.path, folder) : std::string();
    if (word.empty()) continue;
    const bool full = bytes + word.size() + kWordOverhead > kMostBytes ||
                      static_cast<std::int64_t>(words.size()) == rule.max_files;
    if (full) add();
    bytes += word.size() + kWordOverhead;
    words.push_back(std::move(word));
  }
  add();
  return commands;
}

std::optional<std::string> outcome_key(const CommandRule& rule, const Context& context,
                                       const system::Command& command,
                                       const std::vector<repo::File>& files) {
  base::Sha256 hash;
  // Two rules with one command do not answer for each other: which of them ran would depend on
  // which came first.
  hash.field("gate-outcome/1").field(GATE_VERSION).field(rule.id);
  // As written: the folder of a temporary file differs from run to run.
  add_list(hash, command.argv);
  hash.field(command.folder.string());
  add_variables(hash, command.environment);
  add_variables(hash, context.processes->inherited(command));
  hash.field(context.processes->program_identity(command));
  add_judgement(hash, rule);
  if (!add_version(hash, rule, context, command)) return std::nullopt;
  if (!add_content(hash, context, files)) return std::nullopt;
  return hash.hex();
}

}  // namespace gate::checks
