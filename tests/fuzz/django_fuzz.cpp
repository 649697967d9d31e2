// A settings module of any bytes, evaluated with variables that are set, unset and unknown.
#include "gate/readers/settings/django/settings.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/readers/django_support.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace readers = gate::readers;
  const std::string text(gate::fuzz::text_of(data, size));
  const readers::test::MemoryFiles files(
      {{"manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 's.a')\n"},
       {"s/__init__.py", ""},
       {"s/b.py", "from .a import *\nB = 1\n"},
       {"requirements.txt", text},
       {"s/a.py", text}});
  for (const char* incomplete : {"", "no environment is declared"}) {
    const readers::test::MapEnvironment environment({{"DEBUG", "1"}, {"HOSTS", "a,b"}}, incomplete);
    const readers::django::DjangoSettings settings = readers::django::evaluate(files, environment);
    const readers::Settings all = settings.settings();
    gate::fuzz::require(settings.is_django());
    gate::base::JsonWriter json;
    readers::write_settings(json, all);
  }
  return 0;
}
