from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
    ]

    operations = [
        migrations.CreateModel('W', [('id', models.AutoField(primary_key=True)), ('code', models.CharField(max_length=5, unique=True)), ('peers', models.ManyToManyField('wide.W', related_name='+'))]),
        migrations.CreateModel('V', [('id', models.AutoField(primary_key=True)), ('ws', models.ManyToManyField('wide.W')), ('w', models.ForeignKey('wide.W', models.CASCADE)), ('hidden', models.ForeignKey('wide.W', models.CASCADE, related_name='+')), ('by_code', models.ForeignKey('wide.W', models.CASCADE, related_name='coded', to_field='code'))]),
    ]
