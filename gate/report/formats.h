// The formats there are: one line each.
#pragma once

#include <span>
#include <string_view>

#include "gate/report/report.h"

namespace gate::report {

extern const Format kPretty;
extern const Format kJunit;
extern const Format kJunitStrict;
extern const Format kGithub;
extern const Format kGitlab;
extern const Format kJson;
extern const Format kMarkdown;

[[nodiscard]] std::span<const Format* const> formats();
[[nodiscard]] const Format* find_format(std::string_view name);

}  // namespace gate::report
