// dotenv-expand 11 and the older one inside @next/env 16: both expand a whole file after it was
// parsed, so that a reference sees keys that stand below it.
#include <algorithm>
#include <map>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/pattern.h"
#include "gate/readers/formats/dotenv/node.h"

namespace gate::readers {
namespace {

constexpr std::size_t kMostRounds = 10'000;  // of expansion in one file's value
// Bytes that are looked through in all rounds of a file: each round may look through a whole value.
constexpr std::size_t kMostWork = std::size_t{256} << 10;
constexpr std::string_view kTooMuch = "references that take too much work to follow";
constexpr std::size_t kDeepest = 200;

// A file's keys, each once, and what a reference finds besides them.
class Expansion {
 public:
  Expansion(EnvFile& file, const EnvScope& scope) : file_(file), scope_(scope) {
    for (const EnvEntry& entry : file.entries)
      parsed_.insert_or_assign(entry.key, entry.value);
  }

 protected:
  // process.env before the file is loaded; an empty value counts as none, as `||` takes it.
  [[nodiscard]] std::optional<std::string> process(std::string_view key) const {
    for (const EnvLookup* lookup : {&scope_.process, &scope_.earlier}) {
      if (!*lookup) continue;
      std::optional<std::string> found = (*lookup)(key);
      if (found) return found;
    }
    return std::nullopt;
  }

  // Returns the first entry of every key with the value that counts, in file order: the order in
  // which JavaScript walks an object.
  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    std::map<std::string_view, bool> seen;
    for (const EnvEntry& entry : file_.entries) {
      if (seen.try_emplace(entry.key, true).second) keys.push_back(entry.key);
    }
    return keys;
  }

  void store() {
    for (EnvEntry& entry : file_.entries)
      entry.value = parsed_.find(entry.key)->second;
  }

  // Says that the reader stops at this key, and at which of its lines.
  void fail(const std::string& key, EnvEffect effect, std::string message) {
    for (const EnvEntry& entry : file_.entries) {
      if (entry.key != key) continue;
      file_.problems.push_back({entry.value_span, effect, std::move(message)});
      return;
    }
  }

  EnvFile& file_;
  const EnvScope& scope_;
  std::map<std::string, std::string, std::less<>> parsed_;
};

class DotenvExpand : Expansion {
 public:
  using Expansion::Expansion;

  void run() {
    for (const std::string& key : keys()) {
      const std::optional<std::string> set = process(key);
      const std::string value = parsed_.find(key)->second;
      rounds_ = 0;
      std::string expanded = set && *set != value ? *set : interpolate(value, 0);
      if (work_ > kMostWork) {
        fail(key, EnvEffect::refuses_file, std::string(kTooMuch));
        return;
      }
      if (rounds_ > kMostRounds) {
        fail(key, EnvEffect::refuses_file,
             "references that go round in a circle: dotenv-expand ends with an error");
        return;
      }
      replace_all(expanded, "\\$", "$");
      parsed_.find(key)->second = std::move(expanded);
    }
    store();
  }

 private:
  // A reference, its default up to three braces deep, and a backslash before it.
  static const base::Pattern& reference() {
    static const base::Pattern kReference = base::Pattern::trusted(
        R"((\\)?\$(\{?)([\w.]+)(?::?-((?:\$\{(?:\$\{(?:\$\{[^}]*\}|[^}])*\}|[^}])*\}|[^}])+))?(\}?))",
        {.multi_line = true});
    return kReference;
  }

  std::string interpolate(const std::string& value, std::size_t depth) {
    if (value.find('$') == std::string::npos) return value;
    if (depth > kDeepest) rounds_ = kMostRounds + 1;
    work_ += value.size();
    std::string out;
    std::vector<std::string_view> groups;
    std::size_t at = 0;
    while (rounds_ <= kMostRounds && work_ <= kMostWork &&
           reference().find(value, at, value.size(), groups)) {
      ++rounds_;
      const auto begin = static_cast<std::size_t>(groups[0].data() - value.data());
      out.append(value, at, begin - at);
      at = begin + groups[0].size();
      if (groups[1].data() != nullptr) {
        out += groups[0].substr(1);
      } else {
        out += resolve(groups[3], groups[4], value, depth);
      }
      if (out.size() > kEnvValueLimit) rounds_ = kMostRounds + 1;
    }
    return out.append(value, at);
  }

