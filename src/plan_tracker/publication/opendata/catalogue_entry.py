"""The entry of Thailand's open data catalogue, by the catalogue's own schema, so that it is taken unchanged.

Nothing is read or written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plan_tracker.config import Config
from plan_tracker.fiscal import Period
from plan_tracker.publication.opendata.files import PublishedFile

_LONGEST_NAME = 70  # characters
_FORMATS: Final = {"csv": "CSV", "xlsx": "XLS", "json": "JSON", "docx": "DOC/DOCX", "pdf": "PDF"}  # the catalogue's own
_NO_SLUG = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Described:
    """What the entry speaks of: ``data_date`` is the day of the newest return in the data, ``day`` that of publication.

    ``files`` lie in the package, each at its path there.
    """

    period: Period
    title: str
    plans: Sequence[str]
    data_date: date
    day: date
    files: Sequence[tuple[str, PublishedFile]]


def build_entry(config: Config, found: Described) -> dict[str, Any]:
    """The entry; without ``owner_org`` where the settings name no organisation of the catalogue."""
    said, office = config.publication, config.office
    formats = dict.fromkeys(_FORMATS[file.path.suffix[1:]] for _place, file in found.files)
    owner = {"owner_org": said.owner_org} if said.owner_org else {}
    year = str(found.period.fiscal_year)
    return {
        "name": dataset_name(said.owner_org, found.period),
        "title": found.title,
        **owner,
        "data_type": said.data_type,
        "maintainer": said.maintainer or office.division,
        "maintainer_email": said.maintainer_email or office.email,
        "tag_string": ",".join(_listed(said.tags)),
        "notes": said.notes or f"{found.title} ของ{' และ'.join(found.plans)} รายโครงการ หน่วยงาน และตัวชี้วัด",
        "objective": _listed(said.objective),
        "update_frequency_unit": "ไตรมาส",
        "update_frequency_interval": "1",
        "geo_coverage": "ประเทศ",
        "data_source": said.data_source or office.name,
        "data_format": list(formats),
        "data_category": "ข้อมูลสาธารณะ",
        "data_classification": "เปิดเผย",
        "license_id": said.license_id,
        "data_language": ["ไทย"],
        "created_date": found.data_date.isoformat(),
        "last_updated_date": max(found.data_date, found.day).isoformat(),
        "first_year_of_data": year,
        "last_year_of_data": year,
        "unit_of_measure": "บาท ร้อยละ โครงการ ตัวชี้วัด",
        "unit_of_multiplier": "หน่วย",
        **({"url": _address(said.url, found.period, "index.html")} if said.url else {}),
        "resources": [_resource(said.url, found, place, file) for place, file in found.files],
    }


def dataset_name(owner: str, period: Period) -> str:
    """The data set's name in the catalogue: ``mdes-action-plan-2569-q1``, whole but for what makes it too long."""
    slug = _NO_SLUG.sub("-", owner.lower()).strip("-")
    kept = f"action-plan-{period}"
    return f"{slug[: _LONGEST_NAME - len(kept) - 1]}-{kept}".lstrip("-")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _resource(site: str, found: Described, place: str, file: PublishedFile) -> dict[str, str]:
    return {
        "name": file.title["th"],
        "description": file.title["en"],
        "url": _address(site, found.period, place),
        "format": file.path.suffix[1:].upper(),
        "resource_created_date": found.data_date.isoformat(),
        "resource_last_updated_date": max(found.data_date, found.day).isoformat(),
    }


def _address(site: str, period: Period, place: str) -> str:
    """Where a file of the package lies on the web; within the package where the settings don't say."""
    return f"{site.replace('{period}', str(period)).rstrip('/')}/{place}" if site else place
