# As Django up to 2.1 wrote it: sets that are made of lists.
from django.db import migrations, models

PAIRS = [("code", "count")]


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial")]
    operations = [
        migrations.AlterUniqueTogether(name="item", unique_together=set([("order", "code"), ("order", "count")])),
        migrations.CreateModel(
            name="Bin",
            fields=list([
                ("code", models.CharField(max_length=10)),
                ("count", models.IntegerField()),
            ]) + [("items", models.ManyToManyField(to="inventory.Item"))],
            options={"unique_together": set(PAIRS)},
        ),
    ]
