"""How talking to a fork comes to an end."""


class TimedOut(Exception):
    """No whole frame came in time."""


class Ended(Exception):
    """The other side is gone, or what came is not a frame; the message says which."""
