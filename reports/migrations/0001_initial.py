import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import reports.letters.models
import wacat.clock
import wacat.sealing.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('residents', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('requested', 'Diajukan'), ('ready', 'Siap diterbitkan'), ('returned', 'Dikembalikan'), ('issued', 'Terbit'), ('revoked', 'Dicabut')], default='requested', max_length=10)),
                ('purpose', models.CharField(max_length=200, verbose_name='keperluan')),
                ('requested_at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField(null=True, unique=True)),
                ('introduced_by_ketua_rt', models.BooleanField(default=False)),
                ('introduction_number', models.CharField(blank=True, max_length=60)),
                ('introduced_on', models.DateField(null=True)),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='nomor')),
                ('number_year', models.PositiveSmallIntegerField(null=True)),
                ('number_serial', models.PositiveIntegerField(null=True)),
                ('issued_on', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('sealed_facts', wacat.sealing.fields.SealedTextField(blank=True, place='letter.facts')),
                ('token', models.CharField(default=reports.letters.models.new_token, max_length=32, unique=True)),
                ('code', models.CharField(default=reports.letters.models.new_code, max_length=8, unique=True)),
                ('revoked_on', models.DateField(null=True)),
                ('erased_on', models.DateField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LetterOffice',
            fields=[
                ('kelurahan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='accounts.area')),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('number_template', models.CharField(default='400.12.2.1/{urut}/{kode}/{bulan romawi}/{tahun}', max_length=100)),
                ('valid_months', models.PositiveSmallIntegerField(default=6)),
                ('paper', models.CharField(choices=[('A4', 'A4'), ('F4', 'F4')], default='A4', max_length=2)),
                ('logo', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number_template__contains', '{urut}')), name='office_number_has_serial'), models.CheckConstraint(condition=models.Q(('number_template__contains', '{tahun}')), name='office_number_has_year'), models.CheckConstraint(condition=models.Q(('valid_months__range', (1, 12))), name='office_valid_months'), models.CheckConstraint(condition=models.Q(('logo', ''), ('logo__regex', '^logos/[0-9a-f]{64}\\.png$'), _connector='OR'), name='office_logo_is_stored')],
            },
        ),
        migrations.CreateModel(
            name='LetterOfficeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('number_template', models.CharField(default='400.12.2.1/{urut}/{kode}/{bulan romawi}/{tahun}', max_length=100)),
                ('valid_months', models.PositiveSmallIntegerField(default=6)),
                ('paper', models.CharField(choices=[('A4', 'A4'), ('F4', 'F4')], default='A4', max_length=2)),
                ('logo', models.CharField(blank=True, max_length=80)),
                ('kelurahan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='accounts.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.letteroffice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('source', models.CharField(max_length=20)),
                ('target', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('key', models.UUIDField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reports.letter')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='reports.letter')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letter_lines', to='residents.resident')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='NumberCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kind', models.CharField(choices=[('letter', 'Surat keterangan domisili'), ('introduction', 'Surat pengantar RT')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('file', models.CharField(blank=True, max_length=100)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Menggambar buku register surat',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('starts', models.DateField()),
                ('known_at', models.DateTimeField(null=True)),
                ('tables', models.JSONField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Menyusun angka untuk umum',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReleaseStartsStateKnownAtEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('starts', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('known_at', models.DateTimeField(null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SummaryFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('file', models.CharField(blank=True, max_length=100)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('first', models.DateField()),
                ('as_at', models.DateField()),
                ('dimension', models.CharField(blank=True, max_length=20)),
                ('figure', models.CharField(blank=True, max_length=20)),
                ('known_at', models.DateTimeField(default=wacat.clock.now)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Menggambar rekap',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('active', models.IntegerField()),
                ('verified', models.IntegerField()),
                ('overdue', models.IntegerField()),
                ('arrived', models.IntegerField()),
                ('ended', models.IntegerField()),
                ('extended', models.IntegerField()),
                ('letters', models.IntegerField()),
                ('code', models.CharField(db_collation='C', max_length=17)),
                ('span', models.CharField(choices=[('d', 'hari'), ('m', 'bulan'), ('y', 'tahun')], max_length=1)),
                ('starts', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='TallyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.area')),
                ('active', models.IntegerField()),
                ('verified', models.IntegerField()),
                ('overdue', models.IntegerField()),
                ('arrived', models.IntegerField()),
                ('ended', models.IntegerField()),
                ('extended', models.IntegerField()),
                ('letters', models.IntegerField()),
                ('day', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TallyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('differing', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='CountedStay',
            fields=[
                ('placement', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='residents.placement')),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('verified_on', models.DateField(null=True)),
                ('arrived', models.BooleanField()),
                ('ended', models.BooleanField()),
                ('overdue', django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ranges.DateRangeField(), size=None)),
                ('extended', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ('sex', models.PositiveSmallIntegerField(null=True)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('purpose', models.PositiveSmallIntegerField(null=True)),
                ('occupation', models.PositiveSmallIntegerField(null=True)),
                ('education', models.PositiveSmallIntegerField(null=True)),
                ('origin_province', models.CharField(max_length=2)),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.area')),
                ('lodging', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='residents.lodging')),
            ],
        ),
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='reports.letter')),
                ('file', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'Menggambar surat',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DrawingLetterStateFileSha256Event',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('file', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('letter', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='reports.letter')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.drawing')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('requested', 'Diajukan'), ('ready', 'Siap diterbitkan'), ('returned', 'Dikembalikan'), ('issued', 'Terbit'), ('revoked', 'Dicabut')], default='requested', max_length=10)),
                ('purpose', models.CharField(max_length=200, verbose_name='keperluan')),
                ('requested_at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField(null=True)),
                ('introduced_by_ketua_rt', models.BooleanField(default=False)),
                ('introduction_number', models.CharField(blank=True, max_length=60)),
                ('introduced_on', models.DateField(null=True)),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='nomor')),
                ('number_year', models.PositiveSmallIntegerField(null=True)),
                ('number_serial', models.PositiveIntegerField(null=True)),
                ('issued_on', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('sealed_facts', wacat.sealing.fields.SealedTextField(blank=True, place='letter.facts')),
                ('token', models.CharField(default=reports.letters.models.new_token, max_length=32)),
                ('code', models.CharField(default=reports.letters.models.new_code, max_length=8)),
                ('revoked_on', models.DateField(null=True)),
                ('erased_on', models.DateField(null=True)),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.letter')),
                ('requested_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteroffice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_letterofficeevent" ("address", "email", "kelurahan_id", "logo", "number_template", "paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "valid_months") SELECT new_values."address", new_values."email", new_values."kelurahan_id", new_values."logo", new_values."number_template", new_values."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."kelurahan_id", new_values."phone", new_values."valid_months" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='f614b560316eeab4e351689644c62edb977db6ad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6f18c', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_letteroffice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteroffice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_letterofficeevent" ("address", "email", "kelurahan_id", "logo", "number_template", "paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "valid_months") VALUES (NEW."address", NEW."email", NEW."kelurahan_id", NEW."logo", NEW."number_template", NEW."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."kelurahan_id", NEW."phone", NEW."valid_months"); RETURN NULL;', hash='2eb52d8c9b1e0392da7e59a78972a2b1829840f7', operation='UPDATE', pgid='pgtrigger_update_update_fe02f', table='reports_letteroffice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteroffice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_letterofficeevent" ("address", "email", "kelurahan_id", "logo", "number_template", "paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "valid_months") VALUES (OLD."address", OLD."email", OLD."kelurahan_id", OLD."logo", OLD."number_template", OLD."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."kelurahan_id", OLD."phone", OLD."valid_months"); RETURN NULL;', hash='99a420fb91eff73c34c58d9db645ca7974bc9cde', operation='DELETE', pgid='pgtrigger_delete_delete_7d610', table='reports_letteroffice', when='AFTER')),
        ),
        migrations.AddField(
            model_name='letter',
            name='subjects',
            field=models.ManyToManyField(related_name='letters', through='reports.LetterSubject', to='residents.resident'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('code', 'span', 'starts'), name='tally_once'),
        ),
        migrations.AddIndex(
            model_name='drawing',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='drawing_waiting'),
        ),
        migrations.AddIndex(
            model_name='drawing',
            index=models.Index(fields=['sha256'], name='drawing_sha256'),
        ),
        migrations.AddConstraint(
            model_name='drawing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='drawing_done_has_file'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawing',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_drawingletterstatefilesha256event" ("file", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "state") SELECT new_values."file", new_values."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."letter_id", new_values."sha256", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='c8a93bc9f1d86d9bb707d64840b3af396e8d80f7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ceea0', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_drawing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."letter_id" IS DISTINCT FROM (NEW."letter_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "reports_drawingletterstatefilesha256event" ("file", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "state") VALUES (NEW."file", NEW."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."letter_id", NEW."sha256", NEW."state"); RETURN NULL;', hash='27eaf68b3efa4ec3a54969704e7a16de17c67d10', operation='UPDATE', pgid='pgtrigger_update_update_d2f22', table='reports_drawing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawing',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_drawingletterstatefilesha256event" ("file", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "state") VALUES (OLD."file", OLD."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."letter_id", OLD."sha256", OLD."state"); RETURN NULL;', hash='cb2866b82d9cc92fdc8bd6d4e699d58a1cc12bd4', operation='DELETE', pgid='pgtrigger_delete_delete_87587', table='reports_drawing', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='letterstep',
            index=models.Index(fields=['at', 'id'], name='letterstep_latest'),
        ),
        migrations.AddConstraint(
            model_name='letterstep',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'name'), name='letterstep_once_per_key'),
        ),
        migrations.AddConstraint(
            model_name='lettersubject',
            constraint=models.UniqueConstraint(fields=('letter', 'resident'), name='letter_subject_once'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['area', '-id'], name='letter_area_latest'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['kelurahan', 'status', '-id'], name='letter_kelurahan_status'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['kelurahan', 'issued_on'], name='letter_kelurahan_issued'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('kelurahan', 'number_year', 'number_serial'), name='letter_number_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('kelurahan', 'number_year', 'number'), name='letter_number_text_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_on__isnull', False), ('number_serial__isnull', False), ('number_year__isnull', False), ('status__in', ('issued', 'revoked')), ('valid_until__isnull', False), models.Q(('sealed_facts__isnull', False), ('erased_on__isnull', False), _connector='OR'), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('status__in', ('issued', 'revoked')), _negated=True), ('issued_on__isnull', True), ('number', ''), ('number_serial__isnull', True)), _connector='OR'), name='letter_numbered_when_issued'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('introduced_on__isnull', False), models.Q(('introduction_number', ''), _negated=True)), _connector='OR'), name='letter_ready_is_introduced'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_on__isnull', False), ('status', 'revoked')), models.Q(models.Q(('status', 'revoked'), _negated=True), ('revoked_on__isnull', True)), _connector='OR'), name='letter_revoked_has_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_letterevent" ("area_id", "code", "erased_on", "form_key", "id", "introduced_by_ketua_rt", "introduced_on", "introduction_number", "issued_on", "number", "number_serial", "number_year", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "requested_at", "requested_by_id", "revoked_on", "sealed_facts", "status", "token", "valid_until") SELECT new_values."area_id", new_values."code", new_values."erased_on", new_values."form_key", new_values."id", new_values."introduced_by_ketua_rt", new_values."introduced_on", new_values."introduction_number", new_values."issued_on", new_values."number", new_values."number_serial", new_values."number_year", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."purpose", new_values."requested_at", new_values."requested_by_id", new_values."revoked_on", new_values."sealed_facts", new_values."status", new_values."token", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='c6a678c8d3af5fe5cf04ba94f4e016468871c5e9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_79187', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_letter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."erased_on" IS DISTINCT FROM (NEW."erased_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."introduced_by_ketua_rt" IS DISTINCT FROM (NEW."introduced_by_ketua_rt") OR OLD."introduced_on" IS DISTINCT FROM (NEW."introduced_on") OR OLD."introduction_number" IS DISTINCT FROM (NEW."introduction_number") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."number_serial" IS DISTINCT FROM (NEW."number_serial") OR OLD."number_year" IS DISTINCT FROM (NEW."number_year") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."revoked_on" IS DISTINCT FROM (NEW."revoked_on") OR OLD."sealed_facts" IS DISTINCT FROM (NEW."sealed_facts") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until"))', func='INSERT INTO "reports_letterevent" ("area_id", "code", "erased_on", "form_key", "id", "introduced_by_ketua_rt", "introduced_on", "introduction_number", "issued_on", "number", "number_serial", "number_year", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "requested_at", "requested_by_id", "revoked_on", "sealed_facts", "status", "token", "valid_until") VALUES (NEW."area_id", NEW."code", NEW."erased_on", NEW."form_key", NEW."id", NEW."introduced_by_ketua_rt", NEW."introduced_on", NEW."introduction_number", NEW."issued_on", NEW."number", NEW."number_serial", NEW."number_year", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."requested_at", NEW."requested_by_id", NEW."revoked_on", NEW."sealed_facts", NEW."status", NEW."token", NEW."valid_until"); RETURN NULL;', hash='7b7c5842765f7536fcc5b778d9a3f4377023f649', operation='UPDATE', pgid='pgtrigger_update_update_7d5fa', table='reports_letter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_letterevent" ("area_id", "code", "erased_on", "form_key", "id", "introduced_by_ketua_rt", "introduced_on", "introduction_number", "issued_on", "number", "number_serial", "number_year", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "requested_at", "requested_by_id", "revoked_on", "sealed_facts", "status", "token", "valid_until") VALUES (OLD."area_id", OLD."code", OLD."erased_on", OLD."form_key", OLD."id", OLD."introduced_by_ketua_rt", OLD."introduced_on", OLD."introduction_number", OLD."issued_on", OLD."number", OLD."number_serial", OLD."number_year", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."requested_at", OLD."requested_by_id", OLD."revoked_on", OLD."sealed_facts", OLD."status", OLD."token", OLD."valid_until"); RETURN NULL;', hash='810b1e5958094f8fca4191554ede72e690dc9364', operation='DELETE', pgid='pgtrigger_delete_delete_7cd19', table='reports_letter', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='numbercounter',
            constraint=models.UniqueConstraint(fields=('area', 'kind', 'year'), name='counter_once'),
        ),
        migrations.AddIndex(
            model_name='registerfile',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='registerfile_waiting'),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='release_waiting'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('area', 'starts'), name='release_once'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('starts__day', 1), ('starts__month__in', (1, 7))), name='release_of_a_semester'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('known_at__isnull', False), ('tables__isnull', False)), _connector='OR'), name='release_done_is_told'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_releasestartsstateknownatevent" ("known_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state") SELECT new_values."known_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='fb15405e926a36138b69f6036d7ed7f310a537b2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bae36', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_release', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."known_at" IS DISTINCT FROM (NEW."known_at") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "reports_releasestartsstateknownatevent" ("known_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state") VALUES (NEW."known_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts", NEW."state"); RETURN NULL;', hash='6d28a1cd3cd8f93af2d4cbfcf02a865a9f158006', operation='UPDATE', pgid='pgtrigger_update_update_f7c41', table='reports_release', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_releasestartsstateknownatevent" ("known_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state") VALUES (OLD."known_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts", OLD."state"); RETURN NULL;', hash='0e4a685f88cacf60471ca57b3cc11c8df4249e29', operation='DELETE', pgid='pgtrigger_delete_delete_06b3b', table='reports_release', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='summaryfile',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='summaryfile_waiting'),
        ),
    ]
