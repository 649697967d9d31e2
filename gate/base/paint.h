// Colours of a terminal, for those who asked for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gate::base {

enum class Style : std::uint8_t { bold, dim, red, yellow, green, blue, cyan, magenta };

// Puts texts into colour, or leaves them as they are.
class Painter {
 public:
  explicit Painter(bool color) : color_(color) {}

  [[nodiscard]] std::string operator()(Style style, std::string_view text) const {
    if (!color_ || text.empty()) return std::string(text);
    return std::string(code(style)).append(text).append("\033[0m");
  }

 private:
  // All but bold and dim are bold too: plain colours are hard to read on many backgrounds.
  static std::string_view code(Style style) {
    switch (style) {
      case Style::bold:
        return "\033[1m";
      case Style::dim:
        return "\033[2m";
      case Style::red:
        return "\033[1;31m";
      case Style::yellow:
        return "\033[1;33m";
      case Style::green:
        return "\033[1;32m";
      case Style::blue:
        return "\033[1;34m";
      case Style::cyan:
        return "\033[1;36m";
      case Style::magenta:
        return "\033[1;35m";
    }
    return "";
  }

  bool color_;
};

}  // namespace gate::base
