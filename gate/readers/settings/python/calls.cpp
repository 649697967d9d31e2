// Calls: of functions and classes of the project, of builtin types, of libraries.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/evaluator.h"
#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

// Calls of these neither change what they are given nor what settings hold.
constexpr auto kHarmless = std::to_array<std::string_view>({"sentry_sdk",
                                                            "logging",
                                                            "warnings",
                                                            "structlog",
                                                            "mimetypes",
                                                            "pymysql",
                                                            "newrelic",
                                                            "print",
                                                            "rollbar",
                                                            "locale",
                                                            "django",
                                                            "ldap",
                                                            "raven",
                                                            "datadog",
                                                            "ddtrace",
                                                            "opentelemetry",
                                                            "firebase_admin",
                                                            "cloudinary",
                                                            "stripe",
                                                            "boto3",
                                                            "google",
                                                            "loguru",
                                                            "colorlog",
                                                            "celery",
                                                            "corsheaders",
                                                            "rest_framework",
                                                            "django_auth_ldap",
                                                            "signal",
                                                            "ssl",
                                                            "faulthandler",
                                                            "gc"});

bool is_namespace(const Value& value) {
  return value.is(Type::instance) && value.object()->name == "namespace";
}

}  // namespace

Value Evaluator::call_expression(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex callee_node = tree.child(node, 0);
  Call call{*scope, node, {}, {}};
  // A method is called where it is named, so that no object is made of it.
  if (tree.kind(callee_node) == NodeKind::attribute) {
    const Value object = evaluate(scope, tree.child(callee_node, 0));
    if (raised_) return object;
    const std::string_view name = tree.text(tree.child(callee_node, 1));
    const bool is_builtin = object.type() > Type::unknown && object.type() < Type::function;
    if (is_builtin || (object.is(Type::instance) && object.object()->parts.empty())) {
      arguments(scope, node, call);
      if (raised_) return Value::unknown("an exception is raised before it is computed");
      return call_method(object, name, call);
    }
    const Value callee = attribute(*scope, callee_node, object, name);
    if (raised_) return callee;
    arguments(scope, node, call);
    if (raised_) return Value::unknown("an exception is raised before it is computed");
    if (callee.is_unknown()) {
      const std::string written = tree.dotted_name(callee_node);
      return unknown_call(callee, written.empty() ? std::string(name) : written, call);
    }
    return this->call(callee, call);
  }
  const Value callee = evaluate(scope, callee_node);
  if (raised_) return callee;
  arguments(scope, node, call);
  if (raised_) return Value::unknown("an exception is raised before it is computed");
  if (callee.is_unknown()) return unknown_call(callee, std::string(tree.text(callee_node)), call);
  // Functions that look at the scope of the call.
  if (callee.is(Type::native)) {
    const std::string& name = callee.object()->name;
    if (name == "exec" || name == "eval" || name == "compile" || name == "execfile") {
      const std::string reason = fmt::format("`{}` is not run", name);
      // Of a text that is a literal nothing is run.
      if (name == "eval" && call.positional.size() == 1 && call.positional[0].is(Type::text)) {
        const Value literal = literal_value(call.positional[0].text());
        if (find_unknown(literal) == nullptr) {
          return literal.is_object() ? literal : literal.with(call.positional[0].trace());
        }
      }
      if (name != "eval") poison_module(*scope->module, reason);
      return unknown(reason);
    }
    if ((name == "locals" || name == "vars") && call.positional.empty() && scope->is_function) {
      return unknown("`locals()` of a function is not followed", 0);
    }
  }
  return this->call(callee, call);
}

