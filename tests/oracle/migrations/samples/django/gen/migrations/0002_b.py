from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('gen', '0001_a'),
    ]

    operations = [
        migrations.AddField('A', 'y', models.IntegerField(null=True)),
        migrations.CreateModel(name='B', fields=[('id', models.AutoField(primary_key=True)), ('a', models.ForeignKey('gen.A', models.CASCADE))]),
    ]
