"""A phone that keeps a passkey: what it answers when a page asks it, right or tampered with."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "testserver"
ES256 = -7  # its number among COSE algorithms


class Phone:
    """One key pair; ``verified`` tells whether it asks for a finger or a PIN."""

    def __init__(self, *, verified: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.user = ""
        flags = AuthenticatorData.FLAG
        self.flags = flags.UP | flags.UV if verified else flags.UP

    def registered(self, options: dict[str, Any]) -> str:
        """The answer to *Tambah kunci sandi*."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = AttestedCredentialData.create(
            Aaguid.NONE,
            self.id,
            CoseKey.for_alg(ES256).from_cryptography_key(self.key.public_key()),
        )
        data = self._data(self.flags | AuthenticatorData.FLAG.AT, public)
        made = AttestationObject.create("none", data, {})
        return self._answer("webauthn.create", asked, attestationObject=websafe_encode(made))

    def used(self, options: dict[str, Any], *, signature: bytes = b"") -> str:
        """The answer to *Masuk dengan kunci sandi*; *signature* in place of the right one."""
        asked = options["publicKey"]
        data = self._data(self.flags)
        signed = data + hashlib.sha256(self._client("webauthn.get", asked)).digest()
        right = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            "webauthn.get",
            asked,
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signature or right),
            userHandle=self.user,
        )

    def _data(self, flags: Any, public: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, 0, public)

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return CollectedClientData.create(kind, asked["challenge"], f"https://{HOST}")

    def _answer(self, kind: str, asked: dict[str, Any], **response: str) -> str:
        client = websafe_encode(self._client(kind, asked))
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {"clientDataJSON": client, **response},
            }
        )
