#include "gate/readers/settings/setting.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/settings/environment_values.h"

namespace gate::readers {
namespace {

std::string json(const Settings& settings) {
  base::JsonWriter json;
  write_settings(json, settings);
  return std::move(json).text();
}

std::string value(const Setting& setting) {
  base::JsonWriter json;
  write_value(json, setting);
  return std::move(json).text();
}

EnvironmentValue variable(std::string text, std::uint32_t line) {
  EnvironmentValue variable;
  variable.state = EnvironmentValue::State::set;
  variable.value = std::move(text);
  variable.place = {".env.prod", line, 7, line, 8};
  return variable;
}

TEST_CASE("a setting is written with its state and its trace, source first") {
  const Trace source = variable("0", 3).trace("DEBUG");
  const Setting debug =
      Setting::boolean(true, source.then({"bool(\"0\") is True", {"settings.py", 25, 9, 25, 20}}));
  CHECK(debug.place() == SettingPlace{"settings.py", 25, 9, 25, 20});
  CHECK(json({{{"DEBUG", debug}, {"HOSTS", Setting::list({Setting::string("a")})}}}) ==
        R"-({"values":{"DEBUG":{"value":true,"state":"known","trace":["DEBUG=0 (.env.prod:3)",)-"
        R"-("bool(\"0\") is True (settings.py:25)"]},"HOSTS":{"value":["a"],"state":"known",)-"
        R"-("trace":[]}}})-");
}

TEST_CASE("a value that is unknown in a part is unknown, with the reason") {
  const Setting cache = Setting::map(
      {{"TIMEOUT", Setting::integer(300)},
       {"LOCATION", Setting::unknown("calls hostname()", Trace({"LOCATION", {"s.py", 2}}))}});
  REQUIRE(cache.find_unknown() != nullptr);
  CHECK(cache.find_unknown()->reason() == "calls hostname()");
  CHECK(json({{{"CACHE", cache}}}) ==
        R"-({"values":{"CACHE":{"value":null,"state":"unknown",)-"
        R"-("trace":["LOCATION (s.py:2)","unknown: calls hostname()"]}}})-");
  CHECK(Setting::null().find_unknown() == nullptr);
  CHECK(json({{{"A", Setting::null()}}}) ==
        R"({"values":{"A":{"value":null,"state":"known","trace":[]}}})");
}

TEST_CASE("flat settings have the paths that a program asks for") {
  const Setting hosts = Setting::list(
      {Setting::map({{"name", Setting::string("a")}, {"port", Setting::integer(1)}})});
  const Setting app = Setting::map({{"debug", Setting::boolean(false)},
                                    {"hosts", hosts},
                                    {"empty", Setting::map({})},
                                    {"tags", Setting::list({Setting::integer(1)})}});
  const Settings flat = flatten({{{"app", app}, {"top", Setting::number(1.5)}}});
  std::string keys;
  for (const SettingEntry& entry : flat.values)
    keys += entry.key + "=" + value(entry.value) + " ";
  CHECK(keys ==
        "app.debug=false app.hosts.0.name=\"a\" app.hosts.0.port=1 app.empty={} "
        "app.tags=[1] top=1.5 ");
  REQUIRE(flat.find("app.debug") != nullptr);
  CHECK(flat.find("app") == nullptr);
}

TEST_CASE("a path leads into values, by keys and numbers") {
  Settings settings;
  settings.values.push_back(
      {"DATABASES",
       Setting::map({{"default", Setting::map({{"ENGINE", Setting::string("postgresql")},
                                               {"HOST", Setting::unknown("it is remote")}})},
                     {"a.b", Setting::map({{"c", Setting::integer(3)}})}})});
  settings.values.push_back(
      {"HOSTS", Setting::list({Setting::string("x"), Setting::list({Setting::integer(7)})})});
  settings.values.push_back(
      {"OPEN", Setting::map({{"k", Setting::null()}, {"*", Setting::unknown("by a loop")}})});
  const auto found = [&](std::string_view path) -> std::string {
    const std::optional<Setting> setting = find_below(settings, path);
    if (!setting) return "none";
    if (setting->is(SettingKind::unknown)) return "unknown: " + setting->reason();
    base::JsonWriter json;
    write_value(json, *setting);
    return std::move(json).text();
  };
  CHECK(found("DATABASES.default.ENGINE") == "\"postgresql\"");
  CHECK(found("DATABASES.default.HOST") == "unknown: it is remote");
  CHECK(found("DATABASES.default.HOST.x") == "unknown: it is remote");
  CHECK(found("DATABASES.default.PORT") == "none");
  CHECK(found("DATABASES.default.ENGINE.x") == "none");
  CHECK(found("DATABASES.a.b.c") == "3");
  CHECK(found("DATABASES.a") == "none");
  CHECK(found("DATABASES.") == "none");
  CHECK(found("HOSTS.0") == "\"x\"");
  CHECK(found("HOSTS.1.0") == "7");
  for (const std::string_view none :
       {"HOSTS.2", "HOSTS.-1", "HOSTS.", "HOSTS.x", "HOSTS.1.", "", "."})
    CHECK(found(none) == "none");
  CHECK(found("OPEN.k") == "null");
  CHECK(found("OPEN.other") == "unknown: by a loop");
}

TEST_CASE("copies share a list until one is changed") {
  Setting a = Setting::list({Setting::integer(1)});
  Setting b = a;
  CHECK(&a.items() == &b.items());
  b.edit_items().push_back(Setting::integer(2));
  CHECK(value(a) == "[1]");
  CHECK(value(b) == "[1,2]");
  Setting map = Setting::map({});
  const Setting before = map;
  map.set("x", Setting::null());
  map.set("x", Setting::boolean(true));
  CHECK(value(map) == R"({"x":true})");
  CHECK(before.entries().empty());
  CHECK(Setting::integer(1).items().empty());
}

TEST_CASE("values are compared, traces are not") {
  CHECK(same_value(Setting::integer(1), Setting::number(1.0)));
  CHECK_FALSE(same_value(Setting::integer(1), Setting::number(1.5)));
  CHECK_FALSE(same_value(Setting::integer(INT64_MAX), Setting::number(0x1p63)));
  CHECK_FALSE(same_value(Setting::integer(1), Setting::boolean(true)));
  CHECK_FALSE(same_value(Setting::integer(1), Setting::string("1")));
  CHECK_FALSE(same_value(Setting::unknown("x"), Setting::unknown("x")));
  const Setting map = Setting::map({{"a", Setting::null()}, {"b", Setting::list({})}});
  CHECK(same_value(map, Setting::map({{"b", Setting::list({})}, {"a", Setting::null()}})));
  CHECK_FALSE(same_value(map, Setting::map({{"b", Setting::list({})}})));
}

TEST_CASE("the trace of a value made of two lists the steps of both once") {
  const Trace common = variable("x", 1).trace("A");
  const Trace left = common.then({"left", {"s.py", 2}});
  const Trace right = common.then({"right", {"s.py", 3}});
  const Setting sum = Setting::string("xx", Trace::join(left, right).then({"+", {"s.py", 4}}));
  CHECK(fmt::format("{}", fmt::join(trace_lines(sum), "; ")) ==
        "A=x (.env.prod:1); left (s.py:2); right (s.py:3); + (s.py:4)");
  CHECK(Trace::join({}, left).steps().size() == 2);
  CHECK(Trace::join(left, {}).steps().size() == 2);
  CHECK(Trace().last() == nullptr);
  CHECK(Trace::join(left, right).last()->text == "right");
}

TEST_CASE("a trace of a long loop stays short and keeps its source") {
  Trace trace = variable("x", 1).trace("A");
  for (int turn = 0; turn < 100'000; ++turn)
    trace = Trace::join(trace, trace.then({"turn", {"s.py", 5}}));
  const auto steps = trace.steps();
  CHECK(steps.size() <= Trace::kMostSteps);
  CHECK(steps.front().text == "A=x");
}

TEST_CASE("a secret is never shown, and what is made of it is one") {
  EnvironmentValue key = variable("hunter2hunter2", 4);
  key.secret = true;
  const Trace trace = key.trace("SECRET_KEY");
  CHECK(describe(*trace.last()) == "SECRET_KEY is set, 14 characters (.env.prod:4)");
  const Trace made = Trace::join(Trace({"x", {}}), trace.then({"strip()", {}}));
  CHECK(made.is_secret());
  CHECK(quote("hunter2hunter2", made) == "14 characters");
  CHECK(quote("a\"\n\xff", {}) == R"("a\"\x0a\xff")");
  CHECK(quote(std::string(100, 'a'), {}) == "\"" + std::string(60, 'a') + "…\"");
  CHECK(describe(*EnvironmentValue{}.trace("X").last()) == "X is not set");
}

}  // namespace
}  // namespace gate::readers
