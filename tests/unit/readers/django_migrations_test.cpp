#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/readers/migrations/django.h"
#include "gate/readers/migrations/folders.h"
#include "gate/readers/migrations/replay.h"
#include "tests/unit/readers/migrations_support.h"

namespace gate::readers {
namespace {

using migrations::Engine;

// The schema after the operations of each text, app `shop`, and below it what could not be read.
std::string replay(const std::vector<std::string>& operations, Engine engine = Engine::postgres,
                   const std::string& user = {}) {
  const migrations::Database database = migrations::with_assumed_version({engine, 0, 0});
  migrations::DjangoReader reader(database, [&](std::string_view name) {
    return name == "AUTH_USER_MODEL" ? user : std::string();
  });
  migrations::Schema schema(database);
  std::string unread;
  for (std::size_t number = 0; number < operations.size(); ++number) {
    const std::string path = fmt::format("shop/migrations/{:04}_x.py", number + 1);
    auto source = std::make_shared<const base::Source>(
        path,
        "from django.db import migrations, models\n\nclass Migration(migrations.Migration):\n"
        "    operations = [" +
            operations[number] + "]\n");
    migrations::Migration migration = reader.read(std::move(source), "shop");
    unread += migration.unreadable;
    reader.run(migration, path, "shop", {});
    for (const sql::Statement& statement : migration.up) {
      for (const sql::Operation& operation : statement.operations)
        static_cast<void>(migrations::apply(schema, operation, 0));
    }
    unread += test::opaque(migration.up);
  }
  return test::spell(schema) + unread;
}

const std::string kShop =
    "migrations.CreateModel('Shop', [('id', models.AutoField(primary_key=True)), ('name', "
    "models.CharField(max_length=9))]),";

TEST_CASE("a file without a migration of Django says so") {
  migrations::DjangoReader reader({Engine::postgres, 15, 0}, {});
  const auto read = [&](const std::string& text) {
    return reader.read(std::make_shared<const base::Source>("a/migrations/0001.py", text), "a")
        .unreadable;
  };
  CHECK(read("") == migrations::kNoMigration);
  CHECK(read("x = 1\n") == migrations::kNoMigration);
  CHECK(read("class Migration(:\n").starts_with("Python that cannot be read, line 1: "));
  CHECK(read("x = 1\n\nclass Migration(a):\n    y = = 2\n")
            .starts_with("Python that cannot be read, line 4: "));
  CHECK(read("class Migration(migrations.Migration):\n    operations = [").starts_with("Python"));
  CHECK(read("class Migration(migrations.Migration):\n    pass\n").empty());
}

TEST_CASE("fields of Django as columns") {
  CHECK(replay({kShop}) == "shop_shop: id, name; primary(id)\n");
  CHECK(replay({"migrations.CreateModel('A', [('code', models.SlugField(primary_key=True)), ('n', "
                "models.GeneratedField(expression=models.F('x'), "
                "output_field=models.IntegerField(), db_persist=True)), ('d', "
                "models.IntegerField(db_default=0))]),"}) ==
        "shop_a: code, n?, d; primary(code); index(code)\n");
  CHECK(replay({"migrations.CreateModel('A', [('x', models.TextField(db_index=True))]),"},
               Engine::mysql) == "shop_a: id, x; primary(id)\n");
}

TEST_CASE("keys point to the model that the settings name") {
  const std::string key =
      "migrations.CreateModel('A', [('by', models.ForeignKey(settings.AUTH_USER_MODEL, "
      "models.CASCADE))]),";
  CHECK(replay({key}) == "shop_a: id, by_id; primary(id); index(by_id); key(by_id)->auth_user\n");
  CHECK(replay({key}, Engine::postgres, "people.Member") ==
        "shop_a: id, by_id; primary(id); index(by_id); key(by_id)->people_member\n");
  CHECK(replay(
            {"migrations.CreateModel('Me', [], options={'swappable': 'AUTH_USER_MODEL'}),", key}) ==
        "shop_a: id, by_id; primary(id); index(by_id); key(by_id)->shop_me\n"
        "shop_me: id; primary(id)\n");
}

TEST_CASE("an order, a proxy and a state have the columns that Django gives them") {
  CHECK(replay({kShop,
                "migrations.CreateModel('P', [], options={'proxy': True}, "
                "bases=('shop.shop',)), migrations.AlterOrderWithRespectTo('shop', 'name'),"}) ==
        "shop_shop: id, name, _order; primary(id)\n");
  CHECK(replay({kShop, "migrations.AlterOrderWithRespectTo('shop', 'name'),",
                "migrations.AlterOrderWithRespectTo('shop', None),"}) ==
        "shop_shop: id, name; primary(id)\n");
  CHECK(replay({kShop,
                "migrations.SeparateDatabaseAndState(state_operations=[migrations.AddField("
                "'shop', 'x', models.IntegerField())]), migrations.RemoveField('shop', 'x'),"})
            .starts_with("shop_shop: id, name; primary(id)\n"));
}

TEST_CASE("names are cut and hashed as Django does") {
  const std::string text =
      replay({"migrations.CreateModel('AnExtraordinarilyLongModelNameThatNobodyWouldEverChoose', "
              "[('a', models.ManyToManyField('shop.B'))]), migrations.CreateModel('B', []),"});
  CHECK(text.find("shop_anextraordinarilylongmodelnamethatnobodywouldeverchoose:") !=
        std::string::npos);
  CHECK(text.find("shop_anextraordinarilylongmodelnamethatnobodywouldeverchoose_a:") !=
        std::string::npos);
}

TEST_CASE("MySQL is given what it has means for") {
  const std::string some =
      "migrations.AddConstraint('shop', models.UniqueConstraint(fields=['name'], "
      "condition=models.Q(id=1), name='some')),";
  CHECK(replay({kShop, some}) == "shop_shop: id, name; primary(id); unique(name)\n");
  CHECK(replay({kShop, some}, Engine::mysql) == "shop_shop: id, name; primary(id)\n");
}

TEST_CASE("operations that are not written out are said") {
  CHECK(replay({"*more,"}) == "the operations are put together where the code runs\n");
  CHECK(replay({"Unknown(),"}) == "the operation Unknown is none of Django's\n");
  CHECK(replay({"migrations.AddField('ghost', 'x', models.IntegerField()),"}) ==
        "no migration that was read creates the model ghost\n");
}

TEST_CASE("hostile migrations of Django end") {
  std::string deep;
  for (int depth = 0; depth < 3000; ++depth)
    deep += "migrations.SeparateDatabaseAndState([";
  static_cast<void>(replay({deep}));
  CHECK(replay({"migrations.CreateModel('A', " + std::string(2000, '[') + std::string(2000, ']') +
                "),"}) != "x");
}

TEST_CASE("migrations of Django belong to the label of their app") {
  const std::vector<std::string_view> paths{"manage.py", "shop/migrations/0001_initial.py",
                                            "shop/migrations/__init__.py", "stock/apps.py",
                                            "stock/migrations/0001_initial.py"};
  const migrations::ReadFile read = [](std::string_view path) -> std::optional<std::string> {
    if (path == "stock/apps.py") return "class C(AppConfig):\n    label = 'inventory'\n";
    return "from django.db import migrations\nclass Migration(migrations.Migration): pass\n";
  };
  const auto sequences = migrations::find_sequences(paths, read);
  REQUIRE(sequences.size() == 1);
  REQUIRE(sequences.front().files.size() == 2);
  std::vector<std::string> apps{sequences.front().files[0].app, sequences.front().files[1].app};
  std::sort(apps.begin(), apps.end());
  CHECK(apps == std::vector<std::string>{"inventory", "shop"});
}

}  // namespace
}  // namespace gate::readers
