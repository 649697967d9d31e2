from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [('sq', '0001_initial'), ('sq', '0002_more')]
    dependencies = [
    ]

    operations = [
        migrations.CreateModel('S', [('id', models.AutoField(primary_key=True)), ('a', models.IntegerField()), ('b', models.IntegerField(null=True))]),
    ]
