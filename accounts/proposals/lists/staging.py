"""A list between upload and confirmation: rows as read, sealed; then proposals, all at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.login.models import User
from accounts.posts.models import Mandate, Post
from accounts.proposals.lists.judging import judge, taken
from accounts.proposals.lists.opening import ListRefused
from accounts.proposals.lists.parsing import Judged
from accounts.proposals.lists.reading import Row
from accounts.proposals.models import Proposal, ProposalList
from accounts.proposals.proposing import propose_all
from wacat.clock import now
from wacat.words import waktu
from wacat.workflow import WrongState

FOLDER = "proposal_lists"
DAYS = ("decree_date", "starts", "term_ends")
NONE_GOOD = "Tidak ada baris yang dapat diusulkan. Perbaiki berkasnya, lalu unggah lagi."
OVER = "Jabatan Bapak/Ibu untuk wilayah daftar ini sudah berakhir."
TWICE = "Berkas yang sama sudah dikonfirmasi. Tidak ada yang diusulkan dua kali."


def file_of(key: UUID | None) -> str:
    """The name under which the rows of the form with this key are kept."""
    return f"{FOLDER}/{(key or uuid4()).hex}.json"


def staged_before(user: User, key: UUID | None) -> ProposalList | None:
    """What this very form has uploaded before, so that sending it again answers alike."""
    if key is None:
        return None
    rows = ProposalList.objects.filter(uploaded_by=user, file=file_of(key))
    found: ProposalList | None = rows.first()
    return found


def digest_of(content: bytes, post: Post) -> str:
    """The digest of what was uploaded. Raises ListRefused when it was confirmed already."""
    digest = sha256(content).hexdigest()
    rows = ProposalList.objects.filter(digest=digest, area=post.area_id)
    done = rows.filter(confirmed_at__isnull=False).first()
    if done:
        raise ListRefused(f"Berkas ini sudah dikonfirmasi pada {waktu(done.confirmed_at)}.")
    return digest


def stage(
    post: Post, rows: list[Row], digest: str, mandate: Mandate | None, key: UUID | None
) -> ProposalList:
    """Judge the rows and keep them sealed until they are confirmed."""
    judged = judge(post, rows)
    bad = sum(1 for one in judged if one.errors)
    content = json.dumps([asdict(one) for one in judged]).encode()
    staged: ProposalList = ProposalList.objects.create(
        area_id=post.area_id,
        uploaded_by_id=post.user_id,
        by_post=post,
        mandate=mandate,
        digest=digest,
        file=default_storage.save(file_of(key), ContentFile(content)),
        accepted=len(judged) - bad,
        rejected=bad,
    )
    return staged


def rows_of(staged: ProposalList) -> list[Judged]:
    """The rows as they were judged. Raises FileNotFoundError and SealBroken."""
    with default_storage.open(staged.file) as file:
        return [Judged(**one) for one in json.loads(file.read())]


def confirm(staged: ProposalList, user: User) -> int:
    """Propose all good rows of the locked list, or none; how many. A second time does nothing.

    Raises WrongState when there is none, when the same file was confirmed, when an office of
    them has got a proposal since, or when the post of the one who uploaded it is over.
    """
    if staged.confirmed_at:
        return int(staged.accepted)
    if staged.by_post_id not in {post.pk for post in user.todays_posts}:
        raise WrongState(OVER)
    good = [one for one in rows_of(staged) if not one.errors]
    if not good:
        raise WrongState(NONE_GOOD)
    _must_be_free(good)
    with transaction.atomic():
        _mark(staged)
        # In one order for all, so that two lists at once wait for each other and do not lock.
        propose_all(sorted((_proposal(staged, one) for one in good), key=lambda one: one.area_id))
    return len(good)


def _mark(staged: ProposalList) -> None:
    staged.confirmed_at = now()
    try:
        with transaction.atomic():
            staged.save(update_fields=["confirmed_at"])
    except IntegrityError as error:
        raise WrongState(TWICE) from error


def _must_be_free(good: list[Judged]) -> None:
    found = taken(one.office for one in good if one.office)
    places = [one.place for one in good if one.office in found]
    if places:
        more = f" dan {len(places) - 5} lainnya" if len(places) > 5 else ""
        raise WrongState(
            f"Sejak daftar ini dibaca, sudah ada usulan lain untuk {'; '.join(places[:5])}{more}. "
            "Unggah daftarnya sekali lagi."
        )


def _proposal(staged: ProposalList, row: Judged) -> Proposal:
    values: dict[str, Any] = dict(row.fields)
    days = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    return Proposal(
        area_id=values.pop("area"),
        by_post_id=staged.by_post_id,
        proposed_by_id=staged.uploaded_by_id,
        mandate_id=staged.mandate_id,
        form_key=uuid5(NAMESPACE_URL, f"proposal-list:{staged.pk}:{row.number}"),
        **{**values, **days},
    )
