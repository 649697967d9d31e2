#include "tests/bench/migration_bench.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace gate::bench {
namespace {

constexpr int kRounds = 25;
constexpr int kPhpRounds = 9;  // each starts PHP 400 times
constexpr int kGrowthRounds = 9;
constexpr double kSpread = 1.1;  // more than the number of files: caches and page tables

// Returns the program itself: its launcher starts Node first, which is no part of what it does.
std::string squawk(const std::filesystem::path& folder) {
  return (folder / "lint/node_modules/@squawk-cli/linux-x64/bin/squawk").string();
}

// Each peer is given all files of a folder, as its users call it.
Peer php(const std::filesystem::path& folder) {
  return {{"php -l, 400 files of Laravel",
           {"/bin/sh", "-c",
            fmt::format("find '{}' -name '*.php' -print0 | xargs -0 -n1 php -n -l >/dev/null",
                        (folder / "laravel-400/database/migrations").string())}},
          1.0 / 10,
          Peer::Of::cpu};
}

Peer linter_of_sql(const std::filesystem::path& folder) {
  return {{"squawk, 400 files of as much SQL",
           {"/bin/sh", "-c",
            fmt::format("find '{}' -name '*.sql' -print0 | xargs -0 '{}' >/dev/null || test $? = "
                        "123",
                        (folder / "sql-peer/db/migrations").string(), squawk(folder))}},
          1.0 / 5,
          Peer::Of::cpu};
}

Contender show(const std::string& gate, const std::filesystem::path& folder, std::string_view kind,
               int count) {
  return {fmt::format("gate show tables, {} {}", count, kind),
          {gate, "show", "tables", "--format", "json",
           (folder / fmt::format("{}-{}", kind, count)).string()}};
}

Judgement growth(const std::string& gate, const std::filesystem::path& folder,
                 std::string_view kind) {
  constexpr std::array<int, 3> kCounts{100, 1'000, 5'000};
  Judgement worst = Judgement::reached;
  for (std::size_t index = 1; index < kCounts.size(); ++index) {
    const double times = static_cast<double>(kCounts[index]) / kCounts[index - 1];
    worst = std::max(
        worst,
        compare({show(gate, folder, kind, kCounts[index]),
                 {{show(gate, folder, kind, kCounts[index - 1]), times * kSpread, Peer::Of::cpu}},
                 folder,
                 folder,
                 kGrowthRounds}));
  }
  return worst;
}

}  // namespace

Judgement migrations(const std::string& gate, const std::filesystem::path& folder) {
  const Contender ours = show(gate, folder, "laravel", 400);
  std::vector<Judgement> all{
      compare({ours, {php(folder)}, folder, folder, kPhpRounds}),
      compare({ours, {linter_of_sql(folder)}, folder, folder, kRounds}),
      compare({{"gate show tables, as much SQL",
                {gate, "show", "tables", "--format", "json", (folder / "sql-peer").string()}},
               {linter_of_sql(folder)},
               folder,
               folder,
               kRounds})};
  for (const std::string_view kind : {"laravel", "django", "sql"})
    all.push_back(growth(gate, folder, kind));
  return *std::max_element(all.begin(), all.end());
}

}  // namespace gate::bench
