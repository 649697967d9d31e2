#include "gate/report/formats.h"

#include <algorithm>
#include <array>

namespace gate::report {
namespace {

// The order is that of help texts and documentation.
constexpr std::array<const Format*, 7> kFormats{&kPretty, &kJunit, &kJunitStrict, &kGithub,
                                                &kGitlab, &kJson,  &kMarkdown};

}  // namespace

std::span<const Format* const> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* const found = std::find_if(
      kFormats.begin(), kFormats.end(), [&](const Format* format) { return format->name == name; });
  return found == kFormats.end() ? nullptr : *found;
}

}  // namespace gate::report