void Evaluator::arguments(const ScopePtr& scope, NodeIndex node, Call& call) {
  const Tree& tree = scope->module->tree;
  const NodeIndex callee = tree.child(node, 0);
  for (NodeIndex at = tree[callee].next; at != 0; at = tree[at].next) {
    switch (tree.kind(at)) {
      case NodeKind::keyword:
        call.named.push_back(
            {std::string(tree.text(tree.child(at, 0))), evaluate(scope, tree.child(at, 1))});
        break;
      case NodeKind::starred: {
        const Value spread = evaluate(scope, tree.child(at, 0));
        if (iterate(spread, [&](const Value& item) {
              call.positional.push_back(item);
              return true;
            })) {
          call.open = true;
        }
        break;
      }
      case NodeKind::double_starred: {
        const Value spread = evaluate(scope, tree.child(at, 0));
        if (!spread.is(Type::dict) || !spread.object()->content.poison.empty() ||
            !spread.object()->content.others.empty()) {
          call.open = true;
          break;
        }
        for (const Table::Entry& entry : spread.object()->content.table.entries()) {
          if (entry.key.is(Type::text)) call.named.push_back({entry.key.text(), entry.value});
        }
        break;
      }
      default:
        call.positional.push_back(evaluate(scope, at));
    }
    if (raised_) return;
  }
}

Value Evaluator::call(const Value& callee, Call& call) {
  switch (callee.type()) {
    case Type::native: {
      const std::string& name = callee.object()->name;
      if (call.open) {
        return unknown(fmt::format("not all that `{}` is given is known", name));
      }
      if (const Native native = find_native(name)) return native(*this, call);
      if (is_exception_type(name)) return unknown("it is an exception", 0);
      if (is_unbound_method(name) && !call.positional.empty()) {
        const Value object = call.positional.front();
        const bool fits = name.starts_with(fmt::format("{}.", describe(object.type())));
        if (fits) {
          call.positional.erase(call.positional.begin());
          return call_method(object, name.substr(name.find('.') + 1), call);
        }
      }
      return unknown_call(callee, name, call);
    }
    case Type::function:
      return call_function(callee, call);
    case Type::method: {
      const Value& object = callee.object()->parts[0];
      const Value& function = callee.object()->parts[1];
      if (function.is(Type::function)) {
        call.positional.insert(call.positional.begin(), object);
        return call_function(function, call);
      }
      return call_method(object, callee.object()->name, call);
    }
    case Type::class_type:
      return construct(callee, call);
    case Type::instance: {
      if (callee.object()->parts.empty()) return call_method(callee, "__call__", call);
      const Value* function = class_attribute(callee.object()->parts.front(), "__call__");
      if (function != nullptr && function->is(Type::function)) {
        call.positional.insert(call.positional.begin(), callee);
        return call_function(*function, call);
      }
      return unknown(fmt::format("an object of {} is called", callee.object()->name));
    }
    case Type::unknown:
      return unknown_call(callee, text_of(call.scope, call.node), call);
    default:
      return raise(call, "TypeError",
                   fmt::format("a {} cannot be called", describe(callee.type())));
  }
}

Value Evaluator::call_method(const Value& object, std::string_view name, Call& call) {
  if (call.open) {
    poison_object(object, "not all that its method is given is known");
    if (is_namespace(object)) poison_module(*object.object()->module, "not all of it is known");
    return unknown(fmt::format("not all that `{}` is given is known", name));
  }
  std::optional<Value> result;
  if (object.is(Type::text)) {
    result = text_method(*this, object, name, call);
  } else if (object.is(Type::list) || object.is(Type::tuple) || object.is(Type::set) ||
             object.is(Type::dict)) {
    result = container_method(*this, object, name, call);
  } else if (object.is(Type::instance)) {
    if (!object.object()->content.poison.empty()) {
      return unknown(object.object()->content.poison);
    }
    if (const Native native = find_native(fmt::format("{}.{}", object.object()->name, name))) {
      call.self = object;
      result = native(*this, call);
    } else if (const Value* held = object.object()->content.table.find(name);
               held != nullptr && name != "value") {
      const Value callee = *held;
      return this->call(callee, call);
    }
  } else if (object.is_unknown()) {
    return unknown_because(object);
  } else if (object.is_none()) {
    return raise(call, "AttributeError", fmt::format("None has no `{}`", name));
  }
  if (result) return *result;
  const std::string reason = fmt::format(
      "`{}` of a {} is not followed", name,
      object.is(Type::instance) ? object.object()->name : std::string(describe(object.type())));
  poison_object(object, reason);
  const bool only_looks = name == "items" || name == "keys" || name == "values" || name == "copy";
  if (is_namespace(object) && !only_looks) poison_module(*object.object()->module, reason);
  return unknown(reason);
}

