import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import wacat.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.CharField(db_collation='C', max_length=17, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('kota', 'Kota'), ('kecamatan', 'Kecamatan'), ('kelurahan', 'Kelurahan'), ('rt', 'RT')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('active', 'Aktif'), ('frozen', 'Dibekukan'), ('merged', 'Digabung')], default='active', max_length=10)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.area')),
            ],
            options={
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='nama pengguna')),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=wacat.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('kind', models.CharField(choices=[('reveal', 'NIK ditampilkan'), ('download', 'Dokumen diunduh'), ('preview', 'Pratinjau dibuka'), ('export', 'Data diekspor')], max_length=10)),
                ('subject', models.CharField(max_length=60)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('address', models.GenericIPAddressField(null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('code', models.CharField(db_collation='C', max_length=17, serialize=False)),
                ('level', models.CharField(choices=[('kota', 'Kota'), ('kecamatan', 'Kecamatan'), ('kelurahan', 'Kelurahan'), ('rt', 'RT')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('active', 'Aktif'), ('frozen', 'Dibekukan'), ('merged', 'Digabung')], default='active', max_length=10)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('parent', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AreaPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='accounts.area')),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('active', 'Aktif'), ('frozen', 'Dibekukan'), ('merged', 'Digabung')], default='active', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='AreaPeriodEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('active', 'Aktif'), ('frozen', 'Dibekukan'), ('merged', 'Digabung')], default='active', max_length=10)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.areaperiod')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='accounts.area')),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('term_ends', models.DateField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PostEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('term_ends', models.DateField(null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.post')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('address', models.GenericIPAddressField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undertakings', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('username', models.CharField(max_length=60, verbose_name='nama pengguna')),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=wacat.clock.now)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "full_name", "id", "is_active", "joined_at", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "username") VALUES (NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."joined_at", NEW."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."rank", NEW."username"); RETURN NULL;', hash='513e88b5be7b7a7e3efcb0cfc9d4a2e45238311a', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."nip" IS DISTINCT FROM (NEW."nip") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "accounts_userevent" ("email", "full_name", "id", "is_active", "joined_at", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "username") VALUES (NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."joined_at", NEW."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."rank", NEW."username"); RETURN NULL;', hash='99256be18746700f741dd247c989c485b0e45675', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "full_name", "id", "is_active", "joined_at", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "username") VALUES (OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."joined_at", OLD."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."rank", OLD."username"); RETURN NULL;', hash='97615b6cab89d41b4e494c205e3c8d9f74ec6cbf', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['level', 'code'], name='area_level'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaevent" ("aliases", "code", "level", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."aliases", NEW."code", NEW."level", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."code", NEW."state"); RETURN NULL;', hash='c38902a2170152eaebdb148939741ef0dfe7efcc', operation='INSERT', pgid='pgtrigger_insert_insert_46ac0', table='accounts_area', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_areaevent" ("aliases", "code", "level", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."aliases", NEW."code", NEW."level", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."code", NEW."state"); RETURN NULL;', hash='854b4aadd0a37ab2847cadb5cf00a5a8af0cff40', operation='UPDATE', pgid='pgtrigger_update_update_e589c', table='accounts_area', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaevent" ("aliases", "code", "level", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."aliases", OLD."code", OLD."level", OLD."name", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."code", OLD."state"); RETURN NULL;', hash='8305975e8a50adac5738829136ddde30ffaf51d6', operation='DELETE', pgid='pgtrigger_delete_delete_31c86', table='accounts_area', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['subject', 'at'], name='access_subject'),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['actor', 'at'], name='access_actor'),
        ),
        migrations.AddConstraint(
            model_name='areaperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('area', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='area_period_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='areaperiod',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('starts')), _connector='OR'), name='area_period_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaperiodevent" ("area_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "until") VALUES (NEW."area_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts", NEW."state", NEW."until"); RETURN NULL;', hash='d2ed5f8d615ebd7ee825966577b0facc27439ff7', operation='INSERT', pgid='pgtrigger_insert_insert_818e0', table='accounts_areaperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_areaperiodevent" ("area_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "until") VALUES (NEW."area_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts", NEW."state", NEW."until"); RETURN NULL;', hash='09ca3d5c2a554d31588ae3322bee07342c3619b5', operation='UPDATE', pgid='pgtrigger_update_update_a1a41', table='accounts_areaperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaperiodevent" ("area_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "until") VALUES (OLD."area_id", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts", OLD."state", OLD."until"); RETURN NULL;', hash='2bbfe732ca4dfe589cd877eabbff9d06afc5a553', operation='DELETE', pgid='pgtrigger_delete_delete_78185', table='accounts_areaperiod', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ('ketua_rt', 'lurah', 'camat'))), expressions=[('role', '='), ('area', '='), ('kind', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='post_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), ('area', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='post_not_twice'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('starts')), _connector='OR'), name='post_in_order'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 17), ('role', 'ketua_rt')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 13), ('role', 'petugas_kelurahan')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 13), ('role', 'lurah')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 8), ('role', 'camat')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 5), ('role', 'operator')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 5), ('role', 'administrator')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 5), ('role', 'pimpinan')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 5), ('role', 'tim_teknis')), _connector='OR'), name='post_area_fits_role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_postevent" ("area_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "term_ends", "until", "user_id") VALUES (NEW."area_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."starts", NEW."term_ends", NEW."until", NEW."user_id"); RETURN NULL;', hash='0a0b21cde45bd1c39fbfeaa926902e4d348b4213', operation='INSERT', pgid='pgtrigger_insert_insert_bd2f7', table='accounts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_postevent" ("area_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "term_ends", "until", "user_id") VALUES (NEW."area_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."starts", NEW."term_ends", NEW."until", NEW."user_id"); RETURN NULL;', hash='c8ae7a3dcf391353aebd0e18155ba093f74a550e', operation='UPDATE', pgid='pgtrigger_update_update_4a320', table='accounts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_postevent" ("area_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "term_ends", "until", "user_id") VALUES (OLD."area_id", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."starts", OLD."term_ends", OLD."until", OLD."user_id"); RETURN NULL;', hash='6e433882e4bac1845620eb788186b511bec584d2', operation='DELETE', pgid='pgtrigger_delete_delete_6100d', table='accounts_post', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.UniqueConstraint(fields=('user', 'version'), name='undertaking_once'),
        ),
    ]
