// The JSON report, version 1: keys and their order are a contract with other programs. Adding a key
// is a change of the version.
#include <cmath>

#include "gate/base/json_writer.h"
#include "gate/report/formats.h"

namespace gate::report {
namespace {

using base::JsonWriter;

void write_strings(JsonWriter& json, std::span<const std::string> texts) {
  json.begin_array();
  for (const std::string& text : texts)
    json.string(text);
  json.end_array();
}

void write_text_or_null(JsonWriter& json, std::string_view text) {
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_number_or_null(JsonWriter& json, std::uint32_t number) {
  if (number == 0) {
    json.null();
  } else {
    json.number(number);
  }
}

void write_suppression(JsonWriter& json, const std::optional<finding::Suppression>& suppression) {
  if (!suppression) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("by").string(name(suppression->by));
  json.key("reason").string(suppression->reason);
  write_text_or_null(json.key("until"), suppression->until);
  write_text_or_null(json.key("owner"), suppression->owner);
  json.end_object();
}

void write_finding(JsonWriter& json, const Report& report, const finding::Finding& finding) {
  json.begin_object();
  json.key("message").string(finding.message);
  write_text_or_null(json.key("path"), shown_path(report, finding));
  write_number_or_null(json.key("line"), finding.place.line);
  write_number_or_null(json.key("column"), finding.place.column);
  write_number_or_null(json.key("end_line"), finding.place.end_line);
  write_number_or_null(json.key("end_column"), finding.place.end_column);
  json.key("severity").string(name(finding.severity));
  json.key("fingerprint").string(finding.fingerprint);
  write_suppression(json.key("suppressed"), finding.suppressed);
  write_strings(json.key("trace"), finding.trace);
  write_text_or_null(json.key("fix"), finding.fix);
  write_text_or_null(json.key("code"), finding.code);
  json.end_object();
}

void write_entry(JsonWriter& json, const Report& report, const Entry& entry) {
  const policy::RuleHead& rule = *entry.rule;
  const finding::Outcome& outcome = *entry.outcome;
  json.begin_object();
  json.key("rule").string(rule.id);
  json.key("kind").string(rule.kind);
  json.key("severity").string(name(rule.severity));
  json.key("stage").begin_array();
  for (const policy::Stage stage : rule.stages)
    json.string(name(stage));
  json.end_array();
  json.key("verdict").string(name(outcome.verdict));
  json.key("reason").string(outcome.reason);
  json.key("duration_ms").number(std::round(outcome.duration_ms * 1000) / 1000);
  json.key("title").string(rule.title);
  write_strings(json.key("aliases"), rule.aliases);
  write_strings(json.key("checklist"), rule.checklist);
  write_strings(json.key("evidence"), outcome.evidence);
  json.key("findings").begin_array();
  for (const finding::Finding& finding : outcome.findings)
    write_finding(json, report, finding);
  json.end_array();
  json.end_object();
}

void write_summary(JsonWriter& json, const Totals& totals) {
  json.begin_object();
  json.key("passed").number(totals.passed);
  json.key("failed").number(totals.failed);
  json.key("pending").number(totals.pending);
  json.key("not_applicable").number(totals.not_applicable);
  json.key("could_not_run").number(totals.could_not_run);
  json.key("findings").number(totals.findings);
  json.key("suppressed").number(totals.suppressed);
  json.key("files").number(totals.files);
  json.key("bytes").number(totals.bytes);
  json.key("commits").number(totals.commits);
  json.key("blobs").number(totals.blobs);
  json.end_object();
}

std::string write_json(const Report& report, const Options& /*options*/) {
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  json.key("schema").string("gate-report/1");
  json.key("gate").string(report.version);
  json.key("at").string(report.at);
  json.key("stage").string(report.stage);
  json.key("policy").begin_object();
  json.key("from").string(report.policy_from);
  json.key("digest").string(report.policy_digest());
  json.end_object();
  write_summary(json.key("summary"), report.totals);
  json.key("outcomes").begin_array();
  for (const Entry& entry : report.entries)
    write_entry(json, report, entry);
  json.end_array();
  json.end_object();
  return std::move(json).text() + "\n";
}

}  // namespace

const Format kJson{"json", "everything, for other programs (schema gate-report/1)", write_json};

}  // namespace gate::report
