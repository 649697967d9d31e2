#include "gate/readers/settings/environment_reads.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

// Every read as `KEY`, with `!` where the program stops without it.
std::string reads(std::string_view text, SourceLanguage language) {
  std::string out;
  for (const EnvironmentRead& read : find_environment_reads(text, language)) {
    CHECK(text.substr(read.span.begin + 1, read.key.size()) == read.key);
    out += fmt::format("{}{}{}", out.empty() ? "" : " ", read.key, read.required ? "!" : "");
  }
  return out;
}

TEST_CASE("PHP asks for variables by env, getenv and the superglobals") {
  const auto php = [](std::string_view text) { return reads(text, SourceLanguage::php); };
  CHECK(php("<?php return ['a' => env('A', 1), 'b' => \\env(\"B\"), 'c' => getenv('C')];") ==
        "A B C");
  CHECK(php("<?php $_ENV['A']; $_SERVER[\"B\"]; $ENV['C'];") == "A B");
  CHECK(php("<?php // env('A')\n/* env('B') */ $x = \"env('C')\";").empty());
  CHECK(php("<?php $this->env('A'); function env($key) {} env($name); env('A'.'B', 'C');") == "A");
  CHECK(php("").empty());
  CHECK(php("<?php env('A'").empty() == false);
  CHECK(php("<?php env('not a name');").empty());
}

TEST_CASE("Python asks for variables by os.environ, getenv, django-environ and decouple") {
  const auto python = [](std::string_view text) { return reads(text, SourceLanguage::python); };
  CHECK(
      python("import os\nA = os.environ['A']\nB = os.environ.get('B')\nC = os.getenv('C', 1)\n") ==
      "A! B C");
  CHECK(python("os.environ['A'] = '1'\n").empty());
  CHECK(python("if os.environ['A'] == '1':\n    pass\n") == "A!");
  CHECK(python("import environ\nenv = environ.Env(DEBUG=(bool, False))\n"
               "A = env('A')\nB = env.bool('B', default=False)\nDEBUG = env('DEBUG')\n") ==
        "A! B DEBUG");
  CHECK(python("from decouple import config\nA = config('A')\nB = config('B', cast=int)\n") ==
        "A! B");
  CHECK(python("A = config('A')\nB = env('B')\n").empty());
  CHECK(python("# os.environ['A']\nX = \"os.environ['A']\"\n").empty());
}

TEST_CASE("JavaScript asks for variables by process.env and import.meta.env") {
  const std::string text =
      "a(process.env.A ?? process.env['B']); // process.env.C\nimport.meta.env.VITE_D; env.E";
  std::string keys;
  for (const EnvironmentRead& read : find_environment_reads(text, SourceLanguage::javascript))
    keys += read.key + " ";
  CHECK(keys == "A B VITE_D ");
  CHECK(find_environment_reads("process.env", SourceLanguage::javascript).empty());
}

TEST_CASE("the language is told by the end of the name") {
  CHECK(source_language("config/app.php") == SourceLanguage::php);
  CHECK(source_language("shop/settings.py") == SourceLanguage::python);
  CHECK(source_language("next.config.js") == SourceLanguage::javascript);
  CHECK(source_language("README.md") == std::nullopt);
}

}  // namespace
}  // namespace gate::readers
