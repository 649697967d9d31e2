#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "gate/readers/formats/php/php.h"
#include "gate/readers/migrations/folders.h"
#include "gate/readers/migrations/laravel.h"
#include "tests/unit/readers/django_support.h"
#include "tests/unit/readers/migrations_support.h"

namespace gate::readers {
namespace {

using migrations::Database;
using migrations::Engine;

struct Replay {
  std::map<std::string, std::string> files;  // of the application, beside the migration
  Engine engine = Engine::mysql;
  std::map<std::string, std::string> variables;  // of the environment
  std::string incomplete;                        // why it is not known

  // Reads a migration into `schema`.
  [[nodiscard]] migrations::Migration read(const std::string& php,
                                           migrations::Schema& schema) const {
    const test::MemoryFiles project_files(files);
    const test::MapEnvironment environment(variables, incomplete);
    migrations::laravel::Project project(project_files, environment);
    const auto tree = php::parse(std::make_shared<const base::Source>("m.php", php));
    return migrations::read_laravel_migration(*tree, schema, 0, project);
  }
  // Returns the schema after up(), and below it what could not be read.
  [[nodiscard]] std::string operator()(const std::string& php) const {
    migrations::Schema schema(migrations::with_assumed_version({engine, 0, 0}));
    const migrations::Migration migration = read(php, schema);
    return test::spell(schema) +
           (migration.unreadable.empty() ? test::opaque(migration.up) : migration.unreadable);
  }
  // The same of the body of up().
  [[nodiscard]] std::string up(const std::string& body) const { return (*this)(around(body)); }
  // Returns what the body of up() does to rows, a line each.
  [[nodiscard]] std::string rows(const std::string& body) const {
    migrations::Schema schema(migrations::with_assumed_version({engine, 0, 0}));
    std::string all;
    for (const sql::Statement& statement : read(around(body), schema).up) {
      for (const sql::Operation& operation : statement.operations) {
        using Kind = sql::OperationKind;
        all += operation.kind == Kind::truncate ? "truncate "
               : operation.kind == Kind::remove ? "delete "
                                                : "update ";
        all += operation.name.name + (operation.has_where ? " where\n" : "\n");
      }
    }
    return all;
  }
  // Returns what is remarked of the body of up(), a line each.
  [[nodiscard]] std::string remarks(const std::string& body) const {
    migrations::Schema schema(migrations::with_assumed_version({engine, 0, 0}));
    std::string all;
    for (const migrations::Remark& remark : read(around(body), schema).remarks)
      all += remark.text + "\n";
    return all;
  }

 private:
  static std::string around(const std::string& body) {
    return "<?php\nuse Illuminate\\Support\\Facades\\{DB, Schema};\nreturn new class extends "
           "Migration {\npublic function up() {\n" +
           body + "\n}\n};\n";
  }
};

TEST_CASE("a file without a migration of Laravel says so") {
  const Replay replay;
  CHECK(replay("") == "no class in it has a method up()");
  CHECK(replay("<?php\nreturn [1, 2];\n") == "no class in it has a method up()");
  CHECK(replay("<?php class A extends Migration { public function up() { Schema::create(") !=
        std::string());
  CHECK(replay.up("").empty());
}

TEST_CASE("columns that Laravel names itself") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', function ($t) { $t->id(); $t->rememberToken(); "
                  "$t->softDeletesTz(); $t->timestamps(); });") ==
        "a: id, remember_token?, deleted_at?, created_at?, updated_at?; primary(id)\n");
  CHECK(replay.up(
            "Schema::create('a', function ($t) { $t->nullableUlidMorphs('of'); "
            "$t->geometry('where')->nullable(); $t->ulid()->unique(); $t->vector('v', 3); });") ==
        "a: of_type?, of_id?, where?, ulid, v; index(of_type, of_id); unique(ulid)\n");
  CHECK(replay.up("Schema::create('a', fn ($t) => $t->nestedSet());") ==
        "a: _lft, _rgt, parent_id?; index(_lft, _rgt, parent_id)\n");
}

