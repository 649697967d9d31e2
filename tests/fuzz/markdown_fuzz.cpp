#include "gate/readers/formats/markdown.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  const gate::readers::MarkdownDocument document = gate::readers::parse_markdown(text);
  for (const auto& heading : document.headings)
    gate::fuzz::require_inside(heading.span, text);
  for (const auto& link : document.links)
    gate::fuzz::require_inside(link.span, text);
  for (const auto& task : document.tasks) {
    gate::fuzz::require_inside(task.span, text);
    gate::fuzz::require(task.box.end - task.box.begin == 3);
    gate::fuzz::require(task.span.begin <= task.box.begin && task.box.end <= task.span.end);
  }
  return 0;
}
