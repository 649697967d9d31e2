// Blueprint: what a closure says of a table, method by method, and the operations it comes to.
//
// Knows illuminate/database 8 to 12; knows no PHP.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/laravel/project.h"
#include "gate/readers/migrations/laravel/value.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations::laravel {

class Blueprint {
 public:
  // `project` outlives this: its version decides what ->change() does to what it does not say.
  Blueprint(std::string table, bool creating, const Database& database, Project& project)
      : table_(std::move(table)), creating_(creating), database_(database), project_(project) {}

  // Calls a method of the blueprint, of a column or of a foreign key that an earlier call returned.
  // Returns what PHP would go on with; a null of a blueprint's method that Laravel does not have.
  Value call(std::string_view method, const Arguments& arguments, base::Span span);
  Value call_column(std::uint32_t number, std::string_view method, const Arguments& arguments,
                    base::Span span);
  Value call_foreign(std::uint32_t number, std::string_view method, const Arguments& arguments);

  [[nodiscard]] const std::string& table() const { return table_; }
  // From here on columns come behind this one, each behind the one before; ends with an empty name.
  void begin_after(std::string column) { after_ = std::move(column); }
  // What the table is made of is not known as a whole: `why`.
  void fail(std::string why);

  // Returns the operations; `schema` is what the table is in now.
  [[nodiscard]] sql::Statement finish(const Schema& schema, base::Span span) &&;

 private:
  struct Fluent {
    std::string type;  // index, unique, primary, fulltext, spatialindex
    std::string name;  // empty: Laravel's own
    bool drops = false;
  };
  struct ColumnDraft {
    sql::Column column;
    std::string type;  // Laravel's
    bool change = false;
    bool says_nullable = false;
    bool says_default = false;
    bool values_unknown = false;  // of an enum or a set
    bool is_key = false;      // of foreignId() and the like: constrained() and references() work
    std::string model_table;  // of foreignIdFor()
    std::string model_key;
    std::vector<Fluent> fluent;
    base::Span span{};
  };
  struct ForeignDraft {
    std::vector<std::string> columns;
    std::string name;
    std::string table;
    std::vector<std::string> references;
    std::string on_delete;
    std::string on_update;
    base::Span span{};
    bool lost = false;
  };
  struct Command {
    enum class What : std::uint8_t { column, foreign, operation };
    What what = What::operation;
    std::uint32_t number = 0;
  };

  Value add_column(std::string_view type, std::string name, const Arguments& arguments,
                   base::Span span, std::size_t from = 1);
  Value add_increments(std::string_view integer, std::string name, base::Span span);
  std::optional<Value> add_usual_columns(std::string_view method, const Arguments& arguments,
                                         base::Span span);
  bool add_morphs(std::string_view method, const Arguments& arguments, base::Span span);
  bool add_nested_set(std::string_view method, base::Span span);
  bool drop_usual_columns(std::string_view method, const Arguments& arguments, base::Span span);
  void drop_columns(const std::vector<std::string>& names, base::Span span);
  bool call_index(std::string_view method, const Arguments& arguments, base::Span span);
  bool call_drop(std::string_view method, const Arguments& arguments, base::Span span);
  bool call_setting(std::string_view method, const Arguments& arguments);
  bool call_rename(std::string_view method, const Arguments& arguments, base::Span span);
  Value add_foreign(std::vector<std::string> columns, std::string name, base::Span span);
  Value constrain(std::uint32_t number, const Arguments& arguments, base::Span span);
  void add_attributes(ColumnDraft& draft, const Value& attributes);
  bool modify(ColumnDraft& draft, std::string_view method, const Arguments& arguments);
  static void add_fluent(ColumnDraft& draft, std::string type, const Arguments& arguments);
  void finish_fluent(const ColumnDraft& draft, sql::Statement& statement);
  sql::Operation& add_operation(sql::OperationKind kind, base::Span span);
  void add_index(const std::string& type, const std::vector<std::string>& columns, std::string name,
                 base::Span span);
  [[nodiscard]] sql::Operation index_operation(const std::string& type,
                                               const std::vector<std::string>& columns,
                                               std::string name, base::Span span) const;
  [[nodiscard]] sql::Operation drop_operation(std::string_view type, std::string name,
                                              base::Span span) const;
  [[nodiscard]] sql::Operation foreign_operation(const ForeignDraft& draft) const;
  [[nodiscard]] sql::Operation column_operation(const ColumnDraft& draft, const Schema& schema);

  std::string table_;
  bool creating_;
  Database database_;
  Project& project_;
  std::vector<ColumnDraft> columns_;
  std::vector<ForeignDraft> foreigns_;
  std::vector<sql::Operation> operations_;
  std::vector<Command> commands_;
  std::vector<std::string> options_;  // "engine=myisam", "charset=utf8"
  bool temporary_ = false;
  std::string after_;
  std::string problem_;
};

}  // namespace gate::readers::migrations::laravel
