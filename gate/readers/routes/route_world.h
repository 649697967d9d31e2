// What route files, service providers, controllers and bootstrap/app.php find around them: the
// Route facade and the objects that it gives out.
// Only for the sources of this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/routes/attributes.h"
#include "gate/readers/routes/classes.h"
#include "gate/readers/routes/middleware.h"
#include "gate/readers/routes/routes.h"
#include "gate/readers/settings/laravel/world.h"
#include "gate/readers/settings/php/evaluator.h"

namespace gate::readers::laravel {

// A route as it is registered, before its middleware is resolved.
struct Draft {
  std::vector<std::string> methods;
  std::string uri;
  std::string name;
  std::string controller;  // its class; empty for a closure
  std::string action;      // its method, or what stands instead: "Closure", "view:welcome"
  RouteAttributes attributes;
  SettingPlace place;
};

// Route::resource() and its like, until all that follows it was said.
struct Resource {
  std::vector<std::string> actions;  // "index", "store" …
  bool singleton = false;
  bool shallow = false;
  std::string name;  // "photos.comments"
  std::string controller;
  RouteAttributes attributes;
  std::map<std::string, std::string, std::less<>> parameters;  // of a segment
  std::map<std::string, std::string, std::less<>> names;       // of an action
  std::map<std::string, std::vector<std::string>, std::less<>> middleware_for;
  std::map<std::string, std::vector<std::string>, std::less<>> excluded_for;
  SettingPlace place;
};

// `$this->middleware('auth')->only('index')` and its like.
struct ControllerMiddleware {
  std::vector<std::string> names;
  std::vector<std::string> only;
  std::vector<std::string> except;
};

class RouteWorld final : public World {
 public:
  RouteWorld(const ProjectFiles& files, const EnvironmentValues& environment);

  // Reads everything; then drafts(), limiters(), table() are complete.
  void run();

  // In the order of registration, resources taken apart.
  [[nodiscard]] std::vector<Draft> drafts() const;
  [[nodiscard]] const std::vector<RouteLimiter>& limiters() const { return limiters_; }
  [[nodiscard]] const MiddlewareTable& table() const { return table_; }
  [[nodiscard]] const std::vector<std::string>& troubles() const { return troubles_; }

  // What a controller says of its own middleware.
  [[nodiscard]] const std::vector<ControllerMiddleware>& controller_middleware(
      const std::string& class_name);
  // The code of a controller's method, or of its request, that limits attempts itself; or nothing.
  [[nodiscard]] std::string own_limit(const std::string& class_name, const std::string& method);
  // The limiters that packages of the application take from config/.
  [[nodiscard]] std::vector<PackageLimiter> package_limiters();

