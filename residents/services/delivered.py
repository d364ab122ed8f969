"""A row of an export, or what somebody has typed in, as a service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Delivered:
    """A service as it was delivered, read and matched, not yet compared with what is there.

    ``rt`` is nothing where no RT is certain; then ``within`` is the kelurahan or else the city,
    and rows of one ``place_key`` are decided together. ``is_other_end``: told by the row of a
    move beside its own. Keys are in hexadecimal, the day is ISO, so that it can lie in JSON.
    """

    kind: int
    served_on: str
    number: str
    nik: str
    no_kk: str
    full_name: str
    address: str
    rt_text: str
    kelurahan_text: str
    other_place: str
    detail: str
    place_key: str
    within: str
    rt: str
    identity: str
    content: str
    is_other_end: bool
    row: int | None
