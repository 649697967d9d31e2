#include "gate/readers/formats/dotenv_style.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/text.h"

namespace gate::readers {
namespace {

// The lines that a style does not want, as "2 5".
std::string lines(EnvStyle style, std::string_view text) {
  const base::LineIndex index(text);
  std::string out;
  for (const EnvStyleMistake& mistake : check_env_style(text, style))
    out += fmt::format("{}{}", out.empty() ? "" : " ", index.position(mistake.span.begin).line);
  return out;
}

TEST_CASE("styles of environment files find their lines and no others") {
  CHECK(lines(EnvStyle::duplicated_key, "A=1\nexport A=2\nB=\n#A=3\na=4\n") == "2");
  CHECK(lines(EnvStyle::ending_blank_line, "A=1\nB=2") == "2");
  CHECK(lines(EnvStyle::ending_blank_line, "A=1\n") == "");
  CHECK(lines(EnvStyle::extra_blank_line, "\n\nA=1\n \n\t\n\n") == "2 5 6");
  CHECK(lines(EnvStyle::incorrect_delimiter, "A-B=1\nA B=1\nA =1\n-A=1\nF1=1\nexport A=1\n") ==
        "1 2");
  CHECK(lines(EnvStyle::key_without_value, "A\nB=\n#C\n\n") == "1");
  CHECK(lines(EnvStyle::leading_character, "1A=1\n_A=1\n A=1\n.A=1\nexport A=1\n") == "1 3 4");
  CHECK(lines(EnvStyle::lowercase_key, "Ab=1\nAB=b\nexport A=c\n") == "1");
  CHECK(lines(EnvStyle::quote_character,
              "A=\"b\"\nA='b'\nA='b c'\nA=\"b=c\"\nA=\"$B\"\nA=\"\\n\"\nA=\"\"\nA=\"b\n") == "1 2");
  CHECK(lines(EnvStyle::space_character, "A =1\nA= 1\nA=1 \nA=\nA= \n") == "1 2");
  CHECK(lines(EnvStyle::substitution_key,
              "A=${B\nA=$B}\nA=${B!}\nA=$B\nA=\\${B\nA='${B'\nA=$B{${C}\nA=${B:-c}\n") == "1 2 3");
  CHECK(lines(EnvStyle::trailing_whitespace, "A=1 \r\nB=2\r\n# c\t\n") == "1 3");
  CHECK(lines(EnvStyle::unordered_key, "B=1\nA=2\n\nA2=1\n# c\nA1=1\nZ=$A1\nC=1\n") == "2 8");
  CHECK(lines(EnvStyle::value_without_quotes, "A=b c\nA=\"b c\"\nA=b # c d\nA= b\nA='b c\n") ==
        "1");
}

TEST_CASE("a quoted value of several lines is one entry") {
  CHECK(lines(EnvStyle::key_without_value, "A=\"x\ny z\n\"\nB\n") == "4");
  CHECK(lines(EnvStyle::leading_character, "A='1\n2\n'\n3=\n") == "4");
  CHECK(lines(EnvStyle::key_without_value, "A=\"open\nB\n") == "2");
}

TEST_CASE("styles have names, and odd files end") {
  for (const std::string_view name : env_style_names()) {
    const auto style = find_env_style(name);
    REQUIRE(style.has_value());
    const std::string odd = "=\n\"\n'\n$\n${\nA=\"\\\nexport \n\xff\xfe=\n";
    for (std::size_t size = 0; size <= odd.size(); ++size) {
      for (const EnvStyleMistake& mistake : check_env_style(odd.substr(0, size), *style))
        CHECK(mistake.span.end <= size);
    }
  }
  CHECK_FALSE(find_env_style("lowercase"));
}

}  // namespace
}  // namespace gate::readers
