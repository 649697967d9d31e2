// Names that Laravel makes of others: tables of models, names of indexes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gate::readers::migrations::laravel {

// Returns "blog_post" of "BlogPost".
[[nodiscard]] std::string snake(std::string_view text);

// Returns the plural as Laravel's Str::plural() makes it of text in lower case: "categories" of
// "category", "people" of "person". What follows no rule is known as a whole text only, as there.
[[nodiscard]] std::string plural(std::string_view word);

// Returns the table of a model by Laravel's convention: "blog_posts" of "App\Models\BlogPost".
[[nodiscard]] std::string table_of_model(std::string_view class_name);

// Returns the name of an index: "orders_shop_id_foreign".
[[nodiscard]] std::string index_name(std::string_view table,
                                     const std::vector<std::string>& columns,
                                     std::string_view type);

}  // namespace gate::readers::migrations::laravel
