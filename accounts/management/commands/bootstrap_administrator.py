from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.areas.models import CITY_CODE, Area
from accounts.issuing.links import link_for
from accounts.issuing.usernames import WISHED
from accounts.login.models import User
from accounts.login.phones import as_phone
from accounts.management.operator import system_user
from accounts.posts.appointing import appoint, set_up_mandate
from accounts.posts.models import Post
from accounts.rules import Role
from wacat.clock import today

NAME = "bootstrap_administrator"


class Command(BaseCommand):
    help = "Makes the first administrator and prints a link for setting the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="small letters, digits, dots")
        parser.add_argument("--name", required=True, help="the whole name")
        parser.add_argument("--email", required=True)
        parser.add_argument("--phone", required=True, help="as in 081234567890")

    def handle(self, *args: Any, **options: Any) -> None:
        operator = system_user()
        person = _person(options)
        with pghistory.context(command=NAME, system_user=operator), transaction.atomic():
            # Of two that run at the same moment, the second finds the first's administrator.
            if not Area.objects.select_for_update().filter(pk=CITY_CODE).exists():
                raise CommandError("The areas are missing: run load_areas first.")
            if Post.objects.not_over().filter(role=Role.ADMINISTRATOR).exists():
                raise CommandError("There is an administrator already, who appoints all others.")
            if User.objects.filter(username=person.username).exists():
                raise CommandError("This user name is taken.")
            if User.objects.filter(login_phone=person.login_phone).exists():
                raise CommandError("Somebody else logs in with this telephone number.")
            person.save()
            appoint(person, Role.ADMINISTRATOR, CITY_CODE, set_up_mandate(NAME, operator), today())
        self.stdout.write(
            f"Administrator {person.username} made. Set the password here, once:\n"
            f"{link_for(person)}"
        )


def _person(options: dict[str, Any]) -> User:
    """The unsaved account. Raises CommandError for what cannot be used."""
    username, phone = options["username"].strip().lower(), as_phone(options["phone"])
    if not WISHED.fullmatch(username):
        raise CommandError("--username: small letters, digits and dots, a letter first.")
    if not phone:
        raise CommandError("--phone: a telephone number, as in 081234567890.")
    try:
        validate_email(options["email"])
    except ValidationError as error:
        raise CommandError("--email: an e-mail address.") from error
    if not options["name"].strip():
        raise CommandError("--name: the whole name.")
    person = User(
        username=username,
        full_name=options["name"].strip(),
        email=options["email"],
        phone=phone,
        login_phone=phone,
    )
    person.set_unusable_password()
    return person
