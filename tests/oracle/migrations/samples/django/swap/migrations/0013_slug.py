from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0012_slug'),
    ]

    operations = [
        migrations.AlterField('doc', 'slug', models.SlugField(max_length=20, unique=True)),
    ]