TEST_CASE("config() gives the names of tables, as far as the environment is known") {
  const std::string create =
      "$names = config('p.names'); Schema::create($names['a'], function ($t) { $t->id(); });";
  Replay replay;
  replay.files = {{"config/p.php", "<?php return ['names' => ['a' => 'roles']];"}};
  CHECK(replay.up(create) == "roles: id; primary(id)\n");
  replay.files = {{"config/p.php", "<?php return ['names' => ['a' => env('T', 'rights')]];"}};
  CHECK(replay.up(create) == "rights: id; primary(id)\n");
  // A name that nobody has set is the one of the code; what is switched by it is not known.
  replay.incomplete = "no environment is declared";
  CHECK(replay.up(create) == "rights: id; primary(id)\n");
  replay.files = {{"config/p.php", "<?php return ['on' => env('ON', true)];"}};
  CHECK(replay.up("Schema::create(config('p.on') ? 'a' : 'b', fn ($t) => $t->id());") ==
        "the name of the table is not known here\n");
  replay.files.clear();
  CHECK(replay.up("Schema::create(config('audit.table', 'audits'), fn ($t) => $t->id());") ==
        "audits: id; primary(id)\n");
}

TEST_CASE("a condition on the environment is decided where the environment is known") {
  const std::string app = "<?php return ['env' => env('APP_ENV', 'production')];";
  Replay replay;
  replay.files = {{"config/app.php", app}};
  const auto when = [&](const std::string& condition) {
    const std::string shown =
        replay.up("if (" + condition + ") { Schema::create('a', fn ($t) => $t->id()); } " +
                  "else { Schema::create('b', fn ($t) => $t->id()); }");
    return std::string(shown == "a: id; primary(id)\n"   ? "yes"
                       : shown == "b: id; primary(id)\n" ? "no"
                                                         : "both");
  };
  replay.variables = {{"APP_ENV", "staging"}};
  CHECK(when("app()->environment('production')") == "no");
  CHECK(when("!app()->environment('production')") == "yes");
  CHECK(when("app()->environment('production', 'sta*')") == "yes");
  CHECK(when("\\Illuminate\\Support\\Facades\\App::environment(['local', 'staging'])") ==
        std::string("yes"));
  CHECK(when("app()->environment() === 'staging'") == "yes");
  CHECK(when("app('env') == 'local'") == "no");
  CHECK(when("config('app.env') === 'production'") == "no");
  replay.variables = {{"APP_ENV", "production"}};
  CHECK(when("app()->isProduction()") == "yes");
  CHECK(when("app()->isLocal()") == "no");
  CHECK(when("app()->runningUnitTests()") == "no");
  CHECK(when("app()->runningInConsole()") == "both");
  CHECK(replay.remarks("if (app()->isProduction()) { DB::table('a')->delete(); }").empty());
  // Without a file of config/, Laravel 11 has its own.
  replay.files.clear();
  CHECK(when("app()->isProduction()") == "yes");
  // The default of the code does not say where it runs.
  replay.files = {{"config/app.php", app}};
  replay.variables.clear();
  replay.incomplete = "no environment is declared";
  CHECK(when("app()->isProduction()") == "both");
  CHECK(when("App::environment('production')") == "both");
  CHECK(when("config('app.env') === 'production'") == "both");
  CHECK(replay.remarks("if (app()->isProduction()) { DB::table('a')->delete(); }") ==
        "app()->isProduction()\n");
}