  // --- php::World
  // ----------------------------------------------------------------------------------
  [[nodiscard]] std::optional<php::Value> call(php::Evaluator& evaluator, std::string_view function,
                                               const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> call_static(php::Evaluator& evaluator,
                                                      std::string_view class_name,
                                                      std::string_view method,
                                                      const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> call_method(php::Evaluator& evaluator,
                                                      const php::Value& object,
                                                      std::string_view method,
                                                      const php::Arguments& arguments) override;
  [[nodiscard]] std::optional<php::Value> property(const php::Value& object,
                                                   std::string_view name) override;
  [[nodiscard]] std::optional<php::Value> make(std::string_view class_name,
                                               const php::Arguments& arguments) override;
  [[nodiscard]] bool explores() const override { return true; }
  [[nodiscard]] std::optional<php::File> file(std::string_view path) override;

 private:
  // The objects that code holds.
  enum class Kind : std::uint8_t {
    other,      // of no matter: whatever is called gives it back
    router,     // the facade itself
    registrar,  // attributes that a route or group is about to get
    route,      // a registered route
    resource,
    application,  // what bootstrap/app.php configures
    middleware,   // what withMiddleware() hands out
    provider,     // `$this` in a service provider
    controller,   // `$this` in a controller
    controller_middleware,
  };
  struct Entity {
    Kind kind = Kind::other;
    std::size_t index = 0;  // in the list of its kind
  };
  struct Item {  // what was registered, in order
    bool is_resource = false;
    std::size_t index = 0;
  };

  // Puts the values of config/ behind config(), once.
  void load_settings();
  php::Value handle(Kind kind, std::size_t index = 0);
  [[nodiscard]] std::optional<Entity> entity(const php::Value& value) const;
  SettingPlace call_place(const php::Evaluator& evaluator) const;

  // --- the application (application.cpp) ---------------------------------------------------------
  void read_kernel();
  void read_bootstrap();
  void read_providers();
  void run_provider(const ClassFile& provider);
  void load_routing();
  void load_rest();
  void load_file(std::string_view path, const RouteAttributes& attributes);
  php::Value on_application(php::Evaluator& evaluator, std::string_view method,
                            const php::Arguments& arguments);
  php::Value on_middleware(std::string_view method, const php::Arguments& arguments);
  std::optional<php::Value> on_provider(php::Evaluator& evaluator, const Entity& of,
                                        std::string_view method, const php::Arguments& arguments);
  void change_group(std::string_view group, std::string_view how,
                    const std::vector<std::string>& names);

  // --- the Route facade (route_facade.cpp) -------------------------------------------------------
  std::optional<php::Value> on_router(php::Evaluator& evaluator, const RouteAttributes& given,
                                      std::string_view method, const php::Arguments& arguments);
  bool set_attribute(RouteAttributes& attributes, std::string_view name, const php::Value& value,
                     const php::Arguments& arguments);
  void group(php::Evaluator& evaluator, const RouteAttributes& given, const php::Value& routes);
  php::Value add_route(php::Evaluator& evaluator, const RouteAttributes& given,
                       std::vector<std::string> methods, const php::Value* uri,
                       const php::Value* action);
  php::Value add_resource(php::Evaluator& evaluator, const RouteAttributes& given,
                          std::string_view kind, const php::Arguments& arguments);
  void read_action(Draft& draft, const php::Value& action);
  void set_controller(Draft& draft, std::string_view class_name, std::string_view method);
  RouteAttributes read_attributes(const php::Value& array);

  // --- routes and resources (route_objects.cpp) --------------------------------------------------
  void on_route(Draft& draft, std::string_view method, const php::Arguments& arguments);
  void on_resource(Resource& resource, std::string_view method, const php::Arguments& arguments);
  static void take_apart(const Resource& resource, std::vector<Draft>& into);

  // --- controllers (controllers.cpp) -------------------------------------------------------------
  std::vector<ControllerMiddleware> read_controller(const std::string& class_name);
  void read_middleware_list(const php::Value& list, std::vector<ControllerMiddleware>& into);
  void read_middleware_attributes(const php::File& file, php::Node attributes,
                                  std::string_view method, std::vector<ControllerMiddleware>& into);
  [[nodiscard]] bool limits_itself(const ClassFile& of, php::Node code, std::size_t depth);

  // --- Fortify (fortify.cpp) ---------------------------------------------------------------------
  // The limiter that config/fortify.php names for one of its routes; null where it names none.
  [[nodiscard]] php::Value fortify_limiter(std::string_view route);
  [[nodiscard]] SettingPlace fortify_place(std::string_view route);

  // --- limiters (limiters.cpp) -------------------------------------------------------------------
  void add_limiter(php::Evaluator& evaluator, const php::Arguments& arguments);

  // Returns the texts of a text or array of texts; what is not known goes to `unknown`.
  static std::vector<std::string> texts(const php::Value& value, std::string* unknown = nullptr);
  static ControllerMiddleware constructed_middleware(const php::Arguments& arguments);
  static std::vector<std::string> all_texts(const php::Arguments& arguments,
                                            std::string* unknown = nullptr);

  const ProjectFiles& files_;
  const EnvironmentValues& environment_;
  php::Evaluator evaluator_;
  Classes classes_;
  MiddlewareTable table_;
  std::vector<Entity> entities_;
  std::vector<RouteAttributes> registrars_;
  std::vector<Draft> routes_;
  std::vector<Resource> resources_;
  std::vector<Item> items_;
  std::vector<ClassFile> providers_;
  std::vector<ControllerMiddleware> controller_middlewares_;
  std::vector<std::size_t>* constructed_ = nullptr;  // what the constructor at hand has added
  std::vector<RouteAttributes> groups_{RouteAttributes()};  // open ones, the innermost last
  std::vector<RouteLimiter> limiters_;
  std::vector<std::string> troubles_;
  std::vector<const ClassFile*> running_;  // the classes whose code runs, the innermost last
  std::map<std::string, std::vector<ControllerMiddleware>, std::less<>> controllers_;
  std::set<std::string, std::less<>> loaded_;               // route files
  std::map<std::string, php::Value, std::less<>> routing_;  // what withRouting() was given
  bool config_loaded_ = false;
  bool fortify_routes_ = true;  // no Fortify::ignoreRoutes()
};

}  // namespace gate::readers::laravel
