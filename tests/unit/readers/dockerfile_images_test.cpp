#include "gate/readers/formats/dockerfile_images.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gate::readers {
namespace {

TEST_CASE("the images that a Dockerfile builds on") {
  const auto images = [](std::string_view text) {
    std::vector<std::string> spelled;
    for (const BaseImage& image : read_base_images(text))
      spelled.push_back(fmt::format("{}|{}", image.repository, image.tag));
    return fmt::format("{}", fmt::join(spelled, ", "));
  };
  CHECK(images("").empty());
  CHECK(images("FROM").empty());
  CHECK(images("FROM --platform=x").empty());
  CHECK(images("# FROM php:8\nRUN echo FROM php:8\n").empty());
  CHECK(images("FROM php") == "php|");
  CHECK(images("FROM host.example.org:5000/a/php:8.3-fpm@sha256:00\r\n") ==
        "host.example.org:5000/a/php|8.3-fpm");
  CHECK(images("FROM host.example.org:5000/php\n") == "host.example.org:5000/php|");
  CHECK(images("ARG V=8.3\nARG W='${V}-x'\nfrom php:${W} as Base\nFROM base\nFROM php:$V\n") ==
        "php|8.3-x, php|8.3");
  CHECK(images("ARG V\nFROM php:${V}\nFROM php:${V:-7}\nFROM php:${V\n") == "php|7");
  CHECK(images("FROM php:8\nARG V=9\nFROM php:$V\n") == "php|8");
}

TEST_CASE("a Dockerfile of a hundred thousand stages is read") {
  std::string text;
  for (int stage = 0; stage < 100'000; ++stage)
    text += fmt::format("FROM php:8.{} AS s{}\n", stage, stage);
  CHECK(read_base_images(text).size() == 100'000);
}

}  // namespace
}  // namespace gate::readers
