"""The choices that forms offer, word for word as units see them."""

from __future__ import annotations

ANNUAL_BUDGET = "งบประมาณรายจ่ายประจำปี"
OTHER_SOURCE = "แหล่งอื่น (ระบุ)"
NO_BUDGET = "ไม่ใช้งบประมาณ"
SOURCES = (
    ANNUAL_BUDGET,
    "งบกลาง",
    "กองทุนพัฒนาดิจิทัลเพื่อเศรษฐกิจและสังคม",
    "เงินรายได้/เงินนอกงบประมาณ",
    "เงินกันไว้เบิกเหลื่อมปี",
    OTHER_SOURCE,
    NO_BUDGET,
)
SOURCES_OF_MONEY = tuple(source for source in SOURCES if source != NO_BUDGET)

HIGHER, LOWER, LEVELS, QUALITATIVE = "ยิ่งมากยิ่งดี", "ยิ่งน้อยยิ่งดี", "ระดับ 1–5", "เชิงคุณภาพ"
DIRECTIONS = (HIGHER, LOWER, LEVELS, QUALITATIVE)

IN_PROVINCES = "ระบุจังหวัด"
SCOPES = ("ส่วนกลาง", "ทั่วประเทศ", IN_PROVINCES)

NOT_STARTED, UNDER_WAY, SUSPENDED = "ยังไม่เริ่มดำเนินการ", "อยู่ระหว่างดำเนินการ", "ชะลอ/พักโครงการ"
COMPLETED, CANCELLED = "ดำเนินการแล้วเสร็จ", "ยกเลิก"
STAGES = (NOT_STARTED, UNDER_WAY, SUSPENDED, COMPLETED, CANCELLED)
CLOSED_STAGES = (COMPLETED, CANCELLED)

AHEAD, ON_TIME, LATE = "เร็วกว่าแผน", "เป็นไปตามแผน", "ล่าช้ากว่าแผน"
SCHEDULES = (AHEAD, ON_TIME, LATE)

PERCENT_WORDS = ("ร้อยละ", "%", "เปอร์เซ็นต์", "เปอร์เซนต์", "percent", "per cent")  # in a unit of measure
NOT_DUE = "ยังไม่ถึงรอบวัด"
NONE = "ไม่มี"
