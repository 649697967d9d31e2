from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sq', '0001_initial'),
    ]

    operations = [
        migrations.AddField('S', 'b', models.IntegerField(null=True)),
    ]
