#include "gate/policy/reference.h"

#include <array>

namespace gate::policy {
namespace {

constexpr auto kGate = std::to_array<KeyDoc>({
    {"version", "integer", "the version of this format: 1"},
    {"packs", "list of names",
     "the shipped packs that are used; without the key the stack is detected"},
    {"include", "globs", "further policy files, inside the repository"},
    {"strict", "true or false",
     "`true` asks also the rules that are a matter of taste or noisy; `false` where it is absent"},
    {"fail_on", "`error`, `warning` or `note`",
     "the least severity that blocks; `error` where it is absent"},
    {"fail_fast", "true or false",
     "the first failure that blocks ends the commands that run, and none begins any more; `false` "
     "where it is absent"},
    {"checklist", "list of paths",
     "Markdown checklists whose items name rules: `<!-- gate ID: RULE, RULE -->`"},
});

constexpr auto kEnvironment = std::to_array<KeyDoc>({
    {"files", "list of paths",
     "environment files, in the repository, beside it or absolute; a later one wins"},
    {"process", "list of globs",
     "names of process variables that belong to it (`APP_*`); they win over files"},
    {"dialect", "text", "who reads the files: `phpdotenv` ...; `auto` where it is absent"},
});

constexpr auto kOverride = std::to_array<KeyDoc>({
    {"rule", "text", "the shipped rule: its id, an alias, or a glob over ids"},
    {"why", "text",
     "the reason; must be there where a rule is switched off or its severity lowered"},
    {"enabled", "true or false",
     "`false` switches the rule off, `true` one on that is off in its pack"},
    {"severity", "`error`, `warning` or `note`", "the severity from here on"},
    {"stages", "list of stages", "when it is asked from here on"},
});

constexpr auto kSuppress = std::to_array<KeyDoc>({
    {"rule", "text",
     "the rule whose findings are suppressed: its id, an alias, or a glob over ids"},
    {"path", "globs", "only findings in these files; `paths` for several"},
    {"code", "globs", "only findings with this code of a tool's: `eslint.no-undef`"},
    {"match", "text", "only findings whose message holds this text"},
    {"advisory", "text", "only findings about this known hole of a package: an id or an alias"},
    {"package", "text", "only findings about this locked package, as its ecosystem names it"},
    {"versions", "text",
     "only findings about these versions of `package`, as its package manager writes ranges: "
     "`<1.2.3`"},
    {"reason", "text", "why it is right; mandatory"},
    {"until", "date", "the last day on which it counts; mandatory"},
    {"owner", "text", "who answers for it"},
});

constexpr auto kHead = std::to_array<KeyDoc>({
    {"id", "text", "`pack.what-is-wrong`, in lower case with dashes; mandatory"},
    {"kind", "text", "how it is decided: one of the kinds; mandatory"},
    {"title", "text", "what is wrong when it fails, one line; mandatory"},
    {"why", "text", "what happens in production when it is broken"},
    {"fix", "text", "what to do about it"},
    {"severity", "`error`, `warning` or `note`", "`error` where it is absent"},
    {"stages", "list of stages",
     "when it is asked: `push`, `ci`, `deploy`, `verify`, `follow-up`; those of the kind where it "
     "is "
     "absent"},
    {"when", "table of texts",
     "it applies only where `file` or `files` match, `package` or `packages` are declared, the "
     "branch is `branch` or one of `branches`, and `key` or `keys` stand in a file at the top "
     "(`pyproject.toml: tool.mypy`); of the tables in `any` one must hold, of those in `none` "
     "none may"},
    {"enabled", "true or false", "`false`: off until an override switches it on"},
    {"strict", "true or false",
     "`true`: a matter of taste or noisy; asked only with `strict = true` in [gate], `--strict`, "
     "or "
     "where `--pack` names its pack"},
    {"refs", "list of texts", "addresses to read on"},
    {"aliases", "list of texts",
     "its names elsewhere (`django:security.W018`); suppressions know them too"},
    {"tags", "list of texts", "words to find it by"},
    {"checklist", "list of texts", "ids of the checklist items that it decides"},
    {"since", "text", "the version that brought it"},
    {"example", "tables", "repositories that it must refuse or accept; see [[rule.example]]"},
});

constexpr auto kExample = std::to_array<KeyDoc>({
    {"expect", "`pass`, `fail`, `pending`, `not_applicable` or `could_not_run`",
     "what the rule must come to; mandatory"},
    {"title", "text", "one line for the documentation"},
    {"path", "text", "the path of a file, whose content is `text`"},
    {"text", "text", "the content of the file `path`"},
    {"files", "table of texts", "several files: path and content"},
    {"file", "tables", "files with `path`, `text` and `mode`, `symlink` or `tracked`"},
    {"at", "list of texts", "the places that must be found, and no others: `2:1`, `path:2:1`"},
    {"message", "text", "what a finding, or the reason, must hold"},
    {"environment", "list of paths",
     "the files that are the production environment; `.env.production` where it is absent"},
    {"vars", "table of texts", "values of `[vars]` for this example"},
    {"base", "table of values",
     "the files where the change began, as of `--since`: those of the example without those of the "
     "list `added`, with those of the table `files`"},
    {"git", "table of values",
     "the state of git: `branch`, `detached`, `branches`, `message`, `author`, `author_email`, "
     "`signed`, `uncommitted`, `changed`, `tags`, `ancestors`, `tracked_but_ignored`, `shallow`"},
    {"commands", "tables",
     "what a program would do: `run`, `exit`, `output`, `result`, `timed_out`, `missing`"},
    {"advisories_of", "date",
     "advisories about no package were imported on this day; the example's is 2026-01-01"},
});

constexpr auto kTables = std::to_array<TableDoc>({
    {"[gate]", "What the policy consists of.", kGate,
     "[gate]\nversion = 1\npacks = [\"git\", \"env\", \"laravel\"]\ninclude = "
     "[\"ops/gate/*.toml\"]\n"
     "fail_on = \"error\"\nchecklist = [\"docs/DEPLOYMENT.md\"]\n"},
    {"[vars]",
     "Parameters of your own: a text or a list of texts, which rules write as `${name}`. `--var "
     "name=value` wins over the file.",
     {},
     "[vars]\ndomains = [\"https://shop.example\", \"https://www.shop.example\"]\n"},
    {"[environment.NAME]",
     "Where the values of an environment are read. `production` is judged unless `--env-name` says "
     "otherwise. What it names is complete: a key that stands nowhere in it is not set.",
     kEnvironment,
     "[environment.production]\nfiles = [\".env.production\", \"/etc/shop/.env\"]\n"
     "process = [\"APP_*\"]\n"},
    {"[[override]]",
     "Changes a shipped rule, or several; besides the keys below any key of the rule's own.",
     kOverride,
     "[[override]]\nrule = \"env.log-level-debug\"\nseverity = \"warning\"\n"
     "why = \"the staging shop logs on purpose\"\n"},
    {"[[suppress]]",
     "Accepts findings for a while. They stay in the reports, as suppressed. One that covers "
     "nothing, or has ended, is a finding.",
     kSuppress,
     "[[suppress]]\nrule = \"docker.latest-tag\"\npath = \"docker/dev/**\"\n"
     "reason = \"development image\"\nuntil = 2027-03-01\nowner = \"@platform\"\n"},
    {"[[rule]]",
     "A rule of your own. These keys are common to all kinds; kinds/ lists those of each kind.",
     kHead,
     "[[rule]]\nid = \"app.admin-email\"\nkind = \"env\"\n"
     "title = \"mail to the administrator goes nowhere\"\nkeys = [\"ADMIN_EMAIL\"]\n"
     "matches = '.+@shop\\.example'\n"},
    {"[[rule.example]]",
     "Behind a rule: a small repository that it must refuse or accept. `gate rules test` runs "
     "them. "
     "`{{fake:NAME}}` in a text is a made-up credential.",
     kExample,
     "[[rule.example]]\nexpect = \"fail\"\nat = \"1:13\"\npath = \".env.production\"\n"
     "text = '''\nADMIN_EMAIL=nobody\n'''\n"},
});

}  // namespace

std::span<const TableDoc> policy_tables() { return kTables; }

std::span<const KeyDoc> rule_head_keys() { return kHead; }

}  // namespace gate::policy
