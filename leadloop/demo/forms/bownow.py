"""The demo company's lead list of BowNow: one row an address, who came by the web."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from leadloop.demo import vocabulary as words
from leadloop.demo.forms.cells import constant, is_one_of, local_minutes, looked_up

PREAMBLE = "検索条件：ステータス=すべて\r\n出力項目：基本項目,カスタム項目\r\n"
_OFFLINE = ("exhibition", "outbound", "partner", "referral")
_CHANNELS = {w.code: w.label for w in words.CHANNELS}


def leads(table: pa.Table) -> pa.Table:
    """The rows of the list: who came by the web, each address once, nobody deleted."""
    own = pc.match_substring_regex(table["lead_id"], r"^L\d+$")
    offline = is_one_of(table["source_channel"], _OFFLINE)
    seen = table.filter(pc.and_(own, pc.invert(offline)))
    # a row that came twice stands later with the older change
    first = pa.array(
        [
            number == at
            for at, number in enumerate(
                pc.index_in(seen["email"], value_set=seen["email"].combine_chunks()).to_pylist()
            )
        ],
        pa.bool_(),
    )
    seen = seen.filter(first)
    return pa.table(
        {
            "メールアドレス": seen["email"],
            "氏名": seen["full_name"],
            "会社・組織名": seen["company_name"],
            "部署": seen["department"],
            "役職": seen["job_title"],
            "業種": seen["industry"],
            "従業員数": seen["employee_count"],
            "都道府県": seen["prefecture"],
            "流入元": looked_up(seen["source_channel"], _CHANNELS),
            "担当者": seen["owner_id"],
            "ステータス": constant("見込み客", len(seen)),
            "タグ": seen["source_campaign"],
            "登録日時": local_minutes(seen["created_at"]),
            "更新日時": local_minutes(seen["updated_at"]),
        }
    )