TEST_CASE("a model is asked for its table and its key") {
  Replay replay;
  replay.files = {
      {"app/Models/Order.php",
       "<?php namespace App\\Models; class Order extends Model { use HasUlids; protected $table = "
       "'sales'; }"},
      {"app/Models/Shop.php",
       "<?php namespace App\\Models; class Shop extends Model { protected $primaryKey = 'nr'; }"}};
  CHECK(replay.up("Schema::create('lines', function ($t) { "
                  "$t->foreignIdFor(\\App\\Models\\Order::class)->constrained(); "
                  "$t->foreignIdFor(\\App\\Models\\Shop::class); "
                  "$t->foreignIdFor(\\App\\Models\\Category::class)->constrained(); });") ==
        "lines: order_id, shop_nr, category_id; index(order_id); index(category_id); "
        "key(order_id)->sales; key(category_id)->categories\n");
  CHECK(
      replay.up("Schema::create((new \\App\\Models\\Order())->getTable(), fn ($t) => $t->id());") ==
      "sales: id; primary(id)\n");
}

TEST_CASE("a query of a model is one of its table") {
  Replay replay;
  replay.files = {{"app/Models/Order.php",
                   "<?php namespace App\\Models; use Illuminate\\Database\\Eloquent\\Model; class "
                   "Order extends "
                   "Model { protected $table = 'sales'; public static function old() { return "
                   "self::where('a', 1); } }"},
                  {"app/Models/Big.php", "<?php namespace App\\Models; class Big extends Order {}"},
                  {"app/Models/Team.php",
                   "<?php namespace App\\Models; class Team extends \\Laravel\\Jetstream\\Team {}"},
                  {"app/Models/Plain.php", "<?php namespace App\\Models; class Plain {}"},
                  {"app/Tool.php", "<?php namespace App; class Tool { }"}};
  const auto rows = [&](const std::string& code) { return replay.rows("\\App\\" + code + ";"); };
  CHECK(rows("Models\\Order::truncate()") == "truncate sales\n");
  CHECK(rows("Models\\Order::query()->delete()") == "delete sales\n");
  CHECK(rows("Models\\Big::withTrashed()->forceDelete()") == "delete sales\n");
  CHECK(rows("Models\\Order::query()->update(['a' => 1])") == "update sales\n");
  // A model whose file is gone has the table that its name gives it.
  CHECK(rows("Models\\Shop::query()->delete()") == "delete shops\n");
  // Conditions, scopes of the model, and what is no model.
  CHECK(rows("Models\\Order::where('a', 1)->delete()") == "delete sales where\n");
  CHECK(rows("Models\\Order::query()->whereHas('b')->update([])") == "update sales where\n");
  CHECK(rows("Models\\Order::active()->delete()") == "delete sales where\n");
  CHECK(rows("Models\\Order::find(1)->delete()").empty());
  CHECK(rows("Models\\Order::destroy([1])").empty());
  CHECK(rows("Models\\Team::query()->delete()") == "delete teams\n");
  CHECK(rows("Models\\Plain::truncate()").empty());
  CHECK(rows("Tool::truncate()").empty());
}

TEST_CASE("loops count, lists are walked, and what has no end is left") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', function ($t) { for ($i = 1; $i <= 2; $i++) { "
                  "$t->integer(\"c$i\"); } foreach (['x' => 'y'] as $k => $v) $t->text($k . '_' . "
                  "strtoupper($v)); });") == "a: c1, c2, x_Y\n");
  CHECK(replay.up("foreach (['users', 'teams'] as $n) Schema::create(Str::singular($n), fn ($t) => "
                  "$t->id());") == "team: id; primary(id)\nuser: id; primary(id)\n");
  CHECK(replay.up("while (true) { $x = 1; } Schema::create('a', fn ($t) => $t->id());") ==
        "a: id; primary(id)\n");
}

TEST_CASE("what is handed to code that is not read is said") {
  const Replay replay;
  const std::string said = "does more to the table, and is not read here\n";
  CHECK(replay.up("Schema::create('a', function ($t) { $t->id(); Audit::columns($t); });")
            .ends_with(said));
  CHECK(replay.up("Schema::create('a', function ($t) { $t->id(); add_columns($t); });")
            .ends_with(said));
  CHECK(replay.up("Schema::create('a', function ($t) { $t->id(); $this->addMore($t); });")
            .ends_with(said));
  CHECK(replay.up("Schema::create('a', function ($t) { $t->auditable(); });")
            .ends_with("`auditable()` is no method of Laravel's Blueprint\n"));
  CHECK(replay.up("Schema::createExtension('x');") ==
        "`Schema::createExtension()` is no method of Laravel's schema builder\n");
}

