"""The models of accounts, found here by Django; each lives with its feature."""

from accounts.areas.models import Area, AreaPeriod
from accounts.audit.models import Access
from accounts.login.models import Undertaking, User
from accounts.posts.models import Post

__all__ = ["Access", "Area", "AreaPeriod", "Post", "Undertaking", "User"]
