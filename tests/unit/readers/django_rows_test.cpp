#include <memory>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/readers/migrations/django.h"

namespace gate::readers {
namespace {

// What RunPython(change) does to rows, a line each, in brackets what is under a condition; behind
// it what is remarked. `code`: of the file, in front of the class; the model Order is of app
// `shop`.
std::string told(const std::string& code) {
  migrations::DjangoReader reader({migrations::Engine::postgres, 15, 0}, {});
  auto source = std::make_shared<const base::Source>(
      "shop/migrations/0001_x.py",
      code +
          "\nclass Migration(migrations.Migration):\n    operations = [\n"
          "        migrations.CreateModel('Order', [('id', models.AutoField(primary_key=True))]),\n"
          "        migrations.RunPython(change, migrations.RunPython.noop),\n    ]\n");
  migrations::Migration migration = reader.read(std::move(source), "shop");
  reader.run(migration, "shop/migrations/0001_x.py", "shop", {});
  std::string all;
  for (const sql::Statement& statement : migration.up) {
    if (statement.verb != "RunPython") continue;
    for (const sql::Operation& operation : statement.operations) {
      const std::string word =
          (operation.kind == sql::OperationKind::remove ? "delete " : "update ") +
          operation.name.name;
      all += (operation.guarded ? "(" + word + ")" : word) + "\n";
    }
  }
  for (const migrations::Remark& remark : migration.remarks) {
    if (remark.kind == migrations::RemarkKind::seeder) all += "seeder " + remark.text + "\n";
    if (remark.kind == migrations::RemarkKind::environment) all += "reads " + remark.text + "\n";
  }
  return all;
}

// The same of the body of the function; `imports` stand in front of it.
std::string in_body(const std::string& body, const std::string& imports = {}) {
  return told(imports +
              "\ndef change(apps, schema_editor):\n    Order = apps.get_model('shop', "
              "'Order')\n    " +
              body + "\n");
}

TEST_CASE("a queryset of every row is deleted or updated") {
  CHECK(in_body("Order.objects.all().delete()") == "delete shop_order\n");
  CHECK(in_body("Order.objects.update(a=1)") == "update shop_order\n");
  CHECK(in_body("Order._default_manager.using('x').order_by('a').update(a=1)") ==
        "update shop_order\n");
  CHECK(in_body("apps.get_model('shop.order').objects.filter().delete()") == "delete shop_order\n");
  CHECK(in_body("rows = Order.objects.all()\n    rows.delete()") == "delete shop_order\n");
  CHECK(told("from shop.models import Order\ndef change(apps, schema_editor):\n"
             "    Order.objects.all().delete()\n") == "delete shop_order\n");
  CHECK(told("from ..models import Order\nchange = lambda apps, schema_editor: 1\n"
             "def change(apps, schema_editor):\n    Order.objects.all().delete()\n") ==
        "delete shop_order\n");
}

TEST_CASE("what picks rows, or is no queryset, is left alone") {
  for (const char* body :
       {"Order.objects.filter(a=1).delete()", "Order.objects.exclude(a=1).update(a=1)",
        "Order.objects.all()[:5].delete()", "Order.objects.get(pk=1).delete()",
        "Order.objects.old().delete()", "Order.objects.delete()", "{}.update(a=1)",
        "values = {}\n    values.update(a=1)", "Order.objects.update_or_create(a=1)",
        "rows = Order.objects.all()\n    rows = rows.filter(a=1)\n    rows.delete()",
        "Other = apps.get_model('else', 'Order')\n    Other.objects.all().delete()"}) {
    INFO(body);
    CHECK(in_body(body).empty());
  }
}

TEST_CASE("conditions and loops around guard, also through functions of the file") {
  CHECK(in_body("if schema_editor:\n        Order.objects.all().delete()") ==
        "(delete shop_order)\n");
  CHECK(in_body("for a in (1, 2):\n        Order.objects.update(a=a)") == "(update shop_order)\n");
  const std::string wipe =
      "def wipe(apps):\n    apps.get_model('shop', 'Order').objects.all().delete()\n";
  CHECK(in_body("wipe(apps)", wipe) == "delete shop_order\n");
  CHECK(in_body("if schema_editor:\n        wipe(apps)", wipe) == "(delete shop_order)\n");
  CHECK(in_body("pass", wipe).empty());
}

TEST_CASE("functions that call each other without end are left") {
  std::string chain;
  constexpr int kMany = 20'000;
  for (int number = 0; number < kMany; ++number)
    chain += fmt::format("def f{}():\n    f{}()\n", number, (number + 1) % kMany);
  CHECK(in_body("f0()\n    Order.objects.all().delete()", chain) == "delete shop_order\n");
}

TEST_CASE("commands, requests and reads of the environment are remarked") {
  CHECK(in_body("call_command('loaddata', 'a')",
                "from django.core.management import call_command\n") ==
        "seeder call_command('loaddata', 'a')\n");
  CHECK(in_body("management.call_command('flush')", "from django.core import management\n") ==
        "seeder management.call_command('flush')\n");
  CHECK(in_body("requests.post('a')", "import requests\n") == "seeder requests.post('a')\n");
  CHECK(in_body("requests.get(pk=1)").empty());  // some variable
  CHECK(in_body("urllib.request.urlopen('a')", "import urllib.request\n") ==
        "seeder urllib.request.urlopen('a')\n");
  CHECK(in_body("os.environ['A']; os.environ.get('B'); getenv('C')",
                "import os\nfrom os import getenv\n") ==
        "reads os.environ['A']\nreads os.environ.get('B')\nreads getenv('C')\n");
  CHECK(in_body("config('A')", "from decouple import config\n") == "reads config('A')\n");
  CHECK(in_body("env.bool('A')", "import environ\nenv = environ.Env()\n") ==
        "reads env.bool('A')\n");
  CHECK(in_body("settings.A", "from django.conf import settings\n").empty());
}

}  // namespace
}  // namespace gate::readers
