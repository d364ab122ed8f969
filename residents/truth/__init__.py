"""The monthly statement of an RT on the truth of the data (Perwali 33/2020 Pasal 10b)."""
