#include "gate/repo/ignore.h"

#include <algorithm>
#include <array>

namespace gate::repo {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_special(char c) { return c == '*' || c == '?' || c == '[' || c == '\\'; }

std::size_t literal_length(std::string_view glob) {
  return static_cast<std::size_t>(std::find_if(glob.begin(), glob.end(), is_special) -
                                  glob.begin());
}

// Drops trailing spaces that no backslash protects.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = line.size();
  bool open = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') {
      if (!open) end = i;
      open = true;
    } else {
      if (line[i] == '\\') {
        ++i;
        if (i == line.size()) return line;
      }
      open = false;
    }
  }
  return open ? line.substr(0, end) : line;
}

bool equal(std::string_view a, std::string_view b, bool ignore_case) {
  if (!ignore_case) return a == b;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

// The classes of characters of POSIX, in the C locale as git has them.
struct Class {
  std::string_view name;
  bool (*holds)(unsigned char);
};

bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_alpha(unsigned char c) { return is_lower(c) || is_upper(c); }
bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
bool is_blank(unsigned char c) { return c == ' ' || c == '\t'; }
bool is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }
bool is_print(unsigned char c) { return c >= 0x20 && c < 0x7F; }
bool is_graph(unsigned char c) { return is_print(c) && c != ' '; }
bool is_punct(unsigned char c) { return is_graph(c) && !is_alnum(c); }
bool is_hex(unsigned char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr std::array<Class, 12> kClasses{{{"alnum", is_alnum},
                                          {"alpha", is_alpha},
                                          {"blank", is_blank},
                                          {"cntrl", is_control},
                                          {"digit", is_digit},
                                          {"graph", is_graph},
                                          {"lower", is_lower},
                                          {"print", is_print},
                                          {"punct", is_punct},
                                          {"space", is_space},
                                          {"upper", is_upper},
                                          {"xdigit", is_hex}}};

}  // namespace

IgnoreFile::IgnoreFile(std::string_view text, bool ignore_case) : ignore_case_(ignore_case) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    if (line.back() == '\r') line.remove_suffix(1);
    line = line.substr(0, line.find('\0'));  // git reads lines as C strings
    add(without_trailing_spaces(line));
  }
}

void IgnoreFile::add(std::string_view line) {
  Pattern pattern;
  if (line.starts_with('!')) {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folder_only = true;
    line.remove_suffix(1);
  }
  pattern.name_only = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  const std::size_t length = literal_length(line);
  pattern.prefix = line.substr(0, length);
  if (length == line.size()) {
    pattern.is_literal = true;
  } else if (pattern.name_only && line[0] == '*' &&
             literal_length(line.substr(1)) == line.size() - 1) {
    pattern.is_suffix = true;
    pattern.tail = line.substr(1);
  } else {
    compile(pattern, line.substr(length));
    if (pattern.never) return;
  }
  patterns_.push_back(std::move(pattern));
}

void IgnoreFile::compile(Pattern& pattern, std::string_view glob) {
  using Kind = Step::Kind;
  auto& steps = pattern.steps;
  for (std::size_t at = 0; at < glob.size();) {
    const char c = glob[at];
    if (c == '\\') {
      if (at + 1 == glob.size()) {
        pattern.never = true;
        return;
      }
      steps.push_back({Kind::literal, ignore_case_ ? lower(glob[at + 1]) : glob[at + 1], 0});
      at += 2;
    } else if (c == '?') {
      steps.push_back({Kind::any, 0, 0});
      ++at;
    } else if (c == '[') {
      if (!compile_set(glob, at, pattern)) {
        pattern.never = true;
        return;
      }
    } else if (c == '*') {
      const bool at_start = at == 0 || glob[at - 1] == '/';
      std::size_t end = at;
      while (end < glob.size() && glob[end] == '*')
        ++end;
      const std::string_view rest = glob.substr(end);
      const bool is_deep =
          end - at > 1 && at_start && (rest.empty() || rest[0] == '/' || rest.starts_with("\\/"));
      if (!is_deep) {
        steps.push_back({Kind::star, 0, 0});
      } else if (rest.starts_with('/')) {
        steps.push_back({Kind::deep_open, 0, 0});
        steps.push_back({Kind::deep_inside, 0, 0});
        ++end;
      } else {
        steps.push_back({Kind::deep, 0, 0});
      }
      at = end;
    } else {
      steps.push_back({Kind::literal, ignore_case_ ? lower(c) : c, 0});
      ++at;
    }
  }
}

