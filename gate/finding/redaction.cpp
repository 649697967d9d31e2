#include "gate/finding/redaction.h"

namespace gate::finding {

std::string show_value(std::string_view key, std::string_view value) {
  if (value.empty()) return "empty";
  if (is_secret(key, value)) {
    return "set, " + std::to_string(value.size()) +
           (value.size() == 1 ? " character" : " characters");
  }
  return "`" + std::string(value) + "`";
}

}  // namespace gate::finding
