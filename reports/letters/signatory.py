"""Who signs a letter, and as what: the Lurah, who stands in, or one in the Lurah's name."""

from accounts.login.models import User
from accounts.posts.models import OWN_TITLE, Post
from accounts.rules import RULES, Action, Role
from reports.letters.facts import Signatory
from reports.letters.models import Letter
from wacat.workflow import WrongState


def signing_post(user: User, letter: Letter) -> Post | None:
    """The post of today in which *user* would sign this letter.

    A definitive Lurah's first, then that of who stands in, then one in the Lurah's name.
    """
    posts = [
        post
        for post in user.todays_posts
        if post.role in RULES[Action.LETTER_DECIDE] and letter.lies_within((post.area_id,))
    ]
    return min(posts, key=_weight, default=None)


def must_be_entitled(post: Post | None, letter: Letter) -> None:
    """Raise WrongState when *post* signs in the name of a Lurah, and nobody is one today.

    What is signed in somebody's name is that one's word: without a Lurah, a Plt. or a Plh. there
    is nobody whose word it could be.
    """
    if post is None or post.role not in OWN_TITLE:
        return
    kelurahan = letter.area.containing
    if not Post.objects.today().filter(role=Role.LURAH, area=kelurahan).exists():
        raise WrongState(
            f"Hari ini tidak ada yang menjabat Lurah {kelurahan.name}, Plt. maupun Plh., sehingga "
            "surat tidak dapat terbit atas namanya. Hubungi Kecamatan."
        )


def signatory_of(post: Post | None, letter: Letter) -> Signatory:
    """What the letter says of who signs it; without a post the name stays open."""
    kelurahan = letter.area.containing.name
    if post is None:
        return Signatory("", f"Lurah {kelurahan}", "", "")
    who, position, own_title = post.user, f"{post.own_name} {kelurahan}", ""
    if post.role in OWN_TITLE:
        position, own_title = f"a.n. Lurah {kelurahan}", post.own_name
    return Signatory(who.full_name, position, who.rank, who.nip, own_title)


def _weight(post: Post) -> tuple[bool, bool]:
    return post.role in OWN_TITLE, post.kind != Post.Kind.DEFINITIF
