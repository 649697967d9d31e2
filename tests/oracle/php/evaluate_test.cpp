// php_evaluate EVALUATE.PHP FOLDER: evaluates expressions and configurations as PHP with Laravel's
// own helpers does (evaluate.php), and compares. Exit status 0: what we know is so, and we know
// enough; 1: not; 77: PHP or the packages are not there.
//
// FOLDER/environments has files of variables, and everything is asked under each;
// FOLDER/expressions has an expression a line (`#` begins a remark, `?` an expression that gate
// need not know, a line without its end goes on in the next); FOLDER/config/*.php are
// configurations. Every pair of some values under every operator is tried as well, under the first
// environment.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "gate/readers/formats/php/php.h"
#include "gate/readers/settings/laravel/world.h"
#include "gate/readers/settings/php/evaluator.h"
#include "tests/support/child.h"

namespace gate::tests {
namespace {

namespace fs = std::filesystem;
namespace php = readers::php;

constexpr int kSkipped = 77;
constexpr std::size_t kBatch = 400;  // files for one start of PHP

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Variables final : public readers::EnvironmentValues {
 public:
  explicit Variables(const fs::path& file) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t sign = line.find('=');
      if (sign != std::string::npos) values_.emplace(line.substr(0, sign), line.substr(sign + 1));
    }
  }
  [[nodiscard]] readers::EnvironmentValue find(std::string_view key) const override {
    readers::EnvironmentValue value;
    const auto found = values_.find(key);
    if (found == values_.end()) return value;
    value.state = readers::EnvironmentValue::State::set;
    value.value = found->second;
    return value;
  }
  [[nodiscard]] std::vector<std::string> keys() const override { return {}; }
  [[nodiscard]] std::string incomplete() const override { return {}; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

class NoFiles final : public readers::ProjectFiles {
 public:
  [[nodiscard]] std::optional<std::string> read(std::string_view) const override { return {}; }
  [[nodiscard]] bool has(std::string_view) const override { return false; }
  [[nodiscard]] std::vector<std::string> below(std::string_view) const override { return {}; }
};

std::string hex(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes)
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out + '"';
}

// Spells a value as evaluate.php does; `?` where it is unknown.
std::string spelled(const php::Value& value) {
  switch (value.type()) {
    case php::Type::null:
      return "null";
    case php::Type::boolean:
      return value.truth() ? "true" : "false";
    case php::Type::integer:
      return std::to_string(value.whole());
    case php::Type::number: {
      if (value.real() == 0) return std::signbit(value.real()) ? "-0.0" : "0.0";
      if (std::isnan(value.real())) return "nan";
      const std::string text = fmt::format("{:.17e}", value.real());
      const std::size_t e = text.find('e');
      if (e == std::string::npos) return text;  // inf
      // PHP writes the exponent without a leading zero.
      std::string digits = text.substr(e + 2);
      digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
      return text.substr(0, e + 2) + digits;
    }
    case php::Type::string:
      return hex(value.text());
    case php::Type::array: {
      if (!value.array().unknown_key().empty()) return "?";
      std::string out = "[";
      for (const php::Array::Entry& entry : value.array().entries()) {
        if (out.size() > 1) out += ',';
        out += (entry.key.is_number() ? entry.key.shown() : hex(entry.key.text())) + "=>" +
               spelled(entry.value);
      }
      return out + "]";
    }
    default:
      return "?";
  }
}

struct Case {
  std::string name;
  std::string code;
  bool may_be_unknown = false;
};

std::vector<Case> read_expressions(const fs::path& file) {
  std::vector<Case> cases;
  std::ifstream lines(file);
  std::string expression;
  for (std::string line; std::getline(lines, line);) {
    if (expression.empty() && (line.empty() || line[0] == '#')) continue;
    expression += (expression.empty() ? "" : "\n") + line;
    Case one;
    one.may_be_unknown = expression[0] == '?' && expression[1] == ' ';
    one.name = expression.substr(one.may_be_unknown ? 2 : 0);
    one.code =
        fmt::format("<?php use Illuminate\\Support\\{{Arr, Env, Str}};\nreturn {};\n", one.name);
    const auto tree = php::parse(std::make_shared<const base::Source>("x", one.code));
    if (!tree->ok() && lines.peek() != EOF && expression.find("<<<") != std::string::npos) continue;
    cases.push_back(std::move(one));
    expression.clear();
  }
  return cases;
}

std::vector<Case> make_pairs() {
  const std::vector<std::string> values = {"null",
                                           "true",
                                           "false",
                                           "0",
                                           "1",
                                           "-7",
                                           "1.5",
                                           "-0.0",
                                           "PHP_INT_MAX",
                                           "''",
                                           "'0'",
                                           "'1'",
                                           "' 1'",
                                           "'1 '",
                                           "'1e3'",
                                           "'abc'",
                                           "'12abc'",
                                           "'-7'",
                                           "'9223372036854775808'",
                                           "[]",
                                           "[1]",
                                           "['a' => 1]"};
  const std::vector<std::string> operators = {
      "+", "-",  "*",   "/",  "%",  "**",  ".",  "==", "!=", "===", "!==", "<",  "<=",
      ">", ">=", "<=>", "&&", "||", "xor", "??", "?:", "&",  "|",   "^",   "<<", ">>"};
  std::vector<Case> cases;
  for (const std::string& op : operators) {
    for (const std::string& left : values) {
      for (const std::string& right : values) {
        const std::string name = fmt::format("{} {} {}", left, op, right);
        cases.push_back({name, fmt::format("<?php return ({} {} {});", left, op, right), true});
      }
    }
  }
  const std::vector<std::string> casts = {
      "(int)",   "(float)",    "(string)", "(bool)", "(array)",      "-",     "+",          "!",
      "~",       "is_numeric", "intval",   "empty",  "array_filter", "count", "strtolower", "trim",
      "implode", "Str::slug"};
  for (const std::string& cast : casts)
    for (const std::string& value : values)
      cases.push_back(
          {cast + value,
           fmt::format("<?php use Illuminate\\Support\\Str; return {}({});", cast, value), true});
  return cases;
}

// Returns PHP's answers, one a case, or nothing where PHP cannot be asked.
std::vector<std::string> ask_php(const fs::path& script, const fs::path& environment,
                                 const std::vector<Case>& cases, const fs::path& folder) {
  std::vector<std::string> answers;
  for (std::size_t first = 0; first < cases.size(); first += kBatch) {
    ChildCommand command;
    command.argv = {"php", script.string(), environment.string()};
    for (const std::string& variable : own_environment())
      if (variable.starts_with("PATH=")) command.environment.push_back(variable);
    command.folder = folder;
    command.output = "answers";
    for (std::size_t i = first; i < std::min(cases.size(), first + kBatch); ++i) {
      const std::string name = fmt::format("{}.php", i);
      std::ofstream(folder / name, std::ios::binary) << cases[i].code;
      command.argv.push_back((folder / name).string());
    }
    const auto result = run_child(command);
    if (!result || result->status == kSkipped || result->status == 127) return {};
    std::ifstream lines(folder / "answers");
    for (std::string line; std::getline(lines, line);)
      answers.push_back(line);
  }
  return answers;
}

// Whether what we know of a value is what PHP says: `?` stands for any part.
bool agrees(std::string_view ours, std::string_view theirs) {
  const std::size_t mark = ours.find('?');
  if (mark == std::string_view::npos) return ours == theirs;
  if (!theirs.starts_with(ours.substr(0, mark))) return false;
  ours.remove_prefix(mark + 1);
  theirs.remove_prefix(mark);
  // The part ends where what follows it begins, brackets closed.
  std::size_t open = 0;
  std::size_t at = 0;
  for (; at < theirs.size(); ++at) {
    if (theirs[at] == '[') ++open;
    if (open == 0 && (theirs[at] == ',' || theirs[at] == ']')) break;
    if (theirs[at] == ']') --open;
  }
  return agrees(ours, theirs.substr(at));
}

struct Tally {
  std::size_t asked = 0;
  std::size_t unknown = 0;  // but for what need not be known: a mistake
  std::size_t wrong = 0;
};

void print_difference(const Case& one, const fs::path& environment, const php::Value& value,
                      std::string_view ours, std::string_view theirs) {
  fmt::print("{} [{}]\n  gate {}\n  php  {}\n", one.name, environment.filename().string(),
             value.is_known() ? std::string(ours) : "unknown: " + value.reason(), theirs);
}

void judge(const Case& one, const fs::path& environment, const Variables& variables,
           const std::string& theirs, Tally& tally) {
  const NoFiles files;
  php::File file;
  file.path = std::make_shared<const std::string>("x.php");
  file.tree = php::parse(std::make_shared<const base::Source>("x.php", one.code));
  readers::laravel::World world(files, variables);
  const php::Value value = php::Evaluator(world).run(file);
  const std::string ours = spelled(value);
  ++tally.asked;
  if (ours == "?") {
    // What PHP makes an object of, or stops at, nobody asks for.
    if (one.may_be_unknown || theirs == "stopped" || theirs == "object") return;
    ++tally.unknown;
  } else if (!agrees(ours, theirs)) {
    ++tally.wrong;
  } else {
    return;
  }
  constexpr std::size_t kMost = 100;
  if (tally.unknown + tally.wrong <= kMost) print_difference(one, environment, value, ours, theirs);
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  if (fs::exists(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      paths.push_back(fs::absolute(entry.path()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

int compare(const fs::path& script, const fs::path& samples) {
  std::vector<Case> cases;
  for (const fs::path& path : files_in(samples / "expressions"))
    for (Case& one : read_expressions(path))
      cases.push_back(std::move(one));
  for (const fs::path& path : files_in(samples / "config"))
    cases.push_back({path.filename().string(), read(path), true});
  const std::size_t listed = cases.size();
  for (Case& pair : make_pairs())
    cases.push_back(std::move(pair));
  Tally tally;
  for (const fs::path& environment : files_in(samples / "environments")) {
    std::string pattern = (fs::temp_directory_path() / "gate-php-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return 1;
    const std::vector<std::string> answers =
        ask_php(fs::absolute(script), environment, cases, pattern);
    fs::remove_all(pattern);
    if (answers.empty()) {
      fmt::print("skipped: php, php-illuminate-support or php-vlucas-phpdotenv is not installed\n");
      return kSkipped;
    }
    if (answers.size() != cases.size()) {
      fmt::print("PHP gave {} answers to {} files\n", answers.size(), cases.size());
      return 1;
    }
    const Variables variables(environment);
    for (std::size_t i = 0; i < cases.size(); ++i)
      judge(cases[i], environment, variables, answers[i], tally);
    cases.resize(listed);
  }
  fmt::print("{} asked; {} unknown, {} wrong\n", tally.asked, tally.unknown, tally.wrong);
  return tally.asked > 0 && tally.unknown == 0 && tally.wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gate::tests

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("php_evaluate EVALUATE.PHP FOLDER\n", stderr);
    return 2;
  }
  return gate::tests::compare(arguments[1], arguments[2]);
}
