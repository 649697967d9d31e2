from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('gen', '0002_b'),
    ]

    operations = [
        migrations.AlterField('a', 'id', models.BigAutoField(primary_key=True)),
        migrations.AlterField('a', 'x', models.CharField(max_length=5, unique=True)),
        migrations.AlterField('a', 'y', models.CharField(max_length=7, db_index=True, null=True)),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ]
