#include "gate/policy/example.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/policy/fake.h"
#include "gate/policy/vars.h"

namespace gate::policy {
namespace {

using State = repo::Uncommitted::State;

// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kExpectations = {"pass", "fail", "pending",
                                                           "not_applicable", "could_not_run"};

constexpr std::string_view kCustomaryEnvFile = ".env.production";

// The commit of an example: 2026-01-01, the day on which examples are judged.
constexpr std::int64_t kCommitTime = 1'767'225'600;

class ExampleReader {
 public:
  explicit ExampleReader(TableReader& table) : table_(table) {}

  Example read() {
    Example example;
    example.place = table_.place();
    if (!table_.has("expect"))
      table_.complain("expect", "`expect` is missing", "write `expect = \"fail\"` or `\"pass\"`");
    example.expect = static_cast<Example::Expect>(
        table_.one_of("expect", kExpectations, static_cast<std::size_t>(Example::Expect::fail)));
    example.title = table_.text("title");
    example.at = table_.texts("at");
    example.message = table_.text("message");
    read_files(example);
    read_base(example);
    if (std::optional<TableReader> git = table_.table("git")) example.git = read_git(*git);
    example.environment = table_.texts("environment");
    choose_environment(example);
    for (TableReader& command : table_.tables("commands"))
      example.commands.push_back(read_command(command));
    example.advisories_of = table_.date("advisories_of");
    Vars set;
    add_file_vars(table_, example.vars, set);
    table_.finish();
    return example;
  }

 private:
  // Puts made-up credentials in for `{{fake:NAME}}`.
  static std::string with_fakes(TableReader& table, std::string_view key, std::string_view text) {
    constexpr std::string_view kOpen = "{{fake:";
    std::string out;
    while (true) {
      const std::size_t open = text.find(kOpen);
      const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
      if (close == std::string_view::npos) return out.append(text);
      const std::string_view name = text.substr(open + kOpen.size(), close - open - kOpen.size());
      out += text.substr(0, open);
      if (const std::optional<std::string> credential = fake(name)) {
        out += *credential;
      } else {
        table.complain(key, fmt::format("there is no made-up credential `{}`", name),
                       base::suggest(name, fake_names()));
      }
      text.remove_prefix(close + 2);
    }
  }

  static bool is_path(std::string_view path) {
    const bool outside = path == ".." || path.starts_with("../") || path.ends_with("/..") ||
                         path.find("/../") != std::string_view::npos;
    return !path.empty() && !path.starts_with('/') && !path.ends_with('/') && !outside;
  }

  static void add_file(Example& example, TableReader& table, std::string_view key, std::string path,
                       repo::SampleFile file) {
    if (!is_path(path)) {
      table.complain(key, fmt::format("`{}` is no path below the repository", path));
    } else if (const auto [entry, is_new] = example.files.emplace(std::move(path), std::move(file));
               !is_new) {
      table.complain(key, fmt::format("the file `{}` is there twice", entry->first));
    }
  }

  void read_files(Example& example) {
    if (table_.has("path")) {
      repo::SampleFile file;
      file.content = with_fakes(table_, "text", table_.text("text"));
      add_file(example, table_, "path", table_.required_text("path"), std::move(file));
    } else if (table_.has("text")) {
      table_.complain("text", "`text` without `path`", "write the path of the file that holds it");
    }
    table_.accept({"path", "text"});
    if (std::optional<TableReader> files = table_.table("files")) {
      for (const std::string_view path : files->keys()) {
        repo::SampleFile file;
        file.content = with_fakes(*files, path, files->text(path));
        add_file(example, *files, path, std::string(path), std::move(file));
      }
    }
    for (TableReader& table : table_.tables("file")) {
      repo::SampleFile file = read_file(table);
      add_file(example, table, "path", table.required_text("path"), std::move(file));
      table.finish();
    }
  }

  // The files as they were where the change began: those of the example but for what stands here.
  void read_base(Example& example) {
    std::optional<TableReader> base = table_.table("base");
    if (!base) return;
    example.base = example.files;
    for (const std::string& path : base->texts("added")) {
      if (example.base->erase(path) == 0)
        base->complain("added", fmt::format("the example has no file `{}`", path));
    }
    if (std::optional<TableReader> files = base->table("files")) {
      for (const std::string_view path : files->keys()) {
        repo::SampleFile file;
        file.content = with_fakes(*files, path, files->text(path));
        if (!is_path(path))
          files->complain(path, fmt::format("`{}` is no path below the repository", path));
        example.base->insert_or_assign(std::string(path), std::move(file));
      }
    }
    base->finish();
  }

