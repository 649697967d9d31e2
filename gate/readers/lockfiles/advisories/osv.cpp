#include "gate/readers/lockfiles/advisories/osv.h"

#include <algorithm>
#include <utility>

#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/advisories/cvss.h"

namespace gate::readers::lockfiles {
namespace {

using Kind = VersionEvent::Kind;

class Reader {
 public:
  explicit Reader(std::string_view text) : json_(text, texts_) {}

  Result<Advisory> run() {
    const bool is_map = json_.members([&](const JsonScanner::Key& key) { read_field(key.name); });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map || advisory_.id.empty()) return Error{"the record has no `id`"};
    if (advisory_.severity == Severity::unknown && advisory_.score >= 0)
      advisory_.severity = severity_of_score(advisory_.score);
    return std::move(advisory_);
  }

 private:
  std::string text() { return std::string(json_.text().value_or("")); }

  void read_field(std::string_view name) {
    if (name == "id") {
      advisory_.id = text();
    } else if (name == "aliases") {
      json_.items([&] {
        if (const auto alias = json_.text()) advisory_.aliases.emplace_back(*alias);
      });
    } else if (name == "summary") {
      advisory_.summary = text();
    } else if (name == "modified") {
      advisory_.modified = text();
    } else if (name == "withdrawn") {
      advisory_.withdrawn = !text().empty();
    } else if (name == "severity") {
      read_scores();
    } else if (name == "database_specific") {
      read_severity_word();
    } else if (name == "references") {
      read_references();
    } else if (name == "affected") {
      json_.items([&] { read_affected(); });
    }
  }

  // The highest score of all that are given, of the latest version of CVSS that is understood.
  void read_scores() {
    json_.items([&] {
      std::string_view score;
      json_.members([&](const JsonScanner::Key& key) {
        if (key.name == "score") score = json_.text().value_or("");
      });
      if (const auto value = cvss_score(score)) advisory_.score = std::max(advisory_.score, *value);
    });
  }

  // GitHub's word for it: LOW, MODERATE, HIGH, CRITICAL.
  void read_severity_word() {
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name != "severity") return;
      const auto word = json_.text();
      const auto severity = word ? severity_of_word(*word) : std::nullopt;
      if (severity && *severity > advisory_.severity) advisory_.severity = *severity;
    });
  }

  void read_references() {
    json_.items([&] {
      std::string_view type;
      std::string_view url;
      json_.members([&](const JsonScanner::Key& key) {
        if (key.name == "type") type = json_.text().value_or("");
        if (key.name == "url") url = json_.text().value_or("");
      });
      if (advisory_.url.empty() || type == "ADVISORY") advisory_.url = url;
    });
  }

  void read_affected() {
    Affected affected;
    std::string_view ecosystem;
    std::string_view package;
    std::vector<VersionRange> ranges;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "package") {
        json_.members([&](const JsonScanner::Key& field) {
          if (field.name == "ecosystem") ecosystem = json_.text().value_or("");
          if (field.name == "name") package = json_.text().value_or("");
        });
      } else if (key.name == "ranges") {
        json_.items([&] { read_range(ranges); });
      } else if (key.name == "versions") {
        json_.items([&] {
          if (const auto version = json_.text()) affected.versions.emplace_back(*version);
        });
      } else if (key.name == "severity") {
        read_scores();
      } else if (key.name == "database_specific" || key.name == "ecosystem_specific") {
        read_severity_word();
      }
    });
    const auto known = from_osv(ecosystem);
    if (!known || package.empty()) return;
    affected.ecosystem = *known;
    affected.name = canonical_name(*known, package);
    for (VersionRange& range : ranges)
      sort_events(*known, range);
    affected.ranges = std::move(ranges);
    advisory_.affected.push_back(std::move(affected));
  }

  // Ranges over commits are passed over: they say nothing of versions.
  void read_range(std::vector<VersionRange>& ranges) {
    std::string_view type;
    VersionRange range;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "type") type = json_.text().value_or("");
      if (key.name == "events") json_.items([&] { read_event(range); });
    });
    if (type != "GIT" && !range.events.empty()) ranges.push_back(std::move(range));
  }

  void read_event(VersionRange& range) {
    json_.members([&](const JsonScanner::Key& key) {
      const auto version = json_.text();
      if (!version) return;
      if (key.name == "introduced")
        range.events.push_back({Kind::introduced, std::string(*version)});
      if (key.name == "fixed") range.events.push_back({Kind::fixed, std::string(*version)});
      if (key.name == "last_affected")
        range.events.push_back({Kind::last_affected, std::string(*version)});
    });
  }

  JsonTexts texts_;
  JsonScanner json_;
  Advisory advisory_;
};

}  // namespace

Result<Advisory> parse_osv(std::string_view text) { return Reader(text).run(); }

}  // namespace gate::readers::lockfiles
