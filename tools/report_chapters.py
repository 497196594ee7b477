"""The report template's chapters 2 to 6 and its appendix. Tags are named in ``documents.report.context``."""

from __future__ import annotations

from tools.thai_docx import Across, Kept, Writer, field, number_pages

APPENDIX = 2  # the list that numbers the appendices


def turn(w: Writer, number_format: str = "thaiNumbers", *, landscape: bool = False, anew: bool = False) -> None:
    """A new section with the running header, and page numbers in the footer, counted on or ``anew``."""
    section = w.section(landscape=landscape)
    number_pages(section, number_format, anew=anew)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text = "{{ plan.owner }} {{ period.title }}\tข้อมูล ณ วันที่ {{ data_date }}"
    header.style = "Header Wide" if landscape else "Header"
    thai = number_format == "thaiNumbers"
    for run in field(" PAGE ", "๑" if thai else "ก"):
        footer._p.append(run)


def overview(w: Writer) -> None:
    w.heading("ภาพรวมผลการดำเนินงาน")
    w.heading("ขั้นการดำเนินการและการเทียบกับแผน", 2)
    w.tag("if sheets")
    w.text(
        "โครงการในแผนทั้งหมด {{ total.projects }} โครงการ ได้รับรายงานแล้ว {{ total.reported }} โครงการ"
        "{% if has_missing_projects %} และยังไม่ได้รับรายงาน {{ total.missing }} โครงการ{% endif %} "
        "จำแนกตามขั้นการดำเนินการและผลการเทียบกับแผนได้ดังนี้"
    )
    by_schedule = [f"{{{{ s.{column} }}}}" for column in ("ahead", "on_time", "late", "other", "total", "percent")]
    w.caption("ตาราง", "table_number()", "จำนวนโครงการตามขั้นการดำเนินการและการเทียบกับแผน (โครงการ)")
    w.table(
        ["ขั้นการดำเนินการ", "เร็วกว่าแผน", "เป็นไปตามแผน", "ล่าช้ากว่าแผน", "ไม่มีผลการเทียบ", "รวม", "ร้อยละ"],
        [3.6, 2.1, 2.6, 2.2, 1.8, 1.7, 2.0],
        [
            "for s in stages",
            "if loop.last",
            ["**{{ s.name }}**", *by_schedule],
            "else",
            ["{{ s.name }}", *by_schedule],
            "endif",
            "endfor",
        ],
        numeric=range(1, 7),
    )
    w.tag("if has_rounded_stages")
    w.text("หมายเหตุ: ร้อยละที่แสดงรวมกันไม่เท่ากับ 100.00 เนื่องจากการปัดเศษ", "Note")
    w.tag("endif")
    w.tag("else")
    w.text("แผนนี้ไม่มีโครงการในทะเบียน")
    w.tag("endif")


_UNSTATED = "โครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง"
_SPENT_BEFORE = "{% if has_spent_before %} รวมเงินที่โครงการซึ่งยกเลิกแล้วเบิกจ่ายและก่อหนี้ไว้ก่อนยกเลิก{% endif %}"
_LEFT_OUT = (
    _SPENT_BEFORE
    + f"{{% if has_unstated_money %}} จำนวนเงินไม่รวม {{{{ total.unstated_money }}}} {_UNSTATED}{{% endif %}}"
)
OF_TARGETS = (
    "หมายเหตุ: เฉพาะโครงการที่ใช้งบประมาณรายจ่ายประจำปีเพียงแหล่งเดียว"
    f"{{% if has_unstated_money %}} ไม่รวม{_UNSTATED}{{% endif %}} เป้าหมายเป็นไปตาม{{{{ targets_source }}}}"
)
_ROUNDED = "จำนวนเงินที่แสดงรวมกันไม่เท่ากับยอดรวมพอดี เนื่องจากการปัดเศษ"
_MONEY = {
    "budget": "งบประมาณ (ล้านบาท)",
    "disbursed": "เบิกจ่าย (ล้านบาท)",
    "committed": "ก่อหนี้ผูกพัน (ล้านบาท)",
    "remaining": "คงเหลือ (ล้านบาท)",
    "percent": "เบิกจ่าย (ร้อยละ)",
    "used": "เบิกจ่ายและก่อหนี้ (ร้อยละ)",
}


