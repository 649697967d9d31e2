#include "gate/policy/fake.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gate::policy {
namespace {

constexpr std::string_view kAlphanumeric =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The form of a credential: what stands before and behind `length` characters of an alphabet. Marks
// that scanners look for are cut in two.
struct Form {
  std::string_view name;
  std::string_view prefix;
  std::string_view prefix_end;
  std::string_view alphabet;
  std::size_t length;
  std::string_view suffix;
  std::string_view suffix_end;
};

constexpr std::array kForms = std::to_array<Form>({
    {"aws_access_key", "AK", "IA", kUpper, 16, "", ""},
    {"aws_secret_key", "", "", kBase64, 40, "", ""},
    {"github_token", "gh", "p_", kAlphanumeric, 36, "", ""},
    {"gitlab_token", "glp", "at-", kAlphanumeric, 20, "", ""},
    {"hex32", "", "", kHex, 32, "", ""},
    {"hex64", "", "", kHex, 64, "", ""},
    {"laravel_key", "base", "64:", kBase64, 42, "E", "="},
    {"password", "", "", kAlphanumeric, 24, "", ""},
    {"private_key", "-----BEGIN ", "PRIVATE KEY-----\n", kBase64, 64, "\n-----END ",
     "PRIVATE KEY-----"},
    {"slack_token", "xo", "xb-", kAlphanumeric, 40, "", ""},
    {"stripe_live", "sk", "_live_", kAlphanumeric, 24, "", ""},
    {"stripe_test", "sk", "_test_", kAlphanumeric, 24, "", ""},
});

constexpr auto kNames = [] {
  std::array<std::string_view, kForms.size()> names;
  for (std::size_t index = 0; index < names.size(); ++index)
    names[index] = kForms[index].name;
  return names;
}();

// Returns characters that look random and are the same on every machine (a 64-bit linear
// congruential generator, Knuth's MMIX constants, seeded by FNV-1a of the name).
std::string scatter(std::string_view seed, std::string_view alphabet, std::size_t length) {
  std::uint64_t state = 0xCBF29CE484222325U;
  for (const char c : seed)
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  std::string text;
  for (std::size_t index = 0; index < length; ++index) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += alphabet[(state >> 33U) % alphabet.size()];
  }
  return text;
}

}  // namespace

std::span<const std::string_view> fake_names() { return kNames; }

std::optional<std::string> fake(std::string_view name) {
  const auto form = std::find_if(kForms.begin(), kForms.end(),
                                 [&](const Form& known) { return known.name == name; });
  if (form == kForms.end()) return std::nullopt;
  std::string text(form->prefix);
  text += form->prefix_end;
  text += scatter(name, form->alphabet, form->length);
  text += form->suffix;
  text += form->suffix_end;
  return text;
}

}  // namespace gate::policy
