// dj_database_url, django-split-settings, and what settings import from Django.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

using State = EnvironmentValue::State;

Value text(std::string_view value) { return Value(std::string(value)); }

Value database_config(Evaluator& evaluator, Call& call, Value url, std::size_t first) {
  if (url.is_none() || (url.is(Type::text) && url.text().empty())) return make_dict();
  Value made = database_url(evaluator, call, url);
  if (!made.is(Type::dict)) return made;
  Table& table = made.object()->content.table;
  Value engine = *table.find("sENGINE");
  table.remove("sENGINE");
  if (const Value* given = call.find(first, "engine"); given != nullptr && !given->is_none()) {
    engine = *given;
  }
  const std::optional<std::string> version =
      evaluator.options().version ? evaluator.options().version("dj_database_url") : std::nullopt;
  const bool is_old = version && version->starts_with("0.");
  if (is_old && engine.is(Type::text) && engine.text() == "django.db.backends.postgresql" &&
      call.find(first, "engine") == nullptr) {
    engine = text("django.db.backends.postgresql_psycopg2").with(engine.trace());
  }
  const Value* age = call.find(first + 1, "conn_max_age");
  set_item(made, "CONN_MAX_AGE", age == nullptr ? Value(std::int64_t{0}) : *age);
  const Value* checks = call.find(SIZE_MAX, "conn_health_checks");
  if (checks != nullptr) set_item(made, "CONN_HEALTH_CHECKS", *checks);
  const Value* ssl = call.find(first + 2, "ssl_require");
  if (ssl != nullptr && truth_of(*ssl) != false) {
    Value options = make_dict();
    set_item(options, "sslmode", text("require"));
    set_item(made, "OPTIONS", std::move(options));
  }
  set_item(made, "ENGINE", std::move(engine));
  // Version 1 and later hold further keys.
  if (!is_old) {
    made.object()->content.others =
        "which further keys there are depends on the version of dj-database-url";
  }
  return made;
}

Value database_from_environment(Evaluator& evaluator, Call& call) {
  const Value* name = call.find(0, "env");
  if (name != nullptr && !name->is(Type::text)) return evaluator.unknown_because(*name, Type::dict);
  const Evaluator::Variable variable =
      evaluator.variable(name == nullptr ? "DATABASE_URL" : name->text());
  if (variable.state == State::unknown) {
    return evaluator.unknown(variable.value.reason(), 0, Type::dict).with(variable.value.trace());
  }
  Value url = variable.value;
  if (variable.state == State::unset) {
    const Value* fallback = call.find(1, "default");
    if (fallback != nullptr && !fallback->is_object()) {
      url = fallback->with(Trace::join(variable.value.trace(), fallback->trace()));
    } else if (fallback != nullptr) {
      return evaluator.unknown("the default of the database URL is no text");
    }
  }
  return database_config(evaluator, call, std::move(url), 2);
}

Value database_parse(Evaluator& evaluator, Call& call) {
  const Value* url = call.find(0, "url");
  if (url == nullptr) return evaluator.raise(call, "TypeError", "parse()");
  return database_config(evaluator, call, *url, 1);
}

// ---- split_settings

Value optional_file(Evaluator& /*evaluator*/, Call& call) {
  Value made = make_instance("split_settings.optional");
  if (const Value* path = call.find(0)) made.object()->content.table.set_name("value", *path);
  return made;
}

Value include_files(Evaluator& evaluator, Call& call) {
  for (const Value& value : call.positional) {
    const bool optional =
        value.is(Type::instance) && value.object()->name == "split_settings.optional";
    const Value* path = optional ? value.object()->content.table.find("value") : &value;
    const std::optional<std::string> pattern = path == nullptr ? std::nullopt : to_text(*path);
    if (!pattern) {
      evaluator.poison_module(*call.scope.module, "a file that is not known is included");
      return {};
    }
    evaluator.include(call.scope, call.node, *pattern, optional);
    if (evaluator.is_raising()) return {};
  }
  return {};
}

// ---- Django

Value random_key(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is another one at each start (get_random_secret_key)", 0, Type::text)
      .marked(origin::random);
}

// A translated text, in the language of the source.
Value translated(Evaluator& evaluator, Call& call) {
  const Value* message = call.find(0);
  return message == nullptr ? evaluator.unknown("a message is missing") : *message;
}

Value reversed_url(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("the URL of a route is not computed", 0, Type::text);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"dj_database_url.config", database_from_environment},
    {"dj_database_url.parse", database_parse},
    {"django.core.management.utils.get_random_secret_key", random_key},
    {"django.urls.reverse_lazy", reversed_url},
    {"django.utils.crypto.get_random_string", random_key},
    {"django.utils.translation.gettext", translated},
    {"django.utils.translation.gettext_lazy", translated},
    {"django.utils.translation.gettext_noop", translated},
    {"django.utils.translation.ugettext", translated},
    {"django.utils.translation.ugettext_lazy", translated},
    {"split_settings.tools.include", include_files},
    {"split_settings.tools.optional", optional_file},
});

Value whole(std::int64_t value) { return {value}; }

constexpr auto kConstants = std::to_array<ConstantEntry>({
    {"environs.env", [] { return make_instance("environs.Env"); }},
    {"decouple.undefined", [] { return Value::unknown("an undefined default"); }},
    {"django.contrib.messages.constants.DEBUG", [] { return whole(10); }},
    {"django.contrib.messages.constants.ERROR", [] { return whole(40); }},
    {"django.contrib.messages.constants.INFO", [] { return whole(20); }},
    {"django.contrib.messages.constants.SUCCESS", [] { return whole(25); }},
    {"django.contrib.messages.constants.WARNING", [] { return whole(30); }},
});

}  // namespace

std::span<const NativeEntry> framework_natives() { return kNatives; }
std::span<const ConstantEntry> framework_constants() { return kConstants; }

}  // namespace gate::readers::python
