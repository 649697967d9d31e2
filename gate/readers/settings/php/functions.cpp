#include "gate/readers/settings/php/functions.h"

#include <algorithm>
#include <array>

#include "gate/readers/settings/php/convert.h"

namespace gate::readers::php {
namespace {

// Where an argument goes: to the parameter of its name, or to the next one.
std::optional<std::size_t> place_of(const Function& function, std::string_view name) {
  std::string_view rest = function.parameters;
  for (std::size_t place = 0; !rest.empty(); ++place) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == name) return place;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

std::optional<Bound> bind(const Function& function, const Arguments& given, bool strict) {
  const bool takes_more = function.parameters.ends_with("...");
  std::vector<std::optional<Value>> values;
  for (const Argument& argument : given) {
    std::size_t place = values.size();
    if (!argument.name.empty()) {
      const std::optional<std::size_t> named = place_of(function, argument.name);
      if (!named) return std::nullopt;
      place = *named;
    }
    if (place >= function.count_parameters() && !takes_more) return std::nullopt;
    if (values.size() <= place) values.resize(place + 1);
    values[place] = argument.value;
  }
  for (std::size_t i = 0; i < function.required; ++i)
    if (i >= values.size() || !values[i]) return std::nullopt;
  return Bound(std::move(values), strict);
}

// The first argument of which too little is known, or null.
const Value* find_unknown(const Function& function, const Bound& given) {
  if (function.needs == Needs::nothing) return nullptr;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given.has(i)) continue;
    const Value* const unknown = function.needs == Needs::everything ? given[i].find_unknown()
                                 : given[i].is_known()               ? nullptr
                                                                     : &given[i];
    if (unknown != nullptr) return unknown;
  }
  return nullptr;
}

const std::string* find_unknown_key(const Bound& given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given.has(i) && given[i].is(Type::array) && !given[i].array().unknown_key().empty())
      return &given[i].array().unknown_key();
  }
  return nullptr;
}

}  // namespace

std::size_t Function::count_parameters() const {
  if (parameters.empty()) return 0;
  return static_cast<std::size_t>(std::count(parameters.begin(), parameters.end(), ' ')) + 1;
}

std::optional<std::string> Bound::text(std::size_t place) const {
  if (!has(place)) return std::nullopt;
  const Value& value = (*this)[place];
  if (value.is(Type::string)) return value.text();
  const bool converts = value.is(Type::integer) || value.is(Type::number) ||
                        value.is(Type::boolean) || value.is(Type::null) || value.is(Type::object);
  return converts && !strict_ ? to_text(value) : std::nullopt;
}

std::optional<std::int64_t> Bound::integer(std::size_t place) const {
  if (!has(place)) return std::nullopt;
  const Value& value = (*this)[place];
  if (value.is(Type::integer)) return value.whole();
  if (strict_) return std::nullopt;
  if (value.is(Type::string)) {
    const std::optional<Numeric> number = read_numeric(value.text());
    if (!number || !number->whole_text) return std::nullopt;
    const auto* const whole = std::get_if<std::int64_t>(&number->value);
    return whole == nullptr ? std::nullopt : std::optional(*whole);
  }
  if (value.is(Type::boolean) || value.is(Type::null)) return to_int(value);
  return std::nullopt;
}

std::optional<bool> Bound::truth(std::size_t place) const {
  if (!has(place)) return std::nullopt;
  const Value& value = (*this)[place];
  if (value.is(Type::boolean)) return value.truth();
  if (strict_ || value.is(Type::array) || value.is(Type::closure) || value.is(Type::object))
    return std::nullopt;
  return to_bool(value);
}

const Array* Bound::array(std::size_t place) const {
  return has(place) && (*this)[place].is(Type::array) ? &(*this)[place].array() : nullptr;
}

Value wrong_arguments() { return Value::unknown("PHP refuses the arguments"); }

const Function* find_function(std::string_view name) {
  static const std::vector<const Function*> kByName = [] {
    std::vector<const Function*> all;
    for (const std::span<const Function> table :
         {kTextFunctions, kTextSearchFunctions, kTextReplaceFunctions, kFormatFunctions,
          kUrlFunctions, kJsonFunctions, kArrayFunctions, kCallbackFunctions, kSearchFunctions,
          kNumberFunctions, kFilterFunctions, kValueFunctions}) {
      for (const Function& function : table)
        all.push_back(&function);
    }
    std::sort(all.begin(), all.end(),
              [](const Function* a, const Function* b) { return a->name < b->name; });
    return all;
  }();
  if (name.starts_with('\\')) name.remove_prefix(1);
  const auto found =
      std::lower_bound(kByName.begin(), kByName.end(), name,
                       [](const Function* f, std::string_view wanted) { return f->name < wanted; });
  return found != kByName.end() && (*found)->name == name ? *found : nullptr;
}

bool is_by_value(std::string_view name) {
  // Sorted. What differs from run to run, asks the server, or nobody needs in configuration.
  constexpr std::array<std::string_view, 56> kNames = {"array_rand",
                                                       "base_convert",
                                                       "checkdate",
                                                       "class_exists",
                                                       "crc32",
                                                       "date",
                                                       "date_create",
                                                       "error_log",
                                                       "escapeshellarg",
                                                       "extension_loaded",
                                                       "file_exists",
                                                       "file_get_contents",
                                                       "filemtime",
                                                       "filesize",
                                                       "fopen",
                                                       "getcwd",
                                                       "gethostbyname",
                                                       "gethostname",
                                                       "getmypid",
                                                       "glob",
                                                       "gmdate",
                                                       "hash_algos",
                                                       "hash_hmac",
                                                       "hex2bin",
                                                       "hrtime",
                                                       "htmlspecialchars",
                                                       "http_build_query",
                                                       "ini_get",
                                                       "ini_set",
                                                       "interface_exists",
                                                       "is_dir",
                                                       "is_file",
                                                       "is_readable",
                                                       "is_writable",
                                                       "json_encode",
                                                       "json_last_error",
                                                       "md5_file",
                                                       "method_exists",
                                                       "microtime",
                                                       "mktime",
                                                       "mt_rand",
                                                       "php_sapi_name",
                                                       "php_uname",
                                                       "phpversion",
                                                       "preg_quote",
                                                       "print_r",
                                                       "rand",
                                                       "random_bytes",
                                                       "random_int",
                                                       "serialize",
                                                       "sha1",
                                                       "strtotime",
                                                       "time",
                                                       "uniqid",
                                                       "unserialize",
                                                       "version_compare"};
  return std::binary_search(kNames.begin(), kNames.end(), name);
}

Value call_function(const Function& function, Evaluator& evaluator, const Arguments& given) {
  const std::optional<Bound> bound = bind(function, given, evaluator.is_strict());
  if (!bound) return wrong_arguments();
  if (const Value* const unknown = find_unknown(function, *bound)) return *unknown;
  if (function.name != "array_filter") {
    if (const std::string* const reason = find_unknown_key(*bound)) return Value::unknown(*reason);
  }
  return function.run(evaluator, *bound);
}

}  // namespace gate::readers::php
