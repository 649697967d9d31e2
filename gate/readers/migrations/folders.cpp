#include "gate/readers/migrations/folders.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/file_name.h"

namespace gate::readers::migrations {
namespace {

using Role = FileName::Role;

constexpr std::array kTraits{
    // name, hashes, wraps, goes back, needs down, is SQL, late
    RunnerTraits{"Laravel", false, true, true, true, false},
    RunnerTraits{"Django", false, true, true, false, false},
    RunnerTraits{"Rails", false, true, true, false, false},
    RunnerTraits{"Alembic", false, true, true, true, false},
    RunnerTraits{"Doctrine", false, true, true, true, false},
    RunnerTraits{"Phinx", false, true, true, false, false},
    RunnerTraits{"a Node.js runner", false, true, true, true, false},
    RunnerTraits{"golang-migrate", false, false, true, true, true, Late::skipped},
    RunnerTraits{"Flyway", true, true, false, false, true, Late::refused},
    RunnerTraits{"goose", false, true, true, true, true, Late::refused},
    RunnerTraits{"dbmate", false, true, true, true, true},
    RunnerTraits{"Diesel", false, true, true, true, true},
    RunnerTraits{"sqlx", true, true, true, false, true},
    RunnerTraits{"Supabase", false, false, false, false, true, Late::refused},
    RunnerTraits{"Prisma", true, false, false, false, true},
    RunnerTraits{"Drizzle", false, true, false, false, true, Late::skipped},
    RunnerTraits{"the runner", false, false, false, false, true},
};

std::string_view parent_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// Every file of one folder (or project) that runs in one order.
struct Group {
  Runner runner = Runner::plain;
  std::string root;
  std::string folder;
  struct Item {
    std::string path;
    FileName name;
  };
  std::vector<Item> items;
};

class Finder {
 public:
  Finder(std::span<const std::string_view> paths, const ReadFile& read)
      : paths_(paths), read_(read) {}

  std::vector<Sequence> run() {
    for (const std::string_view path : paths_) {
      if (auto name = read_file_name(path)) add(path, *std::move(name));
    }
    std::vector<Sequence> sequences;
    for (auto& [key, group] : groups_)
      add_sequences(group, sequences);
    std::sort(sequences.begin(), sequences.end(), [](const Sequence& a, const Sequence& b) {
      return std::tie(a.root, a.folder, a.runner, a.engine) <
             std::tie(b.root, b.folder, b.runner, b.engine);
    });
    return sequences;
  }

 private:
  [[nodiscard]] bool is_there(const std::string& path) const {
    return std::binary_search(paths_.begin(), paths_.end(), std::string_view(path));
  }

  // Returns the nearest folder at or above `folder` that holds `file`, with a slash behind it.
  [[nodiscard]] std::optional<std::string> root_with(std::string_view folder,
                                                     std::string_view file) const {
    for (;;) {
      const std::string prefix = folder.empty() ? std::string() : std::string(folder) + "/";
      if (is_there(prefix + std::string(file))) return prefix;
      if (folder.empty()) return std::nullopt;
      folder = parent_folder(folder);
    }
  }

  [[nodiscard]] std::string project_root(const FileName& name) const {
    if (name.runner == Runner::laravel) {
      if (auto root = root_with(name.folder, "artisan")) return *root;
      if (auto root = root_with(name.folder, "composer.json")) return *root;
    }
    if (name.runner == Runner::django) {
      if (auto root = root_with(name.folder, "manage.py")) return *root;
      return {};
    }
    if (name.runner == Runner::laravel) {
      const std::size_t at = name.folder.rfind("database/");
      if (at != std::string::npos) return name.folder.substr(0, at);
    }
    return name.folder.empty() ? std::string() : name.folder + "/";
  }

  void add(std::string_view path, FileName name) {
    const bool by_project = name.runner == Runner::laravel || name.runner == Runner::django;
    std::string root = project_root(name);
    const std::string key = std::string(1, static_cast<char>('a' + static_cast<int>(name.runner))) +
                            (by_project ? root : name.folder);
    Group& group = groups_[key];
    if (group.items.empty() || name.folder.size() < group.folder.size()) group.folder = name.folder;
    group.runner = name.runner;
    group.root = std::move(root);
    group.items.push_back({std::string(path), std::move(name)});
  }

  void add_sequences(Group& group, std::vector<Sequence>& sequences) {
    std::set<std::optional<Engine>> engines;
    for (const Group::Item& item : group.items) {
      if (item.name.engine) engines.insert(item.name.engine);
    }
    if (engines.empty()) engines.insert(std::nullopt);
    for (const std::optional<Engine>& engine : engines) {
      Sequence sequence = make_sequence(group, engine);
      if (!sequence.files.empty() || !sequence.dumps.empty())
        sequences.push_back(std::move(sequence));
    }
  }