// Reads `[...]` at `at` and moves behind it; false where it has no end or names an unknown class.
bool IgnoreFile::compile_set(std::string_view glob, std::size_t& at, Pattern& pattern) {
  std::bitset<256> set;
  std::size_t i = at + 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (negated) ++i;
  const auto add_range = [&](unsigned char low, unsigned char high) {
    for (unsigned value = low; value <= high; ++value) {
      set.set(value);
      // As git: the letter in the text is folded, so a range of capitals must hold for its small
      // letter.
      if (ignore_case_ && is_upper(static_cast<unsigned char>(value))) set.set(value - 'A' + 'a');
    }
  };
  int previous = -1;  // the start of a possible range
  for (bool first = true;; first = false) {
    if (i >= glob.size()) return false;
    char c = glob[i];
    if (c == ']' && !first) break;
    if (c == '-' && previous >= 0 && i + 1 < glob.size() && glob[i + 1] != ']') {
      ++i;
      if (glob[i] == '\\' && ++i >= glob.size()) return false;
      add_range(static_cast<unsigned char>(previous), static_cast<unsigned char>(glob[i]));
      previous = -1;
      ++i;
      continue;
    }
    if (c == '[' && i + 1 < glob.size() && glob[i + 1] == ':') {
      const std::size_t end = glob.find(']', i + 2);
      if (end == std::string_view::npos) return false;
      if (end >= i + 3 && glob[end - 1] == ':') {
        const std::string_view name = glob.substr(i + 2, end - 1 - (i + 2));
        const auto known = std::find_if(kClasses.begin(), kClasses.end(),
                                        [&](const Class& k) { return k.name == name; });
        if (known == kClasses.end()) return false;
        for (unsigned value = 0; value < 256; ++value) {
          const auto byte = static_cast<unsigned char>(value);
          if (known->holds(byte) || (ignore_case_ && name == "upper" && is_lower(byte)))
            set.set(value);
        }
        previous = -1;
        i = end + 1;
        continue;
      }
      // No `:]`: the bracket stands for itself.
    }
    if (c == '\\') {
      if (++i >= glob.size()) return false;
      c = glob[i];
    }
    add_range(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
    previous = static_cast<unsigned char>(c);
    ++i;
  }
  if (negated) set.flip();
  set.reset('/');
  pattern.steps.push_back({Step::Kind::set, 0, static_cast<std::uint16_t>(sets_.size())});
  sets_.push_back(set);
  at = i + 1;
  return true;
}

IgnoreFile::Answer IgnoreFile::match(std::string_view path, bool is_folder) const {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->folder_only && !is_folder) continue;
    if (matches(*pattern, pattern->name_only ? name : path))
      return pattern->negated ? Answer::kept : Answer::ignored;
  }
  return Answer::none;
}

bool IgnoreFile::matches(const Pattern& pattern, std::string_view text) const {
  if (pattern.is_literal) return equal(pattern.prefix, text, ignore_case_);
  if (pattern.is_suffix) {
    return text.size() >= pattern.tail.size() &&
           equal(pattern.tail, text.substr(text.size() - pattern.tail.size()), ignore_case_);
  }
  if (text.size() < pattern.prefix.size() ||
      !equal(pattern.prefix, text.substr(0, pattern.prefix.size()), ignore_case_)) {
    return false;
  }
  return run(pattern.steps, text.substr(pattern.prefix.size()));
}

// Follows all ways through the steps at once (Thompson's simulation); states are positions in
// `steps`.
bool IgnoreFile::run(const std::vector<Step>& steps, std::string_view text) const {
  using Kind = Step::Kind;
  std::vector<char> now(steps.size() + 1, 0);
  std::vector<char> next(steps.size() + 1, 0);
  // Marks a position and those that are reached from it without a character. Steps are only passed
  // forwards.
  const auto reach = [&steps](std::vector<char>& states, std::size_t at) {
    for (; states[at] == 0; ++at) {
      states[at] = 1;
      if (at == steps.size()) return;
      const Kind kind = steps[at].kind;
      if (kind == Kind::deep_open) {
        states[at + 1] = 1;  // inside, which is not passed without a character
        ++at;
      } else if (kind != Kind::star && kind != Kind::deep) {
        return;
      }
    }
  };
  reach(now, 0);
  for (const char raw : text) {
    const char c = ignore_case_ ? lower(raw) : raw;
    std::fill(next.begin(), next.end(), 0);
    bool alive = false;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      if (now[at] == 0) continue;
      const Step& step = steps[at];
      bool passes = false;
      bool stays = false;
      switch (step.kind) {
        case Kind::literal:
          passes = step.literal == c;
          break;
        case Kind::any:
          passes = c != '/';
          break;
        case Kind::set:
          passes = sets_[step.set].test(static_cast<unsigned char>(c));
          break;
        case Kind::star:
          stays = c != '/';
          break;
        case Kind::deep:
          stays = true;
          break;
        case Kind::deep_open:
          break;
        case Kind::deep_inside:
          stays = true;
          passes = c == '/';
          break;
      }
      if (stays) {
        if (step.kind == Kind::deep_inside) {
          next[at] = 1;
        } else {
          reach(next, at);
        }
      }
      if (passes) reach(next, at + 1);
      alive = alive || stays || passes;
    }
    if (!alive) return false;
    now.swap(next);
  }
  return now[steps.size()] != 0;
}

void IgnoreStack::enter(std::string_view folder, std::unique_ptr<const IgnoreFile> rules) {
  if (rules != nullptr && rules->empty()) rules = nullptr;
  levels_.push_back({folder.size(), std::move(rules)});
}

bool IgnoreStack::ignored(std::string_view path, bool is_folder) const {
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    if (level->rules == nullptr) continue;
    const auto answer = level->rules->match(path.substr(level->folder_length), is_folder);
    if (answer != IgnoreFile::Answer::none) return answer == IgnoreFile::Answer::ignored;
  }
  for (const auto& rules : shared_) {
    const auto answer = rules->match(path, is_folder);
    if (answer != IgnoreFile::Answer::none) return answer == IgnoreFile::Answer::ignored;
  }
  return false;
}

}  // namespace gate::repo
