// ZIP archives, in hexadecimal as Python's zipfile writes them.
#include "gate/readers/formats/zip.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

// "a.json" (twenty times `{"id": 1}`), "folder/", "b" (empty); deflated.
constexpr std::string_view kDeflated =
    "504b030414000000080000002158456cc1470e000000b400000006000000612e6a736f6eab56ca4c51b25230ac"
    "ad1e3a0c00504b03041400000008000000215800000000020000000000000007000000666f6c6465722f030050"
    "4b03041400000008000000215800000000020000000000000001000000620300504b0102140314000000080000"
    "002158456cc1470e000000b4000000060000000000000000000000800100000000612e6a736f6e504b01021403"
    "14000000080000002158000000000200000000000000070000000000000000000000800132000000666f6c6465"
    "722f504b0102140314000000080000002158000000000200000000000000010000000000000000000000800159"
    "00000062504b05060000000003000300980000007a0000000000";

// "a" (`text`); stored.
constexpr std::string_view kStored =
    "504b030414000000000000002158c7a78b3b0400000004000000010000006174657874504b0102140314000000"
    "000000002158c7a78b3b040000000400000001000000000000000000000080010000000061504b050600000000"
    "010001002f000000230000000000";

// "big" (`64`); stored, its sizes and its directory written as those of ZIP64.
constexpr std::string_view k64 =
    "504b03042d0000000000000021583f7771e9ffffffffffffffff03001400626967010010000200000000000000"
    "02000000000000003634504b01022d032d0000000000000021583f7771e9ffffffffffffffff03001c00000000"
    "00000000008001ffffffff62696701001800020000000000000002000000000000000000000000000000504b06"
    "062c000000000000002d002d000000000000000000010000000000000001000000000000004d00000000000000"
    "3700000000000000504b060700000000840000000000000001000000504b050600000000ffffffffffffffffff"
    "ffffff0000";

std::string bytes_of(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t index = 0; index + 1 < hex.size(); index += 2)
    bytes += static_cast<char>(digit(hex[index]) * 16 + digit(hex[index + 1]));
  return bytes;
}

// Returns the archive with the bytes at `at` replaced.
std::string with(std::string archive, std::size_t at, std::string_view bytes) {
  return archive.replace(at, bytes.size(), bytes);
}

// Returns the place of a field in the first entry of the directory.
std::size_t in_directory(const std::string& archive, std::size_t offset) {
  return archive.find(std::string_view("PK\x01\x02", 4)) + offset;
}

std::string read(std::string_view archive) {
  std::string out;
  const Result<void> result =
      for_each_zip_entry(archive, [&](std::string_view name, std::string_view bytes) {
        out +=
            fmt::format("{}={} ", name, bytes.size() > 40 ? std::to_string(bytes.size()) : bytes);
      });
  return result ? out : out + result.error().message;
}

TEST_CASE("entries of a ZIP archive") {
  CHECK(read(bytes_of(kDeflated)) == "a.json=180 b= ");
  CHECK(read(bytes_of(kStored)) == "a=text ");
  CHECK(read(bytes_of(k64)) == "big=64 ");
  // A comment behind the end, as some tools leave one.
  CHECK(read(with(bytes_of(kStored), bytes_of(kStored).size() - 2, std::string_view("\x03\0", 2)) +
             "abc") == "a=text ");
}

TEST_CASE("what is no ZIP archive, or cut off, is refused") {
  constexpr std::string_view kNone = "it is no ZIP archive, or its end is missing";
  CHECK(read("") == kNone);
  CHECK(read("PK") == kNone);
  CHECK(read(std::string(100, '\0')) == kNone);
  const std::string whole = bytes_of(kDeflated);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(read(whole.substr(0, size)) == kNone);
  }
  CHECK(read(whole.substr(40)).find("it is no ZIP archive") != std::string::npos);
}

TEST_CASE("damaged entries are named") {
  const std::string stored = bytes_of(kStored);
  const std::string deflated = bytes_of(kDeflated);
  CHECK(read(with(stored, 31, "T")) == "`a` is damaged: its checksum is another");
  CHECK(read(with(deflated, 40, "\xff\xff")) == "`a.json` cannot be unpacked");
  CHECK(read(with(stored, in_directory(stored, 0), "QK")) == "entry 1 of its directory is damaged");
  CHECK(read(with(stored, in_directory(stored, 8), "\x01")) == "`a` is encrypted");
  CHECK(read(with(stored, in_directory(stored, 10), "\x0e")) ==
        "`a` is packed by method 14, which is not read");
  CHECK(read(with(stored, in_directory(stored, 42), "\x7f")) == "`a` lies outside the archive");
  CHECK(read(with(stored, in_directory(stored, 20), "\xff\xff\xff")) ==
        "`a` lies outside the archive");
}

// A few bytes that claim to be gigabytes take no memory.
TEST_CASE("an entry that unpacks to more than the limit is refused") {
  const std::string deflated = bytes_of(kDeflated);
  CHECK(read(with(deflated, in_directory(deflated, 24), "\xff\xff\xff\x7f")) ==
        "`a.json` unpacks to more than 64 MB");
}

}  // namespace
}  // namespace gate::readers
