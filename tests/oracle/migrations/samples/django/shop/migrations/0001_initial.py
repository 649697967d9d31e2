import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("nickname", models.CharField(max_length=40, null=True, db_index=True)),
                ("joined", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["email"]},
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("slug", models.SlugField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("number", models.CharField("Number", max_length=20)),
                ("total", models.DecimalField(max_digits=12, decimal_places=2, default=0)),
                ("paid", models.BooleanField(default=False)),
                ("data", models.JSONField(null=True)),
                ("customer", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="shop.customer")),
                ("referrer", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shop.Customer")),
                ("tags", models.ManyToManyField(to="shop.Tag")),
            ],
            options={"unique_together": {("customer", "number")}},
        ),
    ]