def _amounts(name: str, *but: str) -> list[str]:
    return [f"{{{{ {name}.{column} }}}}" for column in _MONEY if column not in but]


def money(w: Writer) -> None:
    w.heading("งบประมาณและการเบิกจ่าย", 2)
    w.caption("ตาราง", "table_number()", "งบประมาณและการเบิกจ่ายตามประเภทรายจ่าย")
    w.table(
        ["รายการ", *(f"{{{{ money[{kind}].kind }}}}" for kind in range(3))],
        [6.4, 3.2, 3.2, 3.2],
        [[says, *(f"{{{{ money[{kind}].{name} }}}}" for kind in range(3))] for name, says in _MONEY.items()],
        numeric=range(1, 4),
        keep=True,
    )
    w.text(
        "หมายเหตุ: เฉพาะโครงการที่ได้รับรายงาน งบประมาณหมายถึงงบประมาณหลังโอนเปลี่ยนแปลงในปีงบประมาณ พ.ศ. {{ period.year }}"
        f"{_LEFT_OUT}{{% if has_rounded_kinds %}} {_ROUNDED}{{% endif %}}",
        "Note",
    )


def comparison(w: Writer) -> None:
    """Charts, then everything of the units in one table."""
    w.heading("การเปรียบเทียบรายหน่วยงาน", 2)
    w.tag("if sheets")
    chart(
        w,
        "stages",
        "แต่ละบรรทัดคือหน่วยงานหนึ่ง แต่ละคอลัมน์คือขั้นการดำเนินการ แท่งและตัวเลขท้ายแท่งคือจำนวนโครงการ ทุกแท่งใช้มาตราส่วนเดียวกัน "
        "แสดงทุกหน่วยงาน เรียงจากหน่วยงานที่มีโครงการล่าช้ากว่าแผนมากที่สุด",
    )
    w.tag("endif", "if has_progress_chart")
    chart(w, "progress", "แท่งคือผลสะสมเฉลี่ย กรอบคือแผน ตัวเลขข้างชื่อคือผลและแผน (ร้อยละ) เรียงจากที่ต่ำกว่าแผนมากที่สุด")
    w.tag("endif", "if has_unit_chart")
    chart(
        w,
        "units",
        "แท่งคือร้อยละการเบิกจ่าย{% if unit_targets %}ของงบประมาณรายจ่ายประจำปี กรอบคือเป้าหมาย"
        "{% else %} กรอบคือผลของทั้งแผน{% endif %} "
        "แผนภูมิแสดงเฉพาะหน่วยงานที่มีข้อมูล{% if has_chosen_units %} ไม่เกิน 32 หน่วยงานที่ต่ำที่สุด{% endif %} "
        "ตัวเลขของทุกหน่วยงานอยู่ในตารางถัดไป",
    )
    w.tag("endif")
    w.caption("ตาราง", "table_number()", "การรายงาน ความก้าวหน้า และการเบิกจ่ายรายหน่วยงาน")
    columns = {
        "state": "การรายงาน",
        "projects": "โครงการ",
        "completed": "แล้วเสร็จ",
        "late": "ล่าช้า",
        "planned": "แผนเฉลี่ย (ร้อยละ)",
        "actual": "ผลเฉลี่ย (ร้อยละ)",
    }
    left_out = ("remaining", "committed", "used")
    w.table(
        ["หน่วยงาน", *columns.values(), *(head for name, head in _MONEY.items() if name not in left_out)],
        [3.0, 1.4, 1.4, 1.0, 1.0, 1.4, 1.4, 2.0, 2.0, 1.4],
        [
            "for u in units",
            ["{{ u.label }}", *(f"{{{{ u.{name} }}}}" for name in columns), *_amounts("u.money", *left_out)],
            "endfor",
            [
                "**รวม**",
                "",
                *(f"{{{{ total.{name} }}}}" for name in list(columns)[1:]),
                *_amounts("total.money", *left_out),
            ],
        ],
        numeric=range(2, 10),
        kind="Dense",
    )
    w.text(
        "หมายเหตุ: แผนและผลเฉลี่ยเป็นค่าเฉลี่ยอย่างง่ายของความก้าวหน้าสะสมทั้งโครงการ "
        "เฉพาะโครงการที่ระบุทั้งแผนและผล รวมโครงการที่ชะลอหรือยกเลิก"
        f"{_LEFT_OUT}{{% if has_rounded_units %}} {_ROUNDED}{{% endif %}}",
        "Note",
    )
    _unit_targets(w)


