from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('gen', '0004_d'),
    ]

    operations = [
        migrations.RenameField('b', 'a', 'parent'),
        migrations.RenameModel('A', 'Alpha'),
        migrations.AlterField('alpha', 'y', models.TextField(db_index=True, null=True)),
        migrations.AlterField('alpha', 'y', models.IntegerField(db_index=True, null=True)),
        migrations.AlterUniqueTogether('b', set()),
        migrations.RemoveField('b', 'parent'),
    ]
