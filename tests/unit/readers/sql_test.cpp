#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/formats/sql/read.h"
#include "gate/readers/formats/sql/script.h"

namespace gate::readers::sql {
namespace {

// The statements of a script, one a line, their tokens apart by single blanks.
std::string cut(std::string_view text, Dialect dialect) {
  const Tokens tokens = tokenize(text, dialect);
  std::string out;
  for (const auto& statement : split(tokens, dialect)) {
    std::string line;
    for (const Token& token : statement) {
      if (!line.empty()) line += ' ';
      line += token.text;
    }
    out += line + "\n";
  }
  return out;
}

std::string spell(const Column& column) {
  std::string text = column.name;
  if (!column.type.empty()) text += " " + column.type.text();
  if (column.nullable) text += *column.nullable ? " null" : " not null";
  if (column.default_value) text += " default " + column.default_value->text;
  if (column.generated == Generated::identity) text += " identity";
  if (column.generated == Generated::stored) text += " stored";
  if (column.generated == Generated::virtual_column) text += " virtual";
  if (column.auto_increment) text += " auto_increment";
  if (column.type.is_serial) text += " serial";
  if (column.primary) text += " primary";
  if (column.unique) text += " unique";
  if (column.check) text += " check";
  if (column.reference) text += " -> " + column.reference->table.text();
  if (column.first) text += " first";
  if (!column.after.empty()) text += " after " + column.after;
  return text;
}

std::string spell(const Constraint& constraint) {
  constexpr std::string_view kKinds[] = {"primary", "unique",    "foreign",
                                         "check",   "exclusion", "not null"};
  std::string text(kKinds[static_cast<std::size_t>(constraint.kind)]);
  if (!constraint.name.empty()) text += " " + constraint.name;
  if (!constraint.columns.empty()) text += fmt::format(" ({})", fmt::join(constraint.columns, ","));
  if (constraint.reference) {
    text += fmt::format(" -> {}({})", constraint.reference->table.text(),
                        fmt::join(constraint.reference->columns, ","));
    if (!constraint.reference->on_delete.empty())
      text += " on delete " + constraint.reference->on_delete;
  }
  if (!constraint.using_index.empty()) text += " using " + constraint.using_index;
  if (constraint.not_valid) text += " not valid";
  return text;
}

std::string spell(const Index& index) {
  std::string text = index.name;
  for (const IndexPart& part : index.parts)
    text += fmt::format(" [{}]", part.column.empty() ? "=" + part.expression : part.column);
  if (index.unique) text += " unique";
  if (index.partial) text += " partial";
  if (index.fulltext) text += " fulltext";
  if (!index.method.empty()) text += " " + index.method;
  return text;
}

std::string spell(const Operation& operation) {
  std::string text = operation.name.text();
  if (!operation.column.empty()) text += "." + operation.column;
  if (!operation.other.empty()) text += " > " + operation.other.text();
  for (const Column& column : operation.columns)
    text += "; " + spell(column);
  for (const Constraint& constraint : operation.constraints)
    text += "; " + spell(constraint);
  for (const Index& index : operation.indexes)
    text += "; index " + spell(index);
  if (!operation.words.empty()) text += fmt::format(" {{{}}}", fmt::join(operation.words, ","));
  if (operation.concurrently) text += " concurrently";
  if (operation.cascade) text += " cascade";
  if (operation.has_where) text += " where";
  if (operation.guarded) text += " guarded";
  if (operation.if_exists) text += " if exists";
  if (operation.if_not_exists) text += " if not exists";
  return text;
}

// What a script does: a line for each operation, and one for each statement that is opaque.
std::string read(std::string_view text, Dialect dialect = Dialect::postgres) {
  std::string out;
  for (const Statement& statement : read_script(text, dialect).statements) {
    for (const Operation& operation : statement.operations)
      out += fmt::format("{} {}\n", static_cast<int>(operation.kind), spell(operation));
    if (!statement.opaque.empty()) out += "opaque: " + statement.opaque + "\n";
  }
  return out;
}

// The same without the number of the kind, where one is wanted.
std::string does(std::string_view text, Dialect dialect = Dialect::postgres) {
  std::string out;
  for (const Statement& statement : read_script(text, dialect).statements) {
    for (const Operation& operation : statement.operations)
      out += spell(operation) + "\n";
    if (!statement.opaque.empty()) out += "opaque: " + statement.opaque + "\n";
  }
  return out;
}

OperationKind kind(std::string_view text, Dialect dialect = Dialect::postgres) {
  const Script script = read_script(text, dialect);
  REQUIRE(script.statements.size() == 1);
  REQUIRE(script.statements.front().operations.size() == 1);
  return script.statements.front().operations.front().kind;
}

TEST_CASE("a script is cut at its semicolons, and at no others") {
  CHECK(cut("", Dialect::postgres).empty());
  CHECK(cut("  -- nothing\n;;/* nor here; */", Dialect::postgres).empty());
  CHECK(cut("a; b", Dialect::postgres) == "a\nb\n");
  CHECK(cut("select 'a;b', \"c;d\", $x$ e; f $x$; g", Dialect::postgres) ==
        "select 'a;b' , \"c;d\" , $x$ e; f $x$\ng\n");
  CHECK(cut("select /* a; /* b; */ c; */ 1; 2", Dialect::postgres) == "select 1\n2\n");
  CHECK(cut("select 'it''s; here', E'\\';'; b", Dialect::postgres) ==
        "select 'it''s; here' , E'\\';'\nb\n");
  CHECK(cut("select 'a\\'; b', `c;d`; e # f; g\n; h", Dialect::mysql) ==
        "select 'a\\'; b' , `c;d`\ne\nh\n");
}

TEST_CASE("the body of a routine stays whole") {
  CHECK(cut("create function f() returns int begin atomic select 1; select 2; end; drop table t",
            Dialect::postgres) ==
        "create function f ( ) returns int begin atomic select 1 ; select 2 ; end\ndrop table t\n");
  CHECK(cut("create procedure p() begin if a then select 1; end if; case b when 1 then set c = 1; "
            "end "
            "case; end; drop table t",
            Dialect::mysql) ==
        "create procedure p ( ) begin if a then select 1 ; end if ; case b when 1 then set c = 1 ; "
        "end "
        "case ; end\ndrop table t\n");
  CHECK(cut("DELIMITER $$\ncreate trigger t before insert on a for each row begin set b = 1; "
            "end$$\nDELIMITER ;\nselect 1;",
            Dialect::mysql) ==
        "create trigger t before insert on a for each row begin set b = 1 ; end\nselect 1\n");
  CHECK(
      cut("create rule r as on insert to t do also (insert into a values (1); insert into b values "
          "(2)); c",
          Dialect::postgres) ==
      "create rule r as on insert to t do also ( insert into a values ( 1 ) ; insert into b values "
      "( 2 "
      ") )\nc\n");
  CHECK(cut("-- +goose StatementBegin\na; b\n-- +goose StatementEnd\nc;", Dialect::postgres) ==
        "a ; b\nc\n");
}

TEST_CASE("what clients and runners read themselves is passed over") {
  CHECK(cut("\\set x 1\n\\connect db\nselect 1;", Dialect::postgres) == "select 1\n");
  CHECK(cut("copy t (a) from stdin;\n1;2\t3\n\\.\nselect 1;", Dialect::postgres) ==
        "copy t ( a ) from stdin\nselect 1\n");
  CHECK(cut("/*!40101 SET a = 1 */; select 2", Dialect::mysql) == "SET a = 1\nselect 2\n");
  CHECK(cut("{{ if .x }} drop table {{ .prefix }}users; {{ end }} select ${a}_b;",
            Dialect::postgres) == "drop table {{ .prefix }}users\nselect ${a}_b\n");
}

TEST_CASE("names are those the database keeps") {
  const auto name = [](std::string_view text, Dialect dialect) {
    return identifier(tokenize(text, dialect).tokens.front(), dialect);
  };
  CHECK(name("Orders", Dialect::postgres) == "orders");
  CHECK(name("\"Orders\"", Dialect::postgres) == "Orders");
  CHECK(name("\"a\"\"b\"", Dialect::postgres) == "a\"b");
  CHECK(name("Orders", Dialect::mysql) == "Orders");
  CHECK(name("`a``b`", Dialect::mysql) == "a`b");
  CHECK(name(std::string(70, 'x'), Dialect::postgres) == std::string(63, 'x'));
}

TEST_CASE("types have one name each") {
  const auto type = [](std::string_view text, Dialect dialect = Dialect::postgres) {
    const Script script = read_script(fmt::format("alter table t add column c {}", text), dialect);
    REQUIRE(script.statements.size() == 1);
    CHECK(script.statements.front().opaque.empty());
    REQUIRE(script.statements.front().operations.size() == 1);
    return script.statements.front().operations.front().columns.front().type.text();
  };
  CHECK(type("int4") == "integer");
  CHECK(type("character varying(20)") == "varchar(20)");
  CHECK(type("pg_catalog.varchar(20)") == "varchar(20)");
  CHECK(type("timestamp(3) with time zone") == "timestamptz(3)");
  CHECK(type("timestamp without time zone") == "timestamp");
  CHECK(type("double precision[]") == "double precision[]");
  CHECK(type("numeric(10, 2)") == "numeric(10,2)");
  CHECK(type("interval day to second") == "interval");
  CHECK(type("bigserial") == "bigint");
  CHECK(type("app.mood") == "app.mood");
  CHECK(type("integer array") == "integer[]");
  CHECK(type("int(11) unsigned zerofill", Dialect::mysql) == "int(11) unsigned");
  CHECK(type("boolean", Dialect::mysql) == "tinyint(1)");
  CHECK(type("enum('a','b;c')", Dialect::mysql) == "enum('a','b;c')");
  CHECK(type("varchar(20) character set latin1 collate latin1_bin", Dialect::mysql) ==
        "varchar(20)");
}

TEST_CASE("CREATE TABLE is read with all that it holds") {
  CHECK(
      does(
          "create table if not exists app.t (id bigint generated always as identity primary key, a "
          "text not null default 'x;y', b int references u (id) on delete set null, c int check (c "
          "> "
          "0), constraint u1 unique (a, b), foreign key (b, c) references v (x, y) on delete "
          "cascade, "
          "exclude using gist (a with =)) partition by range (id)") ==
      "app.t; id bigint identity primary; a text not null default 'x;y'; b integer -> u; c integer "
      "check; unique u1 (a,b); foreign (b,c) -> v(x,y) on delete cascade; exclusion (a) "
      "{partitioned} "
      "if "
      "not exists\n");
  CHECK(
      does(
          "CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, `n` varchar(9) COLLATE utf8mb4_bin "
          "DEFAULT NULL COMMENT 'a, b', PRIMARY KEY (`id`), UNIQUE KEY `un` (`n`), KEY `k` "
          "(`n`(4), "
          "`id` DESC), FULLTEXT KEY f (n), CONSTRAINT `fk` FOREIGN KEY (`n`) REFERENCES `u` (`n`)) "
          "ENGINE=InnoDB DEFAULT CHARSET=latin1",
          Dialect::mysql) ==
      "t; id int not null auto_increment; n varchar(9) default NULL; primary (id); unique un (n); "
      "foreign fk (n) -> u(n); index k [n] [id]; index f [n] fulltext "
      "{engine=innodb,charset=latin1}\n");
  CHECK(does("create table t (key text, index int, \"check\" bool)") ==
        "t; key text; index integer; check boolean\n");
  CHECK(does("create table t as select 1") == "t\n");
  CHECK(does("create table p partition of t for values in (1)") == "p > t\n");
}

TEST_CASE("ALTER TABLE is one operation for each action") {
  CHECK(
      does(
          "alter table only t add column a int default 1, drop column if exists b cascade, alter c "
          "type text using c::text, alter column d set not null, alter e drop default, add "
          "constraint "
          "k check (a > 0) not valid, validate constraint k, rename to u") ==
      "t.a; a integer default 1\nt.b cascade if exists\nt.c; c text\nt.d\nt.e\nt; check k not "
      "valid\nt > k\nt > u\n");
  CHECK(does("alter table t add constraint p primary key using index i, add unique (a), add "
             "foreign key "
             "(b) references u") == "t; primary p using i\nt; unique (a)\nt; foreign (b) -> u()\n");
  CHECK(does("alter table t modify a bigint not null after b, change c d varchar(9) first, add (e "
             "int, f "
             "int), drop primary key, drop foreign key k, drop index i, add unique index u (a), "
             "convert "
             "to character set utf8mb4, engine=innodb, algorithm=instant",
             Dialect::mysql) ==
        "t.a; a bigint not null after b\nt.c; d varchar(9) first\nt.e; e int\nt.f; f int\nt\nt > "
        "k\nt > "
        "i\nt; unique u (a)\nt {utf8mb4}\nt {engine=innodb}\n");
  CHECK(does("alter table t frobnicate all") == "\nopaque: `frobnicate` in ALTER TABLE\n");
}

TEST_CASE("indexes keep what decides whether they serve") {
  CHECK(does("create unique index concurrently if not exists i on only app.t using btree (a desc "
             "nulls "
             "last, lower(b), (c || d)) include (e) where f is null") ==
        "app.t; index i [a] [=lower(b)] [=(c || d)] unique partial btree concurrently if not "
        "exists\n");
  CHECK(does("create index on t (a)") == "t; index  [a]\n");
  CHECK(does("create index i using btree on t (a(10), (lower(b)))", Dialect::mysql) ==
        "t; index i [a] [=(lower(b))] btree\n");
  CHECK(does("drop index concurrently if exists a, app.b") ==
        " > a concurrently if exists\n > app.b concurrently if exists\n");
  CHECK(does("drop index i on t", Dialect::mysql) == "t > i\n");
}

TEST_CASE("what a default is made of decides how it comes about") {
  const auto volatility = [](std::string_view text, Dialect dialect = Dialect::postgres) {
    const Script script =
        read_script(fmt::format("alter table t add column c int default {}", text), dialect);
    return script.statements.front().operations.front().columns.front().default_value->volatility;
  };
  for (const std::string_view text :
       {"1", "'x'", "-1", "'{}'::jsonb", "array[]::int[]", "null", "1.5::numeric(4,2)"})
    CHECK(volatility(text) == Volatility::constant);
  for (const std::string_view text :
       {"now()", "current_timestamp", "(now() at time zone 'utc')", "lower('A')"})
    CHECK(volatility(text) == Volatility::stable);
  for (const std::string_view text : {"random()", "gen_random_uuid()", "public.make_number()",
                                      "(case when true then random() else 0 end)"})
    CHECK(volatility(text) == Volatility::changing);
  CHECK(volatility("(uuid())", Dialect::mysql) == Volatility::changing);
  CHECK(volatility("current_timestamp(3)", Dialect::mysql) == Volatility::stable);
}

TEST_CASE("statements that change rows tell whether they change all of them") {
  CHECK(does("update t set a = 1") == "t\n");
  CHECK(does("update only t as x set (a, b) = (1, 2) from u where x.id = u.id") == "t where\n");
  CHECK(does("delete from t where (a)") == "t where\n");
  CHECK(does("with x as (delete from t returning *) insert into u select * from x") == "t\nu\n");
  CHECK(does("truncate table only a, b cascade") == "a cascade\nb cascade\n");
  CHECK(kind("select a into b from c") == OperationKind::create_table);
  CHECK(kind("select a from c") == OperationKind::select);
}

TEST_CASE("a statement that says nothing of what it does cannot be read") {
  CHECK(does("alter table t") == "\nopaque: `ALTER TABLE` without saying what to do\n");
}

TEST_CASE("a DO block runs the statements in it where they are not there yet") {
  CHECK(
      does("do $$ begin create type mood as enum ('a', 'b'); exception when duplicate_object then "
           "null; end $$") == "mood {a,b} guarded\n");
  CHECK(does("do $$ declare n int; begin if not exists (select 1) then alter table t add column c "
             "int; "
             "end if; n := 1; raise notice 'x'; end $$") == "t.c; c integer guarded\n");
  CHECK(does("do $$ begin execute 'drop table t'; end $$") == "t guarded\n");
  CHECK(does("do $$ begin execute format('drop table %I', t); end $$") ==
        "\nopaque: a DO block that executes a text put together at run time\n");
  CHECK(
      does("do $$ begin execute 'do $a$ begin drop table t; end $a$'; do $b$ begin end $b$; end $$")
          .ends_with("opaque: a DO block in a DO block\n"));
  const Script script =
      read_script("select 1;\ndo $x$\nbegin\n  drop table t;\nend $x$", Dialect::postgres);
  CHECK(script.statements.at(1).operations.front().name.span == base::Span{36, 37});
}

TEST_CASE("switches in parentheses and their opposites are told apart") {
  CHECK(kind("vacuum (full) t") == OperationKind::vacuum_full);
  CHECK(kind("vacuum (full false) t") == OperationKind::other);
  CHECK(kind("vacuum full t") == OperationKind::vacuum_full);
  CHECK(does("reindex (concurrently false) index i") == "i.index\n");
  CHECK(does("reindex table concurrently t") == "t.table concurrently\n");
  CHECK(does("refresh materialized view concurrently v") == "v concurrently\n");
  CHECK(does("set local lock_timeout = '2s'") == "lock_timeout {'2s'}\n");
}

TEST_CASE("what nobody knows is one opaque statement and not a failed script") {
  CHECK(does("frobnicate t; select 1; 'text'; )(; select 'open") ==
        "\nopaque: `FROBNICATE T` is no statement known\n\n\nopaque: it begins with no word of "
        "SQL\n\nopaque: it begins with no word of SQL\n\nopaque: a quote without an end\n");
  CHECK(does("create table") == "\nopaque: no name behind CREATE TABLE\n");
  CHECK(does("create table t (a int") == "t; a integer\nopaque: the list of columns has no end\n");
  CHECK(does("alter table t add column c int frob") ==
        "t.c; c integer\nopaque: `frob` in the definition of a column\n");
  CHECK(does("drop table t extra").find("opaque") == std::string::npos);
}

TEST_CASE("hostile input ends") {
  const std::string deep(200'000, '(');
  CHECK(read_script(deep, Dialect::postgres).statements.size() == 1);
  CHECK(read_script("create table t (" + deep, Dialect::mysql).statements.size() == 1);
  CHECK(
      read_script("select '" + std::string(1'000'000, 'x'), Dialect::postgres).statements.size() ==
      1);
  std::string many;
  for (int index = 0; index < 20'000; ++index)
    many += "create table t" + std::to_string(index) + " (a int);\n";
  CHECK(read_script(many, Dialect::postgres).statements.size() == 20'000);
  CHECK(read(std::string("alter table t add \0 column", 26)).size() > 0);
}

TEST_CASE("places are those of the file") {
  const Script script =
      read_script("-- x\nalter table t\n  add column a int,\n  drop column b;", Dialect::postgres);
  const Statement& statement = script.statements.front();
  CHECK(statement.span == base::Span{5, 54});
  CHECK(statement.operations.at(0).span == base::Span{21, 37});
  CHECK(statement.operations.at(1).span == base::Span{41, 54});
}

}  // namespace
}  // namespace gate::readers::sql
