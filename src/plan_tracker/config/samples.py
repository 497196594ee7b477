"""Which settings are still those of the sample: whom to ask and where, invented, and marked so."""

from __future__ import annotations

from plan_tracker.config.tables import Config
from plan_tracker.errors import OrderError
from plan_tracker.i18n import _

SAMPLE = "(ตัวอย่าง)"  # marks what is invented
_NOBODYS = "example"  # the name that is nobody's, under any top-level domain (RFC 2606)


def sample_contacts(config: Config) -> list[str]:
    """The settings, as they are called in ``config.toml``, whose contacts are the sample's."""
    office, mail = config.office, config.mail
    texts = {"office.contact": office.contact, "office.phone": office.phone, "office.address": office.address}
    addresses = {"office.email": office.email, "mail.sender": mail.sender}
    found = [name for name, text in texts.items() if SAMPLE in text]
    return [*found, *(name for name, address in addresses.items() if is_sample_address(address))]


def check_contacts(config: Config) -> None:
    """``OrderError`` where what leaves the office would name the sample's contacts; a demo may."""
    samples = sample_contacts(config)
    if samples and not config.demo:
        raise OrderError(
            _("These settings still name the sample's contacts: {names}").format(names=", ".join(samples)),
            _("Put your office's own into config.toml. Until then nothing is sent or published."),
        )


def is_sample_address(address: str) -> bool:
    """Whether nobody can have ``address``: it is marked as a sample, or its domain is kept for samples."""
    labels = address.strip().lower().rpartition("@")[2].split(".")
    return SAMPLE in address or _NOBODYS in labels