TEST_CASE("questions about a schema whose name is not known decide nothing") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', fn ($t) => $t->id()); if (Schema::hasTable(env('T'))) "
                  "Schema::table('a', fn ($t) => $t->text('b'));") == "a: id, b; primary(id)\n");
  CHECK(replay.up("Schema::create('a', fn ($t) => $t->id()); if (Schema::hasColumn('a', 'b')) "
                  "Schema::table('a', fn ($t) => $t->text('c'));") == "a: id; primary(id)\n");
}

TEST_CASE("change() states the whole column from Laravel 11 on") {
  const std::string body =
      "Schema::create('a', function ($t) { $t->string('b')->nullable()->default('x'); }); "
      "Schema::table('a', function ($t) { $t->text('b')->change(); });";
  Replay replay;
  replay.files = {{"composer.json", R"({"require": {"laravel/framework": "^10.0"}})"}};
  CHECK(replay.up(body) == "a: b?\n");
  replay.files = {{"composer.json", R"({"require": {"laravel/framework": "^10.0|^11.0"}})"}};
  CHECK(replay.up(body) == "a: b\n");
  replay.files["composer.lock"] =
      R"({"packages": [{"name": "laravel/framework", "version": "v10.48.2"}]})";
  CHECK(replay.up(body) == "a: b?\n");
}

TEST_CASE("an index said of a column is made once, and taken away with false") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', function ($t) { $t->string('b')->index()->unique(); "
                  "$t->softDeletes()->index(); $t->index('b', 'i')->algorithm('btree'); });") ==
        "a: b, deleted_at?; index(b); unique(b); index(deleted_at)\n");
  CHECK(replay.up("Schema::create('a', fn ($t) => $t->string('b')->unique()); Schema::table('a', "
                  "fn ($t) => $t->string('b')->unique(false)->change());") == "a: b\n");
  CHECK(replay.up("Schema::create('a', function ($t) { $t->text('b'); $t->integer('c'); "
                  "$t->index([DB::raw('b(100)'), 'c'], 'i'); $t->rawIndex('c, b(9)', 'j'); });") ==
        "a: b, c; index(b, c); index(c, b)\n");
}

TEST_CASE("only foreignId() and its like make keys of what is said behind them") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', function ($t) { "
                  "$t->unsignedBigInteger('b_id')->references('id')->on('bs'); "
                  "$t->unsignedBigInteger('c_id')->constrained()->nullable(); "
                  "$t->foreignId('d_id')->constrained()->nullable(); "
                  "$t->foreignUuid('e_code')->constrained(column: 'code'); "
                  "$t->foreignId('f_nr')->constrained(); });") ==
        "a: b_id, c_id?, d_id, e_code, f_nr; index(d_id); index(e_code); index(f_nr); "
        "key(d_id)->ds; key(e_code)->es; key(f_nr)->f_nrs\n");
  CHECK(replay.up("Schema::create('a', function ($t) { $t->foreignId('b_id'); "
                  "$t->foreign('b_id')->references('id')->on('bs'); }); Schema::table('a', "
                  "fn ($t) => $t->dropForeignIdFor(B::class));") == "a: b_id; index(b_id)\n");
}

