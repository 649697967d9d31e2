// Reads environment files from standard input (each with its length in front, four bytes, the
// smallest first) as the dialect that the argument names, and prints what they come to: one JSON
// value a line.
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "gate/base/json_writer.h"
#include "gate/readers/formats/dotenv.h"

using namespace gate;

namespace {

std::string spell(const readers::EnvFile& file) {
  base::JsonWriter json;
  json.begin_object();
  for (const readers::EnvProblem& problem : file.problems) {
    if (problem.message.find("circle") == std::string::npos) continue;
    json.key("circular").boolean(true);
    break;
  }
  if (file.find_problem(readers::EnvEffect::refuses_file) != nullptr) {
    json.key("error").boolean(true);
  } else {
    std::map<std::string, const readers::EnvEntry*> last;
    for (const readers::EnvEntry& entry : file.entries)
      last[entry.key] = &entry;
    json.key("values").begin_object();
    for (const auto& [key, entry] : last) {
      json.key(key);
      if (entry->has_value) {
        json.string(entry->value);
      } else {
        json.null();
      }
    }
    json.end_object();
    bool sure = file.problems.empty();
    for (const auto& [key, entry] : last)
      sure = sure && entry->unknown.empty();
    json.key("sure").boolean(sure);
  }
  json.end_object();
  return std::move(json).text();
}

}  // namespace

int main(int count, char** words) {
  const auto dialect = readers::find_env_dialect(count > 1 ? words[1] : "");
  if (!dialect) return 2;
  const std::string all((std::istreambuf_iterator<char>(std::cin)), {});
  for (std::size_t at = 0; at + 4 <= all.size();) {
    std::uint32_t length = 0;
    for (unsigned byte = 0; byte < 4; ++byte)
      length |= std::uint32_t{static_cast<unsigned char>(all[at + byte])} << (8 * byte);
    std::puts(spell(readers::parse_dotenv(std::string_view(all).substr(at + 4, length), *dialect))
                  .c_str());
    at += 4 + length;
  }
}