def _unit_targets(w: Writer) -> None:
    w.tag("if unit_targets")
    w.caption("ตาราง", "table_number()", "การเบิกจ่ายรายหน่วยงานเทียบกับเป้าหมายภาพรวม")
    columns = ("unit", "projects", "budget", "disbursed", "target", "actual", "gap", "outcome")
    heads = ["หน่วยงาน", "โครงการ", "งบประมาณ (ล้านบาท)", "เบิกจ่าย (ล้านบาท)", "เป้าหมาย (ร้อยละ)", "ผล (ร้อยละ)"]
    w.table(
        [*heads, "สูง/ต่ำกว่า (ร้อยละ)", "สรุป"],
        [2.9, 1.35, 2.05, 2.05, 1.6, 1.6, 1.75, 2.7],
        ["for t in unit_targets", [f"{{{{ t.{column} }}}}" for column in columns], "endfor"],
        numeric=range(1, 7),
        kind="Dense",
    )
    w.text(OF_TARGETS, "Note")
    w.tag("endif")


def chart(w: Writer, name: str, shows: str) -> None:
    """A chart below its title, which says what is to be seen, and a note on what it shows, held together."""
    w.caption("แผนภูมิ", "figure_number()", f"{{{{ titles.{name} }}}}")
    w.text(shows, "Chart Note")
    w.text(f"{{{{ charts.{name} }}}}", "Chart")


def kpis(w: Writer, *, year_end: bool) -> None:
    quarter = _quarter(year_end)
    w.heading("ผลการดำเนินงานตามตัวชี้วัด")
    w.tag("if kpis")
    w.heading("สรุปผลตามตัวชี้วัด", 2)
    w.text(
        "ตัวชี้วัดของแผนมี {{ kpi.total }} ตัวชี้วัด"
        "{% for k in kpi.rows %}{% if k.count != '0' %} {{ k.name }} {{ k.count }} ตัวชี้วัด{% endif %}{% endfor %}"
    )
    w.tag("if has_kpi_chart")
    chart(
        w,
        "kpis",
        "แท่งคือผลเทียบกับเป้าหมาย กรอบคือเป้าหมาย ตัวเลขข้างชื่อคือผลและเป้าหมาย ตัวชี้วัดที่ห่างจากเป้าหมายมากที่สุดอยู่บนสุด "
        "ตัวชี้วัดแบบยิ่งน้อยยิ่งดี แท่งที่เลยกรอบคือเกินเป้าหมาย แสดงเฉพาะตัวชี้วัดที่มีผลและเป้าหมายเป็นตัวเลข"
        "{% if has_chosen_kpis %} 32 ตัวชี้วัดที่ห่างจากเป้าหมายที่สุด{% endif %}"
        "{% if has_cut_kpis %} แท่งแสดงไม่เกินร้อยละ 200 ของเป้าหมาย{% endif %}",
    )
    w.tag("endif")
    w.heading("ผลลัพธ์ที่ได้ตามค่าเป้าหมาย", 2)
    w.text(
        f"ผลสำเร็จของตัวชี้วัดแบบยิ่งมากยิ่งดีเทียบกับเป้าหมาย{quarter} หากไม่มีจึงเทียบกับเป้าหมายทั้งปี "
        "{% if unrated_directions %}ตัวชี้วัด{{ unrated_directions }}แสดงเฉพาะการบรรลุเป้าหมาย {% endif %}"
        "ใต้ชื่อตัวชี้วัดคือหน่วยงาน หน่วยวัด และทิศทาง",
        "Note",
    )
    w.caption("ตาราง", "table_number()", "ผลการดำเนินงานรายตัวชี้วัด")
    w.table(
        ["ที่", "ตัวชี้วัด", "เป้าหมายทั้งปี", f"เป้าหมาย{quarter}", "ผล", "ผลสำเร็จ (ร้อยละ)", "สรุป"],
        [0.8, 4.8, 1.95, 1.95, 1.95, 1.6, 2.95],
        [
            "for k in kpis",
            Kept(
                [
                    "{{ k.number }}",
                    "{{ k.name }}\n{{ k.unit }} {{ k.measure }}, {{ k.direction }}",
                    "{{ k.target }}",
                    "{{ k.quarter_target }}",
                    "{{ k.result }}",
                    "{{ k.percent }}",
                    "{{ k.outcome }}{{ k.waived }}",
                ]
            ),
            Across("{% if k.reported %}**รายละเอียด:** {% endif %}{{ k.details }}", "Dense Told"),
            "if k.computed",
            Across("**ค่าที่คำนวณได้จากรายงานโครงการ:** {{ k.computed }}", "Dense Told"),
            "endif",
            "endfor",
        ],
        numeric=[5],
        centred=[0, 2, 3, 4],
        kind="Dense",
    )
    w.tag("else")
    w.text("แผนนี้ไม่มีตัวชี้วัดในทะเบียน")
    w.tag("endif")


