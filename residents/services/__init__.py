"""Civil-registry services that Disdukcapil delivered, made known to those of the place
(Perwali 33/2020 Pasal 3a), who say of each whether it is true (Pasal 3b)."""
