// The constants of PHP that are the same everywhere.
#include <algorithm>
#include <array>
#include <limits>

#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

struct Constant {
  std::string_view name;
  std::int64_t value;
};

// Sorted by name.
constexpr std::array kIntegers = {
    Constant{"ARRAY_FILTER_USE_BOTH", 1},
    Constant{"ARRAY_FILTER_USE_KEY", 2},
    Constant{"CASE_LOWER", 0},
    Constant{"CASE_UPPER", 1},
    Constant{"COUNT_NORMAL", 0},
    Constant{"COUNT_RECURSIVE", 1},
    Constant{"ENT_COMPAT", 2},
    Constant{"ENT_HTML401", 0},
    Constant{"ENT_HTML5", 48},
    Constant{"ENT_NOQUOTES", 0},
    Constant{"ENT_QUOTES", 3},
    Constant{"ENT_SUBSTITUTE", 8},
    Constant{"E_ALL", 32767},
    Constant{"E_COMPILE_ERROR", 64},
    Constant{"E_COMPILE_WARNING", 128},
    Constant{"E_CORE_ERROR", 16},
    Constant{"E_CORE_WARNING", 32},
    Constant{"E_DEPRECATED", 8192},
    Constant{"E_ERROR", 1},
    Constant{"E_NOTICE", 8},
    Constant{"E_PARSE", 4},
    Constant{"E_RECOVERABLE_ERROR", 4096},
    Constant{"E_STRICT", 2048},
    Constant{"E_USER_DEPRECATED", 16384},
    Constant{"E_USER_ERROR", 256},
    Constant{"E_USER_NOTICE", 1024},
    Constant{"E_USER_WARNING", 512},
    Constant{"E_WARNING", 2},
    Constant{"FILE_APPEND", 8},
    Constant{"FILE_IGNORE_NEW_LINES", 2},
    Constant{"FILE_SKIP_EMPTY_LINES", 4},
    Constant{"FILTER_DEFAULT", 516},
    Constant{"FILTER_FLAG_ALLOW_FRACTION", 4096},
    Constant{"FILTER_FLAG_IPV4", 1048576},
    Constant{"FILTER_FLAG_IPV6", 2097152},
    Constant{"FILTER_FLAG_NO_PRIV_RANGE", 8388608},
    Constant{"FILTER_FLAG_NO_RES_RANGE", 4194304},
    Constant{"FILTER_NULL_ON_FAILURE", 134217728},
    Constant{"FILTER_UNSAFE_RAW", 516},
    Constant{"FILTER_VALIDATE_BOOL", 258},
    Constant{"FILTER_VALIDATE_BOOLEAN", 258},
    Constant{"FILTER_VALIDATE_EMAIL", 274},
    Constant{"FILTER_VALIDATE_FLOAT", 259},
    Constant{"FILTER_VALIDATE_INT", 257},
    Constant{"FILTER_VALIDATE_IP", 275},
    Constant{"FILTER_VALIDATE_REGEXP", 272},
    Constant{"FILTER_VALIDATE_URL", 273},
    Constant{"JSON_BIGINT_AS_STRING", 2},
    Constant{"JSON_ERROR_NONE", 0},
    Constant{"JSON_ERROR_SYNTAX", 4},
    Constant{"JSON_FORCE_OBJECT", 16},
    Constant{"JSON_HEX_AMP", 2},
    Constant{"JSON_HEX_APOS", 4},
    Constant{"JSON_HEX_QUOT", 8},
    Constant{"JSON_HEX_TAG", 1},
    Constant{"JSON_INVALID_UTF8_IGNORE", 1048576},
    Constant{"JSON_INVALID_UTF8_SUBSTITUTE", 2097152},
    Constant{"JSON_NUMERIC_CHECK", 32},
    Constant{"JSON_OBJECT_AS_ARRAY", 1},
    Constant{"JSON_PARTIAL_OUTPUT_ON_ERROR", 512},
    Constant{"JSON_PRESERVE_ZERO_FRACTION", 1024},
    Constant{"JSON_PRETTY_PRINT", 128},
    Constant{"JSON_THROW_ON_ERROR", 4194304},
    Constant{"JSON_UNESCAPED_LINE_TERMINATORS", 2048},
    Constant{"JSON_UNESCAPED_SLASHES", 64},
    Constant{"JSON_UNESCAPED_UNICODE", 256},
    Constant{"LOCK_EX", 2},
    Constant{"LOCK_SH", 1},
    Constant{"LOCK_UN", 3},
    Constant{"LOG_ALERT", 1},
    Constant{"LOG_AUTH", 32},
    Constant{"LOG_AUTHPRIV", 80},
    Constant{"LOG_CRIT", 2},
    Constant{"LOG_CRON", 72},
    Constant{"LOG_DAEMON", 24},
    Constant{"LOG_DEBUG", 7},
    Constant{"LOG_EMERG", 0},
    Constant{"LOG_ERR", 3},
    Constant{"LOG_INFO", 6},
    Constant{"LOG_KERN", 0},
    Constant{"LOG_LOCAL0", 128},
    Constant{"LOG_LOCAL1", 136},
    Constant{"LOG_LOCAL2", 144},
    Constant{"LOG_LOCAL3", 152},
    Constant{"LOG_LOCAL4", 160},
    Constant{"LOG_LOCAL5", 168},
    Constant{"LOG_LOCAL6", 176},
    Constant{"LOG_LOCAL7", 184},
    Constant{"LOG_LPR", 48},
    Constant{"LOG_MAIL", 16},
    Constant{"LOG_NEWS", 56},
    Constant{"LOG_NOTICE", 5},
    Constant{"LOG_PID", 1},
    Constant{"LOG_SYSLOG", 40},
    Constant{"LOG_USER", 8},
    Constant{"LOG_UUCP", 64},
    Constant{"LOG_WARNING", 4},
    Constant{"MB_CASE_LOWER", 1},
    Constant{"MB_CASE_TITLE", 2},
    Constant{"MB_CASE_UPPER", 0},
    Constant{"PHP_FLOAT_DIG", 15},
    Constant{"PHP_INT_MAX", std::numeric_limits<std::int64_t>::max()},
    Constant{"PHP_INT_MIN", std::numeric_limits<std::int64_t>::min()},
    Constant{"PHP_INT_SIZE", 8},
    Constant{"PHP_QUERY_RFC1738", 1},
    Constant{"PHP_QUERY_RFC3986", 2},
    Constant{"PHP_ROUND_HALF_DOWN", 2},
    Constant{"PHP_ROUND_HALF_EVEN", 3},
    Constant{"PHP_ROUND_HALF_ODD", 4},
    Constant{"PHP_ROUND_HALF_UP", 1},
    Constant{"PHP_URL_FRAGMENT", 7},
    Constant{"PHP_URL_HOST", 1},
    Constant{"PHP_URL_PASS", 4},
    Constant{"PHP_URL_PATH", 5},
    Constant{"PHP_URL_PORT", 2},
    Constant{"PHP_URL_QUERY", 6},
    Constant{"PHP_URL_SCHEME", 0},
    Constant{"PHP_URL_USER", 3},
    Constant{"PREG_OFFSET_CAPTURE", 256},
    Constant{"PREG_PATTERN_ORDER", 1},
    Constant{"PREG_SET_ORDER", 2},
    Constant{"PREG_SPLIT_DELIM_CAPTURE", 2},
    Constant{"PREG_SPLIT_NO_EMPTY", 1},
    Constant{"SORT_ASC", 4},
    Constant{"SORT_DESC", 3},
    Constant{"SORT_FLAG_CASE", 8},
    Constant{"SORT_LOCALE_STRING", 5},
    Constant{"SORT_NATURAL", 6},
    Constant{"SORT_NUMERIC", 1},
    Constant{"SORT_REGULAR", 0},
    Constant{"SORT_STRING", 2},
    Constant{"STR_PAD_BOTH", 2},
    Constant{"STR_PAD_LEFT", 0},
    Constant{"STR_PAD_RIGHT", 1},
};

}  // namespace

std::optional<Value> find_constant(std::string_view name) {
  const auto* const found = std::lower_bound(
      kIntegers.begin(), kIntegers.end(), name,
      [](const Constant& constant, std::string_view wanted) { return constant.name < wanted; });
  if (found != kIntegers.end() && found->name == name) return Value(found->value);
  if (name == "PHP_EOL") return Value(std::string("\n"));
  if (name == "DIRECTORY_SEPARATOR") return Value(std::string("/"));
  if (name == "PATH_SEPARATOR") return Value(std::string(":"));
  if (name == "PHP_FLOAT_EPSILON") return Value(std::numeric_limits<double>::epsilon());
  if (name == "M_PI") return Value(3.14159265358979323846);
  if (name == "PHP_FLOAT_MAX") return Value(std::numeric_limits<double>::max());
  if (name == "PHP_FLOAT_MIN") return Value(std::numeric_limits<double>::min());
  if (name == "NAN") return Value(std::numeric_limits<double>::quiet_NaN());
  if (name == "INF") return Value(std::numeric_limits<double>::infinity());
  return std::nullopt;
}

}  // namespace gate::readers::php