def _quarter(year_end: bool) -> str:
    return "ไตรมาสที่ 4" if year_end else "ไตรมาสนี้"


_PROJECT = (
    "{{ p.number }}",
    "{{ p.code }} {{ p.name }}",
    "{{ p.status }}",
    "{{ p.planned }}",
    "{{ p.actual }}",
    "{{ p.money.budget }}",
    "{{ p.money.disbursed }}",
    "{{ p.money.percent }}",
)


def units(w: Writer, *, year_end: bool) -> None:
    missing = f"ยังไม่ได้รับรายงานของ{_quarter(year_end)}"
    w.heading("ผลการดำเนินงานรายหน่วยงานและโครงการ")
    w.tag("for u in units")
    w.heading("{{ u.name }}", 3)
    w.tag("if u.rows")
    w.text(
        "รับผิดชอบ {{ u.projects }} โครงการ{% if u.kpis != '0' %} และ {{ u.kpis }} ตัวชี้วัด{% endif %}"
        "{% if u.received %}{% if u.missing != '0' %} รายงานที่ได้รับไม่มีข้อมูลของ {{ u.missing }} โครงการ{% endif %}"
        "{% if u.completed not in ('0', '–') %} ดำเนินการแล้วเสร็จ {{ u.completed }} โครงการ{% endif %}"
        "{% if u.late == '0' %} ไม่มีโครงการที่รายงานว่าล่าช้ากว่าแผน"
        "{% elif u.late != '–' %} ล่าช้ากว่าแผน {{ u.late }} โครงการ{% endif %}"
        "{% if u.spending %} {{ u.spending }}{% endif %}"
        "{% if u.unstated_money != '0' %} {% if not u.spending %}ไม่มียอดเงินของ{% else %}โดยไม่รวม{% endif %} "
        f"{{{{ u.unstated_money }}}} {_UNSTATED}{{% endif %}}"
        "{% if u.waived_because %} ทั้งนี้ รับรายงานโดยผ่อนผัน เนื่องจาก{{ u.waived_because }}{% endif %}"
        f"{{% else %}} {missing}{{% endif %}}",
        "Lead",
    )
    w.table(
        [
            "ที่",
            "โครงการ",
            "สถานะ",
            "แผน (ร้อยละ)",
            "ผล (ร้อยละ)",
            "งบประมาณ (ล้านบาท)",
            "เบิกจ่าย (ล้านบาท)",
            "เบิกจ่าย (ร้อยละ)",
        ],
        [0.75, 4.75, 2.85, 1.35, 1.35, 1.8, 1.8, 1.35],
        [
            "for p in u.rows",
            "if p.reported",
            Kept(_PROJECT),
            Across("{{ p.result }}", "Dense Told"),
            "else",
            _PROJECT,
            "endif",
            "endfor",
        ],
        numeric=range(3, 8),
        centred=[0],
        kind="Dense",
    )
    w.tag("else")
    w.text(
        "ไม่มีโครงการในแผนนี้ รับผิดชอบ {{ u.kpis }} ตัวชี้วัด"
        f"{{% if not u.received %}} {missing}{{% else %}} ผลแสดงไว้ในบทที่ 3{{% endif %}}"
    )
    w.tag("endif", "endfor", "if not units")
    w.text("แผนนี้ไม่มีโครงการและตัวชี้วัดในทะเบียน")
    w.tag("endif")


