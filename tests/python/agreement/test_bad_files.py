"""Faults of a file as a whole, and faults that show only between rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadloop.agreement import Finding, check_seeds, ensure_seeds
from leadloop.agreement.messages import MESSAGES
from leadloop.agreement.registry import SEEDS
from leadloop.errors import InputRejected

from .seed_folder import SHIPPED, SeedFolder


def places(findings: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    return [(f.code, Path(f.file).stem, f.line, f.column) for f in findings]


def test_the_shipped_seeds_have_no_finding() -> None:
    assert check_seeds(SHIPPED) == []
    ensure_seeds(SHIPPED)


def test_missing_file(seeds: SeedFolder) -> None:
    seeds.path("targets").unlink()

    assert places(check_seeds(seeds.root)) == [("missing_file", "targets", None, None)]


def test_no_seeds_at_all(tmp_path: Path) -> None:
    found = check_seeds(tmp_path)

    assert {f.code for f in found} == {"missing_file"}
    assert len(found) == len(SEEDS)


def test_a_copy_beside_a_seed(seeds: SeedFolder) -> None:
    path = seeds.path("scoring_rules")
    path.with_name("scoring_rules - コピー.csv").write_bytes(path.read_bytes())

    found = check_seeds(seeds.root)

    assert [f.code for f in found] == ["unknown_file"]
    assert found[0].nearest == "agreement/scoring_rules.csv"


def test_a_folder_in_place_of_a_file(seeds: SeedFolder) -> None:
    seeds.path("targets").unlink()
    (seeds.root / "agreement" / "targets.csv").mkdir()

    assert places(check_seeds(seeds.root)) == [("unreadable", "targets", None, None)]


@pytest.mark.parametrize("content", ["", "\ufeff"])
def test_empty_file(seeds: SeedFolder, content: str) -> None:
    seeds.path("targets").write_text(content, encoding="utf-8")

    assert places(check_seeds(seeds.root)) == [("empty_file", "targets", 1, None)]


def test_header_alone(seeds: SeedFolder) -> None:
    for name in ("targets", "return_reasons"):
        seeds.write(name, seeds.read(name)[:1])

    # no target is a choice; without reasons a return could not be told
    assert places(check_seeds(seeds.root)) == [("no_rows", "return_reasons", None, None)]


@pytest.mark.parametrize(
    ("encoding", "says"), [("cp932", "Shift_JIS"), ("utf-16", "UTF-16"), ("euc_jp", "UTF-8")]
)
def test_other_encoding(seeds: SeedFolder, encoding: str, says: str) -> None:
    path = seeds.path("channels")
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode(encoding))

    found = check_seeds(seeds.root)

    first_japanese = 1 if encoding == "utf-16" else 2
    assert places(found) == [("encoding", "channels", first_japanese, None)]
    assert says in found[0].message["ja"]


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_what_a_spreadsheet_saves_is_fine(seeds: SeedFolder, newline: str, mark: str) -> None:
    path = seeds.path("scoring_rules")
    text = path.read_text(encoding="utf-8").replace("\n", newline)
    path.write_bytes((mark + text).encode())

    assert check_seeds(seeds.root) == []


def test_missing_and_misspelt_column(seeds: SeedFolder) -> None:
    rows = seeds.read("scoring_rules")
    rows[0][rows[0].index("points")] = "point"
    seeds.write("scoring_rules", rows)

    found = check_seeds(seeds.root)

    assert places(found) == [
        ("unknown_column", "scoring_rules", 1, "point"),
        ("missing_column", "scoring_rules", 1, "points"),
    ]
    assert found[0].nearest == "points"


def test_column_twice(seeds: SeedFolder) -> None:
    rows = seeds.read("channels")
    seeds.write("channels", [[*row, row[0]] for row in rows])

    assert places(check_seeds(seeds.root)) == [("duplicate_column", "channels", 1, "channel")]


def test_columns_in_another_order(seeds: SeedFolder) -> None:
    seeds.write("channels", [row[::-1] for row in seeds.read("channels")])

    assert check_seeds(seeds.root) == []


def test_short_and_long_row(seeds: SeedFolder) -> None:
    rows = seeds.read("channels")
    rows[3].pop()
    rows[5].append("extra")
    seeds.write("channels", rows)

    assert places(check_seeds(seeds.root)) == [
        ("short_row", "channels", 4, None),
        ("long_row", "channels", 6, None),
    ]


def test_lines_are_those_of_the_file_after_a_blank_line(seeds: SeedFolder) -> None:
    line = seeds.line("channels", channel="referral")
    seeds.change("channels", line, is_paid="no")
    path = seeds.path("channels")
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(2, "")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert places(check_seeds(seeds.root)) == [
        ("blank_row", "channels", 3, None),
        ("not_a_boolean", "channels", line + 1, "is_paid"),
    ]


def test_line_after_a_cell_of_two_lines(seeds: SeedFolder) -> None:
    line = seeds.line("channels", channel="display")
    seeds.change("channels", line, label_en="Display\nads")
    path = seeds.path("channels")
    path.write_text(
        path.read_text(encoding="utf-8").replace("referral,referral,false", "referral,referral,no"),
        encoding="utf-8",
    )

    assert places(check_seeds(seeds.root)) == [
        ("control_character", "channels", line, "label_en"),
        ("not_a_boolean", "channels", line + 2, "is_paid"),
    ]


def test_open_quotation_mark(seeds: SeedFolder) -> None:
    path = seeds.path("targets")
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] = lines[-1].replace("returned,all", '"returned,all')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert places(check_seeds(seeds.root)) == [("bad_csv", "targets", len(lines), None)]


def test_duplicate_rule(seeds: SeedFolder) -> None:
    first = seeds.line("scoring_rules", version="v2", rule_id="price_page_view")
    line = seeds.append("scoring_rules", first, points="20")

    found = check_seeds(seeds.root)

    assert places(found) == [("duplicate_key", "scoring_rules", line, "rule_id")]
    assert f"Line {first} " in found[0].message["en"]


def test_the_same_condition_under_another_name(seeds: SeedFolder) -> None:
    first = seeds.line("scoring_rules", version="v2", rule_id="price_page_view")
    line = seeds.append("scoring_rules", first, rule_id="price_again", points="20")

    assert places(check_seeds(seeds.root)) == [
        ("duplicate_condition", "scoring_rules", line, "value")
    ]


def test_duplicate_criterion(seeds: SeedFolder) -> None:
    first = seeds.line("stage_definitions", version="v2", criterion="budget")
    line = seeds.append("stage_definitions", first, value="authority:confirmed")

    assert places(check_seeds(seeds.root)) == [
        ("duplicate_key", "stage_definitions", line, "criterion")
    ]


@pytest.mark.parametrize(
    ("name", "like", "change", "column"),
    [
        ("scorecards", {"version": "v3"}, {}, "version"),
        ("channels", {"channel": "email"}, {}, "channel"),
        ("frameworks", {"element": "Urgency"}, {"question": "timing"}, "position"),
        ("attribution_weights", {"model": "linear"}, {"weight": "0"}, "position"),
        ("event_types", {"activity_type": "chat"}, {}, "activity_type"),
        ("industries", {"source_word": "it"}, {"industry": "retail"}, "source_word"),
        ("lead_statuses", {"source_status": "mql"}, {}, "source_status"),
        ("score_grades", {"version": "v2", "grade": "A"}, {"min_score": "30"}, "grade"),
        ("score_grades", {"version": "v2", "grade": "A"}, {"grade": "S"}, "min_score"),
        ("free_mail_domains", {"domain": "gmail.com"}, {}, "domain"),
        ("segments", {"segment": "enterprise"}, {"position": "2", "value": "500"}, "segment"),
        ("segments", {"segment": "enterprise"}, {"segment": "big", "value": "500"}, "position"),
    ],
)
def test_a_key_twice(
    seeds: SeedFolder, name: str, like: dict[str, str], change: dict[str, str], column: str
) -> None:
    line = seeds.append(name, seeds.line(name, **like), **change)

    assert places(check_seeds(seeds.root)) == [("duplicate_key", name, line, column)]


@pytest.mark.parametrize(
    ("name", "row", "code", "also"),
    [
        ("scoring_rules", {"version": "v3"}, "version_without_rules", set()),
        ("stage_definitions", {"version": "v3", "stage": "mql"}, "version_without_mql", set()),
        ("score_grades", {"version": "v3", "axis": "fit"}, "version_without_grades", set()),
    ],
)
def test_incomplete_version(
    seeds: SeedFolder, name: str, row: dict[str, str], code: str, also: set[str]
) -> None:
    seeds.drop(name, **row)

    line = seeds.line("scorecards", version="v3")
    assert places(check_seeds(seeds.root)) == [(code, "scorecards", line, "version")]


def test_retired_version_without_an_end(seeds: SeedFolder) -> None:
    line = seeds.line("scorecards", version="v3")
    seeds.change(
        "scorecards",
        line,
        status="retired",
        segment="enterprise",
        valid_from="2026-01-01",
        approved_by_marketing="M",
        approved_by_sales="S",
    )

    assert places(check_seeds(seeds.root)) == [
        ("retired_without_end", "scorecards", line, "valid_to")
    ]


def test_a_second_active_version_in_one_segment(seeds: SeedFolder) -> None:
    line = seeds.line("scorecards", version="v3")
    seeds.change(
        "scorecards",
        line,
        status="active",
        valid_from="2026-11-01",
        approved_by_marketing="M",
        approved_by_sales="S",
    )

    assert places(check_seeds(seeds.root)) == [("overlap", "scorecards", line, "valid_from")]


def test_nothing_in_force(seeds: SeedFolder) -> None:
    line = seeds.line("scorecards", version="v2")
    seeds.change("scorecards", line, status="challenger")

    assert places(check_seeds(seeds.root)) == [("nothing_in_force", "scorecards", None, "status")]


IN_FORCE = {
    "status": "active",
    "segment": "enterprise",
    "approved_by_marketing": "M",
    "approved_by_sales": "S",
}


def test_a_segment_alone_is_not_enough(seeds: SeedFolder) -> None:
    line = seeds.line("scorecards", version="v2")
    seeds.change("scorecards", line, segment="enterprise")

    assert places(check_seeds(seeds.root)) == [("nothing_in_force", "scorecards", None, "status")]


@pytest.mark.parametrize(
    ("valid_from", "code"), [("2026-08-01", "gap"), ("2026-06-01", "overlap"), ("2026-07-01", "")]
)
def test_the_versions_of_a_segment_follow_one_another(
    seeds: SeedFolder, valid_from: str, code: str
) -> None:
    first = seeds.line("scorecards", version="v3")
    seeds.change("scorecards", first, **IN_FORCE, valid_from="2026-05-01", valid_to="2026-07-01")
    second = seeds.append("scorecards", first, version="v4", valid_from=valid_from, valid_to="")
    for name in ("scoring_rules", "stage_definitions", "score_grades"):
        header, *rows = seeds.read(name)
        rows += [["v4", *row[1:]] for row in rows if row[0] == "v3"]
        seeds.write(name, [header, *rows])

    expected = [(code, "scorecards", second, "valid_from")] if code else []
    assert places(check_seeds(seeds.root)) == expected


def test_a_segment_with_the_same_condition(seeds: SeedFolder) -> None:
    line = seeds.append("segments", 2, segment="big", position="2")

    assert places(check_seeds(seeds.root)) == [("duplicate_condition", "segments", line, "value")]


@pytest.fixture
def ladder(seeds: SeedFolder) -> SeedFolder:
    """The seeds with a status "warm" that lasts as long as the lead comes back."""
    label = seeds.line("code_labels", kind="stage", code="mql")
    seeds.append("code_labels", label, code="warm")
    visits = seeds.line("stage_definitions", version="v2", criterion="three_visits")
    enter = seeds.append("stage_definitions", visits, stage="warm", path="visits")
    seeds.append("stage_definitions", enter, path="stay", role="stay", min_count="1")
    return seeds


def test_a_status_of_the_companys_own(ladder: SeedFolder) -> None:
    assert check_seeds(ladder.root) == []


def test_a_status_without_a_way_in(ladder: SeedFolder) -> None:
    ladder.drop("stage_definitions", stage="warm", path="visits")

    line = ladder.line("stage_definitions", stage="warm")
    found = check_seeds(ladder.root)
    assert places(found) == [("status_without_enter", "stage_definitions", line, "stage")]
    assert found[0].value == "warm"


def test_a_way_out_on_a_path_of_another_name(ladder: SeedFolder) -> None:
    line = ladder.line("stage_definitions", stage="warm", role="stay")
    ladder.change("stage_definitions", line, path="visits", criterion="still", window_days="60")

    assert places(check_seeds(ladder.root)) == [("stay_path", "stage_definitions", line, "path")]


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("targets", {"metric": "leads"}),
        ("sla_terms", {"term_id": "handoff_24h"}),
        ("currency_rates", {"currency": "USD", "valid_to": ""}),
    ],
)
def test_two_rows_for_one_day(seeds: SeedFolder, name: str, like: dict[str, str]) -> None:
    line = seeds.append(name, seeds.line(name, **like), valid_from="2026-10-01")

    assert places(check_seeds(seeds.root)) == [("overlap", name, line, "valid_from")]


def test_group_caps_that_differ(seeds: SeedFolder) -> None:
    first = seeds.line("scoring_rules", version="v2", rule_id="price_page_view")
    second = seeds.line("scoring_rules", version="v2", rule_id="case_study_download")
    seeds.change("scoring_rules", first, rule_group="web", group_cap_points="30")
    seeds.change("scoring_rules", second, rule_group="web", group_cap_points="40")

    assert places(check_seeds(seeds.root)) == [
        ("mixed_group_cap", "scoring_rules", second, "group_cap_points")
    ]


@pytest.mark.parametrize(
    ("name", "column", "code"),
    [
        ("event_types", "activity_type", "email_open"),
        ("return_reasons", "reason_code", "too_early"),
    ],
)
def test_a_code_that_the_models_rely_on(
    seeds: SeedFolder, name: str, column: str, code: str
) -> None:
    seeds.drop(name, **{column: code})

    found = check_seeds(seeds.root)

    assert places(found) == [("missing_type", name, None, column)]
    assert found[0].value == code


def test_a_code_without_words(seeds: SeedFolder) -> None:
    seeds.drop("code_labels", kind="job_level", code="staff")
    seeds.drop("code_labels", kind="industry", code="energy")

    first = seeds.line("industries", industry="energy")
    assert places(check_seeds(seeds.root)) == [
        ("label_missing", "code_labels", None, "code"),
        ("label_missing", "industries", first, "industry"),
    ]


def test_every_finding_is_told_at_once_and_in_order(seeds: SeedFolder) -> None:
    points = seeds.line("scoring_rules", version="v1", rule_id="industry_target")
    rate = seeds.line("targets", metric="sql_rate")
    seeds.change("scoring_rules", points, points="many", axis="who")
    seeds.change("targets", rate, target="27")

    with pytest.raises(InputRejected) as caught:
        ensure_seeds(seeds.root)

    assert caught.value.exit_code == 3
    place = caught.value.place
    assert (place.file, place.line, place.column) == (
        "seeds/agreement/scoring_rules.csv",
        points,
        "axis",
    )
    for language, number in (("en", "not a plain number"), ("ja", "数値ではありません")):
        text = caught.value.render(language)
        assert text.count("seeds/agreement/") == 3
        assert f"line {points}, column axis, rule unknown_value" in text
        assert f"line {points}, column points, rule not_a_number" in text
        assert f"line {rate}, column target, rule out_of_range" in text
        assert number in text
        assert "leadloop check" in text


def test_a_long_or_unprintable_value_is_shown_safely(seeds: SeedFolder) -> None:
    line = seeds.line("scoring_rules", version="v2", rule_id="price_page_view")
    seeds.change("scoring_rules", line, points="x" * 5000, label_en="a")
    other = seeds.line("scoring_rules", version="v2", rule_id="newsletter_open")
    seeds.change("scoring_rules", other, label_en="\x1b[2J{value}")

    found = check_seeds(seeds.root)

    assert [f.code for f in found] == ["not_a_number", "control_character"]
    assert len(found[0].message["en"]) < 200
    assert "\x1b" not in found[1].message["ja"]
    assert "{value}" in found[1].message["en"]


def test_every_code_speaks_both_languages() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == {"en", "ja"}, code
        assert texts["en"] != texts["ja"], code
