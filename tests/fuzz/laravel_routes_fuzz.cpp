#include "gate/readers/routes/routes.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/readers/project.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gate::readers::test::Project;
  using gate::readers::test::Variables;
  const std::string code(gate::fuzz::text_of(data, size));
  const Project project({{"routes/web.php", code},
                         {"app/Http/Kernel.php", code},
                         {"bootstrap/app.php", code},
                         {"app/Providers/RouteServiceProvider.php", code},
                         {"app/Http/Controllers/C.php", code}});
  const auto routing = gate::readers::laravel_routes(project, Variables());
  for (const auto& route : routing.routes) {
    gate::fuzz::require(!route.uri.empty() && route.place.line > 0);
    for (const auto& middleware : route.middleware)
      static_cast<void>(read_throttle(middleware, routing));
  }
  return 0;
}
