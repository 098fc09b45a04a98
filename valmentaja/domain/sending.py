"""A finished paper that went out: what, to whom, when, and what is known of its arrival."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.domain.client import ClientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """`recipient` is the id in the policy, or "" for the client's own copy, which is not encrypted.

    `sha256` is of the file as it was written, `at` and `picked_up` are UTC stamps, `receipt` is what came back.
    """

    id: str
    client: ClientId
    document: str
    file_name: str
    recipient: str
    sha256: str
    at: str
    picked_up: str | None = None
    receipt: str = ""
