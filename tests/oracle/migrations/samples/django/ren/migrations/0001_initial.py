from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True)),
                ('name', models.CharField(max_length=20, unique=True)),
                ('peers', models.ManyToManyField(to='ren.Thing')),
                ('fans', models.ManyToManyField(to=settings.AUTH_USER_MODEL)),
                ('home', models.ForeignKey('ren.Thing', models.CASCADE, null=True, to_field='name')),
            ],
            options={'unique_together': {('name', 'home')}, 'index_together': {('home', 'name')}},
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('things', models.ManyToManyField(to='ren.thing', db_table='box_things')),
                ('main', models.OneToOneField('ren.Thing', models.CASCADE)),
            ],
        ),
        migrations.AddConstraint('Box', models.UniqueConstraint(fields=['main', 'id'], name='box_main')),
        migrations.AddIndex('Box', models.Index(fields=['-id', 'main'], name='box_desc')),
    ]
