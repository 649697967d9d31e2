#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/token.h"

namespace gate::readers::php {
namespace {

using Entry = std::pair<std::string_view, Keyword>;

// Sorted by spelling.
constexpr std::array kKeywords = {
    Entry{"__halt_compiler", Keyword::kw_halt_compiler},
    Entry{"abstract", Keyword::kw_abstract},
    Entry{"and", Keyword::kw_and},
    Entry{"array", Keyword::kw_array},
    Entry{"as", Keyword::kw_as},
    Entry{"break", Keyword::kw_break},
    Entry{"callable", Keyword::kw_callable},
    Entry{"case", Keyword::kw_case},
    Entry{"catch", Keyword::kw_catch},
    Entry{"class", Keyword::kw_class},
    Entry{"clone", Keyword::kw_clone},
    Entry{"const", Keyword::kw_const},
    Entry{"continue", Keyword::kw_continue},
    Entry{"declare", Keyword::kw_declare},
    Entry{"default", Keyword::kw_default},
    Entry{"die", Keyword::kw_die},
    Entry{"do", Keyword::kw_do},
    Entry{"echo", Keyword::kw_echo},
    Entry{"else", Keyword::kw_else},
    Entry{"elseif", Keyword::kw_elseif},
    Entry{"empty", Keyword::kw_empty},
    Entry{"enddeclare", Keyword::kw_enddeclare},
    Entry{"endfor", Keyword::kw_endfor},
    Entry{"endforeach", Keyword::kw_endforeach},
    Entry{"endif", Keyword::kw_endif},
    Entry{"endswitch", Keyword::kw_endswitch},
    Entry{"endwhile", Keyword::kw_endwhile},
    Entry{"enum", Keyword::kw_enum},
    Entry{"eval", Keyword::kw_eval},
    Entry{"exit", Keyword::kw_exit},
    Entry{"extends", Keyword::kw_extends},
    Entry{"final", Keyword::kw_final},
    Entry{"finally", Keyword::kw_finally},
    Entry{"fn", Keyword::kw_fn},
    Entry{"for", Keyword::kw_for},
    Entry{"foreach", Keyword::kw_foreach},
    Entry{"function", Keyword::kw_function},
    Entry{"global", Keyword::kw_global},
    Entry{"goto", Keyword::kw_goto},
    Entry{"if", Keyword::kw_if},
    Entry{"implements", Keyword::kw_implements},
    Entry{"include", Keyword::kw_include},
    Entry{"include_once", Keyword::kw_include_once},
    Entry{"instanceof", Keyword::kw_instanceof},
    Entry{"insteadof", Keyword::kw_insteadof},
    Entry{"interface", Keyword::kw_interface},
    Entry{"isset", Keyword::kw_isset},
    Entry{"list", Keyword::kw_list},
    Entry{"match", Keyword::kw_match},
    Entry{"namespace", Keyword::kw_namespace},
    Entry{"new", Keyword::kw_new},
    Entry{"or", Keyword::kw_or},
    Entry{"print", Keyword::kw_print},
    Entry{"private", Keyword::kw_private},
    Entry{"protected", Keyword::kw_protected},
    Entry{"public", Keyword::kw_public},
    Entry{"readonly", Keyword::kw_readonly},
    Entry{"require", Keyword::kw_require},
    Entry{"require_once", Keyword::kw_require_once},
    Entry{"return", Keyword::kw_return},
    Entry{"static", Keyword::kw_static},
    Entry{"switch", Keyword::kw_switch},
    Entry{"throw", Keyword::kw_throw},
    Entry{"trait", Keyword::kw_trait},
    Entry{"try", Keyword::kw_try},
    Entry{"unset", Keyword::kw_unset},
    Entry{"use", Keyword::kw_use},
    Entry{"var", Keyword::kw_var},
    Entry{"while", Keyword::kw_while},
    Entry{"xor", Keyword::kw_xor},
    Entry{"yield", Keyword::kw_yield},
};

constexpr std::size_t kLongest = 15;

}  // namespace

Keyword find_keyword(std::string_view word) {
  if (word.size() < 2 || word.size() > kLongest) return Keyword::none;
  std::array<char, kLongest> buffer{};
  std::transform(word.begin(), word.end(), buffer.begin(),
                 [](char c) { return base::to_lower(c); });
  const std::string_view lowered(buffer.data(), word.size());
  const auto* const found =
      std::lower_bound(kKeywords.begin(), kKeywords.end(), lowered,
                       [](const Entry& entry, std::string_view key) { return entry.first < key; });
  return found != kKeywords.end() && found->first == lowered ? found->second : Keyword::none;
}

}  // namespace gate::readers::php
