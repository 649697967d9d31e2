#include "gate/readers/settings/laravel/laravel.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/readers/project.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gate::readers::test::Project;
  using gate::readers::test::Variables;
  const Project project(
      {{"config/a.php", std::string(gate::fuzz::text_of(data, size))},
       {"config/b.php", "<?php return ['b' => config('a.a'), 'c' => require 'a.php'];"}});
  const Variables variables({{"APP_ENV", "production"}, {"LIST", "a,b"}, {"X", "1"}});
  const auto settings = flatten(gate::readers::laravel_settings(project, variables));
  for (const auto& entry : settings.values)
    static_cast<void>(trace_lines(entry.value));
  return 0;
}
