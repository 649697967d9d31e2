// The images that a Dockerfile builds on: its FROM instructions (docs.docker.com/reference/
// dockerfile, "FROM" and "ARG").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

// The image of one FROM. Stages that build on an earlier stage of the same file, and images whose
// name depends on an ARG without a default, are not among them.
struct BaseImage {
  std::string repository;  // "php", "docker.io/library/php": as written, without tag and digest
  std::string tag;         // "8.3-fpm-alpine"; empty where none is written
  base::Span span;         // of the image in the text
};

// Reads the images, in the order of the file. ARGs in front of the first FROM have their defaults.
[[nodiscard]] std::vector<BaseImage> read_base_images(std::string_view text);

}  // namespace gate::readers
