#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using Files = std::map<std::string, std::string>;

struct Moments {
  Files base;
  Files now;
  const Files* target = nullptr;  // null: as the base
};

std::string judge(std::string_view keys, const Moments& moments) {
  const test::RuleUnderTest rule("migrations", keys);
  CHECK(rule.mistakes().empty());
  const auto now = test::sample(moments.now);
  const auto base = test::sample(moments.base);
  const auto target = moments.target == nullptr ? nullptr : test::sample(*moments.target);
  Context context{*now};
  context.base = base.get();
  context.target = target == nullptr ? base.get() : target.get();
  return test::spell(rule.run(context));
}

constexpr std::string_view kImmutable = R"(immutable = ["edited", "renamed", "deleted"])";
constexpr std::string_view kBeside = R"(immutable = ["edited-beside"])";
constexpr std::string_view kLate = R"(order = ["late"])";
constexpr std::string_view kEqual = R"(order = ["equal-version"])";
constexpr std::string_view kUsed = R"(safety = ["dropped-while-used"])";

// The same file with two texts.
std::string edit(std::string_view keys, const std::string& path, const std::string& before,
                 const std::string& after) {
  return judge(keys, {{{"artisan", ""}, {path, before}}, {{"artisan", ""}, {path, after}}});
}

bool fails(const std::string& answer) { return answer.starts_with("failed"); }

std::string laravel(const std::string& members) {
  return "<?php\nreturn new class extends Migration\n{\n" + members + "\n};\n";
}

constexpr const char* kLaravel = "database/migrations/2024_01_01_000000_orders.php";
constexpr const char* kDjango = "shop/migrations/0002_x.py";

std::string django(const std::string& operations, const std::string& top = "") {
  return "from django.db import migrations, models\n" + top +
         "\nclass Migration(migrations.Migration):\n    dependencies = [('shop', "
         "'0001_initial')]\n    operations = [" +
         operations + "]\n";
}

TEST_CASE("what a merged Laravel migration runs is its up() with what that calls") {
  const std::string up = "function up() { Schema::drop('a'); }";
  const auto edited = [&](const std::string& before, const std::string& after) {
    return fails(edit(kImmutable, kLaravel, laravel(before), laravel(after)));
  };
  CHECK(edited(up, "function up() { Schema::drop('b'); }"));
  CHECK_FALSE(edited(up, "/** docs */ public function up(): void\n{\n  Schema::drop( \"a\" );\n}"));
  CHECK_FALSE(edited(up + "function down() { a(); }", up + "function down() { b(); }"));
  CHECK(edited("function up() { $this->fill(); } private function fill() { a(); }",
               "function up() { $this->fill(); } private function fill() { b(); }"));
  CHECK_FALSE(
      edited(up + "private function back() { a(); }", up + "private function back() { b(); }"));
  CHECK(edited("protected $connection = 'a';" + up, "protected $connection = 'b';" + up));
  CHECK_FALSE(edited("function up() { t(function (A $t) { $t->id(); }); }",
                     "function up() { t(static function (B $t): void { $t->id(); }); }"));
}

TEST_CASE("what a merged Django migration runs is its operations") {
  const auto answer = [&](std::string_view keys, const std::string& before,
                          const std::string& after) {
    return fails(edit(keys, kDjango, before, after));
  };
  const std::string field = "migrations.AddField('order', 'a', models.CharField(max_length=5))";
  CHECK(answer(kImmutable, django(field),
               django("migrations.AddField('order', 'a', models.CharField(max_length=6))")));
  const std::string labelled =
      "migrations.AddField('order', 'a', models.CharField('A', max_length=5, help_text='x'))";
  CHECK_FALSE(answer(kImmutable, django(field), django(labelled)));
  CHECK(answer(kBeside, django(field), django(labelled)));
  const std::string one_way = "migrations.RunSQL('SELECT 1')";
  const std::string both_ways = "migrations.RunSQL('SELECT 1', reverse_sql='SELECT 2')";
  CHECK_FALSE(answer(kImmutable, django(one_way), django(both_ways)));
  CHECK(answer(kBeside, django(one_way), django(both_ways)));
  CHECK(answer(kBeside, django("migrations.RunSQL(SQL)", "SQL = 'a'\n"),
               django("migrations.RunSQL(SQL)", "SQL = 'b'\n")));
  CHECK_FALSE(answer(kBeside, django(field, "OTHER = 'a'\n"), django(field, "OTHER = 'b'\n")));
}

