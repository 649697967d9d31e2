#include "gate/readers/migrations/file_name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "gate/base/ascii.h"

namespace gate::readers::migrations {
namespace {

using Role = FileName::Role;

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::size_t digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && base::is_digit(text[count]))
    ++count;
  return count;
}

// Numbers padded, so that they compare as numbers by their bytes.
std::string padded(std::string_view version) {
  constexpr std::size_t kWidth = 20;
  std::string out;
  while (!version.empty()) {
    std::size_t count = digits(version);
    std::string_view number = version.substr(0, count);
    version.remove_prefix(count);
    while (number.size() > 1 && number.front() == '0')
      number.remove_prefix(1);
    if (number.size() < kWidth) out.append(kWidth - number.size(), '0');
    out += number;
    if (!version.empty()) {
      out += '.';
      version.remove_prefix(1);
    }
  }
  return out;
}

bool strip(std::string_view& text, std::string_view ending) {
  if (!text.ends_with(ending)) return false;
  text.remove_suffix(ending.size());
  return true;
}

// One path, cut up.
class Reader {
 public:
  explicit Reader(std::string_view path) : parts_(components(path)) {
    file_ = parts_.back();
    parts_.pop_back();
  }

  std::optional<FileName> read() {
    for (const std::string_view part : parts_) {
      constexpr std::array<std::string_view, 8> kForeign{
          "vendor", "node_modules", "site-packages", ".venv", "venv", ".git", "dist", "target"};
      if (std::find(kForeign.begin(), kForeign.end(), part) != kForeign.end()) return std::nullopt;
    }
    std::string_view stem = file_;
    if (strip(stem, ".php")) return read_php(stem);
    if (strip(stem, ".py")) return read_python(stem);
    if (strip(stem, ".rb")) return read_ruby(stem);
    if (strip(stem, ".sql")) return read_sql(stem);
    if (strip(stem, ".dump")) return read_dump(stem);
    if (strip(stem, ".js") || strip(stem, ".ts") || strip(stem, ".cjs") || strip(stem, ".mjs"))
      return read_script(stem);
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string folder(std::size_t up = 0) const {
    std::string text;
    for (std::size_t index = 0; index + up < parts_.size(); ++index) {
      if (!text.empty()) text += '/';
      text += parts_[index];
    }
    return text;
  }

  [[nodiscard]] std::string_view parent(std::size_t up = 0) const {
    return up < parts_.size() ? parts_[parts_.size() - 1 - up] : std::string_view();
  }

  [[nodiscard]] bool below(std::initializer_list<std::string_view> names) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](std::string_view part) {
      const std::string lowered = base::to_lower(part);
      return std::find(names.begin(), names.end(), lowered) != names.end();
    });
  }

  [[nodiscard]] FileName make(Runner runner, std::string_view version,
                              std::string_view name) const {
    FileName file;
    file.runner = runner;
    file.folder = folder();
    file.version = version;
    file.name = name;
    file.order = name;
    return file;
  }

  std::optional<FileName> read_php(std::string_view stem) const {
    // 2024_01_31_120000_create_orders_table
    const bool stamped = stem.size() > 18 && digits(stem) == 4 && stem[4] == '_' &&
                         digits(stem.substr(5)) == 2 && stem[7] == '_' &&
                         digits(stem.substr(8)) == 2 && stem[10] == '_' &&
                         digits(stem.substr(11)) == 6 && stem[17] == '_';
    if (stamped && below({"migrations", "migration"})) {
      return make(Runner::laravel, stem.substr(0, 17), stem);
    }
    if (stem.size() == 21 && stem.starts_with("Version") && digits(stem.substr(7)) == 14)
      return make(Runner::doctrine, stem.substr(7), stem);
    if (stem.size() > 15 && digits(stem) == 14 && stem[14] == '_' && below({"migrations"}))
      return make(Runner::phinx, stem.substr(0, 14), stem);
    return std::nullopt;
  }

  std::optional<FileName> read_python(std::string_view stem) const {
    if (parent() == "versions" && below({"alembic", "migrations", "migration"}) &&
        !stem.starts_with("__"))
      return make(Runner::alembic, stem.substr(0, stem.find('_')), stem);
    if (parent() != "migrations" || parts_.size() < 2 || stem.starts_with("_") ||
        stem.starts_with("~") || stem == "env" || stem == "conftest")
      return std::nullopt;
    FileName file = make(Runner::django, stem.substr(0, digits(stem)), stem);
    file.app_folder = folder(1);
    return file;
  }

  std::optional<FileName> read_ruby(std::string_view stem) const {
    if (parent() != "migrate" || digits(stem) != 14) return std::nullopt;
    return make(Runner::rails, stem.substr(0, 14), stem);
  }

  std::optional<FileName> read_script(std::string_view stem) const {
    const std::size_t count = digits(stem);
    if (count < 13 || count > 14 || parent() != "migrations" || stem.size() <= count)
      return std::nullopt;
    return make(Runner::node, stem.substr(0, count), stem);
  }

  std::optional<FileName> read_dump(std::string_view stem) const {
    if (!stem.ends_with("-schema") || parent() != "schema" || parent(1) != "database")
      return std::nullopt;
    FileName file = make(Runner::laravel, {}, stem);
    file.role = Role::dump;
    return file;
  }

  // Takes the name of a database out of `stem`: "2020_identities.mysql".
  static void take_engine(std::string_view& stem, FileName& file) {
    const std::size_t dot = stem.rfind('.');
    if (dot == std::string_view::npos) return;
    const std::string_view word = stem.substr(dot + 1);
    if (word == "cockroach" || word == "oracle" || word == "mssql" || word == "sqlserver" ||
        word == "clickhouse") {
      file.other_engine = true;
    } else if (const auto database = parse_database(word)) {
      file.engine = database->engine;
    } else {
      return;
    }
    stem = stem.substr(0, dot);
  }

  void take_engine_of_folder(FileName& file) const {
    if (file.engine || file.other_engine) return;
    for (const std::string_view part : parts_) {
      if (part == "cockroach" || part == "cockroachdb" || part == "oracle" || part == "mssql" ||
          part == "sqlserver" || part == "clickhouse")
        file.other_engine = true;
      else if (const auto database = parse_database(part))
        file.engine = database->engine;
    }
  }

  std::optional<FileName> read_sql(std::string_view stem) const {
    if (const auto dump = read_dump(stem)) return dump;
    std::optional<FileName> file = read_sql_name(stem);
    if (file) take_engine_of_folder(*file);
    return file;
  }

  std::optional<FileName> read_sql_name(std::string_view stem) const {
    // Folders that hold one migration each.
    if (stem == "migration" && parts_.size() >= 2) return of_folder(Runner::prisma, Role::up);
    if ((stem == "up" || stem == "down") && parts_.size() >= 2 && digits(parent()) > 0)
      return of_folder(Runner::diesel, stem == "up" ? Role::up : Role::down);

    Role role = Role::up;
    bool paired = false;
    if (strip(stem, ".up")) paired = true;
    if (strip(stem, ".down") || strip(stem, ".rollback") || strip(stem, ".undo")) {
      paired = true;
      role = Role::down;
    }
    FileName file = make(paired ? Runner::golang_migrate : Runner::plain, {}, stem);
    file.role = role;
    take_engine(stem, file);
    if (const auto flyway = read_flyway(stem, file)) return flyway;
    std::string_view number = stem;
    if (!number.empty() && (number.front() == 'V' || number.front() == 'v'))
      number.remove_prefix(1);
    const std::size_t count = digits(number);
    const bool numbered = count > 0 && (number.size() == count || number[count] == '_' ||
                                        number[count] == '-' || number[count] == '.');
    if (!paired && (!numbered || !below({"migrations", "migration", "migrate", "drizzle"})))
      return std::nullopt;
    if (parent() == "migrations" && parent(1) == "supabase") file.runner = Runner::supabase;
    file.version = number.substr(0, count);
    file.name = stem;
    file.order = numbered ? padded(file.version) + "_" + std::string(stem) : std::string(stem);
    return file;
  }

  [[nodiscard]] FileName of_folder(Runner runner, Role role) const {
    const std::string_view name = parent();
    FileName file = make(runner, name.substr(0, digits(name)), name);
    file.folder = folder(1);
    file.role = role;
    if (!file.version.empty()) file.order = padded(file.version) + "_" + file.name;
    return file;
  }

  // V1.2__name, U1.2__name, R__name.
  std::optional<FileName> read_flyway(std::string_view stem, FileName file) const {
    const std::size_t mark = stem.find("__");
    if (mark == std::string_view::npos || stem.empty()) return std::nullopt;
    const char kind = stem.front();
    std::string version(stem.substr(1, mark - 1));
    const bool is_number = !version.empty() && base::is_digit(version.front()) &&
                           std::all_of(version.begin(), version.end(), [](char c) {
                             return base::is_digit(c) || c == '.' || c == '_';
                           });
    if (kind == 'R' && version.empty()) {
      file.order = "~" + std::string(stem);  // repeatable ones run after all others
    } else if ((kind == 'V' || kind == 'U') && is_number) {
      file.order = padded(version);
      if (kind == 'U') file.role = Role::down;
    } else {
      return std::nullopt;
    }
    file.runner = Runner::flyway;
    file.version = version;
    file.name = stem.substr(1);
    return file;
  }

  std::vector<std::string_view> parts_;  // folders
  std::string_view file_;
};

}  // namespace

std::optional<FileName> read_file_name(std::string_view path) { return Reader(path).read(); }

}  // namespace gate::readers::migrations
