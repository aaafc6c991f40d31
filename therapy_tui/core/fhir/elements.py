"""The small parts that every resource is made of: ids, references, codes, moments, and text that a string may hold."""

import re
from datetime import UTC, datetime
from typing import Any

from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import digest
from therapy_tui.core.text import safe_text

Resource = dict[str, Any]

LOINC = "http://loinc.org"
UNITS = "http://unitsofmeasure.org"
SCORE = "{score}"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_FIRST, _LAST = -62_135_596_800, 253_402_300_799
"""The first and the last second of the years 1 to 9999."""
_SPACES = re.compile(r"[^\S \r\n\t]")


def id_of(*parts: object) -> str:
    """Give the id of a resource: a UUID (version 8, RFC 9562) of a hash, the same for the same parts.

    Args:
        parts: the type of the resource, and what it is known by here: texts, numbers and bytes.
    """
    raw = bytearray(digest("tt1 fhir", pack(*parts), 16))
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def url_of(resource_id: str) -> str:
    """Give the address by which a bundle names a resource."""
    return f"urn:uuid:{resource_id}"


def reference(resource_id: str, name: str = "") -> Resource:
    """Refer to a resource of the same bundle."""
    return {"reference": url_of(resource_id), **({"display": string(name)} if name else {})}


def moment(seconds: int) -> str:
    """Write seconds since 1970 as a `dateTime` or `instant`, in UTC; what no calendar has becomes its first or last."""
    within = max(_FIRST, min(seconds, _LAST))
    return datetime.fromtimestamp(within, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def string(text: str) -> str:
    """Make text fit for a `string`: no control characters, and no other blanks than space, tab and line ends."""
    return _SPACES.sub(" ", safe_text(text))


def loinc(code: str) -> list[Resource]:
    """Give a LOINC code as the codings of a concept; none where there is no code."""
    return [{"system": LOINC, "code": code}] if code else []


def concept(text: str, code: str = "") -> Resource:
    """Give a concept: its words, and its LOINC code where it has one."""
    codings = loinc(code)
    return {**({"coding": codings} if codings else {}), "text": string(text)}