TEST_CASE("a runner that keeps checksums sees every byte, Flyway every line") {
  const std::string sqlx = "[dependencies]\nsqlx = \"0.7\"\n";
  const auto with_cargo = [&](const std::string& before, const std::string& after) {
    return fails(judge(kImmutable, {{{"Cargo.toml", sqlx}, {"migrations/0001_a.up.sql", before}},
                                    {{"Cargo.toml", sqlx}, {"migrations/0001_a.up.sql", after}}}));
  };
  CHECK(with_cargo("SELECT 1;\n", "SELECT  1;\n"));
  CHECK_FALSE(with_cargo("SELECT 1;\n", "SELECT 1;\n"));
  const auto flyway = [](const std::string& name, const std::string& after) {
    return fails(edit(kImmutable, "db/migration/" + name, "SELECT 1;\n", after));
  };
  CHECK(flyway("V1__a.sql", "SELECT 1; -- one\n"));
  CHECK_FALSE(flyway("V1__a.sql", "SELECT 1;\r\n"));
  CHECK_FALSE(flyway("V1__a.sql", "SELECT 1;"));
  CHECK_FALSE(flyway("R__a.sql", "SELECT 2;\n"));
}

TEST_CASE("what cannot be read is no pass") {
  CHECK(edit(kImmutable, kLaravel, laravel("function up() {}"), "<?php return new class {") ==
        "could_not_run: database/migrations/2024_01_01_000000_orders.php is merged and has been "
        "edited; whether it does something else cannot be told: no class in it has a method up()");
  CHECK(edit(kImmutable, "db/migrate/20240101000000_a.rb", "add :a\n", "add :b\n") ==
        "failed\ndb/migrate/20240101000000_a.rb:1:6 is merged, and another text: gate does not "
        "read what migrations of Rails do, so that it may do something else cannot be ruled out "
        "[bring `db/migrate/20240101000000_a.rb` back as it was merged, and write what is to "
        "change into a new migration (bin/rails generate migration)]");
  CHECK(edit(kImmutable, "db/migrate/20240101000000_a.rb", "add :a\n", "# why\n\n  add :a\n") ==
        "passed");
}

TEST_CASE("a merged migration is renamed or deleted") {
  const Files base{{"db/migrations/0001_a.up.sql", "SELECT 1;"},
                   {"db/migrations/0002_b.up.sql", "SELECT 2;"}};
  CHECK(judge(kImmutable, {base,
                           {{"db/migrations/0001_a.up.sql", "SELECT 1;"},
                            {"db/migrations/0003_b.up.sql", "select 2;"}}}) ==
        "failed\ndb/migrations/0003_b.up.sql was `db/migrations/0002_b.up.sql` when it was merged: "
        "databases where it ran take it for a new migration and run it again [give it its name "
        "back: git mv db/migrations/0003_b.up.sql db/migrations/0002_b.up.sql]");
  const std::string deleted = "is merged, and deleted here";
  const std::string one = judge(kImmutable, {base, {{"db/migrations/0001_a.up.sql", "SELECT 1;"}}});
  CHECK(one.starts_with("failed\ndb/migrations/0002_b.up.sql " + deleted));
  // The whole folder.
  const std::string all = judge(kImmutable, {base, {{"db/README", ""}, {"db/migrations/x", ""}}});
  CHECK(all.find("0001_a.up.sql " + deleted) != std::string::npos);
  CHECK(all.find("0002_b.up.sql " + deleted) != std::string::npos);
  // A schema dump of Laravel names what it stands for.
  CHECK(judge(kImmutable,
              {{{"artisan", ""}, {kLaravel, laravel("function up() {}")}},
               {{"artisan", ""},
                {"database/schema/mysql-schema.sql",
                 "INSERT INTO `migrations` VALUES (1,'2024_01_01_000000_orders',1);"}}}) ==
        "not_applicable: no migration of database/schema is judged");
}

