from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('gen', '0003_c'),
    ]

    operations = [
        migrations.AlterField('a', 'x', models.CharField(max_length=5)),
        migrations.AlterField('a', 'y', models.TextField(null=True)),
        migrations.AlterField('b', 'a', models.ForeignKey('gen.A', models.CASCADE, unique=True)),
        migrations.AlterUniqueTogether('b', {('a', 'id')}),
    ]
