// The first byte chooses the format; the lockfile and the manifest beside it are parted by a line
// "-- manifest".
#include <string>
#include <vector>

#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/sync/sync.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace lockfiles = gate::readers::lockfiles;

// Whatever is asked for is the manifest.
class OneManifest final : public lockfiles::Neighbours {
 public:
  explicit OneManifest(std::string_view text)
      : source_(std::make_shared<const gate::base::Source>("manifest", std::string(text))) {}

  [[nodiscard]] gate::Result<std::shared_ptr<const gate::base::Source>> read(
      std::string_view path) const override {
    if (path.starts_with("member/") && path.size() > 40)
      return std::shared_ptr<const gate::base::Source>();
    return source_;
  }

  [[nodiscard]] std::vector<std::string> folders_with(std::string_view /*file*/) const override {
    return {"member"};
  }

 private:
  std::shared_ptr<const gate::base::Source> source_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kParting = "\n-- manifest\n";
  if (size == 0) return 0;
  const auto formats = lockfiles::formats();
  const lockfiles::Format& format =
      *formats[static_cast<std::size_t>(data[0] - 'a') % formats.size()];
  const std::string_view text = gate::fuzz::text_of(data + 1, size - 1);
  const std::size_t parting = text.find(kParting);
  if (format.sync == nullptr || parting == std::string_view::npos) return 0;
  const auto lock = lockfiles::read_lockfile(format, gate::fuzz::source_of(data + 1, parting));
  if (!lock) return 0;
  for (const lockfiles::Strictness strictness :
       {lockfiles::Strictness::tool, lockfiles::Strictness::exact}) {
    lockfiles::Comparison comparison;
    format.sync(**lock, OneManifest(text.substr(parting + kParting.size())), strictness,
                comparison);
    for (const lockfiles::Disagreement& one : comparison.disagreements) {
      gate::fuzz::require(!one.message.empty());
      gate::fuzz::require_inside(one.span, one.source->text());
    }
  }
  return 0;
}
