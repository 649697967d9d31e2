#include "gate/readers/migrations/django/fields.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::migrations::django {
namespace {

struct Row {
  std::string_view kind;
  std::string_view postgres;
  std::string_view mysql;
  std::string_view length;  // where max_length is absent; "-": takes none
};

constexpr std::array kTypes{
    Row{"AutoField", "integer", "int", "-"},
    Row{"BigAutoField", "bigint", "bigint", "-"},
    Row{"SmallAutoField", "smallint", "smallint", "-"},
    Row{"BigIntegerField", "bigint", "bigint", "-"},
    Row{"BinaryField", "bytea", "longblob", "-"},
    Row{"BooleanField", "boolean", "tinyint", "-"},
    Row{"NullBooleanField", "boolean", "tinyint", "-"},
    Row{"CharField", "varchar", "varchar", ""},
    Row{"CICharField", "citext", "varchar", ""},
    Row{"CIEmailField", "citext", "varchar", "254"},
    Row{"CITextField", "citext", "longtext", "-"},
    Row{"CommaSeparatedIntegerField", "varchar", "varchar", ""},
    Row{"DateField", "date", "date", "-"},
    Row{"DateTimeField", "timestamptz", "datetime", "-"},
    Row{"DecimalField", "numeric", "decimal", "-"},
    Row{"DurationField", "interval", "bigint", "-"},
    Row{"EmailField", "varchar", "varchar", "254"},
    Row{"FileField", "varchar", "varchar", "100"},
    Row{"FilePathField", "varchar", "varchar", "100"},
    Row{"FloatField", "double precision", "double", "-"},
    Row{"GenericIPAddressField", "inet", "char", "-"},
    Row{"IPAddressField", "inet", "char", "-"},
    Row{"ImageField", "varchar", "varchar", "100"},
    Row{"IntegerField", "integer", "int", "-"},
    Row{"JSONField", "jsonb", "json", "-"},
    Row{"PositiveBigIntegerField", "bigint", "bigint", "-"},
    Row{"PositiveIntegerField", "integer", "int", "-"},
    Row{"PositiveSmallIntegerField", "smallint", "smallint", "-"},
    Row{"SlugField", "varchar", "varchar", "50"},
    Row{"SmallIntegerField", "smallint", "smallint", "-"},
    Row{"TextField", "text", "longtext", "-"},
    Row{"TimeField", "time", "time", "-"},
    Row{"URLField", "varchar", "varchar", "200"},
    Row{"UUIDField", "uuid", "char", "-"},
    Row{"HStoreField", "hstore", "longtext", "-"},
    Row{"SearchVectorField", "tsvector", "longtext", "-"},
    Row{"IntegerRangeField", "int4range", "longtext", "-"},
    Row{"BigIntegerRangeField", "int8range", "longtext", "-"},
    Row{"DecimalRangeField", "numrange", "longtext", "-"},
    Row{"DateTimeRangeField", "tstzrange", "longtext", "-"},
    Row{"DateRangeField", "daterange", "longtext", "-"},
    Row{"PointField", "geometry", "point", "-"},
    Row{"PolygonField", "geometry", "polygon", "-"},
    Row{"MultiPolygonField", "geometry", "multipolygon", "-"},
    Row{"LineStringField", "geometry", "linestring", "-"},
    Row{"GeometryField", "geometry", "geometry", "-"},
    // Of packages that many projects use, where the name of the class does not say it.
    Row{"AutoCreatedField", "timestamptz", "datetime", "-"},
    Row{"AutoLastModifiedField", "timestamptz", "datetime", "-"},
    Row{"MonitorField", "timestamptz", "datetime", "-"},
    Row{"StatusField", "varchar", "varchar", "100"},
    Row{"CountryField", "varchar", "varchar", "2"},
    Row{"CurrencyField", "varchar", "varchar", "3"},
    Row{"PhoneNumberField", "varchar", "varchar", "128"},
    Row{"TimeZoneField", "varchar", "varchar", "63"},
    Row{"ColorField", "varchar", "varchar", "25"},
};

// Returns the row of a class; of a class of the project's own that of the field it is named after:
// "MoneyDecimalField" is a DecimalField.
const Row* find_row(std::string_view kind) {
  const Row* best = nullptr;
  for (const Row& row : kTypes) {
    if (row.kind == kind) return &row;
    if (kind.ends_with(row.kind) && (best == nullptr || row.kind.size() > best->kind.size()))
      best = &row;
  }
  return best;
}

class FieldReader {
 public:
  FieldReader(const Module& module, NodeIndex node, Field& field, const State& state)
      : module_(module),
        call_(module.call(node)),
        field_(field),
        state_(state),
        database_(state.database()) {}

