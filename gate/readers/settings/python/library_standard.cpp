// Smaller parts of the standard library.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/formats/json.h"
#include "gate/readers/formats/python/literals.h"
#include "gate/readers/settings/python/library.h"
#include "gate/readers/settings/python/walk.h"

namespace gate::readers::python {
namespace {

Value from_document(const readers::Value& value) {
  switch (value->kind) {
    case readers::NodeKind::boolean:
      return {value->boolean};
    case readers::NodeKind::integer:
      return {value->integer};
    case readers::NodeKind::number:
      return {value->number};
    case readers::NodeKind::string:
      return {std::string(value->text)};
    case readers::NodeKind::list: {
      std::vector<Value> items;
      for (const readers::Value& child : value.children())
        items.push_back(from_document(child));
      return make_list(std::move(items));
    }
    case readers::NodeKind::map: {
      Value made = make_dict();
      for (const readers::Value& child : value.children()) {
        const std::string key(child->key);
        made.object()->content.table.set("s" + key, Value(key), from_document(child));
      }
      return made;
    }
    default:
      return {};
  }
}

// A literal of Python in a text.
Value literal_at(const Tree& tree, NodeIndex node) {
  switch (tree.kind(node)) {
    case NodeKind::true_value:
      return {true};
    case NodeKind::false_value:
      return {false};
    case NodeKind::none_value:
      return {};
    case NodeKind::string:
    case NodeKind::strings:
      if (std::optional<std::string> text = constant_text(tree, node))
        return Value(*std::move(text));
      break;
    case NodeKind::number:
      if (const auto number = number_value(tree, node)) {
        if (const auto* whole = std::get_if<std::int64_t>(&*number)) return {*whole};
        return {std::get<double>(*number)};
      }
      break;
    case NodeKind::unary: {
      const Value value = literal_at(tree, tree.child(node, 0));
      if (tree[node].op != Op::negative) break;
      if (value.is(Type::integer) && value.whole() != INT64_MIN) return {-value.whole()};
      if (value.is(Type::number)) return {-value.real()};
      break;
    }
    case NodeKind::list:
    case NodeKind::tuple: {
      std::vector<Value> items;
      for (const NodeIndex child : tree.children(node))
        items.push_back(literal_at(tree, child));
      return make_list(std::move(items),
                       tree.kind(node) == NodeKind::list ? Type::list : Type::tuple);
    }
    case NodeKind::dict: {
      Value made = make_dict();
      for (const NodeIndex pair : tree.children(node)) {
        const Value key = literal_at(tree, tree.child(pair, 0));
        const std::optional<std::string> code = key_code(key);
        if (!code || tree.kind(pair) != NodeKind::pair) return Value::unknown("no literal");
        made.object()->content.table.set(*code, key, literal_at(tree, tree.child(pair, 1)));
      }
      return made;
    }
    default:
      break;
  }
  return Value::unknown("the literal is not followed");
}

}  // namespace

Value literal_value(std::string_view text) {
  const Tree tree = Tree::parse(text);
  const NodeIndex statement = tree.child(Tree::root(), 0);
  if (tree.error() != nullptr || statement == 0 || tree[statement].next != 0 ||
      tree.kind(statement) != NodeKind::expression_statement) {
    return Value::unknown("the text is no literal");
  }
  return literal_at(tree, tree.child(statement, 0));
}

std::optional<Value> from_json(const std::string& text) {
  const auto document = parse_json(std::make_shared<base::Source>("variable", text));
  if (!document) return std::nullopt;
  return from_document((*document)->root());
}

namespace {

Value loads(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.raise(call, "TypeError", "loads()");
  if (!value->is(Type::text)) {
    if (value->is_unknown()) return evaluator.unknown_because(*value);
    return evaluator.raise(call, "TypeError", "loads() takes a text");
  }
  if (std::optional<Value> made = from_json(value->text())) return made->with(value->trace());
  return evaluator.raise(call, "json.JSONDecodeError", "the text is no JSON");
}

Value literal_eval(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr || !value->is(Type::text)) {
    return value == nullptr ? evaluator.raise(call, "TypeError", "literal_eval()")
                            : evaluator.unknown_because(*value);
  }
  // Blanks before it do not count.
  std::string text = value->text();
  text.erase(0, std::min(text.find_first_not_of(" \t"), text.size()));
  const Value made = literal_value(text);
  if (find_unknown(made) != nullptr) {
    return evaluator.unknown(unknown_reason(made), Evaluator::maybe_value);
  }
  return traced(evaluator, call, "literal_eval", *value, made);
}

// datetime.timedelta, as seconds.
Value timedelta(Evaluator& evaluator, Call& call) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  // In the order of the parameters; the two below a second have none.
  constexpr auto kUnits = std::to_array<Unit>({{"days", 86400},
                                               {"seconds", 1},
                                               {"microseconds", 0},
                                               {"milliseconds", 0},
                                               {"minutes", 60},
                                               {"hours", 3600},
                                               {"weeks", 604800}});
  std::int64_t total = 0;
  Trace trace;
  for (std::size_t at = 0; at < kUnits.size(); ++at) {
    const Value* given = call.find(at, kUnits[at].name);
    if (given == nullptr) continue;
    trace = Trace::join(trace, given->trace());
    if (given->is(Type::number)) {
      const double seconds = given->real() * static_cast<double>(kUnits[at].seconds);
      if (kUnits[at].seconds == 0 ||
          seconds != static_cast<double>(static_cast<std::int64_t>(seconds))) {
        return evaluator.unknown("a part of a second", 0);
      }
      total += static_cast<std::int64_t>(seconds);
      continue;
    }
    if (!given->is(Type::integer)) return evaluator.unknown_because(*given);
    if (kUnits[at].seconds == 0 && given->whole() != 0)
      return evaluator.unknown("a part of a second", 0);
    std::int64_t part = 0;
    if (__builtin_mul_overflow(given->whole(), kUnits[at].seconds, &part) ||
        __builtin_add_overflow(total, part, &total)) {
      return evaluator.raise(call, "OverflowError", "the time is too long");
    }
  }
  Value made = make_instance("datetime.timedelta");
  made.object()->content.table.set_name("value", Value(total));
  return made.with(std::move(trace));
}

