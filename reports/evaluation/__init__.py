"""Control and evaluation (Perwali 33/2020 Pasal 11): who uses WaCAT, who has not reported yet, how
fast corrections and complaints are answered. Of offices and areas, never a ranking of people."""