TEST_CASE("what the code of the application adds to Blueprint is read") {
  Replay replay;
  replay.files = {
      {"app/Providers/AppServiceProvider.php",
       "<?php namespace App\\Providers; class AppServiceProvider { public function boot() { "
       "Schema::morphUsingUlids(); Blueprint::mixin(new \\App\\Mixed); "
       "Blueprint::macro('money', function ($name, int $digits = 10, bool $null = false) { return "
       "$this->decimal($name, $digits)->nullable($null); }); } }"},
      {"app/Mixed.php",
       "<?php namespace App; class Mixed { public function tagged() { return function () { "
       "$this->text('tag'); }; } }"},
      {"app/Adds.php",
       "<?php namespace App; trait Adds { private $by = 'by'; function add($t) { "
       "$t->text($this->by)->nullable(); } }"},
      {"app/Kind.php",
       "<?php namespace App; enum Kind: string { case A = 'a'; case B = 'b'; const First = "
       "self::A; static function all() { return array_column(self::cases(), 'value'); } }"}};
  CHECK(replay.up("Schema::create('a', function ($t) { $t->money('b'); $t->money('c', null: true); "
                  "$t->tagged(); $t->morphs('m'); });") ==
        "a: b, c?, tag, m_type, m_id; index(m_type, m_id)\n");
  CHECK(
      replay.up("Schema::create('a', function ($t) { foreach (\\App\\Kind::all() as $k) "
                "$t->text($k); $t->text(\\App\\Kind::First->value . \\App\\Kind::B->name); });") ==
      "a: a, b, aB\n");
  CHECK(replay("<?php\nreturn new class extends Migration { use \\App\\Adds; function up() { "
               "$n = 'a'; $this->make(function ($t) use ($n) { $t->text($n); $this->add($t); }); } "
               "function make($with) { $n = 'z'; Schema::create('a', $with); } };") ==
        "a: a, by?\n");
}

TEST_CASE("what the database refuses in a try goes on in its catch") {
  const std::string body =
      "Schema::create('a', fn ($t) => $t->text('b')); try { Schema::table('a', fn ($t) => "
      "$t->dropIndex('none')); Schema::table('a', fn ($t) => $t->text('c')); } catch (\\Exception "
      "$e) { Schema::table('a', fn ($t) => $t->text('d')); }";
  Replay replay;
  CHECK(replay.up(body) == "a: b, d\n");
  replay.engine = Engine::postgres;  // where the transaction is lost
  CHECK(replay.up(body) == "a: b, c\n");
}

TEST_CASE("questions about indexes and keys are answered by the replay") {
  const Replay replay;
  const std::string create =
      "Schema::create('a', function ($t) { $t->id(); $t->text('b'); $t->index('b'); }); ";
  CHECK(replay.up(create + "$names = collect(Schema::getIndexes('a'))->pluck('name'); "
                           "if (!$names->contains('a_b_index')) Schema::drop('a'); "
                           "foreach (Schema::getIndexes('a') as $i) { if ($i['columns'] === ['b']) "
                           "Schema::table('a', fn ($t) => $t->dropIndex($i['name'])); }") ==
        "a: id, b; primary(id)\n");
  CHECK(replay.up(create + "$m = Schema::getConnection()->getDoctrineSchemaManager(); "
                           "if (array_key_exists('a_b_index', $m->listTableIndexes('a')) && "
                           "!$m->listTableDetails('a')->hasIndex('none')) "
                           "Schema::table('a', fn ($t) => $t->text('c'));") ==
        "a: id, b, c; primary(id); index(b)\n");
  CHECK(replay.up(create + "Schema::whenTableDoesntHaveIndex('a', 'a_c_index', "
                           "fn ($t) => $t->text('c')); Schema::table('a', $this->more(...)); "
                           "if (app()->environment('local')) Schema::drop('a');") ==
        "a: id, b, c; primary(id); index(b)\nwhat is done to the table is not known here\n");
}

TEST_CASE("files of SQL of the application are run") {
  Replay replay;
  replay.files = {{"database/sql/a.sql", "CREATE TABLE a (id int PRIMARY KEY, b text);"},
                  {"m.php", ""}};
  CHECK(replay.up("DB::unprepared(file_get_contents(database_path('sql/a.sql')));") ==
        "a: id, b?; primary(id)\n");
  CHECK(replay.up("DB::unprepared(File::get(__DIR__ . '/database/../database/sql/a.sql'));") ==
        "a: id, b?; primary(id)\n");
  CHECK(replay.up("DB::unprepared(file_get_contents(base_path('../a.sql')));") ==
        "SQL that is put together at run time\n");
}

