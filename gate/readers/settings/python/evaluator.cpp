// Names, the environment, exceptions, limits.
#include "gate/readers/settings/python/evaluator.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/readers/formats/dotenv.h"

namespace gate::readers::python {

const Value* Call::find(std::size_t place, std::string_view name) const {
  if (place < positional.size()) return &positional[place];
  if (name.empty()) return nullptr;
  const auto found = std::find_if(named.begin(), named.end(),
                                  [&](const Named& given) { return given.name == name; });
  return found == named.end() ? nullptr : &found->value;
}

Evaluator::Evaluator(const ProjectFiles& files, const EnvironmentValues& environment,
                     Options options)
    : files_(files),
      environment_(environment),
      options_(std::move(options)),
      variables_(std::make_shared<Object>(Type::dict)) {}

bool Evaluator::step() { return ++steps_ < kMaxSteps; }

SettingPlace Evaluator::place(const Scope& scope, NodeIndex node) const {
  return place_of(scope.module->path, scope.module->lines, scope.module->tree[node].span);
}

std::string Evaluator::text_of(const Scope& scope, NodeIndex node) const {
  std::string text(scope.module->tree.text(node));
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return text;
}

Value Evaluator::traced_at(const Scope& scope, NodeIndex node, Value value,
                           std::string_view step) const {
  return value.then({std::string(step), place(scope, node)});
}

// ---- Exceptions

Value Evaluator::raise(const Call& call, std::string_view type, std::string message) {
  return raise_at(call.scope, call.node, type, std::move(message));
}

Value Evaluator::raise_at(const Scope& scope, NodeIndex node, std::string_view type,
                          std::string message) {
  const std::size_t dot = type.rfind('.');
  const std::string_view word = dot == std::string_view::npos ? type : type.substr(dot + 1);
  const std::string reason = fmt::format("{}: {}", word, message);
  const SettingPlace where = place(scope, node);
  if (tries_ > 0) {
    if (!raised_) raised_ = Raised{exception_types(type), message, where};
  } else {
    problems_.push_back({reason, where, true});
  }
  return Value::unknown(reason).with(Trace({reason, where}));
}

Value Evaluator::unknown(std::string reason, std::uint8_t maybe, Type hint) {
  maybe_ |= maybe;
  return Value::unknown(std::move(reason), hint);
}

Value Evaluator::unknown_because(const Value& value, Type hint) {
  maybe_ |= maybe_value;
  std::string reason = unknown_reason(value);
  if (reason.empty()) reason = "it cannot be computed without running it";
  return Value::unknown(std::move(reason), hint)
      .with(value.trace())
      .marked(value.origins() & origin::random);
}

// ---- Names

const Value* Evaluator::find_name(const Scope& scope, std::string_view name) const {
  for (const Scope* at = &scope; at != nullptr; at = at->enclosing.get()) {
    if (at->globals.contains(name)) break;
    if (const Value* found = at->names->content.table.find(name)) return found;
  }
  return scope.module->object.object()->content.table.find(name);
}

void Evaluator::bind_name(const ScopePtr& scope, std::string_view name, Value value) {
  const Scope* at = scope.get();
  const ObjectPtr& names =
      at->globals.contains(name) ? scope->module->object.object() : scope->names;
  journal_.touch(names);
  names->content.table.set_name(name, std::move(value));
}

void Evaluator::poison_module(Module& module, const std::string& reason) {
  touch(module.object);
  Content& content = module.object.object()->content;
  Table forgotten;
  for (const Table::Entry& entry : content.table.entries()) {
    // Nobody binds another `os` or `Path`.
    const Type type = entry.value.type();
    const bool kept = type == Type::native || type == Type::module || type == Type::function ||
                      type == Type::class_type;
    forgotten.set(entry.code, entry.key,
                  kept ? entry.value : Value::unknown(reason).with(entry.value.trace()));
  }
  content.table = std::move(forgotten);
  content.others = reason;
}

void Evaluator::poison_object(const Value& value, const std::string& reason, int depth) {
  if (!value.is_object() || depth > 10) return;
  const ObjectPtr& object = value.object();
  switch (object->type) {
    case Type::list:
    case Type::set:
    case Type::dict:
      for (const Table::Entry& entry : object->content.table.entries()) {
        poison_object(entry.value, reason, depth + 1);
      }
      [[fallthrough]];
    case Type::tuple:
      for (const Value& item : object->content.items)
        poison_object(item, reason, depth + 1);
      if (object->type != Type::tuple) {
        journal_.touch(object);
        object->content.poison = reason;
      }
      return;
    case Type::instance:
      if (object->name.find('.') != std::string::npos && object->name != "object") return;
      journal_.touch(object);
      object->content.poison = reason;
      return;
    default:
      return;
  }
}

// ---- The environment

Evaluator::Variable Evaluator::variable(std::string_view key) {
  using State = EnvironmentValue::State;
  variables_asked_.emplace(key);
  if (const Value* changed = variables_->content.table.find(key)) {
    if (changed->is_none()) return {State::unset, *changed};
    return {changed->is_unknown() ? State::unknown : State::set, *changed};
  }
  if (!variables_->content.poison.empty()) {
    return {State::unknown, Value::unknown(variables_->content.poison, Type::text)};
  }
  EnvironmentValue found = environment_.find(key);
  Trace trace = found.trace(key);
  // A name without a value is not handed to the program.
  if (found.state == State::set && !found.has_value) found.state = State::unset;
  Value value;
  if (found.state == State::set) value = Value(std::move(found.value));
  if (found.state == State::unknown) value = Value::unknown(std::move(found.reason), Type::text);
  return {found.state, value.with(std::move(trace)).marked(origin::environment)};
}

Value Evaluator::environment_variable(std::string_view key) { return variable(key).value; }

void Evaluator::set_variable(std::string_view key, Value value) {
  journal_.touch(variables_);
  variables_->content.table.set_name(key, std::move(value));
}

void Evaluator::unset_variable(std::string_view key) {
  journal_.touch(variables_);
  variables_->content.table.set_name(key, Value());
}

namespace {

// An entry of a dotenv file as the program gets it.
Value value_of(const EnvEntry& entry, std::string_view path, const base::LineIndex& lines) {
  EnvironmentValue value;
  value.state = EnvironmentValue::State::set;
  value.value = entry.value;
  value.secret = true;  // whether it is one is not asked here
  value.place = place_of(std::string(path), lines, entry.value_span);
  return Value(entry.value).with(value.trace(entry.key)).marked(origin::environment);
}

}  // namespace

void Evaluator::load_dotenv(std::string_view path, std::string_view dialect) {
  const std::optional<std::string> text = files_.read(path);
  const std::optional<EnvDialect> reader = find_env_dialect(dialect);
  if (!text || !reader) return;
  const EnvFile file = parse_dotenv(*text, *reader);
  const base::LineIndex lines(*text);
  for (const EnvEntry& entry : file.entries) {
    if (!entry.has_value || variable(entry.key).state != EnvironmentValue::State::unset) continue;
    set_variable(entry.key, value_of(entry, path, lines));
  }
}

std::optional<Value> Evaluator::dotenv_value(std::string_view path, std::string_view key,
                                             std::string_view dialect) const {
  const std::optional<std::string> text = files_.read(path);
  const std::optional<EnvDialect> reader = find_env_dialect(dialect);
  if (!text || !reader) return std::nullopt;
  const EnvFile file = parse_dotenv(*text, *reader);
  const base::LineIndex lines(*text);
  std::optional<Value> found;
  for (const EnvEntry& entry : file.entries) {
    if (entry.has_value && entry.key == key) found = value_of(entry, path, lines);
  }
  return found;
}

std::optional<std::string> Evaluator::find_above(
    std::string_view path, std::initializer_list<std::string_view> names) const {
  std::string_view folder = path;
  while (true) {
    const std::size_t slash = folder.rfind('/');
    folder = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
    for (const std::string_view name : names) {
      std::string file = folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name);
      if (files_.has(file)) return file;
    }
    if (folder.empty()) return std::nullopt;
  }
}

void Evaluator::note_text_truth(const Call& call) {
  text_truths_.push_back({place(call.scope, call.node), text_of(call.scope, call.node)});
}

}  // namespace gate::readers::python
