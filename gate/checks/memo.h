// Memo: what several checks of one run work out of the same files, worked out once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>

namespace gate::checks {

// Thread-safe. What it holds lives as long as it does.
class Memo {
 public:
  // Returns the T of this key; `make` is called by the first who asks, and the others wait for it.
  // `make` may ask for something else, but not for the same.
  template <class T, class Make>
  const T& get(std::string_view key, Make make) const {
    std::shared_ptr<Slot> slot;
    {
      const std::lock_guard lock(mutex_);
      std::shared_ptr<Slot>& entry = slots_[{std::type_index(typeid(T)), std::string(key)}];
      if (!entry) entry = std::make_shared<Slot>();
      slot = entry;
    }
    std::call_once(slot->asked, [&] { slot->value = std::make_shared<const T>(make()); });
    return *static_cast<const T*>(slot->value.get());
  }

 private:
  struct Slot {
    std::once_flag asked;
    std::shared_ptr<const void> value;
  };

  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::type_index, std::string>, std::shared_ptr<Slot>> slots_;
};

}  // namespace gate::checks
