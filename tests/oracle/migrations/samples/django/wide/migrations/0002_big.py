from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('wide', '0001_initial'),
    ]

    operations = [
        migrations.AlterField('w', 'id', models.BigAutoField(primary_key=True)),
        migrations.AlterField('w', 'code', models.CharField(max_length=9, unique=True)),
    ]
