import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def nothing(apps, schema_editor):
    pass


class Migration(migrations.Migration):
    replaces = [("hub", "0001_initial"), ("hub", "0002_more")]
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
        ("inventory", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=50)),
                ("code", models.CharField(max_length=8, unique=True)),
                ("address", models.CharField(db_column="Street", max_length=80, null=True)),
                ("label", models.SlugField(max_length=10, null=True, unique=True)),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("object_id", models.PositiveIntegerField()),
                ("content_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Restaurant",
            fields=[
                ("place_ptr", models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to="hub.place")),
                ("serves_pizza", models.BooleanField(default=False)),
                ("owner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
            bases=("hub.place",),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("since", models.DateField()),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="hub.Place")),
                ("member", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name="place",
            name="members",
            field=models.ManyToManyField(related_name="places", through="hub.Membership", to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[("id", models.BigAutoField(primary_key=True)), ("text", models.TextField(db_index=True))],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("question", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="hub.question")),
                ("best_of", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, null=True, related_name="best", to="hub.question")),
                ("similar", models.ManyToManyField(related_name="_hub_answer_similar_+", to="hub.Answer")),
            ],
            options={"order_with_respect_to": "question"},
        ),
        migrations.CreateModel(
            name="AnExtraordinarilyLongModelNameThatNobodyWouldEverChoose",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("a_field_with_a_name_of_many_characters", models.CharField(max_length=10, db_index=True)),
                ("places_that_this_model_points_to_many_times", models.ManyToManyField(to="hub.Place")),
            ],
        ),
        migrations.CreateModel(
            name="Country",
            fields=[("iso", models.CharField(max_length=2, primary_key=True, serialize=False)), ("name", models.CharField(max_length=40))],
        ),
        migrations.CreateModel(
            name="Outside",
            fields=[("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=40))],
            options={"managed": False, "db_table": "outside"},
        ),
        migrations.AddField("place", "country", models.ForeignKey(default="SA", on_delete=django.db.models.deletion.PROTECT, to="hub.country")),
        migrations.AddField("place", "by_code", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="coded", to="hub.place", to_field="code")),
        migrations.AddField("place", "parent", models.ForeignKey(null=True, db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to="hub.place", related_name="children")),
        migrations.AddIndex("place", models.Index(fields=["name", "-code"], name="place_name_code")),
        migrations.AddConstraint("place", models.UniqueConstraint(fields=("name", "code"), name="place_unique")),
        migrations.AlterUniqueTogether(name="place", unique_together={("name", "country"), ("ref", "code")}),
        migrations.AlterIndexTogether(name="place", index_together={("name", "object_id")}),
        migrations.AlterOrderWithRespectTo(name="membership", order_with_respect_to="place"),
        migrations.RunPython(nothing, nothing),
    ]
