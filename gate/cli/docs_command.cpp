// gate docs: writes the reference pages, or checks that they are up to date.
#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "gate/checks/kinds.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/help.h"
#include "gate/cli/library.h"
#include "gate/cli/policy_page.h"
#include "gate/cli/rule_page.h"
#include "gate/policy/packs.h"
#include "gate/report/formats.h"
#include "gate/system/files.h"

namespace gate::cli {
namespace {

using Pages = std::map<std::string, std::string>;  // by path below docs/

std::string rule_index(const policy::Policy& policy) {
  std::string page = "# The shipped rules\n\nMade by `gate docs` from rules/*.toml.\n";
  for (const std::string_view name : policy::pack_names()) {
    const policy::PackHead head = policy::pack_head(*policy::shipped_pack(name));
    page += fmt::format("\n## {}: {}\n\n{}\n\n| rule | severity | what is wrong |\n|---|---|---|\n",
                        head.name, head.title, head.summary);
    for (const policy::Rule& rule : policy.rules) {
      if (rule.head.pack != name) continue;
      const std::string_view state = !rule.enabled ? "off"
                                     : rule.strict ? "strict"
                                                   : finding::name(rule.head.severity);
      page += fmt::format("| [{}]({}.md) | {} | {} |\n", rule.head.id, rule.head.id, state,
                          rule.head.title);
    }
  }
  return page;
}

std::string format_page() {
  std::string page =
      "# Report formats\n\nMade by `gate docs`.\n\n| format | what it is for |\n|---|---|\n";
  for (const report::Format* format : report::formats()) {
    page += fmt::format("| `{}` | {} |\n", format->name, format->summary);
  }
  return page;
}

Pages make_pages(const Library& library, base::Diagnostics& diagnostics) {
  Pages pages;
  pages["cli.md"] = cli_page();
  pages["formats.md"] = format_page();
  pages["policy.md"] = policy_page();
  pages["gate.schema.json"] = policy_schema();
  pages["rules/README.md"] = rule_index(library.policy);
  for (const policy::Rule& rule : library.policy.rules) {
    pages[fmt::format("rules/{}.md", rule.head.id)] = rule_page(rule, diagnostics);
  }
  for (const checks::Kind* kind : checks::kinds()) {
    std::vector<const policy::Rule*> rules;
    for (const policy::Rule& rule : library.policy.rules) {
      if (rule.head.kind == kind->name) rules.push_back(&rule);
    }
    pages[fmt::format("kinds/{}.md", kind->name)] = kind_page(*kind, rules);
  }
  return pages;
}

// Returns the pages below `folder` that no rule or kind stands behind any more.
std::vector<std::string> stale(const std::filesystem::path& folder, const Pages& pages) {
  std::vector<std::string> found;
  for (const std::string_view part : {"rules", "kinds"}) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / part, none)) {
      const std::string name = fmt::format("{}/{}", part, entry.path().filename().string());
      if (!pages.contains(name)) found.push_back(name);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

int check(const std::filesystem::path& folder, const Pages& pages, Streams& streams) {
  bool good = true;
  const auto complain = [&](const std::string& name, std::string_view what) {
    streams.out += fmt::format("{} {}\n", (folder / name).string(), what);
    good = false;
  };
  for (const auto& [name, text] : pages) {
    const Result<std::optional<std::string>> there = system::read_file(folder / name);
    if (!there) {
      complain(name, "cannot be read: " + there.error().message);
    } else if (!there->has_value()) {
      complain(name, "is missing");
    } else if (**there != text) {
      complain(name, "is out of date");
    }
  }
  for (const std::string& name : stale(folder, pages))
    complain(name, "is about nothing that there is");
  if (good) {
    streams.out += fmt::format("{} pages are up to date\n", pages.size());
    return passed;
  }
  streams.out += "run `gate docs` and commit what it writes\n";
  return blocked;
}

int write(const std::filesystem::path& folder, const Pages& pages, Streams& streams,
          base::Diagnostics& diagnostics) {
  for (const auto& [name, text] : pages) {
    if (Result<void> written = system::write_file(folder / name, text); !written) {
      diagnostics.add(base::Diagnostic::error(written.error().message));
      return undecided;
    }
  }
  for (const std::string& name : stale(folder, pages)) {
    std::error_code problem;
    std::filesystem::remove(folder / name, problem);
    if (problem)
      diagnostics.add(
          base::Diagnostic::error(fmt::format("remove {}: {}", name, problem.message())));
  }
  streams.out += fmt::format("{} pages written to {}\n", pages.size(), folder.string());
  return diagnostics.has_errors() ? undecided : passed;
}

// Returns whether the folder holds pages of ours, which may be written anew.
bool is_ours(const std::filesystem::path& folder, const Pages& pages) {
  const Result<std::optional<std::string>> page = system::read_file(folder / "cli.md");
  const std::string& ours = pages.at("cli.md");
  return page && page->has_value() && (*page)->starts_with(ours.substr(0, ours.find('\n')));
}

int docs_command(const Arguments& arguments, Streams& streams) {
  base::Diagnostics diagnostics;
  const std::unique_ptr<Library> library = load_shipped({}, diagnostics);
  int status = misuse;
  if (!diagnostics.has_errors()) {
    const Pages pages = make_pages(*library, diagnostics);
    const std::filesystem::path folder = arguments.text("--to").value_or("docs");
    if (!diagnostics.has_errors() && !arguments.has("--to") && !is_ours(folder, pages)) {
      diagnostics.add(
          base::Diagnostic::error(
              "`docs/` holds no reference pages of gate, and nothing was written")
              .hint("the pages are about gate itself: name a folder for them with --to"));
      status = misuse;
    } else if (!diagnostics.has_errors()) {
      status = arguments.has("--check") ? check(folder, pages, streams)
                                        : write(folder, pages, streams, diagnostics);
    }
  }
  streams.err += base::render(diagnostics, use_color(arguments, streams.err_is_terminal));
  return status;
}

constexpr std::array kOptions{
    Option{"--check", "", "write nothing; exit status 1 where a page is out of date"},
    Option{"--to", "FOLDER", "where the pages go; default docs, if gate wrote it"},
};

}  // namespace

const Command kDocs{"docs",
                    "",
                    "Write the reference pages of rules, kinds, formats and the command line",
                    "",
                    0,
                    0,
                    kOptions,
                    docs_command};

}  // namespace gate::cli
