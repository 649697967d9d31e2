from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
    ]

    operations = [
        migrations.CreateModel('S', [('id', models.AutoField(primary_key=True)), ('a', models.IntegerField())]),
    ]
