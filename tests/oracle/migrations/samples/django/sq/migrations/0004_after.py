from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sq', '0003_after'),
    ]

    operations = [
        migrations.AlterField('S', 'c', models.CharField(max_length=5, db_index=True, null=True)),
        migrations.AlterField('S', 'c', models.CharField(max_length=5, unique=True, db_index=True, null=True)),
        migrations.AlterField('S', 'c', models.CharField(max_length=9)),
        migrations.AddField('S', 'd', models.DecimalField(max_digits=5, decimal_places=1, default=0, unique=True)),
        migrations.RemoveField('S', 'a'),
    ]
