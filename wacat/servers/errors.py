"""What goes wrong below the application, in words for the person at the terminal."""


class GroundError(Exception):
    """The servers cannot be started or used; the message says why and what to do."""