  void read(const std::string& app, const std::string& model) {
    field_.kind = call_.name;
    field_.null = flag("null") || field_.kind == "NullBooleanField";
    field_.unique = flag("unique");
    field_.primary = flag("primary_key");
    field_.index = flag("db_index", field_.kind.ends_with("SlugField"));
    const NodeIndex given = call_.get("default");
    field_.has_default = (given != 0 && !module_.is_none(given)) || flag("auto_now") ||
                         flag("auto_now_add") ||
                         (!field_.null && flag("blank") &&
                          (field_.kind.find("Char") != std::string::npos ||
                           field_.kind.find("Text") != std::string::npos));
    if (const NodeIndex kept = call_.get("db_default"); kept != 0 && !module_.is_none(kept))
      field_.kept =
          sql::Default{std::string(module_.tree().text(kept)), volatility_of(kept), false};
    if (auto column = module_.text(call_.get("db_column"))) {
      field_.column = *std::move(column);
      field_.own_column = true;
    }
    if (field_.kind == "ForeignKey" || field_.kind == "OneToOneField" ||
        field_.kind == "ParentalKey" || field_.kind == "TreeForeignKey" ||
        field_.kind == "TreeOneToOneField" || field_.kind == "AutoOneToOneField" ||
        field_.kind.ends_with("ForeignKey")) {
      read_relation(app, model);
    } else if (field_.kind.ends_with("ManyToManyField") || field_.kind == "SortedManyToManyField" ||
               field_.kind == "TreeManyToManyField") {
      read_many(app, model);
    } else if (field_.kind == "CompositePrimaryKey") {
      for (const NodeIndex part : call_.places) {
        const auto name = module_.text(part);
        if (!name) unknown(fmt::format("what `{}` is made of", field_.name));
        field_.composite.push_back(name.value_or(std::string()));
      }
    } else if (field_.kind.ends_with("TaggableManager")) {
      read_many(app, model);  // of taggit: rows of its own table
      field_.through = module_.text(call_.get("through")).value_or("taggit.TaggedItem");
    } else {
      read_type();
    }
  }

 private:
  // Of db_default=: an expression of Django or a value.
  [[nodiscard]] sql::Volatility volatility_of(NodeIndex node) const {
    const std::string name = module_.is_call(node) ? module_.call(node).name : std::string();
    if (name == "RandomUUID" || name == "Random") return sql::Volatility::changing;
    return name.ends_with("Now") ? sql::Volatility::stable : sql::Volatility::constant;
  }

  bool flag(std::string_view name, bool absent = false) {
    const NodeIndex node = call_.get(name);
    const std::optional<bool> value = module_.truth(node);
    if (node != 0 && !value) unknown(fmt::format("`{}` of `{}`", name, field_.name));
    return value.value_or(absent);
  }

  void unknown(std::string what) {
    if (field_.unknown.empty()) field_.unknown = std::move(what);
  }

  // "shop.Shop", "self", "Shop", settings.AUTH_USER_MODEL, swapper's and the like.
  void read_target(const std::string& app, const std::string& model) {
    const NodeIndex node = call_.get(0, "to");
    std::optional<std::string> text = module_.text(node);
    if (!text) {
      const std::string dotted = module_.tree().dotted_name(module_.resolve(node));
      const std::string last = dotted.substr(dotted.rfind('.') + 1);
      text = dotted.find("settings.") == std::string::npos ? std::string() : state_.swapped(last);
      if (text->empty()) {
        unknown(fmt::format("the model that `{}` points to", field_.name));
        return;
      }
    }
    const std::size_t dot = text->rfind('.');
    field_.to_app = dot == std::string::npos ? app : text->substr(0, dot);
    field_.to_model = base::to_lower(*text == "self" ? model : text->substr(dot + 1));
  }