Value total_seconds(Evaluator& /*evaluator*/, Call& call) {
  return {static_cast<double>(call.self.object()->content.table.find("value")->whole())};
}

std::int64_t seconds_of(const Value& duration) {
  return duration.object()->content.table.find("value")->whole();
}

Value duration(std::int64_t seconds) {
  Value made = make_instance("datetime.timedelta");
  made.object()->content.table.set_name("value", Value(seconds));
  return made;
}

bool is_duration(const Value* value) {
  return value != nullptr && value->is(Type::instance) &&
         value->object()->name == "datetime.timedelta";
}

// The days of a timedelta, rounded down, and the seconds that are left.
Value days_of(Evaluator& /*evaluator*/, Call& call) {
  const std::int64_t seconds = seconds_of(call.self);
  return {seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0)};
}
Value rest_of_day(Evaluator& /*evaluator*/, Call& call) {
  const std::int64_t rest = seconds_of(call.self) % 86400;
  return {rest < 0 ? rest + 86400 : rest};
}

template <int sign>
Value moved_timedelta(Evaluator& evaluator, Call& call) {
  const Value* other = call.find(0);
  std::int64_t total = 0;
  if (!is_duration(other) ||
      __builtin_add_overflow(seconds_of(call.self), sign * seconds_of(*other), &total)) {
    return evaluator.unknown("a time is moved by something unknown", Evaluator::maybe_value);
  }
  return duration(total);
}

Value divided_timedelta(Evaluator& evaluator, Call& call) {
  const Value* other = call.find(0);
  if (!is_duration(other) || seconds_of(*other) == 0) {
    return evaluator.unknown("a part of a time", Evaluator::maybe_value);
  }
  return {static_cast<double>(seconds_of(call.self)) / static_cast<double>(seconds_of(*other))};
}

