from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sq', '0001_squashed_0002_more'),
    ]

    operations = [
        migrations.AlterField('S', 'b', models.IntegerField(default=1)),
        migrations.AlterField('S', 'a', models.PositiveIntegerField(unique=True)),
        migrations.AddField('S', 'c', models.CharField(max_length=5, unique=True, null=True)),
    ]