  void read_relation(const std::string& app, const std::string& model) {
    read_target(app, model);
    field_.relation = true;
    field_.constraint = flag("db_constraint", true) && !field_.to_model.empty();
    field_.to_field = module_.text(call_.get("to_field")).value_or("");
    field_.hidden = module_.text(call_.get("related_name")).value_or("").ends_with('+');
    const bool single = field_.kind.ends_with("OneToOneField");
    if (single) field_.unique = true;
    field_.index = !single && flag("db_index", true);
  }

  void read_many(const std::string& app, const std::string& model) {
    read_target(app, model);
    field_.many = true;
    field_.through = module_.text(call_.get("through")).value_or("");
    field_.db_table = module_.text(call_.get("db_table")).value_or("");
    field_.constraint = flag("db_constraint", true);
  }

  void read_type() {
    if (field_.kind == "GeneratedField") {
      Field computed;
      const NodeIndex output = call_.get("output_field");
      if (module_.is_call(output)) FieldReader(module_, output, computed, state_).read({}, {});
      field_.type = computed.type;
      field_.null = true;  // Django writes no NOT NULL beside GENERATED ALWAYS
      field_.has_default = true;
      field_.stored = flag("db_persist");
      return;
    }
    if (field_.kind == "ArrayField") {
      Field base;
      const NodeIndex inner = call_.get(0, "base_field");
      if (module_.is_call(inner)) FieldReader(module_, inner, base, state_).read({}, {});
      field_.type = base.type;
      field_.type.is_array = true;
      return;
    }
    const Row* row = find_row(field_.kind);
    if (row == nullptr) {
      field_.type.name = base::to_lower(field_.kind);
      return;
    }
    field_.type.name = database_.is_mysql() ? row->mysql : row->postgres;
    field_.auto_increment = row->kind.ends_with("AutoField");
    field_.check_positive = row->kind.starts_with("Positive");
    if (field_.check_positive) field_.type.is_unsigned = database_.is_mysql();
    if (row->kind == "DecimalField") {
      for (const std::string_view name : {"max_digits", "decimal_places"}) {
        if (const auto value = module_.integer(call_.get(name)))
          field_.type.arguments.push_back(fmt::format("{}", *value));
      }
    }
    if (row->length != "-") {
      const auto length = module_.integer(call_.get("max_length"));
      if (length) {
        field_.type.arguments = {fmt::format("{}", *length)};
      } else if (!row->length.empty()) {
        field_.type.arguments = {std::string(row->length)};
      }
    }
    if (database_.is_mysql()) set_mysql_length(row->kind);
  }

  void set_mysql_length(std::string_view kind) {
    if (kind == "UUIDField") field_.type.arguments = {"32"};
    if (kind == "GenericIPAddressField" || kind == "IPAddressField") field_.type.arguments = {"39"};
    if (kind == "DateTimeField" || kind == "TimeField") field_.type.arguments = {"6"};
    if (kind == "BooleanField" || kind == "NullBooleanField") field_.type.arguments = {"1"};
  }

  const Module& module_;
  Call call_;
  Field& field_;
  const State& state_;
  const Database& database_;
};

}  // namespace

Field read_field(const Module& module, NodeIndex node, std::string name, const std::string& app,
                 const std::string& model, const State& state) {
  Field field;
  field.name = std::move(name);
  if (module.is_call(node)) FieldReader(module, node, field, state).read(app, model);
  return field;
}

Field automatic_key(std::string_view kind, const Database& database) {
  Field field;
  field.name = "id";
  field.kind = kind.substr(kind.rfind('.') + 1);
  field.primary = true;
  field.auto_increment = true;
  const Row* row = find_row(field.kind);
  field.type.name = row == nullptr ? "bigint" : database.is_mysql() ? row->mysql : row->postgres;
  return field;
}

}  // namespace gate::readers::migrations::django
