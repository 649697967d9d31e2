#include "gate/checks/document/links.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/did_you_mean.h"
#include "gate/base/unicode.h"

namespace gate::checks {
namespace {

using repo::File;
using repo::FileKind;

int hex_value(char digit) {
  if (base::is_digit(digit)) return digit - '0';
  const char lower = base::to_lower(digit);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        at += 2;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

// `https:`, `mailto:` (RFC 3986, section 3.1) or `//host`.
bool leads_elsewhere(std::string_view target) {
  if (target.starts_with("//")) return true;
  const std::size_t colon = target.find_first_of(":/?#");
  if (colon == std::string_view::npos || colon == 0 || target[colon] != ':') return false;
  const std::string_view scheme = target.substr(0, colon);
  return base::is_letter(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), [](char c) {
           return base::is_alphanumeric(c) || c == '+' || c == '.' || c == '-';
         });
}

// Returns the path that `relative` leads to from the folder of `document`; nothing where it leaves
// the judged folder.
std::optional<std::string> resolve(std::string_view document, std::string_view relative) {
  std::vector<std::string_view> parts;
  const auto walk = [&](std::string_view path) {
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      const std::string_view part = path.substr(at, end - at);
      at = end + 1;
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return false;
      } else {
        parts.pop_back();
      }
    }
    return true;
  };
  const std::size_t slash = document.rfind('/');
  if (!relative.starts_with('/') && slash != std::string_view::npos)
    walk(document.substr(0, slash));
  if (!walk(relative)) return std::nullopt;
  std::string path;
  for (const std::string_view part : parts) {
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
}

bool is_markdown(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string ending = base::to_lower(path.substr(dot + 1));
  return ending == "md" || ending == "markdown";
}

// `#L12`: a line, which the web interfaces of forges understand.
bool is_line_anchor(std::string_view anchor) {
  return anchor.size() > 1 && anchor[0] == 'L' && base::is_digit(anchor[1]);
}

}  // namespace

void LinkResolver::add(std::string_view path, const readers::MarkdownDocument& document) {
  Anchors& anchors = anchors_[std::string(path)];
  for (const readers::MarkdownHeading& heading : document.headings)
    anchors.insert(heading.anchor);
  anchors.insert(document.anchors.begin(), document.anchors.end());
}

Result<std::optional<BrokenLink>> LinkResolver::follow(std::string_view path,
                                                       std::string_view target) {
  const std::optional<BrokenLink> fine;
  if (target.empty()) return std::optional(BrokenLink{"the link has no target", {}});
  if (leads_elsewhere(target)) return fine;
  const std::size_t hash = std::min(target.find('#'), target.size());
  const std::string_view before = target.substr(0, hash);
  const std::string anchor = hash == target.size() ? "" : percent_decode(target.substr(hash + 1));
  const std::string relative = percent_decode(before.substr(0, before.find('?')));
  if (relative.empty()) return follow_anchor(path, anchor, true);

  const std::optional<std::string> resolved = resolve(path, relative);
  if (!resolved) {
    ++unknown_;
    return fine;
  }
  const File* file = files_.find(*resolved);
  const bool is_folder = file == nullptr && (resolved->empty() || !files_.below(*resolved).empty());
  if (is_folder) return fine;
  if (file == nullptr) {
    if (!is_beyond_link(*resolved)) return std::optional(missing(*resolved));
    ++unknown_;
    return fine;
  }
  if (!file->is_plain() || !is_markdown(*resolved)) return fine;
  return follow_anchor(*resolved, anchor, *resolved == path);
}

Result<std::optional<BrokenLink>> LinkResolver::follow_anchor(std::string_view path,
                                                              std::string_view anchor,
                                                              bool same_document) {
  constexpr std::string_view kPrefix = "user-content-";  // what GitHub puts before every id
  if (anchor.starts_with(kPrefix)) anchor.remove_prefix(kPrefix.size());
  if (anchor.empty() || anchor == "top" || is_line_anchor(anchor))
    return std::optional<BrokenLink>();
  if (anchors_.find(path) == anchors_.end()) {
    GATE_TRY(const std::string text, repo::read_text(files_, path));
    add(path, readers::parse_markdown(text));
  }
  const Anchors& anchors = anchors_.find(path)->second;
  // GitHub compares without regard to case.
  if (anchors.contains(anchor) || anchors.contains(base::to_anchor(anchor)))
    return std::optional<BrokenLink>();
  BrokenLink broken;
  broken.message = same_document ? fmt::format("this document has no section `#{}`", anchor)
                                 : fmt::format("`{}` has no section `#{}`", path, anchor);
  const std::vector<std::string_view> known(anchors.begin(), anchors.end());
  const std::string_view nearest = base::did_you_mean(anchor, known);
  if (!nearest.empty()) broken.fix = fmt::format("did you mean `#{}`?", nearest);
  return std::optional(std::move(broken));
}

BrokenLink LinkResolver::missing(std::string_view path) const {
  BrokenLink broken;
  broken.message = fmt::format("the link leads to `{}`, which is not there", path);
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  const std::string lower_name = base::to_lower(name);
  std::vector<std::string_view> names;
  for (const File& file : folder.empty() ? files_.files() : files_.below(folder)) {
    const std::string_view rest = file.path.substr(folder.empty() ? 0 : folder.size() + 1);
    if (rest.find('/') != std::string_view::npos) continue;
    if (base::to_lower(rest) == lower_name) {
      broken.fix = fmt::format("`{}` is there: upper and lower case differ", rest);
      return broken;
    }
    names.push_back(rest);
  }
  const std::string_view nearest = base::did_you_mean(name, names);
  if (!nearest.empty()) broken.fix = fmt::format("`{}` is there", nearest);
  return broken;
}

// Returns whether a folder on the way is a symbolic link, which is never followed, or a submodule.
bool LinkResolver::is_beyond_link(std::string_view path) const {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const File* file = files_.find(path.substr(0, slash));
    if (file == nullptr) continue;
    return file->kind == FileKind::symlink || file->kind == FileKind::submodule;
  }
  return false;
}

}  // namespace gate::checks
