#include "gate/readers/formats/dockerfile_images.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/words.h"

namespace gate::readers {
namespace {

using Arguments = std::map<std::string, std::string, std::less<>>;

bool is_name(char c) { return base::is_alphanumeric(c) || c == '_'; }

// Puts the defaults of ARGs into `$NAME`, `${NAME}` and `${NAME:-other}`; nothing where one is not
// known.
std::optional<std::string> expand(std::string_view text, const Arguments& arguments) {
  std::string out;
  while (!text.empty()) {
    if (text.front() != '$') {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(1);
    std::string_view name;
    std::string_view otherwise;
    if (text.starts_with('{')) {
      const std::size_t end = text.find('}');
      if (end == std::string_view::npos) return std::nullopt;
      const base::Halves halves = base::split_once(text.substr(1, end - 1), ":-");
      name = halves.before;
      otherwise = halves.behind;
      text.remove_prefix(end + 1);
    } else {
      std::size_t end = 0;
      while (end < text.size() && is_name(text[end]))
        ++end;
      name = text.substr(0, end);
      text.remove_prefix(end);
    }
    const auto known = arguments.find(name);
    if (known != arguments.end() && !known->second.empty()) {
      out += known->second;
    } else if (!otherwise.empty()) {
      out += otherwise;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    return text.substr(1, text.size() - 2);
  return text;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<BaseImage> run() {
    base::for_each_line(text_, [this](std::string_view line) {
      std::vector<std::string_view> words;
      base::for_each_word(line, [&](std::string_view word) { words.push_back(word); });
      if (words.size() < 2 || words.front().starts_with('#')) return;
      const std::string instruction = base::to_lower(words.front());
      if (instruction == "arg" && !has_stage_) read_argument(words[1]);
      if (instruction == "from") read_from(words);
    });
    return std::move(images_);
  }

 private:
  void read_argument(std::string_view word) {
    const base::Halves halves = base::split_once(word, "=");
    const auto value = expand(unquoted(halves.behind), arguments_);
    arguments_[std::string(halves.before)] = value.value_or(std::string());
  }

  void read_from(const std::vector<std::string_view>& words) {
    has_stage_ = true;
    std::size_t at = 1;
    while (at < words.size() && words[at].starts_with("--"))
      ++at;
    if (at == words.size()) return;
    const std::string_view written = words[at];
    const bool is_stage = stages_.contains(base::to_lower(written));
    if (at + 2 < words.size() && base::to_lower(words[at + 1]) == "as")
      stages_.insert(base::to_lower(words[at + 2]));
    const auto image = expand(unquoted(written), arguments_);
    if (is_stage || !image) return;
    const auto begin = static_cast<std::uint32_t>(written.data() - text_.data());
    BaseImage base{image->substr(0, image->find('@')),
                   {},
                   {begin, begin + static_cast<std::uint32_t>(written.size())}};
    // A colon before the last slash is that of a port.
    const std::size_t colon = base.repository.rfind(':');
    if (colon != std::string::npos && base.repository.find('/', colon) == std::string::npos) {
      base.tag = base.repository.substr(colon + 1);
      base.repository.resize(colon);
    }
    images_.push_back(std::move(base));
  }

  std::string_view text_;
  bool has_stage_ = false;
  Arguments arguments_;
  std::set<std::string, std::less<>> stages_;
  std::vector<BaseImage> images_;
};

}  // namespace

std::vector<BaseImage> read_base_images(std::string_view text) { return Reader(text).run(); }

}  // namespace gate::readers
