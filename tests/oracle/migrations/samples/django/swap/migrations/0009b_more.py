from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0009_more'),
    ]

    operations = [
        migrations.AlterModelTable('note', 'notes'),
        migrations.RemoveField('note', 'doc'),
        migrations.AddField('note', 'auto', models.DateTimeField(auto_now=True, null=True, unique=True)),
        migrations.AlterField('note', 'kind', models.CharField(max_length=20, unique=True)),
    ]