def problems(w: Writer, *, year_end: bool) -> None:
    quarter = _quarter(year_end)
    w.heading("ปัญหา อุปสรรค และข้อเสนอแนะ")
    w.tag("if problems")
    w.text(f"ใน{quarter} {{{{ problem_summary }}}} รายละเอียดแสดงในตารางต่อไปนี้")
    w.caption("ตาราง", "table_number()", "ปัญหา อุปสรรค สาเหตุ และข้อเสนอแนะ")
    w.table(
        ["หน่วยงาน/โครงการ", "ปัญหา/อุปสรรค", "สาเหตุ", "ข้อเสนอแนะ/แนวทางแก้ไข", "ผู้รับผิดชอบ", "สถานะ"],
        [3.4, 3.5, 2.6, 3.1, 1.5, 1.9],
        [
            "for p in problems",
            [
                "**{{ p.unit }}** {{ p.project }}",
                "{{ p.problem }}",
                "{{ p.cause }}",
                "{{ p.recommendation }}",
                "{{ p.owner }}",
                "{{ p.standing }}\n(พบครั้งแรก{{ p.since }})",
            ],
            "endfor",
        ],
        kind="Dense",
    )
    w.tag("else")
    w.text(
        f"{{% if has_reported %}}ไม่มีโครงการใดรายงานปัญหาหรืออุปสรรคใน{quarter}"
        f"{{% elif sheets %}}ยังไม่ได้รับรายงานของ{quarter}{{% else %}}แผนนี้ไม่มีโครงการในทะเบียน{{% endif %}}"
    )
    w.tag("endif")


def next_quarter(w: Writer, *, year_end: bool) -> None:
    w.heading("การดำเนินงานในระยะต่อไป" if year_end else "การดำเนินงานในไตรมาสถัดไป")
    w.tag("if steps")
    w.text(
        "หน่วยงานรายงานสิ่งที่จะดำเนินการใน{{ next_period.title }} ดังนี้ "
        "ทั้งนี้ โครงการที่แล้วเสร็จหรือยกเลิกแล้วแสดงเฉพาะที่ระบุสิ่งที่จะดำเนินการ"
    )
    w.caption("ตาราง", "table_number()", "แผนการดำเนินงานใน{{ next_period.title }}")
    columns = {
        "หน่วยงาน/โครงการ": (5.5, "**{{ s.unit }}** {{ s.project }}"),
        "สิ่งที่จะดำเนินการ": (8.5, "{{ s.text }}"),
        "แผนสะสม (ร้อยละ)": (2.0, "{{ s.planned }}"),
    }
    if year_end:  # a form plans its own year
        del columns["แผนสะสม (ร้อยละ)"]
        columns["สิ่งที่จะดำเนินการ"] = (10.5, "{{ s.text }}")
    w.table(
        list(columns),
        [width for width, _cell in columns.values()],
        ["for s in steps", [cell for _width, cell in columns.values()], "endfor"],
        numeric=range(2, len(columns)),
        kind="Dense",
    )
    w.tag("else")
    w.text("ไม่มีโครงการที่ต้องดำเนินการต่อ")
    w.tag("endif")
    _forecast(w)