  static repo::SampleFile read_file(TableReader& table) {
    repo::SampleFile file;
    file.content = with_fakes(table, "text", table.text("text"));
    file.tracked = table.boolean("tracked", true);
    if (const std::optional<std::string> mode = table.optional_text("mode")) {
      const char* const end = mode->data() + mode->size();
      const auto [stop, problem] = std::from_chars(mode->data(), end, file.mode, 8);
      if (problem != std::errc() || stop != end || file.mode > 07777)
        table.complain("mode", fmt::format("`{}` is no file mode", *mode),
                       R"(write it in octal: "0644")");
      if ((file.mode & 0111U) != 0) file.kind = repo::FileKind::executable;
    }
    if (std::optional<std::string> target = table.optional_text("symlink")) {
      if (table.has("text")) table.complain("symlink", "a symbolic link has no text");
      file.kind = repo::FileKind::symlink;
      file.content = *std::move(target);
    }
    return file;
  }

  static std::optional<State> state(char letter) {
    switch (letter) {
      case 'S':
        return State::staged;
      case 'M':
        return State::modified;
      case '?':
        return State::untracked;
      case 'D':
        return State::deleted;
      case 'U':
        return State::conflicted;
      default:
        return std::nullopt;
    }
  }

  static void read_uncommitted(TableReader& table, repo::SampleGit& git) {
    const std::vector<std::string> lines = table.texts("uncommitted");
    for (std::size_t index = 0; index < lines.size(); ++index) {
      const std::string& line = lines[index];
      const std::optional<State> found =
          line.size() > 2 && line[1] == ' ' ? state(line[0]) : std::nullopt;
      if (found) {
        git.uncommitted.push_back({line.substr(2), *found});
      } else {
        table.complain("uncommitted", index, fmt::format("`{}` is no state and path", line),
                       "write `M path`; the states are M modified, S staged, D deleted, U "
                       "conflicted, ? untracked");
      }
    }
    std::sort(
        git.uncommitted.begin(), git.uncommitted.end(),
        [](const repo::Uncommitted& a, const repo::Uncommitted& b) { return a.path < b.path; });
  }

  static void read_changed(TableReader& table, repo::SampleGit& git) {
    std::optional<TableReader> changed = table.table("changed");
    if (!changed) return;
    for (const std::string_view path : changed->keys()) {
      if (const std::optional<base::Date> day = changed->date(path))
        git.changed.emplace_back(path, std::chrono::seconds(day->time_since_epoch()).count());
    }
  }

  static repo::SampleGit read_git(TableReader& table) {
    repo::SampleGit git;
    git.head.branch = table.text("branch", "main");
    git.branches = {*git.head.branch};
    if (table.boolean("detached", false)) {
      if (table.has("branch"))
        table.complain("detached", "a detached HEAD is on no branch",
                       "remove `branch` or `detached`");
      git.head.branch.reset();
      git.branches.clear();
    }
    for (std::string& branch : table.texts("branches"))
      git.branches.push_back(std::move(branch));
    std::sort(git.branches.begin(), git.branches.end());
    git.branches.erase(std::unique(git.branches.begin(), git.branches.end()), git.branches.end());

    repo::Commit commit;
    commit.id = git.head.commit;
    commit.message = table.text("message", "Show the price with its currency\n");
    commit.author = {table.text("author", "Example Author"),
                     table.text("author_email", "author@example.org"), kCommitTime};
    commit.committer = commit.author;
    commit.has_signature = table.boolean("signed", false);
    git.commits.push_back(std::move(commit));

    read_uncommitted(table, git);
    read_changed(table, git);
    git.tags = table.texts("tags");
    git.ancestors = table.texts("ancestors");
    git.tracked_but_ignored = table.texts("tracked_but_ignored");
    std::sort(git.tags.begin(), git.tags.end());
    std::sort(git.tracked_but_ignored.begin(), git.tracked_but_ignored.end());
    git.shallow = table.boolean("shallow", false);
    table.finish();
    return git;
  }

  // A file of the environment may be absent: then it is one that only the server has.
  void choose_environment(Example& example) {
    const std::string customary(kCustomaryEnvFile);
    if (!table_.has("environment") && example.files.contains(customary))
      example.environment = {customary};
  }

  static system::Recording read_command(TableReader& table) {
    system::Recording recording;
    recording.argv = table.texts("run");
    if (recording.argv.empty())
      table.complain("run", "`run` is missing", R"(write the command: `run = ["npm", "test"]`)");
    system::ProcessResult result;
    result.status = static_cast<int>(table.integer("exit", 0, 0, 255));
    result.output = with_fakes(table, "output", table.text("output"));
    if (table.has("result")) result.result = with_fakes(table, "result", table.text("result"));
    if (table.boolean("timed_out", false)) result.end = system::ProcessResult::End::timed_out;
    if (!table.boolean("missing", false)) recording.result = std::move(result);
    table.finish();
    return recording;
  }

  TableReader& table_;
};

}  // namespace

std::vector<Example> examples(const Rule& rule, base::Diagnostics& diagnostics) {
  std::vector<Example> examples;
  TableReader table(rule.table, std::nullopt, nullptr, diagnostics, true);
  for (TableReader& example : table.tables("example"))
    examples.push_back(ExampleReader(example).read());
  return examples;
}

}  // namespace gate::policy
