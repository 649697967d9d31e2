#include "gate/report/fence.h"

#include <fmt/format.h>

#include "gate/base/hash.h"

namespace gate::report {

std::string fence_commands(std::string_view text) {
  if (text.empty()) return {};
  const std::string token = base::Sha256().add(text).hex();
  return fmt::format("::stop-commands::{0}\n{1}{2}::{0}::\n", token, text,
                     text.ends_with('\n') ? "" : "\n");
}

}  // namespace gate::report
