// What was typed, made usable: the options that judging takes.
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/base/parallel.h"
#include "gate/cli/judge.h"
#include "gate/report/formats.h"
#include "gate/system/terminal.h"

namespace gate::cli {
namespace {

constexpr std::array<std::string_view, 5> kStages{"push", "ci", "deploy", "verify", "follow-up"};
constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "note"};

constexpr std::array kOptions{
    Option{"--stage", "STAGE",
           "which rules are asked: push, ci (default), deploy, verify or follow-up", false,
           kStages},
    Option{"--at", "MOMENT",
           "what is judged: worktree (default), index, or any revision git understands"},
    Option{"--since", "REV",
           "only what is new since the judged files part from REV counts (REV...HEAD); commands "
           "count whole"},
    Option{"--new-only", "",
           "the same against the branch that the change goes to: of the CI's merge or pull "
           "request, else origin's main branch"},
    Option{"--policy", "FILE", "the policy file; without it gate.toml of the judged folder"},
    Option{"--pack", "NAME", "run this shipped pack instead of those of the policy", true},
    Option{"--strict", "", "ask also the rules that are a matter of taste or noisy"},
    Option{"--rule", "GLOB", "only rules whose id matches", true},
    Option{"--skip", "GLOB", "without the rules whose id matches", true},
    Option{"--var", "K=V", "set a variable of the policy", true},
    Option{"--env-file", "FILE",
           "read the production environment from this file instead of those of the policy", true},
    Option{"--env-from-process", "",
           "take the variables of this process as the production environment"},
    Option{"--env-name", "NAME", "which [environment.NAME] is production; default production"},
    Option{"--report", "FORMAT[=FILE]",
           "how to report: pretty (default), junit, junit-strict, github, gitlab, json or "
           "markdown; to standard output or a file",
           true},
    Option{"--fail-on", "SEVERITY",
           "the least severity that blocks: error (default), warning or note", false, kSeverities},
    Option{"--fail-fast", "", "end the commands at the first failure that blocks"},
    Option{"--jobs", "N", "how many threads; default one for each CPU"},
    Option{"--offline", "", "use no network"},
    Option{"--no-commands", "", "start no program"},
    Option{"--no-cache", "", "run every command, also where nothing changed since it passed"},
    Option{"--timings", "",
           "write into reports how long each rule took; they then differ from run to run"},
    Option{"--quiet", "", "print only what blocks, and the verdict"},
    Option{"--verbose", "", "print also what passed, what does not apply and why"},
};

constexpr int kMostJobs = 256;

// Returns whether a format is one whole document, which nothing may stand beside.
bool is_document(const report::Format& format) {
  return format.name != report::kPretty.name && format.name != report::kGithub.name;
}

class Reader {
 public:
  Reader(const Arguments& arguments, base::Diagnostics& diagnostics)
      : arguments_(arguments), diagnostics_(diagnostics) {}

  void mistake(const Arguments::Value& value, std::string message, std::string help = {}) {
    diagnostics_.add(arguments_.mistake(value, std::move(message)).hint(std::move(help)));
  }

  std::vector<std::string> texts(std::string_view option) {
    std::vector<std::string> texts;
    for (const Arguments::Value& value : arguments_.all(option))
      texts.push_back(value.text);
    return texts;
  }

  base::GlobSet globs(std::string_view option) {
    base::GlobSet set;
    for (const Arguments::Value& value : arguments_.all(option)) {
      if (Result<void> added = set.add(value.text); !added) mistake(value, added.error().message);
    }
    return set;
  }

  std::vector<std::pair<std::string, std::string>> pairs(std::string_view option) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const Arguments::Value& value : arguments_.all(option)) {
      const std::size_t equals = value.text.find('=');
      if (equals == std::string::npos || equals == 0) {
        mistake(value, fmt::format("`{}` sets nothing", value.text),
                fmt::format("write {} NAME=VALUE", option));
        continue;
      }
      pairs.emplace_back(value.text.substr(0, equals), value.text.substr(equals + 1));
    }
    return pairs;
  }

  unsigned jobs() {
    const Arguments::Value* value = arguments_.find("--jobs");
    if (value == nullptr) return base::default_jobs();
    int jobs = 0;
    const char* const end = value->text.data() + value->text.size();
    const auto [stop, error] = std::from_chars(value->text.data(), end, jobs);
    if (error != std::errc{} || stop != end || jobs < 1 || jobs > kMostJobs) {
      mistake(*value, fmt::format("`{}` is no number from 1 to {}", value->text, kMostJobs));
      return 1;
    }
    return static_cast<unsigned>(jobs);
  }

  std::vector<Output> outputs() {
    std::vector<Output> outputs;
    const report::Format* printed = nullptr;  // the one whose document standard output holds
    for (const Arguments::Value& value : arguments_.all("--report")) {
      const std::size_t equals = value.text.find('=');
      const std::string name = value.text.substr(0, equals);
      Output output{report::find_format(name), {}};
      if (output.format == nullptr) {
        std::vector<std::string_view> names;
        for (const report::Format* format : report::formats())
          names.push_back(format->name);
        mistake(value, fmt::format("there is no report format `{}`", name),
                base::suggest(name, names));
        continue;
      }
      if (equals != std::string::npos) {
        output.file = value.text.substr(equals + 1);
        if (output.file.empty()) mistake(value, fmt::format("`{}` names no file", value.text));
      }
      if (output.file.empty() && is_document(*output.format)) {
        if (printed != nullptr) {
          mistake(
              value,
              fmt::format("`{}` and `{}` would both go to standard output", printed->name, name),
              fmt::format("write one of them to a file: --report {}=FILE", name));
        }
        printed = output.format;
      }
      outputs.push_back(std::move(output));
    }
    return outputs;
  }

 private:
  const Arguments& arguments_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::span<const Option> judge_options() { return kOptions; }

JudgeOptions judge_options(const Arguments& arguments, const Streams& streams,
                           base::Diagnostics& diagnostics) {
  Reader reader(arguments, diagnostics);
  JudgeOptions options;
  if (!arguments.positional().empty()) options.path = arguments.positional().front();
  options.at = arguments.text("--at");
  options.since = arguments.text("--since");
  options.new_only = arguments.has("--new-only");
  options.policy_file = arguments.text("--policy");
  options.packs = reader.texts("--pack");
  options.strict = arguments.has("--strict");
  options.vars = reader.pairs("--var");
  options.env_files = reader.texts("--env-file");
  options.env_from_process = arguments.has("--env-from-process");
  options.env_name = arguments.text("--env-name");
  options.selection.stage =
      policy::parse_stage(arguments.text("--stage").value_or("ci")).value_or(policy::Stage::ci);
  options.selection.rules = reader.globs("--rule");
  options.selection.skip = reader.globs("--skip");
  options.selection.offline = arguments.has("--offline");
  options.selection.no_commands = arguments.has("--no-commands");
  if (const auto severity = arguments.text("--fail-on"))
    options.fail_on = finding::parse_severity(*severity);
  options.jobs = reader.jobs();
  options.no_cache = arguments.has("--no-cache");
  options.fail_fast = arguments.has("--fail-fast");
  options.outputs = reader.outputs();
  options.timings = arguments.has("--timings");
  options.quiet = arguments.has("--quiet");
  options.verbose = arguments.has("--verbose");
  options.color = use_color(arguments, streams.out_is_terminal);
  return options;
}

}  // namespace gate::cli
