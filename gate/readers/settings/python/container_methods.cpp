// Methods of list, tuple, set and dict.
#include <algorithm>

#include <fmt/format.h>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

class ContainerMethod {
 public:
  ContainerMethod(Evaluator& evaluator, const Value& container, std::string_view name, Call& call)
      : evaluator_(evaluator),
        self_(container),
        content_(container.object()->content),
        name_(name),
        call_(call) {}

  std::optional<Value> run() {
    if (!content_.poison.empty()) {
      return evaluator_.unknown(content_.poison, Evaluator::maybe_any);
    }
    switch (self_.type()) {
      case Type::list:
        return list();
      case Type::set:
        return set();
      case Type::dict:
        return dict();
      default:
        return sequence();
    }
  }

 private:
  [[nodiscard]] const Value* argument(std::size_t place, std::string_view name = {}) const {
    return call_.find(place, name);
  }
  [[nodiscard]] bool has_stretch() const {
    return std::any_of(content_.items.begin(), content_.items.end(),
                       [](const Value& item) { return item.is_stretch(); });
  }
  void poison(const std::string& reason) {
    evaluator_.touch(self_);
    content_.poison = reason;
  }
  // The place of an element, or why it is not known.
  struct Found {
    std::optional<std::size_t> place;
    std::string unknown;
  };
  [[nodiscard]] Found find(const Value& wanted) const {
    for (std::size_t at = 0; at < content_.items.size(); ++at) {
      const std::optional<bool> same = equal(content_.items[at], wanted);
      if (same == true) return {at, {}};
      if (!same) {
        const std::string reason =
            unknown_reason(content_.items[at].is_unknown() ? content_.items[at] : wanted);
        return {std::nullopt, reason.empty() ? "it is compared with an object" : reason};
      }
    }
    return {};
  }

  std::optional<Value> sequence() {
    if (name_ == "index" && argument(0) != nullptr && call_.positional.size() == 1) {
      const Found found = find(*argument(0));
      if (!found.unknown.empty()) return evaluator_.unknown(found.unknown, Evaluator::maybe_value);
      if (found.place) return Value(static_cast<std::int64_t>(*found.place));
      return evaluator_.raise(call_, "ValueError",
                              fmt::format("{} is not in it", shown(*argument(0))));
    }
    if (name_ == "count" && argument(0) != nullptr) {
      std::int64_t count = 0;
      for (const Value& item : content_.items) {
        const std::optional<bool> same = equal(item, *argument(0));
        if (!same) return evaluator_.unknown_because(item, Type::integer);
        count += *same ? 1 : 0;
      }
      return Value(count);
    }
    if (name_ == "copy") {
      return make_list(std::vector<Value>(content_.items), self_.type()).with(self_.trace());
    }
    return std::nullopt;
  }

