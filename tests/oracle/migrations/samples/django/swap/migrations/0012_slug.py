from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0011_drop'),
    ]

    operations = [
        migrations.AlterField('doc', 'slug', models.SlugField(default='', max_length=20, db_index=False)),
    ]
