#include "gate/checks/env/expectation.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/checks/env/addresses.h"
#include "gate/checks/env/value_tests.h"
#include "gate/finding/redaction.h"

namespace gate::checks {
namespace {

constexpr std::int64_t kLongestValue = 1 << 20;

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// The elements of `a, b,c` without the white space around them.
std::vector<std::string_view> elements(std::string_view value) {
  std::vector<std::string_view> found;
  while (true) {
    const std::size_t comma = value.find(',');
    std::string_view element = value.substr(0, comma);
    while (!element.empty() && element.front() == ' ')
      element.remove_prefix(1);
    while (!element.empty() && element.back() == ' ')
      element.remove_suffix(1);
    if (!element.empty()) found.push_back(element);
    if (comma == std::string_view::npos) return found;
    value.remove_prefix(comma + 1);
  }
}

std::string list(const std::vector<std::string>& values) {
  return fmt::format("`{}`", fmt::join(values, "`, `"));
}

// A flag that only asks something where it is true.
bool flag(policy::TableReader& table, std::string_view key) {
  const bool value = table.boolean(key, false);
  if (table.has(key) && !value)
    table.complain(key, fmt::format("`{} = false` asks nothing", key), "take the line out");
  return value;
}

}  // namespace

Expectation::Expectation(policy::TableReader& table)
    : ignore_case_(table.boolean("ignore_case", false)),
      equals_(table.optional_text("equals")),
      not_equals_(table.optional_text("not_equals")),
      one_of_(table.texts("one_of")),
      none_of_(table.texts("none_of")),
      matches_(table.patterns("matches", {.ignore_case = ignore_case_})),
      not_matches_(table.patterns("not_matches", {.ignore_case = ignore_case_})),
      expected_(table.text("expected")),
      contains_(table.texts("contains")),
      not_contains_(table.texts("not_contains")),
      min_length_(static_cast<std::size_t>(table.integer("min_length", 0, 1, kLongestValue))),
      forbid_placeholder_(flag(table, "forbid_placeholder")),
      strong_(flag(table, "strong")),
      base64_key_(static_cast<std::size_t>(table.integer("base64_key", 0, 1, kLongestValue))),
      port_(flag(table, "port")),
      email_(flag(table, "email")) {
  if (!expected_.empty() && matches_.empty() && not_matches_.empty())
    table.complain("expected", "`expected` without a pattern that it puts into words",
                   "add `matches` or `not_matches`");
  constexpr std::array<std::string_view, 2> kUrls{"any", "https"};
  if (table.has("url")) url_ = table.one_of("url", kUrls, 1) == 0 ? Url::any : Url::https;
}

bool Expectation::only_form() const {
  return !equals_ && !not_equals_ && one_of_.empty() && none_of_.empty() && matches_.empty() &&
         not_matches_.empty() && contains_.empty() && not_contains_.empty() && min_length_ == 0 &&
         !strong_ && base64_key_ == 0;
}

bool Expectation::empty() const {
  return only_form() && !forbid_placeholder_ && url_ == Url::unasked && !port_ && !email_;
}

bool Expectation::same(std::string_view a, std::string_view b) const {
  return ignore_case_ ? base::to_lower(a) == base::to_lower(b) : a == b;
}

bool Expectation::is_among(std::string_view value, const std::vector<std::string>& values) const {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& other) { return same(value, other); });
}

std::vector<Deviation> Expectation::judge(std::string_view key, std::string_view value) const {
  std::vector<Deviation> found;
  judge_equality(key, value, found);
  judge_patterns(key, value, found);
  judge_lists(key, value, found);
  judge_strength(key, value, found);
  judge_form(key, value, found);
  return found;
}

