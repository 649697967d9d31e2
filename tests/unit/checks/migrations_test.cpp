#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using Files = std::map<std::string, std::string>;

std::string judge(std::string_view keys, const Files& files, const Files* base = nullptr) {
  const test::RuleUnderTest rule("migrations", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample(files);
  const auto before = base == nullptr ? nullptr : test::sample(*base);
  Context context{*snapshot};
  context.base = before.get();
  return test::spell(rule.run(context));
}

// The lines of one file where the rule finds something.
std::string lines(std::string_view hazard, const std::string& sql,
                  std::string_view database = "postgres-15") {
  const std::string keys = "safety = [\"" + std::string(hazard) + "\"]\ndatabase = \"" +
                           std::string(database) + "\"\ntransaction = \"none\"";
  const test::RuleUnderTest rule("migrations", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample({{"db/migrations/0001_x.up.sql", sql}});
  std::string found;
  for (const auto& finding : rule.run(Context{*snapshot}).findings)
    found += (found.empty() ? "" : " ") + std::to_string(finding.place.line);
  return found;
}

TEST_CASE("a repository without migrations asks nothing") {
  CHECK(judge("safety = [\"drop-table\"]", {{"a.sql", "drop table t"}}) ==
        "not_applicable: no folder of migrations was found");
}

TEST_CASE("mistakes in a rule of kind migrations are told") {
  const auto mistakes = [](std::string_view keys) {
    return test::RuleUnderTest("migrations", keys).mistakes();
  };
  CHECK(mistakes("safety = [\"drop-tabel\"]") ==
        "1:11 there is no `drop-tabel` among what `safety` asks; did you mean `drop-table`?\n");
  CHECK(mistakes("safety = [\"drop-table\"]\ndatabase = \"access\"") ==
        "2:12 `access` is no database that gate knows; write `postgres-15`, `mysql-8`, "
        "`mariadb-10.11` or `sqlite`\n");
  CHECK(
      mistakes("safety = [\"drop-table\"]\ntransaction = \"yes\"") ==
      "2:15 `yes` is neither `file` nor `none`; write `file` where the runner wraps each file in a "
      "transaction, else `none`\n");
  CHECK(mistakes("paths = [\"a\"]").find("safety") != std::string::npos);
}

TEST_CASE("what the same change creates is nobody's yet") {
  CHECK(
      lines("drop-column", "create table t (a int, b int);\nalter table t drop column a;").empty());
  CHECK(lines("drop-column", "alter table t drop column a;") == "1");
  CHECK(
      lines("create-index-blocking", "create table t (a int);\ncreate index i on t (a);").empty());
  CHECK(lines("drop-column", "alter table t add column a int;\nalter table t drop column a;")
            .empty());
  // A file that comes later meets a table with rows.
  const Files two{{"db/migrations/0001_a.up.sql", "create table t (a int);"},
                  {"db/migrations/0002_b.up.sql", "create index i on t (a);"}};
  CHECK(judge("safety = [\"create-index-blocking\"]\ndatabase = \"postgres-15\"", two) ==
        "failed\ndb/migrations/0002_b.up.sql:1:1 creates index `i` on `t`: nobody can write to the "
        "table until it is built [write CREATE INDEX CONCURRENTLY]");
  // With a base both belong to one change.
  const Files none;
  CHECK(judge("safety = [\"create-index-blocking\"]\ndatabase = \"postgres-15\"", two, &none) ==
        "passed");
}

TEST_CASE("forms in which PostgreSQL and MySQL say the same") {
  CHECK(lines("rename-table", "create table t (a int);").empty());
  const std::string table = "create table t (id int primary key);";
  const auto second = [&](std::string_view hazard, const std::string& sql) {
    const std::string keys =
        "safety = [\"" + std::string(hazard) + "\"]\ndatabase = \"postgres-15\"";
    return judge(keys,
                 {{"db/migrations/0001_a.up.sql", table}, {"db/migrations/0002_b.up.sql", sql}})
        .starts_with("failed");
  };
  CHECK(second("rename-table", "alter table t set schema archive;"));
  CHECK(second("drop-primary-key", "alter table t drop constraint t_pkey;"));
  CHECK_FALSE(second("drop-primary-key", "alter table t drop constraint other;"));
  CHECK(lines("delete-all", "delete t from t join u on u.id = t.a;", "mysql-8").empty());
  CHECK(lines("delete-all", "delete from t;", "mysql-8") == "1");
  CHECK(lines("int-type", "create table a (u integer references auth_user (id), n integer);") ==
        "1");
}

// A project of Django with one table, and a migration that does this to it.
Files django(const std::string& operations, const std::string& fields = {}) {
  const std::string head =
      "from django.db import migrations, models\n\n\nclass Migration("
      "migrations.Migration):\n    dependencies = [";
  return {{"manage.py", ""},
          {"shop/migrations/0001_initial.py",
           head +
               "]\n    operations = [migrations.CreateModel('Order', [('id', models.BigAutoField("
               "primary_key=True)), " +
               fields + "])]\n"},
          {"shop/migrations/0002_change.py",
           head + "('shop', '0001_initial')]\n    operations = [" + operations + "]\n"}};
}

TEST_CASE("a column of Django is taken out of the models only where the database fills it") {
  const auto told = [&](const std::string& field) {
    return judge("safety = [\"drop-column\"]\ndatabase = \"postgres-15\"",
                 django("migrations.RemoveField('order', 'a')", "('a', " + field + ")"));
  };
  const std::string first = "[give it null=True or db_default=... first";
  CHECK(told("models.IntegerField()").find(first) != std::string::npos);
  CHECK(told("models.IntegerField(default=0)").find(first) != std::string::npos);
  CHECK(told("models.IntegerField(null=True)").find("[take the column out of the models") !=
        std::string::npos);
  CHECK(told("models.IntegerField(db_default=0)").find("[take the column out of the models") !=
        std::string::npos);
}

TEST_CASE("a unique field of Django gets one default for every row") {
  const auto told = [&](const std::string& options) {
    return judge("safety = [\"add-unique-column\"]\ndatabase = \"postgres-15\"",
                 django("migrations.AddField('order', 'a', models.UUIDField(unique=True, " +
                        options + "))"));
  };
  const std::string fails = "; Django gives every row the same default";
  CHECK(told("default=uuid.uuid4").find(fails) != std::string::npos);
  CHECK(told("default='x', null=True").find(fails) != std::string::npos);
  CHECK(told("db_default='x'").find(fails) != std::string::npos);
  CHECK(told("null=True").find("nobody can read or write the table [") != std::string::npos);
  CHECK(told("null=True, default=None").find(fails) == std::string::npos);
  CHECK(told("db_default=RandomUUID()").find(fails) == std::string::npos);
}

TEST_CASE("what Django makes beside a field is told with the field's own option") {
  const std::string keys = "safety = [\"create-index-blocking\"]\ndatabase = \"postgres-15\"";
  const std::string key = "models.ForeignKey('shop.Order', models.CASCADE, null=True";
  CHECK(judge(keys, django("migrations.AddField('order', 'a', " + key + "))"))
            .find("[write db_index=False in the field; where the index is needed, use "
                  "AddIndexConcurrently") != std::string::npos);
  CHECK(judge(keys, django("migrations.AddField('order', 'a', " + key + ", db_index=False))")) ==
        "passed");
}

TEST_CASE("a key of Django to a table of a later app names the dependency that lacks") {
  Files files = django(
      "migrations.AddField('order', 'a', models.ForeignKey('tax.Rate', models.CASCADE, "
      "null=True))");
  files["tax/migrations/0001_rates.py"] =
      "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
      "    dependencies = []\n    operations = [migrations.CreateModel('Rate', [('id', "
      "models.BigAutoField(primary_key=True))])]\n";
  CHECK(
      judge("order = [\"key-before-table\"]\ndatabase = \"postgres-15\"", files)
          .find("`0001_rates` of app `tax` creates, and that runs later: in a new database the key "
                "fails [add ('tax', '0001_rates') to `dependencies`]") != std::string::npos);
}

TEST_CASE("with a base only what it brings in is judged") {
  const Files before{{"db/migrations/0001_a.up.sql", "drop table t;"}};
  Files now = before;
  now["db/migrations/0002_b.up.sql"] = "drop table u;";
  const std::string keys = "safety = [\"drop-table\"]";
  CHECK(judge(keys, now, &before).find("0001") == std::string::npos);
  CHECK(judge(keys, now, &before).find("0002_b.up.sql:1:1 drops table `u`") != std::string::npos);
  CHECK(judge(keys, before, &before) == "not_applicable: no migration of db/migrations is judged");
}

TEST_CASE("a rule for one database does not apply to another") {
  CHECK(judge("safety = [\"create-index-blocking\"]\ndatabase = \"mysql-8\"",
              {{"db/migrations/0001_a.up.sql", "create index i on t (a);"}}) ==
        "not_applicable: db/migrations runs on MySQL 8");
}

TEST_CASE("the type that a column had decides what its change costs") {
  const auto change = [](const std::string& from, const std::string& to,
                         const std::string& database = "postgres-15") {
    const bool mysql = database.starts_with("m");
    const test::RuleUnderTest rule("migrations",
                                   "safety = [\"change-type\"]\ndatabase = \"" + database + "\"");
    const auto files = test::sample(
        {{"db/migrations/0001_a.up.sql", "create table t (c " + from + ");"},
         {"db/migrations/0002_b.up.sql",
          mysql ? "alter table t modify c " + to : "alter table t alter column c type " + to}});
    return rule.run(Context{*files}).findings.size();
  };
  CHECK(change("varchar(50)", "varchar(100)") == 0);
  CHECK(change("varchar(50)", "text") == 0);
  CHECK(change("varchar(50)", "varchar(20)") == 1);
  CHECK(change("text", "varchar(100)") == 1);
  CHECK(change("numeric(8,2)", "numeric(10,2)") == 0);
  CHECK(change("numeric(8,2)", "numeric(10,3)") == 1);
  CHECK(change("int", "bigint") == 1);
  CHECK(change("json", "jsonb") == 1);
  CHECK(change("int", "integer") == 0);
  CHECK(change("timestamp", "timestamp(6)") == 0);
  CHECK(change("timestamp(3)", "timestamp(2)") == 1);
  CHECK(change("bit(3)", "varbit") == 0);
  CHECK(change("xml", "text") == 0);
  CHECK(change("varchar(9)", "citext") == 0);
  CHECK(change("varchar(50)[]", "varchar(100)[]") == 1);
  CHECK(change("text[]", "text[]") == 0);
  CHECK(change("varbinary(20)", "varbinary(50)", "mariadb-10.11") == 0);
  CHECK(change("text charset latin1", "text charset utf8mb4", "mariadb-10.11") == 1);
  CHECK(change("varchar(9) charset utf8mb4", "varchar(9) charset latin1", "mysql-8") == 1);
  CHECK(change("varchar(50)", "varchar(60)", "mariadb-10.11") == 0);
  CHECK(change("varchar(50)", "varchar(255)", "mariadb-10.11") == 1);
  CHECK(change("varchar(100)", "varchar(255)", "mysql-8") == 0);
  CHECK(change("int", "bigint", "mysql-8") == 1);
  CHECK(change("enum('a','b')", "enum('a','b','c')", "mysql-8") == 0);
  CHECK(change("enum('a','b')", "enum('b','a')", "mysql-8") == 1);
}

TEST_CASE("a type keeps its columns when it gets another name") {
  const std::string swap =
      "create type new_mood as enum ('a', 'b');\n"
      "alter table t alter column m type new_mood using m::text::new_mood;\n"
      "alter type mood rename to old_mood;\nalter type new_mood rename to mood;\n"
      "drop type old_mood;\n";
  const Files files{
      {"db/migrations/0001_a.up.sql", "create type mood as enum ('a');\ncreate table t (m mood);"},
      {"db/migrations/0002_b.up.sql", swap},
      {"db/migrations/0003_c.up.sql", swap}};
  const std::string found = judge("safety = [\"change-type\"]\ndatabase = \"postgres-15\"", files);
  CHECK(found.find("0002_b.up.sql:2:15 changes `m` of `t` from mood to new_mood") !=
        std::string::npos);
  CHECK(found.find("0003_c.up.sql:2:15 changes `m` of `t` from mood to new_mood") !=
        std::string::npos);
}

TEST_CASE("the version of the database counts") {
  CHECK(lines("add-volatile-default", "alter table t add column a int default 1;", "postgres-10") ==
        "1");
  CHECK(lines("add-volatile-default", "alter table t add column a int default 1;", "postgres-11")
            .empty());
  const std::string proved =
      "alter table t add constraint k check (a is not null) not valid;\nalter table t validate "
      "constraint k;\nalter table t alter a set not null;";
  CHECK(lines("set-not-null", proved, "postgres-11") == "3");
  CHECK(lines("set-not-null", proved, "postgres-12").empty());
}

TEST_CASE("a statement that cannot be read is said, and the others are judged") {
  CHECK(lines("opaque", "frobnicate t;\ndrop table t;") == "1");
  CHECK(lines("drop-table", "frobnicate t;\ndrop table t;") == "2");
}

TEST_CASE("the database is found where the repository names it") {
  const auto where = [](Files files) {
    files["db/migrations/0001_a.up.sql"] = "create index i on t (a);";
    const test::RuleUnderTest rule("migrations", "safety = [\"drop-table\"]");
    const auto snapshot = test::sample(files);
    const Answer answer = rule.run(Context{*snapshot});
    REQUIRE(answer.evidence.size() == 1);
    return answer.evidence.front();
  };
  CHECK(where({}) == "db/migrations: 1 of 1 migrations, PostgreSQL 14 assumed");
  CHECK(where({{"compose.yaml", "services:\n  db:\n    image: postgres:16-alpine\n"}}) ==
        "db/migrations: 1 of 1 migrations, PostgreSQL 16 (compose.yaml)");
  CHECK(where({{".env.example", "DB_CONNECTION=mysql\n"},
               {"docker-compose.yml", "  image: mariadb:10.11\n"}}) ==
        "db/migrations: 1 of 1 migrations, MariaDB 10.11 (docker-compose.yml)");
  CHECK(where({{".env", "DATABASE_URL=postgres://u@h/db\n"}}) ==
        "db/migrations: 1 of 1 migrations, PostgreSQL 14 (.env)");
  CHECK(where({{".github/workflows/ci.yml", "      image: mysql:8.0\n"}}) ==
        "db/migrations: 1 of 1 migrations, MySQL 8 (.github/workflows/ci.yml)");
}

TEST_CASE("runners differ in what they wrap in a transaction") {
  const auto judged = [](const std::string& path, const std::string& sql) {
    const test::RuleUnderTest rule("migrations",
                                   "safety = [\"concurrently-in-transaction\"]\ndatabase "
                                   "= \"postgres-15\"");
    const auto files = test::sample({{path, sql}});
    return rule.run(Context{*files}).findings.size();
  };
  const std::string index = "create index concurrently i on t (a);\n";
  CHECK(judged("db/migrations/0001_a.up.sql", index) == 0);
  CHECK(judged("db/migrations/0001_a.sql", "-- +goose Up\n" + index + "-- +goose Down\n") == 1);
  CHECK(judged("db/migrations/0001_a.sql", "-- +goose NO TRANSACTION\n-- +goose Up\n" + index) ==
        0);
  CHECK(judged("db/migrations/20240101_a.sql", "-- migrate:up\n" + index + "-- migrate:down\n") ==
        1);
  CHECK(judged("db/migrations/20240101_a.sql", "-- migrate:up transaction:false\n" + index) == 0);
}

}  // namespace
}  // namespace gate::checks
