from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ren', '0001_initial'),
    ]

    operations = [
        migrations.RenameModel('Thing', 'Object'),
        migrations.RenameModel('Box', 'Crate'),
    ]