bool Evaluator::bind(const ScopePtr& scope, const Object& function, Call& call) {
  const Tree& tree = function.module->tree;
  const NodeIndex parameters = tree.kind(function.node) == NodeKind::lambda
                                   ? tree.child(function.node, 0)
                                   : tree.child(function.node, 3);
  std::size_t next = 0;
  std::size_t index = 0;
  bool keyword_only = false;
  std::vector<bool> used(call.named.size(), false);
  Table& names = scope->names->content.table;
  for (const NodeIndex parameter : tree.children(parameters)) {
    if (tree.kind(parameter) == NodeKind::star_marker) keyword_only = true;
    if (tree.kind(parameter) != NodeKind::parameter) continue;
    const std::string_view name = tree.text(tree.child(parameter, 0));
    const std::optional<Value>& fallback = function.defaults[index++];
    if (tree[parameter].has(flag::star)) {
      std::vector<Value> rest(call.positional.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(next, call.positional.size())),
                              call.positional.end());
      next = call.positional.size();
      names.set_name(name, make_list(std::move(rest), Type::tuple));
      keyword_only = true;
    } else if (tree[parameter].has(flag::double_star)) {
      Value rest = make_dict();
      for (std::size_t at = 0; at < call.named.size(); ++at) {
        if (used[at]) continue;
        used[at] = true;
        rest.object()->content.table.set("s" + call.named[at].name, Value(call.named[at].name),
                                         call.named[at].value);
      }
      names.set_name(name, std::move(rest));
    } else if (!keyword_only && next < call.positional.size()) {
      names.set_name(name, call.positional[next++]);
    } else {
      const auto given = std::find_if(call.named.begin(), call.named.end(),
                                      [&](const Call::Named& one) { return one.name == name; });
      if (given != call.named.end()) {
        used[static_cast<std::size_t>(given - call.named.begin())] = true;
        names.set_name(name, given->value);
      } else if (fallback) {
        names.set_name(name, *fallback);
      } else {
        return false;
      }
    }
  }
  return next >= call.positional.size() &&
         std::all_of(used.begin(), used.end(), [](bool given) { return given; });
}

std::vector<std::optional<Value>> Evaluator::parameter_defaults(const ScopePtr& scope,
                                                                NodeIndex parameters) {
  const Tree& tree = scope->module->tree;
  std::vector<std::optional<Value>> defaults;
  for (const NodeIndex parameter : tree.children(parameters)) {
    if (tree.kind(parameter) != NodeKind::parameter) continue;
    const NodeIndex value = tree.child(parameter, 2);
    if (tree.kind(value) == NodeKind::absent) {
      defaults.emplace_back();
    } else {
      defaults.emplace_back(evaluate(scope, value));
    }
  }
  return defaults;
}

Value Evaluator::lambda(const ScopePtr& scope, NodeIndex node) {
  auto function = std::make_shared<Object>(Type::function);
  function->name = "lambda";
  function->module = scope->module;
  function->node = node;
  function->scope = scope->is_function || scope->is_comprehension ? scope : nullptr;
  function->defaults = parameter_defaults(scope, scope->module->tree.child(node, 0));
  return {std::move(function)};
}

