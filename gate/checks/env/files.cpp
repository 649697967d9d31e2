#include "gate/checks/env/files.h"

#include <functional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/checks/dialects.h"
#include "gate/checks/env/addresses.h"
#include "gate/checks/env/value_tests.h"
#include "gate/checks/tally.h"
#include "gate/finding/redaction.h"
#include "gate/readers/formats/dotenv.h"

namespace gate::checks {
namespace {

// Shorter ones are a mode, a size, a name.
constexpr std::size_t kShortestSecret = 8;

std::string_view after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

// The host of `scheme://user:password@host:1/path`.
std::string host_of(std::string_view url) {
  std::string_view rest = after(url, "://");
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos)
    rest.remove_prefix(at + 1);
  return base::to_lower(rest.substr(0, rest.find(':')));
}

// A password that opens something beyond the developer's own machine and his containers.
bool is_secret_address(std::string_view value) {
  const std::string_view password = finding::password_in_url(value);
  if (password.empty() || is_placeholder(password)) return false;
  const std::string_view user = after(value, "://").substr(0, after(value, "://").find(':'));
  const std::string host = host_of(value);
  return password != user && host.find('.') != std::string::npos &&
         host_trouble(host, Hosts::open).empty();
}

bool is_secret_value(std::string_view value) {
  if (value.find("://") != std::string_view::npos) return is_secret_address(value);
  const bool is_path =
      value.starts_with('/') || value.starts_with("./") || value.starts_with("file:");
  return value.size() >= kShortestSecret && !is_placeholder(value) && !is_path &&
         value.find_first_not_of("0123456789") != std::string_view::npos;
}

// An environment file that was read.
struct EnvText {
  std::string path;
  std::string text;
  base::LineIndex lines{text};

  [[nodiscard]] finding::Place place(base::Span span) const {
    return finding::place_of(path, lines, span);
  }
};

// Hands each plain file of `rule.paths` to `judge`, as far as it can be read. `of_tracked`: only
// those that git tracks.
Answer judge_each(const EnvRule& rule, const Context& context, bool of_tracked,
                  const std::function<void(const EnvText& file, Tally& tally)>& judge) {
  Tally tally;
  std::size_t files = 0;
  for (const repo::File& file : context.files.files()) {
    if (!file.is_plain() || (of_tracked && !file.tracked) || !rule.paths.matches(file.path))
      continue;
    ++files;
    Result<std::string> text = repo::read_text(context.files, file.path);
    if (!text) {
      tally.unknown(fmt::format("read `{}`: {}", file.path, text.error().message));
      continue;
    }
    tally.judged();
    judge({std::string(file.path), *std::move(text)}, tally);
  }
  if (files == 0) {
    tally.skipped(fmt::format("no {}file matches `{}`", of_tracked ? "tracked " : "",
                              fmt::join(rule.paths.texts(), "`, `")));
  }
  return std::move(tally).answer({fmt::format("{} file{}", files, files == 1 ? "" : "s")});
}

}  // namespace

Answer judge_style(const EnvRule& rule, const Context& context) {
  return judge_each(rule, context, false, [&](const EnvText& file, Tally& tally) {
    for (readers::EnvStyleMistake& mistake : readers::check_env_style(file.text, *rule.style)) {
      finding::Finding finding;
      finding.message = std::move(mistake.message);
      finding.place = file.place(mistake.span);
      finding.identity = fmt::format("{} {}", mistake.key, finding.message);
      tally.found(std::move(finding));
    }
  });
}

Answer judge_committed(const EnvRule& rule, const Context& context) {
  return judge_each(rule, context, true, [&](const EnvText& file, Tally& tally) {
    const DetectedDialect dialect = detect_dialect(context.files, {file.path});
    for (const readers::EnvEntry& entry :
         readers::parse_dotenv(file.text, dialect.dialect).entries) {
      if (!entry.has_value || !rule.keys.matches(entry.key) || rule.ignore.matches(entry.key))
        continue;
      if (!is_secret_value(entry.value)) continue;
      finding::Finding finding;
      finding.message = fmt::format("`{}` is committed with its value", entry.key);
      finding.place = file.place(entry.value_span);
      finding.identity = fmt::format("{} committed", entry.key);
      finding.fix = fmt::format(
          "take {} out of `{}`, set it where the platform keeps secrets, and replace its value",
          entry.key, file.path);
      tally.found(std::move(finding));
    }
  });
}

Answer judge_misspelt(const Environment& environment) {
  Tally tally;
  tally.judged();
  for (const MisspeltFile& file : environment.misspelt) {
    finding::Finding finding;
    finding.message =
        fmt::format("`{}` is not there, but `{}` is; no rule about the environment `{}` was asked",
                    file.declared, file.near, environment.name);
    finding.place = file.place;
    finding.identity = fmt::format("{} misspelt", file.declared);
    finding.fix = fmt::format("write `{}`", file.near);
    tally.found(std::move(finding));
  }
  return std::move(tally).answer({fmt::format("{}", fmt::join(environment.sources, ", "))});
}

}  // namespace gate::checks
