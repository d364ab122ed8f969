import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.operations
import django.core.serializers.json
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
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
                ('login_phone', models.CharField(max_length=20, null=True, unique=True)),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('status', models.CharField(choices=[('active', 'Aktif'), ('inactive', 'Nonaktif')], default='active', max_length=10)),
                ('is_active', models.GeneratedField(db_persist=True, expression=models.Q(('status', 'active')), output_field=models.BooleanField())),
                ('contacts_confirmed_at', models.DateTimeField(null=True)),
                ('joined_at', models.DateTimeField(default=wacat.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('kind', models.CharField(choices=[('reveal', 'NIK ditampilkan'), ('download', 'Dokumen diunduh'), ('preview', 'Pratinjau dibuka'), ('export', 'Data diekspor'), ('lookup', 'NIK dicari')], max_length=10)),
                ('subject', models.CharField(max_length=60)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('address', models.GenericIPAddressField(null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AccountStep',
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
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', 'Surat usulan'), ('assignment', 'Surat tugas'), ('acting', 'Surat penunjukan Plh.'), ('area', 'Surat perubahan wilayah'), ('bootstrap', 'Perintah pemasangan')], max_length=10)),
                ('number', models.CharField(max_length=80, verbose_name='nomor surat')),
                ('date', models.DateField(verbose_name='tanggal surat')),
                ('issuer', models.CharField(max_length=120, verbose_name='pejabat atau instansi yang menerbitkan')),
                ('scan', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField(null=True)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AreaChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('kind', models.CharField(choices=[('created', 'RT dibentuk'), ('frozen', 'RT dibekukan'), ('thawed', 'RT diaktifkan lagi'), ('renumbered', 'Nomor RT diganti'), ('swapped', 'Nomor RT ditukar'), ('merged', 'RT digabung')], max_length=10)),
                ('number', models.CharField(max_length=60)),
                ('starts', models.DateField()),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('key', models.UUIDField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='area_changes', to='accounts.mandate')),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
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
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
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
            name='BreachReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('reported', 'Dilaporkan'), ('upheld', 'Ditindak'), ('dismissed', 'Tidak terbukti')], default='reported', max_length=10)),
                ('happened_on', models.DateField()),
                ('description', models.TextField(max_length=2000)),
                ('evidence', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField()),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BreachReportEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('reported', 'Dilaporkan'), ('upheld', 'Ditindak'), ('dismissed', 'Tidak terbukti')], default='reported', max_length=10)),
                ('happened_on', models.DateField()),
                ('evidence', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField()),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.breachreport')),
                ('reported_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BreachStep',
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
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='accounts.breachreport')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('breach', 'Pelanggaran kerahasiaan data'), ('office', 'Jabatan berakhir'), ('safeguard', 'Pengamanan sementara')], max_length=10)),
                ('happened_on', models.DateField(null=True)),
                ('description', models.TextField(blank=True, max_length=2000)),
                ('evidence', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='accounts.breachreport')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ContactOffice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('duty', models.CharField(max_length=160, verbose_name='tugas')),
                ('office', models.CharField(max_length=160, verbose_name='jabatan')),
                ('holder', models.CharField(blank=True, max_length=120, verbose_name='nama pejabat')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='jam layanan')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ContactOfficeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('duty', models.CharField(max_length=160, verbose_name='tugas')),
                ('office', models.CharField(max_length=160, verbose_name='jabatan')),
                ('holder', models.CharField(blank=True, max_length=120, verbose_name='nama pejabat')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='jam layanan')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.contactoffice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('values', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal dibuat')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('channel', models.CharField(max_length=10)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='accounts.notice')),
            ],
            options={
                'verbose_name': 'Mengirim pemberitahuan',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32)),
                ('label', models.CharField(max_length=60)),
                ('first_at', models.DateTimeField(default=wacat.clock.now)),
                ('last_at', models.DateTimeField(default=wacat.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('term_ends', models.DateField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('handover', 'Diganti pejabat baru'), ('resigned', 'Menyatakan tidak lagi menjabat'), ('ended', 'Diakhiri'), ('replaced', 'Dinyatakan sudah berganti'), ('delegation', 'Masa Plh. selesai'), ('merged', 'RT digabung')], max_length=10)),
                ('end_note', models.CharField(blank=True, max_length=300)),
                ('delegated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.post')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='accounts.mandate')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('proposed', 'Diusulkan'), ('returned', 'Dikembalikan'), ('issued', 'Diterbitkan'), ('withdrawn', 'Ditarik')], default='proposed', max_length=10)),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel aktif')),
                ('phone', models.CharField(max_length=20, verbose_name='telepon aktif')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('decree_number', models.CharField(max_length=80, verbose_name='nomor SK')),
                ('decree_date', models.DateField(verbose_name='tanggal SK')),
                ('starts', models.DateField(verbose_name='mulai menjabat')),
                ('term_ends', models.DateField(blank=True, null=True, verbose_name='akhir masa bakti')),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField()),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post')),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='accounts.mandate')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PostEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('term_ends', models.DateField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('handover', 'Diganti pejabat baru'), ('resigned', 'Menyatakan tidak lagi menjabat'), ('ended', 'Diakhiri'), ('replaced', 'Dinyatakan sudah berganti'), ('delegation', 'Masa Plh. selesai'), ('merged', 'RT digabung')], max_length=10)),
                ('end_note', models.CharField(blank=True, max_length=300)),
                ('delegated_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.post')),
                ('ended_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('mandate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.mandate')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.post')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.proposal')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposalEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('proposed', 'Diusulkan'), ('returned', 'Dikembalikan'), ('issued', 'Diterbitkan'), ('withdrawn', 'Ditarik')], default='proposed', max_length=10)),
                ('role', models.CharField(choices=[('ketua_rt', 'Ketua RT'), ('petugas_kelurahan', 'Petugas Kelurahan'), ('lurah', 'Lurah'), ('camat', 'Camat'), ('operator', 'Operator WaCAT'), ('administrator', 'Administrator WaCAT'), ('pimpinan', 'Pimpinan Disdukcapil'), ('tim_teknis', 'Pranata Komputer')], max_length=20)),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10)),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel aktif')),
                ('phone', models.CharField(max_length=20, verbose_name='telepon aktif')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('decree_number', models.CharField(max_length=80, verbose_name='nomor SK')),
                ('decree_date', models.DateField(verbose_name='tanggal SK')),
                ('starts', models.DateField(verbose_name='mulai menjabat')),
                ('term_ends', models.DateField(blank=True, null=True, verbose_name='akhir masa bakti')),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField()),
                ('by_post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.post')),
                ('mandate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.mandate')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.proposal')),
                ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposalList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('digest', models.CharField(max_length=64)),
                ('file', models.CharField(max_length=100)),
                ('accepted', models.PositiveIntegerField()),
                ('rejected', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('by_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post')),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.mandate')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ProposalListEvent',
            fields=[
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('digest', models.CharField(max_length=64)),
                ('accepted', models.PositiveIntegerField()),
                ('rejected', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('by_post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.post')),
                ('mandate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.mandate')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.proposallist')),
                ('uploaded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposalStep',
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
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='accounts.proposal')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RosterConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('right', models.JSONField(default=list)),
                ('wrong', models.JSONField(default=list)),
                ('key', models.UUIDField()),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('password', 'Kata sandi'), ('one_time', 'Kata sandi sekali pakai'), ('link', 'Tautan surel'), ('passkey', 'Kunci sandi'), ('demo', 'Kartu contoh')], max_length=10)),
                ('succeeded', models.BooleanField()),
                ('device', models.CharField(blank=True, max_length=60)),
                ('address', models.GenericIPAddressField(null=True)),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SlipSheet',
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
                ('key', models.UUIDField()),
                ('file', models.CharField(blank=True, max_length=100)),
                ('downloaded_at', models.DateTimeField(null=True)),
                ('discarded_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Menggambar slip akun',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SlipEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounts.slipsheet')),
            ],
        ),
        migrations.CreateModel(
            name='TermReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=wacat.clock.now)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='accounts.post')),
            ],
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
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('username', models.CharField(max_length=60, verbose_name='nama pengguna')),
                ('login_phone', models.CharField(max_length=20, null=True)),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('status', models.CharField(choices=[('active', 'Aktif'), ('inactive', 'Nonaktif')], default='active', max_length=10)),
                ('contacts_confirmed_at', models.DateTimeField(null=True)),
                ('joined_at', models.DateTimeField(default=wacat.clock.now)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OneTimePassword',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='one_time_password', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('digest', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField(default=wacat.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('browser', models.BinaryField(max_length=32, null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('username__regex', '^[0-9+]'), _negated=True), ('username', models.F('login_phone')), _connector='OR'), name='user_digits_are_the_own_phone'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('login_phone', None), ('login_phone__regex', '^(0[1-9][0-9]{8,12}|\\+[1-9][0-9]{6,14})$'), _connector='OR'), name='user_login_phone_is_normal'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='rests_on_a_post', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NEW.status = 'active' AND NOT EXISTS (\n    SELECT 1 FROM accounts_post WHERE user_id = NEW.id\n) THEN\n    RAISE EXCEPTION 'an account rests on a post' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='b237a580ebf83ad88ca62e4d28447965eb059aeb', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_rests_on_a_post_8a531', table='accounts_user', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("contacts_confirmed_at", "email", "full_name", "id", "joined_at", "login_phone", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "status", "username") SELECT new_values."contacts_confirmed_at", new_values."email", new_values."full_name", new_values."id", new_values."joined_at", new_values."login_phone", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."rank", new_values."status", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='9019d21b3ed78fb63947c2469a6bc090d054a9c2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."contacts_confirmed_at" IS DISTINCT FROM (NEW."contacts_confirmed_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."login_phone" IS DISTINCT FROM (NEW."login_phone") OR OLD."nip" IS DISTINCT FROM (NEW."nip") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "accounts_userevent" ("contacts_confirmed_at", "email", "full_name", "id", "joined_at", "login_phone", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "status", "username") VALUES (NEW."contacts_confirmed_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."login_phone", NEW."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."rank", NEW."status", NEW."username"); RETURN NULL;', hash='64f16ca150aa5278d5bf5fad3ae6a225d0391e14', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("contacts_confirmed_at", "email", "full_name", "id", "joined_at", "login_phone", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "status", "username") VALUES (OLD."contacts_confirmed_at", OLD."email", OLD."full_name", OLD."id", OLD."joined_at", OLD."login_phone", OLD."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."rank", OLD."status", OLD."username"); RETURN NULL;', hash='6c7c746a909933722d8e92df356f9302eb846d5b', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactoffice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_contactofficeevent" ("duty", "email", "form_key", "holder", "hours", "id", "office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position") SELECT new_values."duty", new_values."email", new_values."form_key", new_values."holder", new_values."hours", new_values."id", new_values."office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='c7143144d09025f901292f8b07d46062ac725a8c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ed75e', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_contactoffice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactoffice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_contactofficeevent" ("duty", "email", "form_key", "holder", "hours", "id", "office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position") VALUES (NEW."duty", NEW."email", NEW."form_key", NEW."holder", NEW."hours", NEW."id", NEW."office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."position"); RETURN NULL;', hash='68137c6e603e285bf6543b7363fee0511906cdf2', operation='UPDATE', pgid='pgtrigger_update_update_ef828', table='accounts_contactoffice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactoffice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_contactofficeevent" ("duty", "email", "form_key", "holder", "hours", "id", "office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position") VALUES (OLD."duty", OLD."email", OLD."form_key", OLD."holder", OLD."hours", OLD."id", OLD."office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."position"); RETURN NULL;', hash='5ed8fbd92dbded3a3c8a43a8aa4f022fa23501f3', operation='DELETE', pgid='pgtrigger_delete_delete_e151c', table='accounts_contactoffice', when='AFTER')),
        ),
        migrations.AddField(
            model_name='post',
            name='proposal',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='post', to='accounts.proposal'),
        ),
        migrations.AddIndex(
            model_name='accountstep',
            index=models.Index(fields=['at', 'id'], name='accountstep_latest'),
        ),
        migrations.AddConstraint(
            model_name='accountstep',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'name'), name='accountstep_once_per_key'),
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['level', 'code'], name='area_level'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'rt'), models.Q(('state', 'merged'), _negated=True)), deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], expressions=[('parent', '='), ('name', '=')], name='area_number_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='area',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaevent" ("aliases", "code", "level", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") SELECT new_values."aliases", new_values."code", new_values."level", new_values."name", new_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."code", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='46a92df296632c54a93c389dfd03bf8778c236fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_46ac0', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_area', when='AFTER')),
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
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['kind', 'at'], name='access_kind'),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['at', 'id'], name='access_latest'),
        ),
        migrations.AddConstraint(
            model_name='areaperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('area', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='area_period_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='areaperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area'), 17), models.Q(('state', 'merged'), _negated=True)), deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], expressions=[(django.db.models.functions.text.Left('area', models.Value(13)), '='), ('name', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='area_period_number_once'),
        ),
        migrations.AddConstraint(
            model_name='areaperiod',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('starts')), _connector='OR'), name='area_period_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areaperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_areaperiodevent" ("area_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "until") SELECT new_values."area_id", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts", new_values."state", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='ef35dfaba018fe9ce67c284bdd7845ec27c52ec2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_818e0', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_areaperiod', when='AFTER')),
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
            model_name='breachreport',
            constraint=models.UniqueConstraint(fields=('reported_by', 'form_key'), name='breach_form_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breachreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_breachreportevent" ("area_id", "at", "evidence", "form_key", "happened_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "status", "user_id") SELECT new_values."area_id", new_values."at", new_values."evidence", new_values."form_key", new_values."happened_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reported_by_id", new_values."status", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='4bc0552ca7649fe789b81855b8584ce99578e41f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1908a', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_breachreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breachreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."happened_on" IS DISTINCT FROM (NEW."happened_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kecamatan" IS DISTINCT FROM (NEW."kecamatan") OR OLD."kelurahan" IS DISTINCT FROM (NEW."kelurahan") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "accounts_breachreportevent" ("area_id", "at", "evidence", "form_key", "happened_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "status", "user_id") VALUES (NEW."area_id", NEW."at", NEW."evidence", NEW."form_key", NEW."happened_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reported_by_id", NEW."status", NEW."user_id"); RETURN NULL;', hash='c8fb3f49cd44482eafd572876c6f63024e59e5e2', operation='UPDATE', pgid='pgtrigger_update_update_c12bc', table='accounts_breachreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breachreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_breachreportevent" ("area_id", "at", "evidence", "form_key", "happened_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_by_id", "status", "user_id") VALUES (OLD."area_id", OLD."at", OLD."evidence", OLD."form_key", OLD."happened_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reported_by_id", OLD."status", OLD."user_id"); RETURN NULL;', hash='5223a4fdb20a1835e1110311bc5d9addca8ce423', operation='DELETE', pgid='pgtrigger_delete_delete_f95e5', table='accounts_breachreport', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='breachstep',
            index=models.Index(fields=['at', 'id'], name='breachstep_latest'),
        ),
        migrations.AddConstraint(
            model_name='breachstep',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'name'), name='breachstep_once_per_key'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'breach'), _negated=True), models.Q(('happened_on__isnull', False), models.Q(('description', ''), _negated=True), models.Q(('evidence', ''), _negated=True)), _connector='OR'), name='closure_of_a_breach_is_proved'),
        ),
        migrations.AddConstraint(
            model_name='knowndevice',
            constraint=models.UniqueConstraint(fields=('user', 'digest'), name='known_device_once'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'bootstrap'), ('recorded_by__isnull', False), _connector='OR'), name='mandate_recorded_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(fields=('recorded_by', 'form_key'), name='mandate_form_once'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='area_change_once'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('swapped', 'merged')), ('other__isnull', False)), models.Q(models.Q(('kind__in', ('swapped', 'merged')), _negated=True), ('other', None)), _connector='OR'), name='area_change_of_two_names_both'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', '-id'], name='notice_recipient'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', '-id'], name='delivery_state'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notice', 'channel', 'address'), name='delivery_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['kelurahan', '-id'], name='proposal_kelurahan'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['kecamatan', '-id'], name='proposal_kecamatan'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['status', '-id'], name='proposal_status'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('proposed', 'returned'))), fields=('role', 'area', 'kind'), name='proposal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('proposed_by', 'form_key', 'area'), name='proposal_form_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ('lurah', 'ketua_rt'))), name='proposal_of_an_office_below'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'plh'), _negated=True), name='proposal_of_no_day_holder'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('term_ends', None), ('term_ends__gt', models.F('starts')), _connector='OR'), name='proposal_term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), _negated=True), ('user__isnull', False), _connector='OR'), name='proposal_issued_has_user'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='lies_in_a_living_area', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' THEN\n    IF NEW.area_id = OLD.area_id THEN\n        RETURN NEW;\n    END IF;\nEND IF;\nPERFORM 1 FROM accounts_area WHERE code = NEW.area_id AND state <> 'merged' FOR SHARE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'the area was merged into another' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='0ae631d4dcb65203aa01f5aca5193ec4737a08a0', operation='INSERT OR UPDATE OF "area_id"', pgid='pgtrigger_lies_in_a_living_area_530be', table='accounts_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='from_the_right_office', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (\n    SELECT 1 FROM accounts_post AS one\n    WHERE one.id = NEW.by_post_id AND one.user_id = NEW.proposed_by_id AND (\n        (one.role = 'camat' AND NEW.role = 'lurah' AND left(NEW.area_id, 8) = one.area_id)\n        OR (one.role = 'lurah' AND NEW.role = 'ketua_rt' AND left(NEW.area_id, 13) = one.area_id)\n        OR (one.role = 'administrator' AND NEW.mandate_id IS NOT NULL)\n    )\n) THEN\n    RAISE EXCEPTION 'not proposed by the office above' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='f8dac40c49a0ab0a547aad8e49a51ecd3d72107c', operation='INSERT OR UPDATE OF "by_post_id", "proposed_by_id", "role", "area_id", "mandate_id"', pgid='pgtrigger_from_the_right_office_05e76', table='accounts_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='issued_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" = \'issued\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='10c5d57cf330584b803766521643a73b86f3b24c', operation='UPDATE', pgid='pgtrigger_issued_is_final_745da', table='accounts_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_proposalevent" ("area_id", "at", "by_post_id", "decree_date", "decree_number", "email", "form_key", "full_name", "id", "kind", "mandate_id", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "proposed_by_id", "rank", "role", "starts", "status", "term_ends", "user_id") SELECT new_values."area_id", new_values."at", new_values."by_post_id", new_values."decree_date", new_values."decree_number", new_values."email", new_values."form_key", new_values."full_name", new_values."id", new_values."kind", new_values."mandate_id", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."proposed_by_id", new_values."rank", new_values."role", new_values."starts", new_values."status", new_values."term_ends", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='400e358e98cc23b05e3f9b8640e5ad2ef3a88714', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bdd19', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_proposalevent" ("area_id", "at", "by_post_id", "decree_date", "decree_number", "email", "form_key", "full_name", "id", "kind", "mandate_id", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "proposed_by_id", "rank", "role", "starts", "status", "term_ends", "user_id") VALUES (NEW."area_id", NEW."at", NEW."by_post_id", NEW."decree_date", NEW."decree_number", NEW."email", NEW."form_key", NEW."full_name", NEW."id", NEW."kind", NEW."mandate_id", NEW."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."proposed_by_id", NEW."rank", NEW."role", NEW."starts", NEW."status", NEW."term_ends", NEW."user_id"); RETURN NULL;', hash='75cf3f6d04c8843b854af1cdfe83d0cd3e91fdec', operation='UPDATE', pgid='pgtrigger_update_update_bb738', table='accounts_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_proposalevent" ("area_id", "at", "by_post_id", "decree_date", "decree_number", "email", "form_key", "full_name", "id", "kind", "mandate_id", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "proposed_by_id", "rank", "role", "starts", "status", "term_ends", "user_id") VALUES (OLD."area_id", OLD."at", OLD."by_post_id", OLD."decree_date", OLD."decree_number", OLD."email", OLD."form_key", OLD."full_name", OLD."id", OLD."kind", OLD."mandate_id", OLD."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."proposed_by_id", OLD."rank", OLD."role", OLD."starts", OLD."status", OLD."term_ends", OLD."user_id"); RETURN NULL;', hash='5a6ca06b537515cbde44b5452a61d2e3238e6640', operation='DELETE', pgid='pgtrigger_delete_delete_b8b54', table='accounts_proposal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['kelurahan', 'role'], name='post_kelurahan'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['kecamatan', 'role'], name='post_kecamatan'),
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
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delegated_by', None), ('mandate', None), ('proposal__isnull', False)), models.Q(('delegated_by', None), ('mandate__isnull', False), ('proposal', None)), models.Q(('delegated_by__isnull', False), ('mandate', None), ('proposal', None)), _connector='OR'), name='post_rests_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('lurah', 'ketua_rt')), _negated=True), ('kind', 'plh'), ('proposal__isnull', False), _connector='OR'), name='post_proposed'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('delegated_by', None), models.Q(('kind', 'plh'), ('role', 'lurah'), ('until__isnull', False), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('starts'), '+', models.Value(datetime.timedelta(days=14))))), _connector='OR'), name='post_delegated_briefly'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('ending', ''), _negated=True), _connector='OR'), name='post_end_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='lies_in_a_living_area', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' THEN\n    IF NEW.area_id = OLD.area_id THEN\n        RETURN NEW;\n    END IF;\nEND IF;\nPERFORM 1 FROM accounts_area WHERE code = NEW.area_id AND state <> 'merged' FOR SHARE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'the area was merged into another' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='1a978198ab8f8e1ece352c06f44a135b0bec4f00', operation='INSERT OR UPDATE OF "area_id"', pgid='pgtrigger_lies_in_a_living_area_cfa95', table='accounts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='rests_on_its_own_kind', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.proposal_id IS NOT NULL AND NOT EXISTS (\n    SELECT 1 FROM accounts_proposal AS one\n    WHERE one.id = NEW.proposal_id AND one.role = NEW.role AND one.kind = NEW.kind\n        AND one.area_id = NEW.area_id AND one.status IN ('proposed', 'issued')\n) THEN\n    RAISE EXCEPTION 'no such proposal for this post' USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.mandate_id IS NOT NULL AND NEW.role <> 'administrator' AND EXISTS (\n    SELECT 1 FROM accounts_mandate AS one WHERE one.id = NEW.mandate_id AND one.kind = 'bootstrap'\n) THEN\n    RAISE EXCEPTION 'only an administrator is set up' USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.delegated_by_id IS NOT NULL AND NOT EXISTS (\n    SELECT 1 FROM accounts_post AS one\n    WHERE one.id = NEW.delegated_by_id AND one.role = NEW.role AND one.area_id = NEW.area_id\n) THEN\n    RAISE EXCEPTION 'only the holder delegates' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='962b01209eeaaa3fd70a68033270cf19218c2a6a', operation='INSERT OR UPDATE OF "proposal_id", "mandate_id", "delegated_by_id", "role", "area_id", "kind"', pgid='pgtrigger_rests_on_its_own_kind_f2f6b', table='accounts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_postevent" ("area_id", "delegated_by_id", "end_note", "ended_by_id", "ending", "id", "kind", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "role", "starts", "term_ends", "until", "user_id") SELECT new_values."area_id", new_values."delegated_by_id", new_values."end_note", new_values."ended_by_id", new_values."ending", new_values."id", new_values."kind", new_values."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."role", new_values."starts", new_values."term_ends", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='88d66689773b016a945d066ea766d47a42a59971', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bd2f7', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_postevent" ("area_id", "delegated_by_id", "end_note", "ended_by_id", "ending", "id", "kind", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "role", "starts", "term_ends", "until", "user_id") VALUES (NEW."area_id", NEW."delegated_by_id", NEW."end_note", NEW."ended_by_id", NEW."ending", NEW."id", NEW."kind", NEW."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposal_id", NEW."role", NEW."starts", NEW."term_ends", NEW."until", NEW."user_id"); RETURN NULL;', hash='3dc16571fc9a224ae53904455e1b4fd12a3f9b0c', operation='UPDATE', pgid='pgtrigger_update_update_4a320', table='accounts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_postevent" ("area_id", "delegated_by_id", "end_note", "ended_by_id", "ending", "id", "kind", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "role", "starts", "term_ends", "until", "user_id") VALUES (OLD."area_id", OLD."delegated_by_id", OLD."end_note", OLD."ended_by_id", OLD."ending", OLD."id", OLD."kind", OLD."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposal_id", OLD."role", OLD."starts", OLD."term_ends", OLD."until", OLD."user_id"); RETURN NULL;', hash='df59a192d39db68d21c828a6b7595f2131c97144', operation='DELETE', pgid='pgtrigger_delete_delete_6100d', table='accounts_post', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='proposallist',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('digest', 'area'), name='proposal_list_confirmed_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposallist',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_proposallistevent" ("accepted", "area_id", "at", "by_post_id", "confirmed_at", "digest", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rejected", "uploaded_by_id") SELECT new_values."accepted", new_values."area_id", new_values."at", new_values."by_post_id", new_values."confirmed_at", new_values."digest", new_values."id", new_values."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."rejected", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;', hash='3731f6107f51a5274cf1a22615bcbc5869160456', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_54466', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_proposallist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposallist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted" IS DISTINCT FROM (NEW."accepted") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_post_id" IS DISTINCT FROM (NEW."by_post_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kecamatan" IS DISTINCT FROM (NEW."kecamatan") OR OLD."kelurahan" IS DISTINCT FROM (NEW."kelurahan") OR OLD."mandate_id" IS DISTINCT FROM (NEW."mandate_id") OR OLD."rejected" IS DISTINCT FROM (NEW."rejected") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))', func='INSERT INTO "accounts_proposallistevent" ("accepted", "area_id", "at", "by_post_id", "confirmed_at", "digest", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rejected", "uploaded_by_id") VALUES (NEW."accepted", NEW."area_id", NEW."at", NEW."by_post_id", NEW."confirmed_at", NEW."digest", NEW."id", NEW."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rejected", NEW."uploaded_by_id"); RETURN NULL;', hash='c89e6d80d57d19c42e4850a7e98c7e17907f6f39', operation='UPDATE', pgid='pgtrigger_update_update_82903', table='accounts_proposallist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposallist',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_proposallistevent" ("accepted", "area_id", "at", "by_post_id", "confirmed_at", "digest", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rejected", "uploaded_by_id") VALUES (OLD."accepted", OLD."area_id", OLD."at", OLD."by_post_id", OLD."confirmed_at", OLD."digest", OLD."id", OLD."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rejected", OLD."uploaded_by_id"); RETURN NULL;', hash='889ba60eb4c2f391a146eac5c8ae87a5880e538e', operation='DELETE', pgid='pgtrigger_delete_delete_51699', table='accounts_proposallist', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='proposalstep',
            index=models.Index(fields=['at', 'id'], name='proposalstep_latest'),
        ),
        migrations.AddConstraint(
            model_name='proposalstep',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'name'), name='proposalstep_once_per_key'),
        ),
        migrations.AddIndex(
            model_name='rosterconfirmation',
            index=models.Index(fields=['area', '-at'], name='roster_latest'),
        ),
        migrations.AddConstraint(
            model_name='rosterconfirmation',
            constraint=models.UniqueConstraint(fields=('confirmed_by', 'key'), name='roster_once'),
        ),
        migrations.AddIndex(
            model_name='signin',
            index=models.Index(fields=['user', '-id'], name='sign_in_user'),
        ),
        migrations.AddIndex(
            model_name='signin',
            index=models.Index(fields=['at', 'id'], name='sign_in_latest'),
        ),
        migrations.AddIndex(
            model_name='slipsheet',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='slipsheet_waiting'),
        ),
        migrations.AddConstraint(
            model_name='slipsheet',
            constraint=models.UniqueConstraint(fields=('asked_by', 'key', 'area'), name='slip_sheet_once'),
        ),
        migrations.AddConstraint(
            model_name='slipsheet',
            constraint=models.CheckConstraint(condition=models.Q(('downloaded_at', None), ('file', ''), _connector='OR'), name='slip_sheet_downloaded_is_gone'),
        ),
        migrations.AddConstraint(
            model_name='slipentry',
            constraint=models.UniqueConstraint(fields=('sheet', 'user'), name='slip_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='termreminder',
            constraint=models.UniqueConstraint(fields=('post', 'days'), name='term_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.UniqueConstraint(fields=('user', 'version'), name='undertaking_once'),
        ),
    ]
