"""Whether a text says that there is nothing: ``ไม่มี`` in its many words.

A grammar, not a list. What is denied must be a problem or a suggestion itself, and nothing else may be said:
``ไม่มีปัญหา`` denies one, ``ไม่มีงบประมาณเพียงพอ`` is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from plan_tracker.thai_text import fold

_WORK = "(?:การ)?(?:ดำเนิน(?:งาน|การ|โครงการ|กิจกรรม)|ปฏิบัติงาน)(?:ของโครงการ|ตามโครงการ)?|โครงการ|กิจกรรม|แผนงาน"
_WORDS: Mapping[str, str] = {  # a letter for each kind of word; the first that fits is taken
    "O": f"(?:{_WORK})?(?:เป็นไป|ได้|แล้ว)?ตาม(?:แผน|เป้าหมาย)(?:งาน|การดำเนินงาน|ที่กำหนด|ที่วางไว้)*",  # all is well
    "D": "(?:ยัง)?ไม่(?:ได้)?(?:มี|พบ)",
    "E": "(?:ยัง)?ไม่(?:ได้)?(?:เกิด|ปรากฏ|ประสบ)(?:กับ|ว่ามี)?",  # denies only with what is denied
    "N": "(?:ประเด็น|ข้อ)?(?:ปัญหา|อุปสรรค|ขัดข้อง|ติดขัด|จำกัด)",
    "S": "(?:ข้อ)?เสนอแนะ|ข้อคิดเห็น",
    "C": "สาเหตุ|แนวทาง(?:การ)?แก้ไข",
    "T": (
        "(?:ใน|ณ|สำหรับ)?(?:ช่วง|ระยะ|รอบ)?(?:ขณะนี้|ปัจจุบัน|ไตรมาส(?:ที่)?(?:นี้|[1-4])"
        "|(?:เวลา|การรายงาน|รายงาน|ปี|ระยะ|ช่วง|รอบ)?(?<=[ก-๙])นี้)"
    ),
    "W": f"(?:ใน|ของ|ต่อ|ระหว่าง|จาก)(?:{_WORK})(?:นี้)?",
    "G": f"(?:{_WORK})",
    "A": "ใดๆ?|อะไร|แต่อย่างใด|แต่ประการใด|เลย|ทั้งสิ้น|(?:ที่)?สำคัญ",
    "P": "(?:นะ)?(?:ครับผม|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ)",
    "&": "และ/?หรือ|และ|หรือ|กับ",
    "Z": "none|nil|no(?:problems?|issues?|obstacles?)?",
    "": r"(?<![^\W\d])\d{1,2}[.)]|[^\w\s\u0e30-\u0e4e]|_",
}
_WORD = re.compile("|".join(f"({pattern})" for pattern in _WORDS.values()))
_KINDS = tuple(_WORDS)
_AFTER = "[ATWG]*P?"
_NO_PROBLEM = re.compile(
    rf"Z|[OTG&]*(?:(?:N[NS&]*[WT]*)?D[AT]*P?|D[NS][NS&]*{_AFTER}|E[NS][NS&]*{_AFTER})|[OTGW]+D[NS][NS&]*{_AFTER}"
)
_NO_SUGGESTION = re.compile(rf"Z|(?:[SC&]*)D[AT]*P?|DS?C?[SC&]*{_AFTER}")
_LONGEST = 200  # characters; whoever writes more says more


def says_none(text: str, *, of_problems: bool) -> bool:
    """Whether ``text`` says that there is none: problem, where those are asked for; else suggestion or cause."""
    if len(text) > _LONGEST:
        return False
    kinds = _kinds(fold(text))
    return kinds is not None and bool((_NO_PROBLEM if of_problems else _NO_SUGGESTION).fullmatch(kinds))


def _kinds(text: str) -> str | None:
    """The kinds of the words that ``text`` is made of, a letter each; None where any other word stands there."""
    kinds, at = [], 0
    while at < len(text):
        found = _WORD.match(text, at)
        if not found or found.lastindex is None:
            return None
        kinds.append(_KINDS[found.lastindex - 1])
        at = found.end()
    return "".join(kinds)
