#include "gate/readers/formats/json.h"
#include "gate/readers/formats/json_path.h"
#include "tests/fuzz/fuzz.h"

// A path, and behind a line end the document that it selects from; without one a document of ours.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gate::fuzz::text_of(data, size);
  const std::size_t end = text.find('\n');
  const auto path = gate::readers::JsonPath::parse(text.substr(0, end));
  if (!path) return 0;
  const std::string_view own = R"({"a": [1, 2.5, "x", null, true, {"b": [[], {}]}], "c": "d"})";
  const auto document = gate::readers::parse_json(std::make_shared<gate::base::Source>(
      "x", std::string(end == std::string_view::npos ? own : text.substr(end + 1))));
  if (!document) return 0;
  const auto selection = path->select((*document)->root());
  if (!selection) return 0;
  for (const gate::readers::Value& value : selection->values) {
    if (value.index() >= (*document)->nodes().size()) __builtin_trap();
  }
  return 0;
}
