"""What is plotted is what the marts hold."""

from __future__ import annotations

import pytest
import warehouse
from reading import chart, sentence, texts, values

from dashboard.data import repo
from dashboard.ui import theme
from dashboard.ui.i18n import Translator
from leadloop.publish.connection import connect_file


@pytest.fixture
def connection(homes):
    path = homes("full") / "versions" / warehouse.RUN / "warehouse.duckdb"
    # the page's own settings: one process may not open a file in two ways
    with connect_file(path) as opened:
        yield opened


def test_every_query_runs_on_every_dataset(homes):
    for dataset in warehouse.DATASETS:
        path = homes(dataset) / "versions" / warehouse.RUN / "warehouse.duckdb"
        with connect_file(path) as opened:
            counts = repo.run_all_examples(opened)
        assert set(counts) == set(repo.QUERIES)


def test_queries_answer_on_full_data(connection):
    counts = repo.run_all_examples(connection)
    silent = {name for name, rows in counts.items() if rows == 0}
    assert silent == set()


@pytest.mark.parametrize("funnel_type", ["imputed", "all_stages", "any_stages"])
def test_stage_bars_are_the_counts_of_the_mart(open_page, connection, funnel_type):
    app = open_page("funnel", "full", window="m6", funnel=funnel_type)
    before, bars = chart(app, "横棒グラフ")["data"]
    rows = connection.execute(
        "select n, previous_n from marts.mart_funnel_counts where time_window = 'm6' "
        "and funnel_type = ? and dimension = 'all' order by stage_order",
        [funnel_type],
    ).fetchall()
    assert len(rows) == 5
    assert values(bars["x"]) == [n for n, _ in rows]
    assert values(before["x"]) == [n for _, n in rows]


@pytest.mark.parametrize("basis", ["period", "kaplan_meier"])
def test_step_bars_are_the_counts_of_the_mart(open_page, connection, basis):
    app = open_page("funnel", "full", basis=basis)
    bars = values(chart(app, "横棒グラフ")["data"][0]["x"])
    rows = connection.execute(
        "select n, k from marts.mart_conversion_windows where time_window = 'm3' "
        "and basis = ? and dimension = 'all' and (from_stage, to_stage) in "
        "(('lead', 'mql'), ('mql', 'sql'), ('sql', 'opportunity'), ('opportunity', 'won')) "
        "order by n desc",
        [basis],
    ).fetchall()
    assert bars == [*(n for n, _ in rows), rows[-1][1]]


def test_the_bridge_leads_from_the_base_to_the_window(open_page, connection):
    """Each bar begins where the one above ended; the last ends with what the mart counted."""
    trace = chart(open_page("funnel", "full", window="m6"), "滝グラフ")["data"][0]
    starts, lengths = values(trace["base"]), values(trace["x"])
    base, now, *effects = connection.execute(
        "select sum(base_conversions), sum(k), sum(volume_effect), sum(mix_effect), sum(rate_effect) "
        "from marts.mart_gap_bridge where compared_with = 'previous' and from_stage = 'mql' "
        "and to_stage = 'sql' and basis = 'cohort' and time_window = 'm6'"
    ).fetchone()
    assert lengths == pytest.approx([base, *effects, now])
    assert starts[0] == starts[-1] == 0
    for i in (1, 2, 3):
        assert starts[i] == pytest.approx(base + sum(effects[: i - 1]))
    assert base + sum(effects) == pytest.approx(now)


