import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPENED = migrations.AddField("place", "opened", models.DateField(null=True))


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_squashed_0002_more"), ("shop", "0003_rename")]
    operations = [
        OPENED,
        migrations.AlterField("place", "name", models.CharField(max_length=80, db_index=True)),
        migrations.AlterField("place", "code", models.CharField(max_length=12, unique=True)),
        migrations.AlterField("place", "ref", models.UUIDField()),
        migrations.AlterField("place", "label", models.CharField(max_length=10, null=True)),
        migrations.AlterField("place", "address", models.TextField(null=False, default="")),
        migrations.AlterField("place", "object_id", models.PositiveBigIntegerField(null=True)),
        migrations.RemoveConstraint("place", "place_unique"),
        migrations.RemoveIndex(model_name="place", name="place_name_code"),
        migrations.AlterUniqueTogether("place", {("name", "country")}),
        migrations.AlterIndexTogether("place", set()),
        migrations.RenameField("place", "country", "land"),
        migrations.RenameModel("Question", "Inquiry"),
        migrations.AlterField("answer", "question", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="hub.inquiry")),
        migrations.AlterField("answer", "best_of", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="best", to="hub.inquiry")),
        migrations.AlterOrderWithRespectTo("answer", None),
        migrations.RemoveField("answer", "similar"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("CREATE INDEX hub_place_ref ON hub_place (ref, code)", "DROP INDEX hub_place_ref"),
            ],
            state_operations=[
                migrations.AddIndex("place", models.Index(fields=["ref", "code"], name="hub_place_ref")),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="PlaceMember",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True)),
                        ("purchase", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="shop.purchase")),
                    ],
                    options={"db_table": "hub_place_member"},
                ),
            ],
        ),
        migrations.RunSQL(
            sql=[("CREATE TABLE hub_log (id integer NOT NULL PRIMARY KEY, note varchar(40) NOT NULL DEFAULT '')", None)],
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.CreateModel(
                    name="Log",
                    fields=[("id", models.IntegerField(primary_key=True)), ("note", models.CharField(max_length=40))],
                ),
            ],
        ),
        migrations.AddField("log", "at", models.DateTimeField(auto_now_add=True, null=True, db_index=True)),
        migrations.AlterModelTable("restaurant", "hub_diner"),
        migrations.AddField("restaurant", "chefs", models.ManyToManyField(db_table="hub_chefs", to=settings.AUTH_USER_MODEL)),
        migrations.AddField("outside", "extra", models.IntegerField(default=0)),
        migrations.AddField("membership", "level", models.SmallIntegerField(choices=[(1, "low")], default=1)),
        migrations.AlterField("country", "iso", models.CharField(max_length=3, primary_key=True, serialize=False)),
    ]
