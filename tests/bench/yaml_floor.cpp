// yaml_floor FILE...: reads each file and asks libyaml for its events, keeping none of them: what
// YAML costs where nobody looks at what stands there.
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <yaml.h>

namespace {

bool read_whole(const char* path, std::vector<unsigned char>& bytes) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct stat about {};
  bool good = fstat(file, &about) == 0;
  bytes.resize(good ? static_cast<std::size_t>(about.st_size) : 0);
  good = good && read(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  close(file);
  return good;
}

// Returns the number of events of one file, or -1 where it is no YAML.
long count_events(const std::vector<unsigned char>& bytes) {
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) return -1;
  yaml_parser_set_input_string(&parser, bytes.data(), bytes.size());
  long count = 0;
  for (bool end = false; !end && count >= 0;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      count = -1;
      break;
    }
    end = event.type == YAML_STREAM_END_EVENT;
    ++count;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<unsigned char> bytes;
  long all = 0;
  for (int index = 1; index < argc; ++index) {
    const long count = read_whole(argv[index], bytes) ? count_events(bytes) : -1;
    if (count < 0) {
      std::fprintf(stderr, "%s cannot be read as YAML\n", argv[index]);
      return 1;
    }
    all += count;
  }
  std::printf("%ld events\n", all);
}