Value scaled_timedelta(Evaluator& evaluator, Call& call) {
  const Value* times = call.find(0);
  const std::int64_t seconds = call.self.object()->content.table.find("value")->whole();
  std::int64_t total = 0;
  if (times == nullptr || !times->is(Type::integer) ||
      __builtin_mul_overflow(seconds, times->whole(), &total)) {
    return evaluator.unknown("a part of a time");
  }
  return duration(total);
}

Value regex(Evaluator& evaluator, Call& call) {
  const Value* pattern = call.find(0);
  if (pattern == nullptr || !pattern->is(Type::text)) {
    return pattern == nullptr ? evaluator.unknown("a pattern is missing")
                              : evaluator.unknown_because(*pattern);
  }
  Value made = make_instance("re.Pattern");
  made.object()->content.table.set_name("value", *pattern);
  return made;
}

Value import_module(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0, "name");
  const std::optional<std::string> package = text_argument(call, 1, "package");
  if (!name) return evaluator.unknown("a module of an unknown name is imported");
  return evaluator.import_dynamic(call, *name, package.value_or(""));
}

Value random_text(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is another one at each start", 0).marked(origin::random);
}

// Bytes are not followed; whether they are others at each start is.
Value passed_on(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  const std::uint8_t origins = value == nullptr ? std::uint8_t{0} : value->origins();
  const bool is_random = value != nullptr && value->from(origin::random);
  return evaluator
      .unknown(is_random ? "it is another one at each start" : "bytes are not followed", 0)
      .marked(origins);
}

Value no_effect(Evaluator& /*evaluator*/, Call& /*call*/) { return {}; }

Value logger(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it is a logger", 0);
}

Value first_argument(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  return value == nullptr ? evaluator.unknown("an argument is missing") : *value;
}

Value second_argument(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(1);
  return value == nullptr ? evaluator.unknown("an argument is missing") : *value;
}

Value copied(const Value& value, Walk walk) {
  if (walk.is_over()) return Value::unknown("it is nested too deeply or has too many elements");
  if (!value.is_object()) return value;
  const Type type = value.type();
  if (type != Type::list && type != Type::tuple && type != Type::set && type != Type::dict) {
    return value;
  }
  auto object = std::make_shared<Object>(type);
  object->content = value.object()->content;
  for (Value& item : object->content.items)
    item = copied(item, walk.deeper());
  Table table;
  for (const Table::Entry& entry : object->content.table.entries()) {
    table.set(entry.code, entry.key, copied(entry.value, walk.deeper()));
  }
  object->content.table = std::move(table);
  return Value(std::move(object)).with(value.trace());
}

Value deep_copy(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  std::size_t left = kMaxWalk;
  return value == nullptr ? evaluator.unknown("an argument is missing")
                          : copied(*value, Walk(left));
}

Value shallow_copy(Evaluator& evaluator, Call& call) {
  const Value* value = call.find(0);
  if (value == nullptr) return evaluator.unknown("an argument is missing");
  if (!value->is(Type::list) && !value->is(Type::dict) && !value->is(Type::set)) return *value;
  auto object = std::make_shared<Object>(value->type());
  object->content = value->object()->content;
  return Value(std::move(object)).with(value->trace());
}

Value ordered_dict(Evaluator& evaluator, Call& call) {
  Value made = make_dict();
  evaluator.call_method(made, "update", call);
  return made;
}

Value chained(Evaluator& evaluator, Call& call) {
  std::vector<Value> items;
  for (const Value& one : call.positional) {
    const std::optional<std::string> broken = evaluator.iterate(one, [&](const Value& item) {
      items.push_back(item);
      return items.size() < kMaxItems;
    });
    if (broken) items.push_back(Value::stretch(*broken));
  }
  return make_list(std::move(items));
}

Value suppress(Evaluator& /*evaluator*/, Call& /*call*/) {
  return make_instance("contextlib.suppress");
}

Value no_class(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("a class that is made at run time is not followed");
}

