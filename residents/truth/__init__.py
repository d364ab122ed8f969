"""The *laporan kebenaran data* of an RT and month (Perwali 33/2020 Pasal 10b)."""