  std::string resolve(std::string_view key, std::string_view fallback, const std::string& value,
                      std::size_t depth) {
    const auto parsed = parsed_.find(key);
    if (const auto set = process(key); set && !set->empty()) {
      if (parsed != parsed_.end() && parsed->second == *set) return *set;
      return interpolate(*set, depth + 1);
    }
    if (parsed != parsed_.end() && !parsed->second.empty() && parsed->second != value)
      return interpolate(std::string(parsed->second), depth + 1);
    if (fallback.empty()) return {};
    return fallback.front() == '$' ? interpolate(std::string(fallback), depth + 1)
                                   : std::string(fallback);
  }

  std::size_t rounds_ = 0;
  std::size_t work_ = 0;
};

class NextExpand : Expansion {
 public:
  using Expansion::Expansion;

  void run() {
    for (const std::string& key : keys()) {
      std::string value = process(key).value_or(parsed_.find(key)->second);
      if (!interpolate(value)) {
        fail(key, EnvEffect::drops_keys,
             work_ > kMostWork
                 ? std::string(kTooMuch)
                 : "references that go round in a circle: Next.js loads no key of this file");
        file_.entries.clear();
        return;
      }
      replace_all(value, "\\$", "$");
      parsed_.find(key)->second = std::move(value);
    }
    store();
  }

 private:
  // Replaces the last reference of the value until there is none. The text of the reference is
  // replaced where it stands first, as a string is by JavaScript's replace().
  bool interpolate(std::string& value) {
    for (std::size_t round = 0;; ++round) {
      work_ += value.size();
      const std::size_t last = find_last(value);
      if (last == std::string::npos) return true;
      std::size_t end = last + 1;
      if (value.compare(end, 1, "{") == 0) ++end;
      const std::size_t name = end;
      while (end < value.size() && (base::is_alphanumeric(value[end]) || value[end] == '_'))
        ++end;
      if (end == name) return true;
      const std::string_view key = std::string_view(value).substr(name, end - name);
      std::string_view fallback;
      if (value.compare(end, 2, ":-") == 0) {
        const std::size_t begin = end + 2;
        end = std::min(value.find_first_of("}\\", begin), value.size());
        fallback = std::string_view(value).substr(begin, end - begin);
      }
      if (value.compare(end, 1, "}") == 0) ++end;
      if (round > kMostRounds || value.size() > kEnvValueLimit || work_ > kMostWork) return false;
      const std::string reference = value.substr(last, end - last);
      const std::string replacement = resolve(key, fallback);
      const std::size_t at = value.find(reference);
      value = value.substr(0, at) + expand_marks(replacement, value, at, reference) +
              value.substr(at + reference.size());
    }
  }

  static std::size_t find_last(std::string_view value) {
    for (std::size_t at = value.rfind('$'); at != std::string_view::npos;
         at = at == 0 ? std::string_view::npos : value.rfind('$', at - 1)) {
      if (at == 0 || value[at - 1] != '\\') return at;
    }
    return std::string_view::npos;
  }

  [[nodiscard]] std::string resolve(std::string_view key, std::string_view fallback) const {
    if (const auto set = process(key); set && !set->empty()) return *set;
    if (!fallback.empty()) return std::string(fallback);
    const auto parsed = parsed_.find(key);
    return parsed == parsed_.end() ? std::string() : parsed->second;
  }

  // The marks that JavaScript's replace() knows in its second argument: $$, $&, $` and $'.
  static std::string expand_marks(std::string_view replacement, std::string_view value,
                                  std::size_t at, std::string_view matched) {
    std::string out;
    // What is too long is refused by the next round.
    for (std::size_t i = 0; i < replacement.size() && out.size() <= kEnvValueLimit; ++i) {
      const char next =
          replacement[i] == '$' && i + 1 < replacement.size() ? replacement[i + 1] : 0;
      if (next != '$' && next != '&' && next != '`' && next != '\'') {
        out += replacement[i];
        continue;
      }
      ++i;
      if (next == '$') out += '$';
      if (next == '&') out += matched;
      if (next == '`') out += value.substr(0, at);
      if (next == '\'') out += value.substr(at + matched.size());
    }
    return out;
  }

  std::size_t work_ = 0;
};

}  // namespace

EnvFile read_node_expand(std::string_view text, const EnvScope& scope) {
  EnvFile file = parse_node(text, "dotenv");
  DotenvExpand(file, scope).run();
  return file;
}

EnvFile read_next(std::string_view text, const EnvScope& scope) {
  EnvFile file = parse_node(text, "Next.js");
  NextExpand(file, scope).run();
  return file;
}

}  // namespace gate::readers
