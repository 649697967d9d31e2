// Fence: what keeps a CI from obeying lines of a report.
#pragma once

#include <string>
#include <string_view>

namespace gate::report {

// Returns the text between two workflow commands of GitHub Actions that keep its runner from taking
// any line of it for a command, whoever wrote it. The token that ends the fence is made of the text
// itself: nobody can write it into the text, and the same text gives the same bytes. Source:
// GitHub's documentation of workflow commands, `stop-commands`.
[[nodiscard]] std::string fence_commands(std::string_view text);

}  // namespace gate::report