  Sequence make_sequence(const Group& group, std::optional<Engine> engine) {
    Sequence sequence;
    sequence.runner = group.runner;
    sequence.root = group.root;
    sequence.folder = group.folder;
    sequence.engine = engine;
    std::map<std::string, std::string> down;
    for (const Group::Item& item : group.items) {
      if (item.name.role == Role::down && fits(item, engine)) down[item.name.name] = item.path;
    }
    for (const Group::Item& item : group.items) {
      if (!fits(item, engine)) continue;
      if (item.name.role == Role::dump) sequence.dumps.push_back(item.path);
      if (item.name.role != Role::up) continue;
      MigrationFile file;
      file.path = item.path;
      file.version = item.name.version;
      file.name = item.name.name;
      file.order = item.name.order;
      if (const auto found = down.find(file.name); found != down.end())
        file.down_path = found->second;
      if (group.runner == Runner::django) {
        file.app = app_label(item.name.app_folder);
        file.app_folder = item.name.app_folder;
      }
      sequence.files.push_back(std::move(file));
    }
    if (sequence.runner == Runner::plain) order_by_journal(sequence);
    if (sequence.runner == Runner::golang_migrate) find_sqlx(sequence);
    std::stable_sort(sequence.files.begin(), sequence.files.end(),
                     [](const MigrationFile& a, const MigrationFile& b) {
                       return std::tie(a.order, a.path) < std::tie(b.order, b.path);
                     });
    return sequence;
  }

  static bool fits(const Group::Item& item, std::optional<Engine> engine) {
    return !item.name.other_engine && (!item.name.engine || item.name.engine == engine);
  }

  // The label of an app: what apps.py says, or the name of its folder.
  const std::string& app_label(const std::string& folder) {
    const auto [entry, fresh] = labels_.try_emplace(folder);
    if (!fresh) return entry->second;
    const std::size_t slash = folder.rfind('/');
    entry->second = slash == std::string::npos ? folder : folder.substr(slash + 1);
    const std::optional<std::string> text = read_(folder + "/apps.py");
    if (!text) return entry->second;
    if (auto label = assigned_text(*text, "label"); !label.empty()) {
      entry->second = std::move(label);
    } else if (auto name = assigned_text(*text, "name"); !name.empty()) {
      entry->second = name.substr(name.rfind('.') + 1);
    }
    return entry->second;
  }

  // Drizzle keeps the order in meta/_journal.json: each entry has the name of its file as "tag".
  void order_by_journal(Sequence& sequence) const {
    const std::optional<std::string> journal = read_(sequence.folder + "/meta/_journal.json");
    if (!journal) return;
    sequence.runner = Runner::drizzle;
    for (MigrationFile& file : sequence.files) {
      const std::size_t at = journal->find('"' + file.name + '"');
      // One that the journal does not name never runs; it is kept, at the end.
      const std::string place = std::to_string(std::min(at, journal->size() + 1));
      file.order = std::string(20 - std::min<std::size_t>(place.size(), 20), '0') + place;
    }
  }

  // sqlx names its files as golang-migrate does; the project's Cargo.toml tells.
  void find_sqlx(Sequence& sequence) const {
    const auto root = root_with(sequence.folder, "Cargo.toml");
    if (!root) return;
    const std::optional<std::string> manifest = read_(*root + "Cargo.toml");
    if (manifest && manifest->find("sqlx") != std::string::npos) sequence.runner = Runner::sqlx;
  }

  std::span<const std::string_view> paths_;
  const ReadFile& read_;
  std::map<std::string, Group> groups_;
  std::map<std::string, std::string> labels_;
};

}  // namespace

const RunnerTraits& traits(Runner runner) { return kTraits[static_cast<std::size_t>(runner)]; }

std::string assigned_text(std::string_view text, std::string_view word) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const auto skip = [&line] {
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
        line.remove_prefix(1);
    };
    skip();
    if (!line.starts_with(word)) continue;
    line.remove_prefix(word.size());
    skip();
    if (!line.starts_with('=')) continue;
    line.remove_prefix(1);
    skip();
    if (line.empty() || (line.front() != '"' && line.front() != '\'')) continue;
    const std::size_t close = line.find(line.front(), 1);
    if (close != std::string_view::npos) return std::string(line.substr(1, close - 1));
  }
  return {};
}

std::vector<Sequence> find_sequences(std::span<const std::string_view> paths,
                                     const ReadFile& read) {
  return Finder(paths, read).run();
}

}  // namespace gate::readers::migrations