def _forecast(w: Writer) -> None:
    """What comes of it at this pace, said to be a forecast, with its method and how far it was off."""
    w.tag("if forecast.summary")
    w.heading("การคาดการณ์หากดำเนินการต่อไปในอัตราเดิม", 2)
    w.text(
        "ข้อมูลในหัวข้อนี้เป็นการประมาณ มิใช่ผลที่หน่วยงานรายงาน {{ forecast.summary }}"
        "{% if forecast.targets %} {{ forecast.targets }}{% endif %}",
        "Summary",
    )
    w.tag("if forecast.rows")
    w.caption("ตาราง", "table_number()", "โครงการที่คาดว่าจะแล้วเสร็จหลังกำหนด หรือยังประมาณไม่ได้")
    columns = {
        "number": ("ที่", 0.8),
        "label": ("โครงการ", 5.8),
        "unit": ("หน่วยงาน", 1.6),
        "planned": ("แผน (ร้อยละ)", 1.3),
        "actual": ("ผล (ร้อยละ)", 1.3),
        "planned_end": ("กำหนดแล้วเสร็จ", 1.75),
        "expected_end": ("คาดว่าแล้วเสร็จ", 1.75),
        "days_late": ("ช้ากว่ากำหนด (วัน)", 1.7),
    }
    w.table(
        [head for head, _width in columns.values()],
        [width for _head, width in columns.values()],
        ["for f in forecast.rows", [f"{{{{ f.{name} }}}}" for name in columns], "endfor"],
        numeric=(3, 4, 7),
        centred=[0],
        kind="Close",
    )
    w.tag("endif")
    w.text(
        "หมายเหตุ: วันแล้วเสร็จคาดการณ์จากวันเริ่มต้น + ระยะเวลาตามแผน × แผนสะสม ÷ ผลสะสม (หากเลยกำหนดแล้ว ใช้อัตราต่อวันที่ทำได้จริง) "
        "การเบิกจ่ายคาดการณ์จากอัตราต่อวันตั้งแต่ต้นปีหรือวันเริ่มโครงการ ไม่น้อยกว่าเงินที่เบิกจ่ายและก่อหนี้ผูกพันแล้ว และไม่เกินงบประมาณ "
        "ตัวชี้วัดคาดการณ์จากสัดส่วนที่ทำได้ของเป้าหมายไตรมาส หากไม่มีใช้สัดส่วนของเวลา "
        "{% if forecast.error %}{{ forecast.error }}{% endif %}",
        "Method",
    )
    w.tag("endif")


def exceptions(w: Writer, *, year_end: bool) -> None:
    w.heading("หน่วยงานที่ขาดรายงาน ส่งล่าช้า หรือผ่อนผัน", numbering=APPENDIX)
    w.tag("if exceptions")
    w.caption("ตาราง", "table_number()", "หน่วยงานที่ขาดรายงาน ส่งล่าช้า หรือรับรายงานโดยผ่อนผัน พร้อมเหตุผล")
    heads = ["ที่", "หน่วยงาน", "สถานะ", "โครงการ", "ตัวชี้วัด", "เหตุผล"]
    cells = ["{{ loop.index }}", "{{ e.unit }}", "{{ e.kind }}", "{{ e.projects }}", "{{ e.kpis }}", "{{ e.reason }}"]
    widths, numeric, centred = [0.9, 3.6, 2.6, 1.4, 1.4, 6.1], [3, 4], [0]
    if year_end:
        heads.insert(1, "ไตรมาส")
        cells.insert(1, "{{ e.quarter }}")
        widths, numeric, centred = [0.9, 1.4, 3.3, 2.4, 1.4, 1.4, 5.2], [4, 5], [0, 1]
    w.table(heads, widths, ["for e in exceptions", cells, "endfor"], numeric=numeric, centred=centred, kind="Dense")
    w.tag("else")
    everyone = f"ได้รับรายงานที่ผ่านการตรวจสอบครบทุกหน่วยงาน{'ทุกไตรมาส' if year_end else ''}"
    w.text(f"{{% if units %}}{everyone}{{% else %}}แผนนี้ยังไม่มีหน่วยงานที่ต้องรายงาน{{% endif %}}")
    w.tag("endif")
