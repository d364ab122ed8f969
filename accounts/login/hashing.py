"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the first of OWASP's recommended settings.

    Django's own asks for 100 MiB each, too much when a city logs in on one morning.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
