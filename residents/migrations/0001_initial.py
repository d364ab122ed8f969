import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import wacat.clock
import wacat.sealing.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lodging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('name', models.CharField(max_length=100, verbose_name='nama')),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'Kos'), (2, 'Kontrakan'), (3, 'Asrama'), (4, 'Mess'), (5, 'Apartemen'), (6, 'Rumah keluarga/menumpang'), (7, 'Lainnya')], verbose_name='jenis')),
                ('address', models.CharField(max_length=200, verbose_name='alamat')),
                ('owner_name', models.CharField(blank=True, max_length=120, verbose_name='nama pemilik')),
                ('owner_phone', models.CharField(blank=True, max_length=20, verbose_name='telepon pemilik')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
            ],
        ),
        migrations.CreateModel(
            name='LodgingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='nama')),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'Kos'), (2, 'Kontrakan'), (3, 'Asrama'), (4, 'Mess'), (5, 'Apartemen'), (6, 'Rumah keluarga/menumpang'), (7, 'Lainnya')], verbose_name='jenis')),
                ('address', models.CharField(max_length=200, verbose_name='alamat')),
                ('owner_name', models.CharField(blank=True, max_length=120, verbose_name='nama pemilik')),
                ('owner_phone', models.CharField(blank=True, max_length=20, verbose_name='telepon pemilik')),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.lodging')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Resident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('reported', 'Dilaporkan'), ('returned', 'Dikembalikan'), ('held', 'Ditahan'), ('verified', 'Diverifikasi'), ('ended', 'Berakhir')], default='draft', max_length=10)),
                ('nik', wacat.sealing.fields.SealedTextField(blank=True, place='resident.nik', verbose_name='NIK')),
                ('nik_index', wacat.sealing.fields.BlindIndexField(purpose='nik', source='nik')),
                ('no_nik_reason', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Bayi/anak belum ber-NIK'), (2, 'Orang asing'), (3, 'Dokumen hilang/belum diketahui'), (4, 'Lainnya')], null=True, verbose_name='alasan tanpa NIK')),
                ('no_kk', wacat.sealing.fields.SealedTextField(blank=True, place='resident.no_kk', verbose_name='nomor KK')),
                ('no_kk_index', wacat.sealing.fields.BlindIndexField(purpose='no_kk', source='no_kk')),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('sex', models.PositiveSmallIntegerField(choices=[(1, 'Laki-laki'), (2, 'Perempuan')], null=True, verbose_name='jenis kelamin')),
                ('birth_place', models.CharField(blank=True, max_length=80, verbose_name='tempat lahir')),
                ('birth_date', models.DateField(null=True, verbose_name='tanggal lahir')),
                ('religion', models.PositiveSmallIntegerField(choices=[(1, 'Islam'), (2, 'Kristen'), (3, 'Katolik'), (4, 'Hindu'), (5, 'Buddha'), (6, 'Khonghucu'), (7, 'Kepercayaan terhadap Tuhan YME')], null=True, verbose_name='agama')),
                ('marital_status', models.PositiveSmallIntegerField(choices=[(1, 'Belum kawin'), (2, 'Kawin tercatat'), (3, 'Kawin belum tercatat'), (4, 'Cerai hidup tercatat'), (5, 'Cerai hidup belum tercatat'), (6, 'Cerai mati')], null=True, verbose_name='status perkawinan')),
                ('education', models.PositiveSmallIntegerField(choices=[(1, 'Tidak/belum sekolah'), (2, 'Belum tamat SD/sederajat'), (3, 'Tamat SD/sederajat'), (4, 'SLTP/sederajat'), (5, 'SLTA/sederajat'), (6, 'Diploma I/II'), (7, 'Akademi/Diploma III/S. Muda'), (8, 'Diploma IV/Strata I'), (9, 'Strata II'), (10, 'Strata III')], null=True, verbose_name='pendidikan')),
                ('occupation', models.PositiveSmallIntegerField(choices=[(1, 'Belum/Tidak Bekerja'), (2, 'Mengurus Rumah Tangga'), (3, 'Pelajar/Mahasiswa'), (4, 'Pensiunan'), (5, 'PNS'), (6, 'TNI'), (7, 'POLRI'), (8, 'Perdagangan'), (9, 'Petani/Pekebun'), (10, 'Peternak'), (11, 'Nelayan/Perikanan'), (12, 'Industri'), (13, 'Konstruksi'), (14, 'Transportasi'), (15, 'Karyawan Swasta'), (16, 'Karyawan BUMN'), (17, 'Karyawan BUMD'), (18, 'Karyawan Honorer'), (19, 'Buruh Harian Lepas'), (20, 'Buruh Tani/Perkebunan'), (21, 'Buruh Nelayan/Perikanan'), (22, 'Buruh Peternakan'), (23, 'Pembantu Rumah Tangga'), (24, 'Tukang Cukur'), (25, 'Tukang Listrik'), (26, 'Tukang Batu'), (27, 'Tukang Kayu'), (28, 'Tukang Sol Sepatu'), (29, 'Tukang Las/Pandai Besi'), (30, 'Tukang Jahit'), (31, 'Tukang Gigi'), (32, 'Penata Rias'), (33, 'Penata Busana'), (34, 'Penata Rambut'), (35, 'Mekanik'), (36, 'Seniman'), (37, 'Tabib'), (38, 'Paraji'), (39, 'Perancang Busana'), (40, 'Penterjemah'), (41, 'Imam Masjid'), (42, 'Pendeta'), (43, 'Pastor'), (44, 'Wartawan'), (45, 'Ustadz/Mubaligh'), (46, 'Juru Masak'), (47, 'Promotor Acara'), (48, 'Anggota DPR-RI'), (49, 'Anggota DPD'), (50, 'Anggota BPK'), (51, 'Presiden'), (52, 'Wakil Presiden'), (53, 'Anggota Mahkamah Konstitusi'), (54, 'Anggota Kabinet/Kementerian'), (55, 'Duta Besar'), (56, 'Gubernur'), (57, 'Wakil Gubernur'), (58, 'Bupati'), (59, 'Wakil Bupati'), (60, 'Walikota'), (61, 'Wakil Walikota'), (62, 'Anggota DPRD Provinsi'), (63, 'Anggota DPRD Kab/Kota'), (64, 'Dosen'), (65, 'Guru'), (66, 'Pilot'), (67, 'Pengacara'), (68, 'Notaris'), (69, 'Arsitek'), (70, 'Akuntan'), (71, 'Konsultan'), (72, 'Dokter'), (73, 'Bidan'), (74, 'Perawat'), (75, 'Apoteker'), (76, 'Psikiater/Psikolog'), (77, 'Penyiar Televisi'), (78, 'Penyiar Radio'), (79, 'Pelaut'), (80, 'Peneliti'), (81, 'Sopir'), (82, 'Pialang'), (83, 'Paranormal'), (84, 'Pedagang'), (85, 'Perangkat Desa'), (86, 'Kepala Desa'), (87, 'Biarawati'), (88, 'Wiraswasta'), (89, 'Anggota Lembaga Tinggi'), (90, 'Artis'), (91, 'Atlet'), (92, 'Chef'), (93, 'Manajer'), (94, 'Tenaga Tata Usaha'), (95, 'Operator'), (96, 'Pekerja Pengolahan, Kerajinan'), (97, 'Teknisi'), (98, 'Asisten Ahli'), (99, 'Lainnya')], null=True, verbose_name='pekerjaan')),
                ('blood_type', models.PositiveSmallIntegerField(choices=[(1, 'A'), (2, 'B'), (3, 'AB'), (4, 'O'), (5, 'A+'), (6, 'A−'), (7, 'B+'), (8, 'B−'), (9, 'AB+'), (10, 'AB−'), (11, 'O+'), (12, 'O−'), (13, 'Tidak tahu')], null=True, verbose_name='golongan darah')),
                ('nationality', models.PositiveSmallIntegerField(choices=[(1, 'WNI'), (2, 'WNA')], null=True, verbose_name='kewarganegaraan')),
                ('origin_address', models.CharField(blank=True, max_length=200, verbose_name='alamat asal')),
                ('origin_area', models.CharField(blank=True, max_length=120, verbose_name='wilayah asal')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('address', models.CharField(max_length=200, verbose_name='alamat tinggal')),
                ('arrived_on', models.DateField(verbose_name='tanggal datang')),
                ('purpose', models.PositiveSmallIntegerField(choices=[(1, 'Pekerjaan'), (2, 'Pendidikan'), (3, 'Keamanan'), (4, 'Kesehatan'), (5, 'Perumahan'), (6, 'Keluarga'), (7, 'Lainnya')], verbose_name='keperluan')),
                ('purpose_detail', models.CharField(blank=True, max_length=200, verbose_name='rincian keperluan')),
                ('stays_until', models.DateField(verbose_name='tinggal sampai')),
                ('family_relation', models.PositiveSmallIntegerField(choices=[(1, 'Kepala keluarga'), (2, 'Suami'), (3, 'Istri'), (4, 'Anak'), (5, 'Menantu'), (6, 'Cucu'), (7, 'Orang tua'), (8, 'Mertua'), (9, 'Famili lain'), (10, 'Pembantu'), (11, 'Lainnya')], null=True, verbose_name='hubungan keluarga')),
                ('notes', models.TextField(blank=True, max_length=500, verbose_name='catatan')),
                ('reported_at', models.DateTimeField(null=True)),
                ('verified_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.PositiveSmallIntegerField(choices=[(1, 'Meninggalkan Balikpapan'), (2, 'Pindah di dalam Kota Balikpapan'), (3, 'Menjadi penduduk tetap Balikpapan'), (4, 'Meninggal dunia'), (5, 'Pendaftaran dibatalkan')], null=True, verbose_name='alasan berakhir')),
                ('entered_at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField(unique=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lodging', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='residents.lodging')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelurahan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(13)), output_field=models.CharField(db_collation='C', max_length=13))),
                ('kecamatan', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left(models.F('area'), models.Value(8)), output_field=models.CharField(db_collation='C', max_length=8))),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='residents.resident')),
            ],
        ),
        migrations.CreateModel(
            name='PlacementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('until', models.DateField(null=True)),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.placement')),
                ('resident', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.resident')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResidentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('reported', 'Dilaporkan'), ('returned', 'Dikembalikan'), ('held', 'Ditahan'), ('verified', 'Diverifikasi'), ('ended', 'Berakhir')], default='draft', max_length=10)),
                ('nik', wacat.sealing.fields.SealedTextField(blank=True, place='resident.nik', verbose_name='NIK')),
                ('nik_index', wacat.sealing.fields.BlindIndexField(purpose='nik', source='nik')),
                ('no_nik_reason', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Bayi/anak belum ber-NIK'), (2, 'Orang asing'), (3, 'Dokumen hilang/belum diketahui'), (4, 'Lainnya')], null=True, verbose_name='alasan tanpa NIK')),
                ('no_kk', wacat.sealing.fields.SealedTextField(blank=True, place='resident.no_kk', verbose_name='nomor KK')),
                ('no_kk_index', wacat.sealing.fields.BlindIndexField(purpose='no_kk', source='no_kk')),
                ('full_name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('sex', models.PositiveSmallIntegerField(choices=[(1, 'Laki-laki'), (2, 'Perempuan')], null=True, verbose_name='jenis kelamin')),
                ('birth_place', models.CharField(blank=True, max_length=80, verbose_name='tempat lahir')),
                ('birth_date', models.DateField(null=True, verbose_name='tanggal lahir')),
                ('religion', models.PositiveSmallIntegerField(choices=[(1, 'Islam'), (2, 'Kristen'), (3, 'Katolik'), (4, 'Hindu'), (5, 'Buddha'), (6, 'Khonghucu'), (7, 'Kepercayaan terhadap Tuhan YME')], null=True, verbose_name='agama')),
                ('marital_status', models.PositiveSmallIntegerField(choices=[(1, 'Belum kawin'), (2, 'Kawin tercatat'), (3, 'Kawin belum tercatat'), (4, 'Cerai hidup tercatat'), (5, 'Cerai hidup belum tercatat'), (6, 'Cerai mati')], null=True, verbose_name='status perkawinan')),
                ('education', models.PositiveSmallIntegerField(choices=[(1, 'Tidak/belum sekolah'), (2, 'Belum tamat SD/sederajat'), (3, 'Tamat SD/sederajat'), (4, 'SLTP/sederajat'), (5, 'SLTA/sederajat'), (6, 'Diploma I/II'), (7, 'Akademi/Diploma III/S. Muda'), (8, 'Diploma IV/Strata I'), (9, 'Strata II'), (10, 'Strata III')], null=True, verbose_name='pendidikan')),
                ('occupation', models.PositiveSmallIntegerField(choices=[(1, 'Belum/Tidak Bekerja'), (2, 'Mengurus Rumah Tangga'), (3, 'Pelajar/Mahasiswa'), (4, 'Pensiunan'), (5, 'PNS'), (6, 'TNI'), (7, 'POLRI'), (8, 'Perdagangan'), (9, 'Petani/Pekebun'), (10, 'Peternak'), (11, 'Nelayan/Perikanan'), (12, 'Industri'), (13, 'Konstruksi'), (14, 'Transportasi'), (15, 'Karyawan Swasta'), (16, 'Karyawan BUMN'), (17, 'Karyawan BUMD'), (18, 'Karyawan Honorer'), (19, 'Buruh Harian Lepas'), (20, 'Buruh Tani/Perkebunan'), (21, 'Buruh Nelayan/Perikanan'), (22, 'Buruh Peternakan'), (23, 'Pembantu Rumah Tangga'), (24, 'Tukang Cukur'), (25, 'Tukang Listrik'), (26, 'Tukang Batu'), (27, 'Tukang Kayu'), (28, 'Tukang Sol Sepatu'), (29, 'Tukang Las/Pandai Besi'), (30, 'Tukang Jahit'), (31, 'Tukang Gigi'), (32, 'Penata Rias'), (33, 'Penata Busana'), (34, 'Penata Rambut'), (35, 'Mekanik'), (36, 'Seniman'), (37, 'Tabib'), (38, 'Paraji'), (39, 'Perancang Busana'), (40, 'Penterjemah'), (41, 'Imam Masjid'), (42, 'Pendeta'), (43, 'Pastor'), (44, 'Wartawan'), (45, 'Ustadz/Mubaligh'), (46, 'Juru Masak'), (47, 'Promotor Acara'), (48, 'Anggota DPR-RI'), (49, 'Anggota DPD'), (50, 'Anggota BPK'), (51, 'Presiden'), (52, 'Wakil Presiden'), (53, 'Anggota Mahkamah Konstitusi'), (54, 'Anggota Kabinet/Kementerian'), (55, 'Duta Besar'), (56, 'Gubernur'), (57, 'Wakil Gubernur'), (58, 'Bupati'), (59, 'Wakil Bupati'), (60, 'Walikota'), (61, 'Wakil Walikota'), (62, 'Anggota DPRD Provinsi'), (63, 'Anggota DPRD Kab/Kota'), (64, 'Dosen'), (65, 'Guru'), (66, 'Pilot'), (67, 'Pengacara'), (68, 'Notaris'), (69, 'Arsitek'), (70, 'Akuntan'), (71, 'Konsultan'), (72, 'Dokter'), (73, 'Bidan'), (74, 'Perawat'), (75, 'Apoteker'), (76, 'Psikiater/Psikolog'), (77, 'Penyiar Televisi'), (78, 'Penyiar Radio'), (79, 'Pelaut'), (80, 'Peneliti'), (81, 'Sopir'), (82, 'Pialang'), (83, 'Paranormal'), (84, 'Pedagang'), (85, 'Perangkat Desa'), (86, 'Kepala Desa'), (87, 'Biarawati'), (88, 'Wiraswasta'), (89, 'Anggota Lembaga Tinggi'), (90, 'Artis'), (91, 'Atlet'), (92, 'Chef'), (93, 'Manajer'), (94, 'Tenaga Tata Usaha'), (95, 'Operator'), (96, 'Pekerja Pengolahan, Kerajinan'), (97, 'Teknisi'), (98, 'Asisten Ahli'), (99, 'Lainnya')], null=True, verbose_name='pekerjaan')),
                ('blood_type', models.PositiveSmallIntegerField(choices=[(1, 'A'), (2, 'B'), (3, 'AB'), (4, 'O'), (5, 'A+'), (6, 'A−'), (7, 'B+'), (8, 'B−'), (9, 'AB+'), (10, 'AB−'), (11, 'O+'), (12, 'O−'), (13, 'Tidak tahu')], null=True, verbose_name='golongan darah')),
                ('nationality', models.PositiveSmallIntegerField(choices=[(1, 'WNI'), (2, 'WNA')], null=True, verbose_name='kewarganegaraan')),
                ('origin_address', models.CharField(blank=True, max_length=200, verbose_name='alamat asal')),
                ('origin_area', models.CharField(blank=True, max_length=120, verbose_name='wilayah asal')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('address', models.CharField(max_length=200, verbose_name='alamat tinggal')),
                ('arrived_on', models.DateField(verbose_name='tanggal datang')),
                ('purpose', models.PositiveSmallIntegerField(choices=[(1, 'Pekerjaan'), (2, 'Pendidikan'), (3, 'Keamanan'), (4, 'Kesehatan'), (5, 'Perumahan'), (6, 'Keluarga'), (7, 'Lainnya')], verbose_name='keperluan')),
                ('purpose_detail', models.CharField(blank=True, max_length=200, verbose_name='rincian keperluan')),
                ('stays_until', models.DateField(verbose_name='tinggal sampai')),
                ('family_relation', models.PositiveSmallIntegerField(choices=[(1, 'Kepala keluarga'), (2, 'Suami'), (3, 'Istri'), (4, 'Anak'), (5, 'Menantu'), (6, 'Cucu'), (7, 'Orang tua'), (8, 'Mertua'), (9, 'Famili lain'), (10, 'Pembantu'), (11, 'Lainnya')], null=True, verbose_name='hubungan keluarga')),
                ('notes', models.TextField(blank=True, max_length=500, verbose_name='catatan')),
                ('reported_at', models.DateTimeField(null=True)),
                ('verified_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.PositiveSmallIntegerField(choices=[(1, 'Meninggalkan Balikpapan'), (2, 'Pindah di dalam Kota Balikpapan'), (3, 'Menjadi penduduk tetap Balikpapan'), (4, 'Meninggal dunia'), (5, 'Pendaftaran dibatalkan')], null=True, verbose_name='alasan berakhir')),
                ('entered_at', models.DateTimeField(default=wacat.clock.now)),
                ('form_key', models.UUIDField()),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                ('entered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('lodging', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.lodging')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.resident')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResidentStep',
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
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='residents.resident')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StayPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('until', models.DateField()),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='residents.resident')),
            ],
            options={
                'ordering': ('starts',),
            },
        ),
        migrations.CreateModel(
            name='StayPeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('pgh_actor', models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.comparison.Cast(django.db.models.fields.json.KeyTextTransform('user', 'pgh_context'), models.BigIntegerField()), output_field=models.BigIntegerField(null=True))),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('until', models.DateField()),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.stayperiod')),
                ('resident', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.resident')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lodging',
            trigger=pgtrigger.compiler.Trigger(name='lies_in_a_living_area', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' THEN\n    IF NEW.area_id = OLD.area_id THEN\n        RETURN NEW;\n    END IF;\nEND IF;\nPERFORM 1 FROM accounts_area WHERE code = NEW.area_id AND state <> 'merged' FOR SHARE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'the area was merged into another' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='87241c32ee130a8ef39c95d3aead90f92b4fe223', operation='INSERT OR UPDATE OF "area_id"', pgid='pgtrigger_lies_in_a_living_area_789aa', table='residents_lodging', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lodging',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_lodgingevent" ("address", "area_id", "id", "kind", "name", "owner_name", "owner_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."area_id", NEW."id", NEW."kind", NEW."name", NEW."owner_name", NEW."owner_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='47e66f69cbc7a095f0f8e435b78ba868adad0d6b', operation='INSERT', pgid='pgtrigger_insert_insert_2b633', table='residents_lodging', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lodging',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_name" IS DISTINCT FROM (NEW."owner_name") OR OLD."owner_phone" IS DISTINCT FROM (NEW."owner_phone"))', func='INSERT INTO "residents_lodgingevent" ("address", "area_id", "id", "kind", "name", "owner_name", "owner_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."area_id", NEW."id", NEW."kind", NEW."name", NEW."owner_name", NEW."owner_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='194038663d4538bc549bf52fd2c54d2e3bab4f38', operation='UPDATE', pgid='pgtrigger_update_update_9c9bc', table='residents_lodging', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lodging',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_lodgingevent" ("address", "area_id", "id", "kind", "name", "owner_name", "owner_phone", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."address", OLD."area_id", OLD."id", OLD."kind", OLD."name", OLD."owner_name", OLD."owner_phone", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='4597af392b37f87af196e8fb07714c5574d16df0', operation='DELETE', pgid='pgtrigger_delete_delete_8cfa4', table='residents_lodging', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['area', '-id'], name='resident_area_latest'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['kelurahan', '-id'], name='resident_kelurahan_latest'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['kecamatan', '-id'], name='resident_kecamatan_latest'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['kelurahan', 'status', '-id'], name='resident_kelurahan_status'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(condition=models.Q(('status__in', ('reported', 'verified'))), fields=['kelurahan', 'stays_until'], name='resident_kelurahan_stay'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['nik_index'], name='resident_nik'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=models.Index(fields=['no_kk_index'], name='resident_no_kk'),
        ),
        migrations.AddIndex(
            model_name='resident',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('full_name'), 'gin_trgm_ops'), name='resident_name_trigram'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('reported', 'verified'))), fields=('nik_index',), name='resident_active_once'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(('nik__isnull', False), ('no_nik_reason__isnull', False), _connector='OR'), name='resident_nik_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(('stays_until__gte', models.F('arrived_on'))), name='resident_stay_in_order'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), ('reported_at__isnull', False), _connector='OR'), name='resident_reported_has_time'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'verified'), _negated=True), ('verified_on__isnull', False), _connector='OR'), name='resident_verified_has_date'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason__isnull', False), ('ended_on__gte', models.F('arrived_on')), ('ended_on__isnull', False), ('status', 'ended')), models.Q(models.Q(('status', 'ended'), _negated=True), ('end_reason__isnull', True), ('ended_on__isnull', True)), _connector='OR'), name='resident_ended_has_date_and_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='lies_in_a_living_area', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' THEN\n    IF NEW.area_id = OLD.area_id THEN\n        RETURN NEW;\n    END IF;\nEND IF;\nPERFORM 1 FROM accounts_area WHERE code = NEW.area_id AND state <> 'merged' FOR SHARE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'the area was merged into another' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='b59f44e1153cd178b0eccc77a759f55a113ea92d', operation='INSERT OR UPDATE OF "area_id"', pgid='pgtrigger_lies_in_a_living_area_9d1a5', table='residents_resident', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_residentevent" ("address", "area_id", "arrived_on", "birth_date", "birth_place", "blood_type", "education", "email", "end_reason", "ended_on", "entered_at", "entered_by_id", "family_relation", "form_key", "full_name", "id", "lodging_id", "marital_status", "nationality", "nik", "nik_index", "no_kk", "no_kk_index", "no_nik_reason", "notes", "occupation", "origin_address", "origin_area", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "purpose", "purpose_detail", "religion", "reported_at", "sex", "status", "stays_until", "verified_on") VALUES (NEW."address", NEW."area_id", NEW."arrived_on", NEW."birth_date", NEW."birth_place", NEW."blood_type", NEW."education", NEW."email", NEW."end_reason", NEW."ended_on", NEW."entered_at", NEW."entered_by_id", NEW."family_relation", NEW."form_key", NEW."full_name", NEW."id", NEW."lodging_id", NEW."marital_status", NEW."nationality", NEW."nik", NEW."nik_index", NEW."no_kk", NEW."no_kk_index", NEW."no_nik_reason", NEW."notes", NEW."occupation", NEW."origin_address", NEW."origin_area", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."purpose", NEW."purpose_detail", NEW."religion", NEW."reported_at", NEW."sex", NEW."status", NEW."stays_until", NEW."verified_on"); RETURN NULL;', hash='b07b01c8485dc082aac5b8eecf340957f5e8a5b8', operation='INSERT', pgid='pgtrigger_insert_insert_424be', table='residents_resident', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."arrived_on" IS DISTINCT FROM (NEW."arrived_on") OR OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."birth_place" IS DISTINCT FROM (NEW."birth_place") OR OLD."blood_type" IS DISTINCT FROM (NEW."blood_type") OR OLD."education" IS DISTINCT FROM (NEW."education") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."family_relation" IS DISTINCT FROM (NEW."family_relation") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lodging_id" IS DISTINCT FROM (NEW."lodging_id") OR OLD."marital_status" IS DISTINCT FROM (NEW."marital_status") OR OLD."nationality" IS DISTINCT FROM (NEW."nationality") OR OLD."nik" IS DISTINCT FROM (NEW."nik") OR OLD."nik_index" IS DISTINCT FROM (NEW."nik_index") OR OLD."no_kk" IS DISTINCT FROM (NEW."no_kk") OR OLD."no_kk_index" IS DISTINCT FROM (NEW."no_kk_index") OR OLD."no_nik_reason" IS DISTINCT FROM (NEW."no_nik_reason") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."occupation" IS DISTINCT FROM (NEW."occupation") OR OLD."origin_address" IS DISTINCT FROM (NEW."origin_address") OR OLD."origin_area" IS DISTINCT FROM (NEW."origin_area") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."purpose_detail" IS DISTINCT FROM (NEW."purpose_detail") OR OLD."religion" IS DISTINCT FROM (NEW."religion") OR OLD."reported_at" IS DISTINCT FROM (NEW."reported_at") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."stays_until" IS DISTINCT FROM (NEW."stays_until") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on"))', func='INSERT INTO "residents_residentevent" ("address", "area_id", "arrived_on", "birth_date", "birth_place", "blood_type", "education", "email", "end_reason", "ended_on", "entered_at", "entered_by_id", "family_relation", "form_key", "full_name", "id", "lodging_id", "marital_status", "nationality", "nik", "nik_index", "no_kk", "no_kk_index", "no_nik_reason", "notes", "occupation", "origin_address", "origin_area", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "purpose", "purpose_detail", "religion", "reported_at", "sex", "status", "stays_until", "verified_on") VALUES (NEW."address", NEW."area_id", NEW."arrived_on", NEW."birth_date", NEW."birth_place", NEW."blood_type", NEW."education", NEW."email", NEW."end_reason", NEW."ended_on", NEW."entered_at", NEW."entered_by_id", NEW."family_relation", NEW."form_key", NEW."full_name", NEW."id", NEW."lodging_id", NEW."marital_status", NEW."nationality", NEW."nik", NEW."nik_index", NEW."no_kk", NEW."no_kk_index", NEW."no_nik_reason", NEW."notes", NEW."occupation", NEW."origin_address", NEW."origin_area", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."purpose", NEW."purpose_detail", NEW."religion", NEW."reported_at", NEW."sex", NEW."status", NEW."stays_until", NEW."verified_on"); RETURN NULL;', hash='840ccdc5767c0426f9c59ba99ad85ed1f2e473e5', operation='UPDATE', pgid='pgtrigger_update_update_7908c', table='residents_resident', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resident',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_residentevent" ("address", "area_id", "arrived_on", "birth_date", "birth_place", "blood_type", "education", "email", "end_reason", "ended_on", "entered_at", "entered_by_id", "family_relation", "form_key", "full_name", "id", "lodging_id", "marital_status", "nationality", "nik", "nik_index", "no_kk", "no_kk_index", "no_nik_reason", "notes", "occupation", "origin_address", "origin_area", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "purpose", "purpose_detail", "religion", "reported_at", "sex", "status", "stays_until", "verified_on") VALUES (OLD."address", OLD."area_id", OLD."arrived_on", OLD."birth_date", OLD."birth_place", OLD."blood_type", OLD."education", OLD."email", OLD."end_reason", OLD."ended_on", OLD."entered_at", OLD."entered_by_id", OLD."family_relation", OLD."form_key", OLD."full_name", OLD."id", OLD."lodging_id", OLD."marital_status", OLD."nationality", OLD."nik", OLD."nik_index", OLD."no_kk", OLD."no_kk_index", OLD."no_nik_reason", OLD."notes", OLD."occupation", OLD."origin_address", OLD."origin_area", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."purpose", OLD."purpose_detail", OLD."religion", OLD."reported_at", OLD."sex", OLD."status", OLD."stays_until", OLD."verified_on"); RETURN NULL;', hash='49181add1856b094bf5861979c1b62d0e821772a', operation='DELETE', pgid='pgtrigger_delete_delete_3d2a9', table='residents_resident', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['kelurahan', 'starts'], name='placement_kelurahan'),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['kecamatan', 'starts'], name='placement_kecamatan'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('resident', '='), (models.Func('starts', 'until', function='daterange'), '&&')], name='placement_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('starts')), _connector='OR'), name='placement_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_placementevent" ("area_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (NEW."area_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."resident_id", NEW."starts", NEW."until"); RETURN NULL;', hash='10a3c5c3ddd721c06f6c411793a1c9af1d7cda82', operation='INSERT', pgid='pgtrigger_insert_insert_16a21', table='residents_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."resident_id" IS DISTINCT FROM (NEW."resident_id") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func='INSERT INTO "residents_placementevent" ("area_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (NEW."area_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."resident_id", NEW."starts", NEW."until"); RETURN NULL;', hash='cb2d8185e9f23a75727008f9d0552a0c7b3fcaee', operation='UPDATE', pgid='pgtrigger_update_update_57fb2', table='residents_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_placementevent" ("area_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (OLD."area_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."resident_id", OLD."starts", OLD."until"); RETURN NULL;', hash='4d3d78af6d2564c024e795e413daa646562b01be', operation='DELETE', pgid='pgtrigger_delete_delete_6245b', table='residents_placement', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='residentstep',
            index=models.Index(fields=['at', 'id'], name='residentstep_latest'),
        ),
        migrations.AddConstraint(
            model_name='residentstep',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'name'), name='residentstep_once_per_key'),
        ),
        migrations.AddIndex(
            model_name='stayperiod',
            index=models.Index(fields=['resident', 'starts', 'until'], name='stay_period'),
        ),
        migrations.AddIndex(
            model_name='stayperiod',
            index=models.Index(fields=['starts'], name='stay_period_starts'),
        ),
        migrations.AddConstraint(
            model_name='stayperiod',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('starts'))), name='period_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_stayperiodevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."resident_id", NEW."starts", NEW."until"); RETURN NULL;', hash='d12ac8e831205857a53629be344a8900b25e1dab', operation='INSERT', pgid='pgtrigger_insert_insert_ef6da', table='residents_stayperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_stayperiodevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."resident_id", NEW."starts", NEW."until"); RETURN NULL;', hash='a8cf78e3d5642bffaaa6874e883fe16661051c66', operation='UPDATE', pgid='pgtrigger_update_update_f1a32', table='residents_stayperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_stayperiodevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resident_id", "starts", "until") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."resident_id", OLD."starts", OLD."until"); RETURN NULL;', hash='ee00147c7aa8cb6176f2ce517f701bdee7507426', operation='DELETE', pgid='pgtrigger_delete_delete_58b86', table='residents_stayperiod', when='AFTER')),
        ),
    ]