void Expectation::judge_equality(std::string_view key, std::string_view value,
                                 std::vector<Deviation>& out) const {
  const std::string shown = finding::show_value(key, value);
  if (equals_ && !same(value, *equals_)) {
    if (finding::is_secret_name(key)) {
      out.push_back(
          {"equals", fmt::format("`{}` ({}) is not the value that is wanted", key, shown), ""});
    } else {
      out.push_back(
          {"equals",
           fmt::format("`{}` is {}, not {}", key, shown, finding::show_value(key, *equals_)),
           fmt::format("set {}={}", key, *equals_)});
    }
  }
  if (not_equals_ && same(value, *not_equals_)) {
    out.push_back({"not_equals", fmt::format("`{}` is {}, which it must not be", key, shown), ""});
  }
  if (!one_of_.empty() && !is_among(value, one_of_)) {
    out.push_back({"one_of",
                   fmt::format("`{}` is {}, not {}{}", key, shown,
                               one_of_.size() == 1 ? "" : "one of ", list(one_of_)),
                   fmt::format("set {}={}", key, one_of_.front())});
  }
  if (is_among(value, none_of_)) {
    out.push_back({"none_of", fmt::format("`{}` is {}, which it must not be", key, shown), ""});
  }
}

void Expectation::judge_patterns(std::string_view key, std::string_view value,
                                 std::vector<Deviation>& out) const {
  const auto report = [&](std::string_view test, std::string_view verb,
                          const base::Pattern& pattern) {
    const std::string why = expected_.empty() ? fmt::format("which {} `{}`", verb, pattern.text())
                                              : fmt::format("not {}", expected_);
    out.push_back(
        {test, fmt::format("`{}` is {}, {}", key, finding::show_value(key, value), why), ""});
  };
  for (const base::Pattern& pattern : matches_) {
    if (!pattern.matches(value)) report("matches", "does not match", pattern);
  }
  for (const base::Pattern& pattern : not_matches_) {
    if (pattern.matches(value)) report("not_matches", "matches", pattern);
  }
}

void Expectation::judge_lists(std::string_view key, std::string_view value,
                              std::vector<Deviation>& out) const {
  const std::vector<std::string_view> have = elements(value);
  const auto has = [&](std::string_view wanted) {
    return std::any_of(have.begin(), have.end(),
                       [&](std::string_view element) { return same(element, wanted); });
  };
  std::vector<std::string> lacking;
  std::copy_if(contains_.begin(), contains_.end(), std::back_inserter(lacking),
               [&](const auto& w) { return !has(w); });
  if (!lacking.empty()) {
    out.push_back({"contains", fmt::format("`{}` lacks {}", key, list(lacking)),
                   fmt::format("add {} to {}", list(lacking), key)});
  }
  std::vector<std::string> excess;
  std::copy_if(not_contains_.begin(), not_contains_.end(), std::back_inserter(excess), has);
  if (!excess.empty()) {
    out.push_back({"not_contains", fmt::format("`{}` holds {}", key, list(excess)),
                   fmt::format("take {} out of {}", list(excess), key)});
  }
}

void Expectation::judge_strength(std::string_view key, std::string_view value,
                                 std::vector<Deviation>& out) const {
  const std::size_t length = count_characters(value);
  if (length < min_length_) {
    out.push_back({"min_length",
                   fmt::format("`{}` has {} character{}, at least {} are needed", key, length,
                               length == 1 ? "" : "s", min_length_),
                   ""});
  }
  if (forbid_placeholder_ && !is_no_value(value) && is_placeholder(value)) {
    out.push_back({"forbid_placeholder",
                   fmt::format("`{}` is a placeholder ({})", key, finding::show_value(key, value)),
                   fmt::format("put the real value of {} in", key)});
    return;  // it is weak as well
  }
  if (strong_) {
    if (const std::string why = weakness(value); !why.empty()) {
      out.push_back({"strong", fmt::format("`{}` {}", key, why),
                     fmt::format("set {} to a long random value", key)});
    }
  }
}

void Expectation::judge_form(std::string_view key, std::string_view value,
                             std::vector<Deviation>& out) const {
  if (value.empty() && only_form()) return;
  const auto add = [&](std::string_view test, const std::string& trouble) {
    if (trouble.empty()) return;
    out.push_back({test, fmt::format("`{}` {}", key, trouble), ""});
  };
  if (base64_key_ != 0) add("base64_key", base64_key_trouble(value, base64_key_));
  if (url_ != Url::unasked) add("url", url_trouble(value, url_ == Url::https ? "https" : ""));
  if (email_) add("email", email_trouble(value));
  if (port_ && !is_port(value)) {
    add("port", fmt::format("is {}, not a port from 1 to 65535", finding::show_value(key, value)));
  }
}

}  // namespace gate::checks
