import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_change")]
    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(primary_key=True)),
                ("order", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to="shop.order")),
                ("code", models.CharField(max_length=10, db_column="kod")),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={"db_table": "items", "indexes": [models.Index(fields=["code", "count"], name="items_code_count")]},
        ),
    ]