TEST_CASE("a new file comes in before one that is merged") {
  const Files base{{"db/migrations/0001_a.up.sql", "SELECT 1;"},
                   {"db/migrations/0003_c.up.sql", "SELECT 3;"}};
  Files now = base;
  now["db/migrations/0004_d.up.sql"] = "SELECT 4;";
  CHECK(judge(kLate, {base, now}) == "passed");
  // The target has moved on since.
  Files target = base;
  target["db/migrations/0005_e.up.sql"] = "SELECT 5;";
  CHECK(judge(kLate, {base, now, &target}) ==
        "failed\ndb/migrations/0004_d.up.sql comes before `0005_e`, which is merged: "
        "golang-migrate goes on from the newest that ran, and leaves this one out without a word "
        "[give it a number above `0005`]");
  target = base;
  target["db/migrations/0004_other.up.sql"] = "SELECT 5;";
  CHECK(judge(kEqual, {base, now, &target}) ==
        "failed\ndb/migrations/0004_d.up.sql has the number 0004 as well as a migration that was "
        "merged since this branch began: golang-migrate runs one of the two, or refuses both "
        "[give it the next number that is free]");
  now["db/migrations/0004_f.up.sql"] = "SELECT 4;";
  CHECK(fails(judge(kEqual, {base, now})));
  // What was wrong before is not of this change.
  CHECK(judge(kEqual, {now, now}) == "not_applicable: no migration of db/migrations is judged");
}

TEST_CASE("code that is running uses what is dropped") {
  const std::string drop =
      "<?php return new class extends Migration { function up() { Schema::table('orders', function "
      "($t) { $t->dropColumn('coupon_code'); }); } };";
  const std::string model = "<?php\nclass Order { public $fillable = ['coupon_code']; }\n";
  const auto answer = [&](const std::string& path, const std::string& code) {
    return judge(kUsed, {{{"artisan", ""}, {path, code}},
                         {{"artisan", ""}, {path, code}, {kLaravel, drop}}});
  };
  CHECK(fails(answer("app/Models/Order.php", model)));
  CHECK(fails(answer("resources/js/order.vue", "{{ order.couponCode }}")));
  CHECK_FALSE(fails(answer("tests/OrderTest.php", model)));
  CHECK_FALSE(fails(answer("app/Models/Order.php", "<?php class Order { $coupon_codes; }")));
  CHECK_FALSE(fails(answer("app/Models/Cart.php", "<?php class Cart { $coupon_code; }")));
}

TEST_CASE("a rule against a base says what it does without one") {
  const auto mistakes = [](std::string_view keys) {
    return test::RuleUnderTest("migrations", keys).mistakes();
  };
  CHECK(mistakes("immutable = [\"edited\"]\nsafety = [\"drop-table\"]") ==
        "1:13 `edited` is judged against `--since` and `drop-table` without it; write a rule for "
        "each\n");
  CHECK(mistakes("safety = [\"drop-table\"]\nbase_required = true") ==
        "2:17 nothing that the rule asks needs `--since`; remove `base_required`\n");
  const auto snapshot = test::sample({{"db/migrations/0001_a.up.sql", "SELECT 1;"}});
  const auto answer = [&](std::string_view keys) {
    return test::spell(test::RuleUnderTest("migrations", keys).run(Context{*snapshot}));
  };
  const std::string reason =
      ": what is merged is not known: `--since REV` tells what the change began from";
  CHECK(answer("immutable = [\"edited\"]") == "not_applicable" + reason);
  CHECK(answer("immutable = [\"edited\"]\nbase_required = true") == "could_not_run" + reason);
}

}  // namespace
}  // namespace gate::checks