  std::optional<Value> list() {
    std::vector<Value>& items = content_.items;
    if (name_ == "append" && argument(0) != nullptr) {
      evaluator_.touch(self_);
      items.push_back(*argument(0));
      return Value();
    }
    if (name_ == "extend" && argument(0) != nullptr) {
      evaluator_.touch(self_);
      std::vector<Value> added;
      const std::optional<std::string> broken =
          evaluator_.iterate(*argument(0), [&](const Value& v) {
            added.push_back(v);
            return added.size() < kMaxItems;
          });
      items.insert(items.end(), added.begin(), added.end());
      if (broken) items.push_back(Value::stretch(*broken));
      return Value();
    }
    if (name_ == "insert" && argument(1) != nullptr) {
      const Value& place = *argument(0);
      if (!place.is(Type::integer)) {
        poison(unknown_reason(place));
        return Value();
      }
      evaluator_.touch(self_);
      const auto size = static_cast<std::int64_t>(items.size());
      std::int64_t at = place.whole() < 0 ? place.whole() + size : place.whole();
      at = std::clamp<std::int64_t>(at, 0, size);
      // Where it lands among elements of unknown number is unknown unless it is at an end.
      if (has_stretch() && at != 0 && at != size) {
        poison("an element is inserted at an unknown place");
        return Value();
      }
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), *argument(1));
      return Value();
    }
    if (name_ == "remove" && argument(0) != nullptr) {
      const Found found = find(*argument(0));
      if (found.place) {
        evaluator_.touch(self_);
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(*found.place));
        return Value();
      }
      if (found.unknown.empty()) {
        return evaluator_.raise(call_, "ValueError",
                                fmt::format("{} is not in the list", shown(*argument(0))));
      }
      poison(found.unknown);
      return evaluator_.unknown(found.unknown, Evaluator::maybe_value);
    }
    if (name_ == "pop") {
      if (has_stretch() || (argument(0) != nullptr && !argument(0)->is(Type::integer))) {
        poison("an unknown element is taken out");
        return evaluator_.unknown("an unknown element is taken out", Evaluator::maybe_lookup);
      }
      const auto size = static_cast<std::int64_t>(items.size());
      std::int64_t at = argument(0) == nullptr ? -1 : argument(0)->whole();
      if (at < 0) at += size;
      if (at < 0 || at >= size)
        return evaluator_.raise(call_, "IndexError", "pop from beyond the list");
      evaluator_.touch(self_);
      const Value taken = items[static_cast<std::size_t>(at)];
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
      return taken;
    }
    if (name_ == "clear") {
      evaluator_.touch(self_);
      items.clear();
      return Value();
    }
    if (name_ == "reverse") {
      evaluator_.touch(self_);
      std::reverse(items.begin(), items.end());
      return Value();
    }
    if (name_ == "sort") {
      Call sorting{call_.scope, call_.node, {self_}, call_.named};
      const Value sorted = find_native("sorted")(evaluator_, sorting);
      if (sorted.is(Type::list)) {
        evaluator_.touch(self_);
        items = std::vector<Value>(sorted.items());
      } else {
        poison(unknown_reason(sorted));
      }
      return Value();
    }
    if (name_ == "__delitem__" && argument(0) != nullptr && argument(0)->is(Type::integer)) {
      name_ = "pop";
      list();
      return Value();
    }
    return sequence();
  }

  std::optional<Value> set() {
    std::vector<Value>& items = content_.items;
    const auto add = [&](std::vector<Value>& into, const Value& value) {
      const bool there = std::any_of(into.begin(), into.end(),
                                     [&](const Value& item) { return equal(item, value) == true; });
      if (!there) into.push_back(value);
    };
    if (name_ == "add" && argument(0) != nullptr) {
      evaluator_.touch(self_);
      add(items, *argument(0));
      return Value();
    }
    if (name_ == "update" || name_ == "union") {
      std::vector<Value> made = items;
      for (const Value& other : call_.positional) {
        const std::optional<std::string> broken = evaluator_.iterate(other, [&](const Value& v) {
          add(made, v);
          return true;
        });
        if (broken) made.push_back(Value::stretch(*broken));
      }
      if (name_ == "union") return make_list(std::move(made), Type::set);
      evaluator_.touch(self_);
      items = std::move(made);
      return Value();
    }
    if ((name_ == "discard" || name_ == "remove") && argument(0) != nullptr) {
      const Found found = find(*argument(0));
      if (!found.unknown.empty()) {
        poison(found.unknown);
      } else if (found.place) {
        evaluator_.touch(self_);
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(*found.place));
      } else if (name_ == "remove") {
        return evaluator_.raise(call_, "KeyError", shown(*argument(0)));
      }
      return Value();
    }
    if ((name_ == "difference" || name_ == "intersection") && argument(0) != nullptr) {
      std::vector<Value> made;
      for (const Value& item : items) {
        const std::optional<bool> other = contains(*argument(0), item);
        if (!other) return evaluator_.unknown_because(*argument(0), Type::set);
        if (*other == (name_ == "intersection")) made.push_back(item);
      }
      return make_list(std::move(made), Type::set);
    }
    return sequence();
  }

  // The value of a key; `missing` where the dict surely lacks it.
  Value lookup(const Value& key, const std::function<Value()>& missing) {
    const std::optional<std::string> code = key_code(key);
    if (!code) return evaluator_.unknown_because(key);
    if (const Value* found = content_.table.find(*code)) return *found;
    if (!content_.others.empty()) {
      return evaluator_.unknown(content_.others, Evaluator::maybe_lookup);
    }
    return missing();
  }

  std::optional<Value> dict() {
    if (name_ == "get" && argument(0) != nullptr) {
      return lookup(*argument(0), [&] {
        const Value* fallback = argument(1, "default");
        return fallback == nullptr ? Value() : *fallback;
      });
    }
    if (name_ == "update") return update();
    if (name_ == "setdefault" && argument(0) != nullptr) {
      bool is_missing = false;
      const Value fallback = argument(1) == nullptr ? Value() : *argument(1);
      Value found = lookup(*argument(0), [&] {
        is_missing = true;
        return fallback;
      });
      if (is_missing) {
        evaluator_.touch(self_);
        content_.table.set(*key_code(*argument(0)), *argument(0), fallback);
      } else if (found.is_unknown() && !key_code(*argument(0))) {
        poison(found.reason());
      }
      return found;
    }
    if ((name_ == "pop" || name_ == "__delitem__") && argument(0) != nullptr) {
      const std::optional<std::string> code = key_code(*argument(0));
      if (!code) {
        poison("an unknown key is taken out");
        return evaluator_.unknown("an unknown key is taken out", Evaluator::maybe_lookup);
      }
      const Value* fallback = argument(1);
      Value found = lookup(*argument(0), [&] {
        if (fallback != nullptr) return *fallback;
        return evaluator_.raise(call_, "KeyError", shown(*argument(0)));
      });
      evaluator_.touch(self_);
      content_.table.remove(*code);
      return found;
    }
    if (name_ == "keys" || name_ == "values" || name_ == "items") {
      std::vector<Value> made;
      for (const Table::Entry& entry : content_.table.entries()) {
        if (name_ == "keys") {
          made.push_back(entry.key);
        } else if (name_ == "values") {
          made.push_back(entry.value);
        } else {
          made.push_back(make_list({entry.key, entry.value}, Type::tuple));
        }
      }
      if (!content_.others.empty()) made.push_back(Value::stretch(content_.others));
      return make_list(std::move(made));
    }
    if (name_ == "copy") {
      Value made = make_dict();
      made.object()->content = content_;
      return made;
    }
    if (name_ == "clear") {
      evaluator_.touch(self_);
      content_ = Content();
      return Value();
    }
    return std::nullopt;
  }

  Value update() {
    evaluator_.touch(self_);
    for (const Value& other : call_.positional) {
      if (other.is_sequence()) {
        // Pairs.
        bool fits = other.object()->content.poison.empty();
        for (const Value& pair : other.items()) {
          fits = fits && pair.is_sequence() && pair.items().size() == 2 &&
                 key_code(pair.items()[0]).has_value();
        }
        if (fits) {
          for (const Value& pair : other.items()) {
            content_.table.set(*key_code(pair.items()[0]), pair.items()[0], pair.items()[1]);
          }
          continue;
        }
      }
      evaluator_.add_all_keys(self_, other);
    }
    for (const Call::Named& named : call_.named) {
      content_.table.set("s" + named.name, Value(named.name), named.value);
    }
    return {};
  }

  Evaluator& evaluator_;
  const Value& self_;
  Content& content_;
  std::string_view name_;
  Call& call_;
};

}  // namespace

std::optional<Value> container_method(Evaluator& evaluator, const Value& container,
                                      std::string_view name, Call& call) {
  return ContainerMethod(evaluator, container, name, call).run();
}

}  // namespace gate::readers::python
