// TableReader: reads one TOML table key by key, and keeps account.
//
// Every key that is read is remembered; finish() reports the others, so no second list of known
// keys can drift. Mistakes go to the diagnostics with the narrowest place; a reader then goes on
// with the default, so that one run names all.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/date.h"
#include "gate/base/diagnostic.h"
#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/settings/setting.h"

namespace gate::policy {

// Values of `[vars]`, `--var` and packs' defaults: one text, or a list of texts.
struct Var {
  std::vector<std::string> values;
  bool is_list = false;
  std::shared_ptr<const base::Source> source;  // where it was set; null for the command line
  base::Span span;
  mutable bool used = false;
};
using Vars = std::map<std::string, Var, std::less<>>;

class TableReader {
 public:
  // `overlay` (of an [[override]]) wins over `table` key by key; may be absent. `trusted`: patterns
  // are known to be good.
  TableReader(readers::Value table, std::optional<readers::Value> overlay, const Vars* vars,
              base::Diagnostics& diagnostics, bool trusted);

  // Adds a table that wins over those before it, key by key; but for the keys in `own`, which are
  // not meant for this one.
  void add_overlay(readers::Value overlay, std::span<const std::string_view> own = {});

  [[nodiscard]] bool has(std::string_view key) const;
  // Returns the keys that stand there, in reading order, for a table whose keys are names of the
  // user's own.
  [[nodiscard]] std::vector<std::string_view> keys() const;

  // Each returns what stands under `key`, or the default; a value of the wrong type is reported and
  // the default taken. In texts `${name}` is replaced by a var (`$${` gives `${`); an unknown var
  // is reported.
  std::string text(std::string_view key, std::string_view otherwise = {});
  std::optional<std::string> optional_text(std::string_view key);
  std::string required_text(std::string_view key);  // missing or empty: reported
  bool boolean(std::string_view key, bool otherwise);
  std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                       std::int64_t most);
  std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t least,
                                               std::int64_t most);
  // One integer counts as a list of one.
  std::vector<std::int64_t> integers(std::string_view key, std::int64_t least, std::int64_t most);
  // One text counts as a list of one. A var that is a list makes an element one for each of its
  // values:
  // "${domains}/up".
  std::vector<std::string> texts(std::string_view key);
  std::optional<base::Pattern> pattern(std::string_view key, base::Pattern::Options options = {});
  // In patterns vars are quoted; a list becomes an alternative of its elements. `\${` is left
  // alone.
  std::vector<base::Pattern> patterns(std::string_view key, base::Pattern::Options options = {});
  base::GlobSet globs(std::string_view key);
  // Returns the index in `choices`.
  std::size_t one_of(std::string_view key, std::span<const std::string_view> choices,
                     std::size_t otherwise);
  std::chrono::milliseconds duration(std::string_view key,
                                     std::chrono::milliseconds otherwise);  // "90s", "10m", "2h"
  std::optional<std::uint64_t> bytes(std::string_view key);  // 1048576, "512KB", "5MB" (1024-based)
  std::optional<base::Date> date(std::string_view key);      // TOML date or "YYYY-MM-DD"
  std::map<std::string, std::string> text_map(std::string_view key);  // a table of texts
  // Returns whatever stands there, with the vars of its texts put in; a date as its text. A list of
  // vars in a list makes an element for each of its values.
  std::optional<readers::Setting> any(std::string_view key);
  std::optional<TableReader> table(std::string_view key);
  std::vector<TableReader> tables(std::string_view key);  // an array of tables

  // Returns the var of this name as one text, where one is set: for a setting that every rule of a
  // kind shares. The var counts as used.
  std::optional<std::string> variable(std::string_view name);

  // Reports something about the value of `key` (its element `index` where given), or about the
  // table where it is absent.
  void complain(std::string_view key, std::string message, std::string help = {});
  void complain(std::string_view key, std::size_t index, std::string message,
                std::string help = {});
  // The same, for what is no mistake but surely not meant.
  void warn(std::string_view key, std::string message, std::string help = {});
  // Reports where none of the keys is present.
  void require_one_of(std::initializer_list<std::string_view> keys);
  // Marks keys as known that somebody else reads.
  void accept(std::initializer_list<std::string_view> keys);

  // Reports every key that nobody read, with the nearest known one. Call it last.
  void finish();

  // Returns the table itself, without what lies over it.
  [[nodiscard]] readers::Value value() const { return table_; }
  // Returns where the table stands: its header or braces.
  [[nodiscard]] base::Label place() const;
  // Returns where the value of `key` stands; the table's place where it is absent.
  [[nodiscard]] base::Label place(std::string_view key) const;
  // Returns the place of its element `index`; the value's where it has none.
  [[nodiscard]] base::Label place(std::string_view key, std::size_t index) const;
  [[nodiscard]] base::Diagnostics& diagnostics() { return *diagnostics_; }

 private:
  struct Overlay {
    readers::Value table;
    std::span<const std::string_view> own;  // constants of the program

    [[nodiscard]] bool is_own(std::string_view key) const;
  };
  // A value and whether its patterns were proved good.
  struct Found {
    readers::Value value;
    bool trusted;
  };
  // A text with its vars put in, and where it was written.
  struct Item {
    std::string text;
    Found from;
  };

  [[nodiscard]] std::optional<Found> look_up(std::string_view key) const;
  std::optional<Found> take(std::string_view key);
  std::optional<Found> take(std::string_view key, readers::NodeKind kind);
  std::vector<Item> take_texts(std::string_view key, bool as_pattern);
  std::optional<Item> take_text(std::string_view key, std::string_view wanted, bool as_pattern);
  readers::Setting setting_of(const readers::Value& value);
  std::optional<std::vector<std::string>> expand(const readers::Value& value, bool as_pattern);
  const Var* find_var(const readers::Value& value, std::string_view reference,
                      std::string_view name);
  std::optional<base::Pattern> compile(std::string_view key, const Item& item,
                                       base::Pattern::Options options);
  void report(const readers::Value& value, std::string message, std::string help = {});
  void report_type(std::string_view key, const readers::Value& value, std::string_view wanted,
                   std::string help = {});
  void know(std::string_view key);

  readers::Value table_;
  std::vector<Overlay> overlays_;
  const Vars* vars_;
  base::Diagnostics* diagnostics_;
  bool trusted_;
  std::vector<std::string> known_;
  // Which elements the texts of a list came from: a var may have made several of one.
  std::map<std::string, std::vector<readers::Value>, std::less<>> origins_;
};

// Marks the keys that all kinds of rules have in common, for a reader that only a kind reads.
void accept_rule_head(TableReader& table);

}  // namespace gate::policy