def test_panels_hold_every_month_of_the_five_largest_and_the_rest(open_page, connection):
    figure = chart(open_page("funnel", "full", by="channel"), "小さな折れ線")
    titles = [a["text"] for a in figure["layout"]["annotations"]]
    assert titles[-1] == "その他"
    assert len(titles) == len(figure["data"]) == 6
    rows = connection.execute(
        "select period, sum(n), sum(k) from marts.mart_conversions where from_stage = 'mql' "
        "and to_stage = 'sql' and basis = 'cohort' and dimension = 'channel' and value not in "
        "(select value from marts.mart_conversions where from_stage = 'mql' and to_stage = 'sql' "
        "and basis = 'cohort' and dimension = 'channel' group by value order by sum(n) desc, value "
        "limit 5) group by period order by period"
    ).fetchall()
    drawn = values(figure["data"][-1]["y"])
    assert len(drawn) == len(rows) == 13
    # the partner channel has one MQL a month: no percentage
    assert all(
        n < 10 and (value is None or value != value)
        for value, (_, n, _) in zip(drawn, rows, strict=True)
    )
    largest = connection.execute(
        "select rate from marts.mart_conversions where from_stage = 'mql' and to_stage = 'sql' "
        "and basis = 'cohort' and dimension = 'channel' and value = 'organic_search' order by period"
    ).fetchall()
    assert values(figure["data"][0]["y"]) == pytest.approx([r for (r,) in largest])


def test_a_line_stands_where_a_version_came_into_force(open_page):
    figure = chart(open_page("funnel", "full"), "折れ線グラフ: MQL")
    lines = [s for s in figure["layout"]["shapes"] if s["type"] == "line"]
    # v1 from January and v2 from May 2026; the draft v3 is in force nowhere
    assert [str(line["x0"])[:10] for line in lines] == ["2026-01-01", "2026-05-01"]
    names = [a["text"] for a in figure["layout"]["annotations"]]
    assert [n for n in names if n.startswith("v")] == ["v1", "v2"]


def test_trend_plots_every_month_of_the_mart(open_page, connection):
    figure = chart(open_page("funnel", "full"), "折れ線グラフ: MQL")
    solid, dotted = (
        next(t for t in figure["data"] if t.get("line", {}).get("dash") == dash)
        for dash in ("solid", "dot")
    )
    rows = connection.execute(
        "select rate, is_mature from marts.mart_conversions where from_stage = 'mql' "
        "and to_stage = 'sql' and basis = 'cohort' and dimension = 'all' order by period"
    ).fetchall()
    mature = [rate for rate, ready in rows if ready]
    assert values(solid["y"]) == pytest.approx(mature)
    # the dashed line starts at the last mature month
    assert values(dotted["y"]) == pytest.approx(mature[-1:] + [r for r, ready in rows if not ready])


def test_slope_shares_add_up_to_one(open_page):
    figure = chart(open_page("channel_roi", "full"), "傾斜グラフ")
    lines = [values(t["y"]) for t in figure["data"]]
    for stage in zip(*lines, strict=True):
        assert sum(stage) == pytest.approx(1.0)


def test_bubbles_show_cost_per_sql_and_win_rate(open_page, connection):
    figure = chart(open_page("channel_roi", "full"), "散布図")
    plotted = sorted(zip(*(values(figure["data"][0][a]) for a in "xy"), strict=True))
    rows = connection.execute(
        "select cost_per_sql, win_rate from marts.mart_channel_roi_windows where "
        "time_window = 'm12' and model = 'linear' and basis = 'close_date' "
        "and cost_per_sql is not null and win_n >= 10 order by 1, 2"
    ).fetchall()
    assert len(rows) > 2
    assert plotted == [pytest.approx(row) for row in rows]


