// What a migration of Django leaves to the moment when it runs is said, never guessed.
#include <memory>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/text.h"
#include "gate/readers/migrations/django.h"

namespace gate::readers::migrations {
namespace {

// Returns the operations of a migration of an empty project, a line each: what the statement is
// called, how many operations of the database it has, and why it cannot be read whole.
std::string read(std::string_view body) {
  constexpr std::string_view kPath = "shop/migrations/0001_initial.py";
  const std::string file = fmt::format("class Migration(migrations.Migration):\n{}", body);
  DjangoReader reader(Database{}, [](std::string_view) { return std::string(); });
  Migration migration =
      reader.read(std::make_shared<const base::Source>(std::string(kPath), file), "shop");
  reader.run(migration, std::string(kPath), "shop", {});
  std::string all;
  for (const sql::Statement& statement : migration.up) {
    all += fmt::format("{} {}{}{}\n", statement.verb, statement.operations.size(),
                       statement.opaque.empty() ? "" : ": ", statement.opaque);
  }
  return all;
}

std::string model(std::string_view field, std::string_view options = "{}") {
  return fmt::format(
      "  operations = [migrations.CreateModel('Item', [('id', models.AutoField(primary_key=True)), "
      "('code', {})], {})]\n",
      field, options);
}

TEST_CASE("sets that are made of lists are read") {
  CHECK(read(model("models.IntegerField()", "{'unique_together': set([('id', 'code')])}")) ==
        "CreateModel 2\n");
  CHECK(read(model("models.IntegerField()", "{'unique_together': set()}")) == "CreateModel 1\n");
  CHECK(read(model("models.IntegerField()", "{'unique_together': None}")) == "CreateModel 1\n");
  CHECK(read(model("models.IntegerField()", "{'unique_together': pairs()}")) ==
        "CreateModel 1: the fields that are unique or indexed together are put together where the "
        "code runs\n");
}

TEST_CASE("a field whose options are decided at run time is told") {
  CHECK(read(model("models.IntegerField(unique=app_settings.UNIQUE)")) ==
        "CreateModel 1: `unique` of `code` is decided where the code runs\n");
  CHECK(read(model("models.IntegerField(null=not STRICT)")) ==
        "CreateModel 1: `null` of `code` is decided where the code runs\n");
  CHECK(read(model("models.ForeignKey(models.CASCADE, to=swapper.model('a'))")) ==
        "CreateModel 2: the model that `code` points to is decided where the code runs\n");
  CHECK(read("  operations = [migrations.CreateModel('Item', [('id', models.AutoField("
             "primary_key=True))] + ([('site', models.IntegerField())] if SITES else []))]\n") ==
        "CreateModel 1: the fields are put together where the code runs\n");
}

TEST_CASE("operations that are put together at run time are told") {
  const std::string item = model("models.IntegerField()");
  const std::string told = "Python 1: the operations are put together where the code runs\n";
  CHECK(read(item + "  if STRICT:\n    operations += [migrations.RunSQL('SELECT 1')]\n") ==
        "CreateModel 1\n" + told);
  CHECK(read(item + "  operations.append(migrations.RunSQL('SELECT 1'))\n") ==
        "CreateModel 1\n" + told);
  CHECK(read("  if STRICT:\n    operations = []\n  else:\n    operations = [x]\n") == told);
  CHECK(read("  operations = [] + more()\n") == told);
  CHECK(read(item + "  def operations_of(self):\n    operations = []\n") == "CreateModel 1\n");
}

TEST_CASE("a list of fields of which one is not known is told, not taken in part") {
  const std::string told =
      ": the fields that are unique or indexed together are put together where the code runs\n";
  CHECK(read(model("models.IntegerField()", "{'unique_together': {('id', OTHER)}}")) ==
        "CreateModel 1" + told);
  CHECK(read(model("models.IntegerField()", "{'unique_together': ('id', OTHER)}")) ==
        "CreateModel 1" + told);
  CHECK(read(model("models.IntegerField()",
                   "{'indexes': [models.Index(fields=['id', *MORE], name='i')]}")) ==
        "CreateModel 2: the fields of an index are put together where the code runs\n");
  CHECK(read(model("models.IntegerField()", "{'indexes': indexes()}")) ==
        "CreateModel 1: the indexes are put together where the code runs\n");
}

TEST_CASE("comprehensions over what is written in the file are walked") {
  const std::string item =
      "  operations = [migrations.CreateModel('Item', [('id', "
      "models.AutoField(primary_key=True))])] + ";
  CHECK(read(item + "[migrations.AddField('item', f'{a}_{b}', f) for a in ('x', 'y') for b, f in "
                    "[('z', models.IntegerField(null=True))]]\n") ==
        "CreateModel 1\nAddField 1\nAddField 1\n");
  CHECK(read(item + "[*(migrations.RemoveField('item', n) for n in ['id']), "
                    "migrations.DeleteModel('Item')]\n") ==
        "CreateModel 1\nRemoveField 1\nDeleteModel 1\n");
  const std::string told = "Python 1: the operations are put together where the code runs\n";
  CHECK(read(item + "[migrations.DeleteModel(n) for n in NAMES]\n") == "CreateModel 1\n" + told);
  CHECK(read(item + "[migrations.DeleteModel(n) for n in ['Item'] if STRICT]\n") ==
        "CreateModel 1\n" + told);
}

TEST_CASE("lists that hold themselves, and comprehensions without end, end") {
  const std::string told = "Python 1: the operations are put together where the code runs\n";
  CHECK(read("  operations = MORE\nMORE = [*MORE]\n") == told);
  CHECK(read("  operations = MORE\nMORE = [a for a in MORE]\n").ends_with(told));
  const std::string ten = "('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')";
  std::string clauses;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"})
    clauses += fmt::format(" for {} in {}", name, ten);
  CHECK(read("  operations = [migrations.DeleteModel(a)" + clauses + "]\n").ends_with(told));
}

TEST_CASE("a key of several fields has no column") {
  CHECK(
      read("  operations = [migrations.CreateModel('Item', [('pk', models.CompositePrimaryKey('a', "
           "'b', primary_key=True)), ('a', models.IntegerField()), ('b', "
           "models.IntegerField())])]\n") == "CreateModel 2\n");
}

TEST_CASE("a manager of tags has no column") {
  CHECK(read(model("taggit.managers.TaggableManager(through='taggit.TaggedItem', "
                   "to='taggit.Tag')")) == "CreateModel 1\n");
}

TEST_CASE("a model that its application can swap is found by the end of the setting's name") {
  CHECK(
      read("  operations = [\n"
           "    migrations.CreateModel('App', [('id', models.AutoField(primary_key=True))], "
           "{'swappable': 'OAUTH_APP_MODEL'}),\n"
           "    migrations.CreateModel('Key', [('id', models.AutoField(primary_key=True)), "
           "('app', models.ForeignKey(on_delete=models.CASCADE, to=oauth_settings.APP_MODEL))]),\n"
           "  ]\n") == "CreateModel 1\nCreateModel 3\n");
}

}  // namespace
}  // namespace gate::readers::migrations
