"""Times the loader on a large CSV: python benchmarks/load_csv.py [--rows N] [--variant V].

Writes a 12-column activities.csv into a temporary directory, loads it in a process of its own,
and prints seconds, rows a second and peak memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

MAPPING = """
source: bench
timezone: Asia/Tokyo
tables:
  leads: none
  activities:
    - file: activities.csv
      columns:
        activity_id: activity_id
        lead_id: lead_id
        activity_type: {column: activity_type, map: {閲覧: page_view, 資料請求: doc_download}}
        occurred_at: {column: occurred_at, format: "%Y/%m/%d %H:%M:%S"}
        content_id: content_id
        content_name: content_name
        content_type: content_type
        url: url
        channel: channel
        campaign: campaign
        answer: answer
        session_id: session_id
  deals: none
"""
HEADER = (
    "activity_id,lead_id,activity_type,occurred_at,content_id,content_name,content_type,url,"
    "channel,campaign,answer,session_id"
)
VARIANTS = ("utf-8", "cp932", "quoted", "newlines")


def write_csv(path: Path, rows: int, variant: str) -> None:
    """A plausible activity export of `rows` rows."""
    random = np.random.default_rng(1)
    encoding = "cp932" if variant == "cp932" else "utf-8"
    quote = '"' if variant in ("quoted", "newlines") else ""
    kinds = ("閲覧", "資料請求", "email_open", "email_click")
    with path.open("w", encoding=encoding, newline="") as out:
        out.write(HEADER + "\n")
        for start in range(0, rows, 100_000):
            leads = random.integers(1, 200_000, 100_000)
            minutes = random.integers(0, 60 * 24 * 28, 100_000)
            for i in range(start, min(start + 100_000, rows)):
                minute = int(minutes[i - start])
                day, rest = divmod(minute, 1440)
                moment = f"2026/10/{day + 1:02} {rest // 60:02}:{rest % 60:02}:{i % 60:02}"
                title = "料金ページ、比較" if i % 3 else "導入事例 株式会社サンプル"
                if variant == "newlines" and i % 1000 == 0:
                    title += "\n続き"
                out.write(
                    f"A{i:09},L{leads[i - start]:07},{kinds[i % 4]},{moment},C{i % 500:04},"
                    f"{quote}{title}{quote},page,https://www.example.co.jp/p/{i % 900},"
                    f"paid_search,2026-autumn,,S{i // 5:08}\n"
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--variant", choices=VARIANTS, default="utf-8")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        exports = root / "exports"
        exports.mkdir()
        write_csv(exports / "activities.csv", options.rows, options.variant)
        (root / "bench.yml").write_text(MAPPING, "utf-8")
        size = (exports / "activities.csv").stat().st_size / 1e6
        program = "from leadloop.commands.load import command; command()"
        arguments = ["--mapping", str(root / "bench.yml"), "--from", str(exports)]
        home = ["--home", str(root / "home")]
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program, *arguments, *home],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{options.variant}: {options.rows:,} rows, {size:.0f} MB, {os.cpu_count()} cores: "
            f"{seconds:.1f} s, {options.rows / seconds:,.0f} rows/s, peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()
