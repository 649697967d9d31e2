// Prints what gate takes a configuration file in JavaScript to export, as JSON on one line.
//
// values FILE [KEY=VALUE]... : what is not known is {"?": reason}.
#include <fstream>
#include <iostream>
#include <iterator>

#include "gate/base/json_writer.h"
#include "gate/readers/settings/javascript/config.h"
#include "tests/oracle/variables.h"

namespace {

using namespace gate::readers;

void put(gate::base::JsonWriter& json, const Setting& value) {
  switch (value.kind()) {
    case SettingKind::unknown:
      json.begin_object();
      json.key("?").string("unknown");
      json.end_object();
      return;
    case SettingKind::list:
      json.begin_array();
      for (const Setting& item : value.items())
        put(json, item);
      json.end_array();
      return;
    case SettingKind::map:
      json.begin_object();
      for (const SettingEntry& entry : value.entries()) {
        json.key(entry.key);
        put(json, entry.value);
      }
      json.end_object();
      return;
    default:
      write_value(json, value);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  const std::string path = words[1];
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Variables environment;
  for (int index = 2; index < count; ++index)
    environment.set(words[index]);
  const gate::base::Source source(path.substr(path.rfind('/') + 1), text);
  const JavascriptConfig config = javascript_config(source, environment);
  gate::base::JsonWriter json;
  json.begin_object();
  json.key("problem").string(config.problem);
  json.key("value");
  put(json, config.value);
  json.end_object();
  std::string line = std::move(json).text();
  std::erase(line, '\n');
  std::cout << line << '\n';
  return 0;
}