Value from_machine(Evaluator& evaluator, Call& /*call*/) {
  return evaluator.unknown("it depends on the machine", 0);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"ast.literal_eval", literal_eval},
    {"base64.b64encode", passed_on},
    {"base64.urlsafe_b64encode", passed_on},
    {"collections.OrderedDict", ordered_dict},
    {"contextlib.suppress", suppress},
    {"copy.copy", shallow_copy},
    {"copy.deepcopy", deep_copy},
    {"datetime.timedelta", timedelta},
    {"datetime.timedelta.__add__", moved_timedelta<1>},
    {"datetime.timedelta.__mul__", scaled_timedelta},
    {"datetime.timedelta.__sub__", moved_timedelta<-1>},
    {"datetime.timedelta.__truediv__", divided_timedelta},
    {"datetime.timedelta.total_seconds", total_seconds},
    {"enum.Enum", no_class},
    {"enum.Flag", no_class},
    {"enum.IntEnum", no_class},
    {"enum.IntFlag", no_class},
    {"enum.StrEnum", no_class},
    {"get datetime.timedelta.days", days_of},
    {"get datetime.timedelta.seconds", rest_of_day},
    {"importlib.import_module", import_module},
    {"itertools.chain", chained},
    {"json.loads", loads},
    {"logging.basicConfig", no_effect},
    {"logging.captureWarnings", no_effect},
    {"logging.config.dictConfig", no_effect},
    {"logging.debug", no_effect},
    {"logging.disable", no_effect},
    {"logging.error", no_effect},
    {"logging.getLogger", logger},
    {"logging.info", no_effect},
    {"logging.warning", no_effect},
    {"mimetypes.add_type", no_effect},
    {"multiprocessing.cpu_count", from_machine},
    {"os.cpu_count", from_machine},
    {"os.getpid", from_machine},
    {"os.umask", from_machine},
    {"platform.node", from_machine},
    {"platform.system", from_machine},
    {"random.choice", random_text},
    {"random.choices", random_text},
    {"random.randint", random_text},
    {"random.sample", random_text},
    {"re.compile", regex},
    {"secrets.choice", random_text},
    {"secrets.token_bytes", random_text},
    {"secrets.token_hex", random_text},
    {"secrets.token_urlsafe", random_text},
    {"socket.getfqdn", from_machine},
    {"socket.gethostbyname", from_machine},
    {"socket.gethostname", from_machine},
    {"time.time", from_machine},
    {"typing.cast", second_argument},
    {"uuid.uuid4", random_text},
    {"warnings.filterwarnings", no_effect},
    {"warnings.simplefilter", no_effect},
    {"warnings.warn", no_effect},
    {"types.MappingProxyType", first_argument},
});

Value text(std::string_view value) { return Value(std::string(value)); }
Value whole(std::int64_t value) { return {value}; }

constexpr auto kConstants = std::to_array<ConstantEntry>({
    {"logging.CRITICAL", [] { return whole(50); }},
    {"logging.DEBUG", [] { return whole(10); }},
    {"logging.ERROR", [] { return whole(40); }},
    {"logging.FATAL", [] { return whole(50); }},
    {"logging.INFO", [] { return whole(20); }},
    {"logging.NOTSET", [] { return whole(0); }},
    {"logging.WARN", [] { return whole(30); }},
    {"logging.WARNING", [] { return whole(30); }},
    {"string.ascii_letters",
     [] { return text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"); }},
    {"string.ascii_lowercase", [] { return text("abcdefghijklmnopqrstuvwxyz"); }},
    {"string.ascii_uppercase", [] { return text("ABCDEFGHIJKLMNOPQRSTUVWXYZ"); }},
    {"string.digits", [] { return text("0123456789"); }},
    {"string.hexdigits", [] { return text("0123456789abcdefABCDEF"); }},
    {"string.punctuation", [] { return text("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"); }},
    {"typing.TYPE_CHECKING", [] { return Value(false); }},
});

}  // namespace

std::span<const NativeEntry> standard_natives() { return kNatives; }
std::span<const ConstantEntry> standard_constants() { return kConstants; }

}  // namespace gate::readers::python
