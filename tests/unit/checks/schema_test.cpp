#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

std::string judge(std::string_view keys, const std::string& sql) {
  const test::RuleUnderTest rule("schema", std::string(keys) + "\ndatabase = \"postgres-15\"");
  CHECK(rule.mistakes().empty());
  const auto files = test::sample({{"db/migrations/0001_x.up.sql", sql}});
  return test::spell(rule.run(Context{*files}));
}

TEST_CASE("a named table must be created by a migration") {
  CHECK(judge("table = \"plans\"", "create table plans (id int);") == "passed");
  CHECK(
      judge("table = \"plans\"", "create table other (id int);") ==
      "failed\nno migration creates table `plans` [write a migration that creates it, or mend its "
      "name in the rule]");
  CHECK(judge("table = \"plans\"", "alter table plans add column a int;") ==
        "could_not_run: nothing that was read says what is in table `plans`");
  CHECK(judge("table = \"plans\"", "frobnicate;").find("one statement cannot") !=
        std::string::npos);
  const test::RuleUnderTest rule("schema", "table = \"plans\"");
  const auto nothing = test::sample({{"README.md", ""}});
  CHECK(test::spell(rule.run(Context{*nothing})) ==
        "could_not_run: no folder of migrations was found: nothing is known of the tables");
}

TEST_CASE("an index serves where its first columns are the wanted ones") {
  const std::string table = "create table t (a int, b int, c int);";
  const auto indexed = [&](const std::string& index) {
    return judge("table = \"t\"\nrequire_index = [\"a\"]", table + index) == "passed";
  };
  CHECK(indexed("create index i on t (a);"));
  CHECK(indexed("create index i on t (a, b);"));
  CHECK(indexed("alter table t add unique (a, c);"));
  CHECK_FALSE(indexed(""));
  CHECK_FALSE(indexed("create index i on t (b, a);"));
  CHECK_FALSE(indexed("create index i on t (a) where b > 0;"));
  CHECK_FALSE(indexed("create index i on t (lower(a));"));
  CHECK_FALSE(indexed("create index i on t (a); drop index i;"));
  CHECK(judge("table = \"t\"\nrequire_index = [\"a, b\"]", table + "create index i on t (b, a);") ==
        "passed");
}

TEST_CASE("unique means exactly these columns") {
  const std::string table = "create table t (a int, b int);";
  const auto unique = [&](const std::string& index) {
    return judge("table = \"t\"\nrequire_unique = [\"a\"]", table + index) == "passed";
  };
  CHECK(unique("create unique index i on t (a);"));
  CHECK(unique("alter table t add primary key (a);"));
  CHECK_FALSE(unique("create unique index i on t (a, b);"));
  CHECK_FALSE(unique("create index i on t (a);"));
  CHECK_FALSE(unique("create unique index i on t (a) where b = 1;"));
}

TEST_CASE("columns, their NULLs and foreign keys") {
  const std::string sql =
      "create table tenants (id bigint primary key);\n"
      "create table plans (id bigint primary key, tenant_id bigint references tenants (id), note "
      "text);";
  CHECK(judge("table = \"plans\"\nrequire_columns = [\"tenant_id\", \"price\"]", sql) ==
        "failed\ndb/migrations/0001_x.up.sql:2:1 table `plans` has no column `price` [add it in a "
        "new "
        "migration]");
  CHECK(judge("table = \"plans\"\nforbid_columns = [\"note\"]", sql).find("has a column `note`") !=
        std::string::npos);
  CHECK(judge("table = \"plans\"\nrequire_not_null = [\"tenant_id\"]", sql).find("allows NULL") !=
        std::string::npos);
  CHECK(judge("table = \"plans\"\nrequire_nullable = [\"tenant_id\"]", sql) == "passed");
  CHECK(judge("table = \"plans\"\nrequire_foreign_key = [\"tenant_id -> tenants\"]", sql) ==
        "passed");
  CHECK(judge("table = \"plans\"\nrequire_foreign_key = [\"tenant_id -> users\"]", sql)
            .find("has no foreign key (tenant_id) to `users`") != std::string::npos);
  CHECK(judge("table = \"plans\"\nindex_foreign_keys = true", sql).find("has no index") !=
        std::string::npos);
}

TEST_CASE("a demand on every table names those that lack it") {
  const std::string sql =
      "create table tenants (id bigint primary key);\ncreate table a (tenant_id bigint);\ncreate "
      "table "
      "b (id bigint);\ncreate table migrations (id bigint);";
  CHECK(judge("every_table = true\nexcept = [\"migrations\"]\nrequire_columns = [\"tenant_id\"]",
              sql) ==
        "failed\ndb/migrations/0001_x.up.sql:3:1 table `b` has no column `tenant_id` [add it in a "
        "new "
        "migration]\ndb/migrations/0001_x.up.sql:1:1 table `tenants` has no column `tenant_id` "
        "[add it "
        "in a new migration]");
  CHECK(judge("unique_columns = [\"*_key\"]", "create table p (dedupe_key text);")
            .find("nothing keeps `dedupe_key` of `p` unique") != std::string::npos);
  CHECK(judge("indexed_columns = [\"slug\"]", "create table p (slug text unique);") == "passed");
}

TEST_CASE("mistakes in a rule of kind schema are told") {
  const auto mistakes = [](std::string_view keys) {
    return test::RuleUnderTest("schema", keys).mistakes();
  };
  CHECK(mistakes("table = \"t\"\nrequire_index = [\" , \"]") == "2:18 ` , ` names no column\n");
  CHECK(mistakes("table = \"t\"\nrequire_unique = [\"a -> b\"]") ==
        "2:19 `a -> b` is no list of columns; write the columns: \"shop_id, slug\"\n");
  CHECK(mistakes("table = \"t\"\nevery_table = true") ==
        "2:15 `every_table` beside `table`; write one of them\n");
  CHECK_FALSE(mistakes("require_columns = [\"a\"]").empty());
}

}  // namespace
}  // namespace gate::checks