TEST_CASE("words are made plurals as Laravel makes them") {
  const Replay replay;
  const std::string words =
      "address addresses, status statuses, bus buses, quiz quizzes, fox foxes, class classes, "
      "category categories, day days, shelf shelves, leaf leaves, bay_leaf bay_leafs, knife "
      "knives, "
      "cafe cafes, giraffe giraffes, hero heroes, photo photos, focus foci, virus viri, person "
      "people, sales_person sales_people, medium media, user_media user_media, stadium stadia, "
      "software software, stock stocks, news news, human humans, german germen, analysis analyses, "
      "axis axes, index indices, alias aliases, gas gases, canvas canvases, "
      "data data, staff staff, series series, wolf wolves, chief chiefs, mouse mice";
  CHECK(replay
            .up("foreach (explode(', ', '" + words +
                "') as $pair) { [$one, $many] = explode(' ', $pair); if (Str::plural($one) !== "
                "$many) Schema::create($one . '__' . Str::plural($one), fn ($t) => $t->id()); }")
            .empty());
}

TEST_CASE("columns come where after() and first() say") {
  const Replay replay;
  CHECK(replay.up("Schema::create('a', function ($t) { $t->id(); $t->text('z'); }); "
                  "Schema::table('a', function ($t) { $t->after('id', function ($t) { "
                  "$t->text('b'); $t->text('c'); }); $t->text('d')->first(); });") ==
        "a: d, id, b, c, z; primary(id)\n");
}

TEST_CASE("constants and properties that name themselves end") {
  const Replay replay;
  CHECK(replay("<?php\nreturn new class extends Migration { const A = self::B . 'a'; const B = "
               "self::A . 'b'; private $p = $this->p; public function up() { "
               "Schema::create(self::A, fn ($t) => $t->id()); Schema::create($this->p, fn ($t) => "
               "$t->id()); } };") ==
        "the name of the table is not known here\n"
        "the name of the table is not known here\n");
}

TEST_CASE("hostile migrations of Laravel end") {
  const Replay replay;
  std::string deep;
  for (int depth = 0; depth < 5000; ++depth)
    deep += "if (f()) { ";
  CHECK_FALSE(replay.up(deep).empty());
  CHECK(replay("<?php class A extends Migration { function up() { $this->up(); } }").empty());
  CHECK(replay
            .up("for ($a = 0; $a < 9; $a++) for ($b = 0; $b < 1000000; $b++) for ($c = 0; $c < "
                "1000000; $c++) $x = $a . $b;")
            .empty());
}

TEST_CASE("migrations of Laravel lie in the application, its packages and modules, in one order") {
  const std::vector<std::string_view> paths{
      "Modules/Shop/Database/Migrations/2024_01_02_000000_b.php",
      "artisan",
      "database/migrations/2024_01_01_000000_a.php",
      "database/migrations/README.md",
      "database/schema/mysql-schema.sql",
      "packages/acme/src/Database/Migrations/2024_01_03_000000_c.php",
  };
  const migrations::ReadFile read = [](std::string_view) { return std::nullopt; };
  const auto sequences = migrations::find_sequences(paths, read);
  REQUIRE(sequences.size() == 1);
  CHECK(sequences.front().runner == migrations::Runner::laravel);
  REQUIRE(sequences.front().files.size() == 3);
  CHECK(sequences.front().files[0].name == "2024_01_01_000000_a");
  CHECK(sequences.front().files[1].name == "2024_01_02_000000_b");
  CHECK(sequences.front().files[2].name == "2024_01_03_000000_c");
  CHECK(sequences.front().dumps.size() == 1);
}

}  // namespace
}  // namespace gate::readers
