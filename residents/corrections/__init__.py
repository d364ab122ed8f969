"""What an RT says is not true of a delivered service, and how the operator answers it
(Perwali 33/2020 Pasal 3b, 10b)."""
