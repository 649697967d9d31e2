from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0010_drop'),
    ]

    operations = [
        migrations.RemoveField('note', 'ref'),
        migrations.DeleteModel('Read'),
        migrations.AddField('doc', 'slug', models.SlugField(default='', max_length=10)),
    ]
