// What `composer validate` says (Composer 2, ValidateCommand::outputResult, and the frames that
// Symfony's console draws around exceptions, Application::doRenderThrowable).
//
//   ./composer.json is valid but your composer.lock has some errors
//   # Lock file errors
//   - The lock file is not up to date with the latest changes in composer.json.
//
//   In JsonFile.php line 347:
//
//     "./composer.json" does not contain valid JSON
//     Parse error on line 3:
//
// Warnings are passed over: Composer itself calls the file valid, and they are about publishing it.
#include <algorithm>
#include <charconv>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr std::string_view kManifest = "composer.json";
constexpr std::string_view kLock = "composer.lock";

bool is_frame_start(std::string_view line) {
  return line.starts_with("In ") && line.find(".php line ") != std::string_view::npos &&
         line.ends_with(':');
}

// Returns whether a line of a frame is a piece of the file or the arrow below it.
bool is_quoted_source(std::string_view line) {
  return line.starts_with("...") || line.find_first_not_of("-^") == std::string_view::npos;
}

std::uint32_t line_of_parse_error(std::string_view line) {
  constexpr std::string_view kStart = "Parse error on line ";
  std::uint32_t number = 0;
  if (line.starts_with(kStart))
    std::from_chars(line.data() + kStart.size(), line.data() + line.size(), number);
  return number;
}

class Reader {
 public:
  explicit Reader(const base::Source& source) : source_(source) {}

  Result<ToolResult> read() && {
    for (std::uint32_t row = 1; row <= source_.lines().count(); ++row)
      line(source_.lines().line(row));
    end_frame();
    if (!known_) return Error{"it is nothing that `composer validate` says"};
    return std::move(result_);
  }

 private:
  enum class Part : std::uint8_t { none, passed_over, general, lock, frame };

  void line(std::string_view text) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    const std::string_view plain = base::trim(text);
    if (is_frame_start(text)) {
      end_frame();
      part_ = Part::frame;
      known_ = true;
      path_ = text.starts_with("In Locker.php") ? kLock : kManifest;
    } else if (part_ == Part::frame) {
      frame_line(text, plain);
    } else if (text.starts_with("# ")) {
      part_ = text == "# General errors"     ? Part::general
              : text == "# Lock file errors" ? Part::lock
                                             : Part::passed_over;
    } else if (text.starts_with("- ") && (part_ == Part::general || part_ == Part::lock)) {
      add(part_ == Part::lock ? kLock : kManifest, plain.substr(2));
    } else if (plain.find(" is valid") != std::string_view::npos ||
               plain.find(" is invalid") != std::string_view::npos) {
      known_ = true;
    }
  }

  void frame_line(std::string_view text, std::string_view plain) {
    const bool has_text = !frame_.empty() || items_;
    if (plain.empty() && !has_text) return;
    if (plain.empty() || !text.starts_with("  ")) return end_frame();
    if (const std::uint32_t found = line_of_parse_error(plain); found != 0) {
      line_ = found;
    } else if (plain.starts_with("- ")) {
      items_ = true;
      add(path_, plain.substr(2));
    } else if (!is_quoted_source(plain)) {
      if (!frame_.empty()) frame_ += "; ";
      frame_ += plain;
    }
  }

  // A frame without a list is one fault.
  void end_frame() {
    if (part_ != Part::frame) return;
    if (!items_ && !frame_.empty()) {
      add(path_, frame_);
      result_.findings.back().line = line_;
    }
    part_ = Part::none;
    frame_.clear();
    items_ = false;
    line_ = 0;
  }

  void add(std::string_view path, std::string_view message) {
    ToolFinding& finding = result_.findings.emplace_back();
    finding.path = path;
    finding.message = message;
  }

  const base::Source& source_;
  ToolResult result_;
  Part part_ = Part::none;
  bool known_ = false;
  std::string_view path_ = kManifest;
  std::string frame_;  // its text so far
  bool items_ = false;
  std::uint32_t line_ = 0;
};

Result<ToolResult> read_composer_validate(const std::shared_ptr<const base::Source>& source) {
  return Reader(*source).read();
}

}  // namespace

const ResultFormat kComposerValidateResult{
    "composer-validate", "`composer validate`", read_composer_validate, "composer", ".txt", true};

}  // namespace gate::readers