Value Evaluator::call_function(const Value& function, Call& call) {
  const ObjectPtr object = function.object();
  const Tree& tree = object->module->tree;
  if (calls_ >= kMaxCalls) return unknown("functions call each other too deeply");
  auto inner = std::make_shared<Scope>();
  inner->module = object->module;
  inner->names = std::make_shared<Object>(Type::dict);
  inner->enclosing = object->scope;
  inner->is_function = true;
  if (call.open) {
    if (tree.kind(object->node) == NodeKind::function) {
      poison(inner, tree.last_child(object->node), "not all that the function is given is known");
    }
    return unknown(fmt::format("not all that `{}` is given is known", object->name));
  }
  if (!bind(inner, *object, call)) {
    return raise(call, "TypeError",
                 fmt::format("`{}` is called with arguments that do not fit", object->name));
  }
  if (tree.kind(object->node) == NodeKind::lambda) {
    ++calls_;
    Value value = evaluate(inner, tree.child(object->node, 1));
    --calls_;
    return value;
  }
  const NodeIndex body = tree.last_child(object->node);
  if (tree[object->node].has(flag::async)) return unknown("a coroutine is not run");
  // A generator has a `yield` somewhere.
  const std::string_view source = tree.text(body);
  if (source.find("yield") != std::string_view::npos) {
    poison(inner, body, "a generator is not followed");
    return unknown("a generator is not followed");
  }
  ++calls_;
  const Flow flow = block(inner, body);
  --calls_;
  if (flow == Flow::returned) return std::exchange(returned_, std::nullopt).value_or(Value());
  if (flow == Flow::uncertain) return unknown(uncertain_);
  if (flow == Flow::raised && tries_ == 0 && raised_) {
    const Raised raised = *std::exchange(raised_, std::nullopt);
    const std::string& full = raised.types.front();
    const std::string reason =
        fmt::format("{}: {}", full.substr(full.rfind('.') + 1), raised.message);
    return Value::unknown(reason).with(Trace({reason, raised.place}));
  }
  if (flow == Flow::raised) return Value::unknown("an exception is raised");
  return {};
}

// `Stage("production")`: the member of this value.
Value Evaluator::member_of(const Value& type, Call& call) {
  bool sure = call.positional.size() == 1;
  for (const Table::Entry& entry : type.object()->content.table.entries()) {
    if (!sure || !entry.value.is(Type::instance)) continue;
    const Value* held = entry.value.object()->content.table.find("value");
    const std::optional<bool> same =
        held == nullptr ? std::nullopt : equal(*held, call.positional.front());
    if (same == true) return entry.value;
    sure = sure && same.has_value();
  }
  if (!sure) return unknown("which member of an enumeration it is is not known", maybe_value);
  return raise(call, "ValueError",
               fmt::format("{} is no {}", shown(call.positional.front()), type.object()->name));
}

Value Evaluator::construct(const Value& type, Call& call) {
  if (class_attribute(type, kEnumMark) != nullptr) return member_of(type, call);
  auto object = std::make_shared<Object>(Type::instance);
  object->name = type.object()->name;
  object->parts = {type};
  const Value made(object);
  const bool plain =
      std::all_of(type.object()->parts.begin(), type.object()->parts.end(), [](const Value& base) {
        return base.is(Type::class_type) ||
               (base.is(Type::native) && base.object()->name == "object");
      });
  if (!plain || !type.object()->content.others.empty()) {
    return unknown(fmt::format("an object of the class {} is not followed", object->name));
  }
  if (const Value* init = class_attribute(type, "__init__")) {
    const Value function = *init;
    call.positional.insert(call.positional.begin(), made);
    if (function.is(Type::function)) call_function(function, call);
  }
  return made;
}

// A function that nobody here knows: it may change what it is given.
Value Evaluator::unknown_call(const Value& callee, const std::string& name, Call& call) {
  const std::string top = name.substr(0, name.find('.'));
  const bool harmless = std::find(kHarmless.begin(), kHarmless.end(), top) != kHarmless.end();
  const std::string reason =
      callee.is_unknown() ? callee.reason() : fmt::format("`{}` is not run", name);
  const auto given = [&](const Value& value) {
    if (is_namespace(value)) {
      poison_module(*value.object()->module, fmt::format("`{}` may change every name", name));
    } else if (!harmless) {
      poison_object(value, fmt::format("`{}` may change it", name));
    }
  };
  for (const Value& value : call.positional)
    given(value);
  for (const Call::Named& named : call.named)
    given(named.value);
  const std::uint8_t origins = callee.origins();
  return unknown(callee.is_unknown() && reason.find(name) == std::string::npos
                     ? fmt::format("`{}` is not run: {}", name, reason)
                     : reason)
      .marked(origins);
}

}  // namespace gate::readers::python
