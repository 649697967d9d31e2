// Readings: what the structured files of a snapshot hold, each read once for all rules.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gate/checks/effective_settings.h"
#include "gate/checks/environment.h"
#include "gate/checks/file_formats.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/formats/yaml.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// A document, and where the values of one stand that was computed from several files.
class ReadDocument {
 public:
  explicit ReadDocument(std::shared_ptr<const readers::Document> document)
      : document_(std::move(document)) {}
  // A document over a setting: `origins` has the setting of every node.
  ReadDocument(std::shared_ptr<const readers::Document> document,
               std::vector<readers::Setting> origins, std::string path)
      : document_(std::move(document)), origins_(std::move(origins)), path_(std::move(path)) {}

  [[nodiscard]] readers::Value root() const { return document_->root(); }
  // Returns where a value was written.
  [[nodiscard]] finding::Place place(readers::Value value) const;
  // Returns where a key was written; the value's place where it has none.
  [[nodiscard]] finding::Place key_place(readers::Value value) const;
  // Returns how a computed value came about; empty for one that is written.
  [[nodiscard]] std::vector<std::string> trace(readers::Value value) const;
  // Returns whether a value comes from where secrets lie, so that no message may show it.
  [[nodiscard]] bool is_secret(readers::Value value) const;

 private:
  std::shared_ptr<const readers::Document> document_;
  std::vector<readers::Setting> origins_;
  std::string path_;
};

// What one file comes to.
struct Reading {
  std::vector<ReadDocument> documents;  // YAML may have several
  std::string problem;                  // why it cannot be read: one sentence; empty: it was
  finding::Place place;                 // of the problem, or the file
  std::vector<std::pair<std::string, finding::Place>> duplicates;  // keys that a map has twice
};

class Readings {
 public:
  // `environment` may be null: none is declared. Both outlive this.
  Readings(const repo::Snapshot& files, const Environment* environment)
      : files_(files), environment_(environment), django_(files, environment) {}

  // Returns what a file holds in this format. Thread-safe, as every member.
  [[nodiscard]] std::shared_ptr<const Reading> read(const repo::File& file, FileFormat format);

  // Returns the Django project, if there is one.
  [[nodiscard]] const DjangoProject& django() const { return django_; }
  // Returns the effective settings of the program.
  [[nodiscard]] const EffectiveSettings& settings();
  // Returns them as one document: a map of the settings by their names.
  [[nodiscard]] std::shared_ptr<const Reading> settings_reading();

 private:
  struct Slot {
    std::once_flag once;
    std::shared_ptr<const Reading> reading;
  };

  // A reader keeps the folder open that it was in, and its buffer serves the next file.
  struct Hand {
    std::unique_ptr<repo::FileReader> reader;
    std::string buffer;
  };

  [[nodiscard]] Reading read_now(const repo::File& file, FileFormat format);
  // Returns the source of a file of at most `most` bytes.
  [[nodiscard]] Result<std::shared_ptr<const base::Source>> source(const repo::File& file,
                                                                   std::uint64_t most);

  const repo::Snapshot& files_;
  const Environment* environment_;
  DjangoProject django_;
  std::mutex mutex_;
  std::vector<Hand> idle_;  // not in use at the moment
  std::map<std::pair<std::string, FileFormat>, std::shared_ptr<Slot>> slots_;
  std::once_flag settings_once_;
  EffectiveSettings settings_;
  std::once_flag document_once_;
  std::shared_ptr<const Reading> settings_reading_;
};

// Returns a setting as a document: what is unknown becomes a node of that kind.
[[nodiscard]] ReadDocument to_document(const readers::Setting& setting, std::string path);

}  // namespace gate::checks