def test_waterfall_adds_up_to_the_score(open_page, connection):
    """Every bar begins where the one above it ends; the last one is the score on the card."""
    app = open_page("leads", "full", lead=warehouse.LEAD)
    traces = chart(app, "滝グラフ")["data"]
    bars = {
        name: (base, length)
        for trace in traces
        for name, base, length in zip(
            trace["y"], values(trace["base"]), values(trace["x"]), strict=True
        )
    }
    order = chart(app, "滝グラフ")["layout"]["yaxis"]["categoryarray"]
    assert set(order) == set(bars)
    # a pattern of white on nothing cannot be seen
    assert all(t["marker"]["pattern"]["fillmode"] == "overlay" for t in traces)
    level = 0.0
    for name in order[:-1]:
        assert bars[name][0] == pytest.approx(level), name
        level += bars[name][1]
    score, capped, decayed = connection.execute(
        "select max(total_score), sum(points_lost_to_cap), sum(points_lost_to_decay) "
        "from marts.lead_scores join marts.lead_score_breakdown using (lead_id) where lead_id = ?",
        [warehouse.LEAD],
    ).fetchone()
    assert bars[order[-1]] == (0.0, pytest.approx(score))
    assert level == pytest.approx(score)
    # 15 of 45 points are left of the prices, and 10 of 12.5 of the seminar: both losses are drawn
    assert bars["料金ページ閲覧"][1] == 45
    assert bars["上限で失った点"][1] == -capped == -30
    assert bars["時間で失った点"][1] == -decayed == -2.5
    assert bars["90日間動きなし"][1] == -5


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_table_of_the_waterfall_ends_with_the_score(open_page, language):
    tr = Translator(language)
    app = open_page("leads", "full", lead=warehouse.LEAD, lang=language)
    table = next(f.value for f in app.dataframe if tr("column.points_given") in f.value.columns)
    last = table.iloc[-1]
    assert last[tr("column.rule")] == tr("column.sum")
    shown = [
        last[tr(f"column.{c}")] for c in ("points_given", "lost_cap", "lost_decay", "points_left")
    ]
    assert shown == ["87.5", "30", "2.5", "55"]


def test_a_breakdown_that_does_not_add_up_is_said_aloud(open_page, tmp_path):
    house = warehouse.full()
    house.rows["lead_score_breakdown"] = house.rows["lead_score_breakdown"][1:]
    house.write(tmp_path / "file.duckdb")
    warehouse.publish_file(tmp_path / "home", tmp_path / "file.duckdb")
    app = open_page("leads", home=tmp_path / "home", lead=warehouse.LEAD)
    assert any("一致しません" in e.value for e in app.error)


def test_gap_bars_are_the_gaps_of_the_mart(open_page, connection):
    figure = chart(open_page("home", "full"), "棒グラフ")
    gaps = connection.execute(
        "select gap from marts.mart_kpi_windows where metric = 'sql_rate' "
        "and dimension = 'channel' and time_window = 'm3' and gap is not null"
    ).fetchall()
    trace = figure["data"][0]
    assert sorted(values(trace["x"])) == sorted(g for (g,) in gaps)
    # the partner channel has one MQL: its gap is drawn, but neither marked nor coloured
    partner = trace["y"].index("パートナー")
    assert trace["text"][partner] == "−1件 (0/1)"
    assert trace["marker"]["color"][partner] == theme.COMPARISON
    assert trace["text"][trace["y"].index("展示会")].startswith("▼")


def test_cohort_cells_are_grey_below_ten_and_empty_ahead_of_time(open_page, connection):
    figure = chart(open_page("funnel", "immature"), "ヒートマップ")
    small, rates, _ = figure["data"]
    grey = sum(v is not None for row in values(small["z"]) for v in row)
    shown = [v for row in values(rates["z"]) for v in row if v is not None and v == v]
    # the young company has five MQLs a month: no cell may carry a percentage
    assert grey > 0
    assert shown == []
    full = chart(open_page("funnel", "full"), "ヒートマップ")["data"][1]
    newest = values(full["z"])[0]
    assert [v is not None and v == v for v in newest] == [True, *[False] * 6]


def test_headline_tells_the_figures_of_the_mart(open_page, connection):
    n, k = connection.execute(
        "select n, k from marts.mart_kpi_windows where metric = 'sql_rate' "
        "and dimension = 'all' and time_window = 'm3'"
    ).fetchone()
    text = sentence(open_page("home", "full"))
    assert f"({k}/{n}件)" in text
    assert "展示会" in text  # the planted gap


def test_balance_and_quarantine_are_on_the_meeting_home(open_page):
    text = texts(open_page("home", "full"))
    assert "245 行" in text
    assert "除外した行: 3" in text
