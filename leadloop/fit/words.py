"""What a fit says, in both languages, as plain lines."""

from __future__ import annotations

from leadloop.fit.fit import Fitted
from leadloop.fit.judge import Auc, Judgement
from leadloop.fit.leaks import Leak
from leadloop.publish.console import say


def findings(fitted: Fitted) -> list[str]:
    """The sentences about the data and the draft, most important first."""
    table, judged = fitted.table, fitted.judgement
    lines = [_size(fitted)]
    if table.defining:
        names = ", ".join(table.defining)
        lines.append(
            say(
                f"Left out, because it defines the outcome: {names}.",
                f"結果の定義そのものなので除きました: {names}。",
            )
        )
    lines += [_leak(name, leak) for name, leak in fitted.leaks.items()]
    lines.append(_signal(judged))
    if judged.current:
        lines.append(
            say(
                f"Rules in force: AUC {_auc(judged.current)} on the same chances.",
                f"現行の基準は同じ機会でAUC {_auc(judged.current)} です。",
            )
        )
    lines.append(
        say(
            f"Gradient boosting on the same columns: AUC {_auc(judged.boosting)}; the points keep "
            f"{judged.kept_share:.1%} of it.",
            f"同じ項目の勾配ブースティングはAUC {_auc(judged.boosting)}。"
            f"配点はその{judged.kept_share:.1%}を保ちます。",
        )
    )
    if judged.drift.is_drifted:
        lines.append(_drift(judged))
    return lines


def _leak(name: str, leak: Leak) -> str:
    if leak.ended:
        k, n = leak.ended.k, leak.ended.n
        return say(
            f"Left out, because it knows the outcome: {name} ({k} of {n} who did it ended well). "
            "It is probably a part of how the outcome is defined.",
            f"結果を知っているので除きました: {name}(行った{n}件のうち{k}件が良い結果)。"
            "結果の定義の一部と思われます。",
        )
    return say(
        f"Left out, because it knows the outcome: {name} (AUC {leak.auc:.2f} by itself). It was "
        "probably written down afterwards.",
        f"結果を知っているので除きました: {name}(単独でAUC {leak.auc:.2f})。"
        "結果が出た後に記録された項目と思われます。",
    )


def _size(fitted: Fitted) -> str:
    fitted_n, judging_n = len(fitted.split.fitted), len(fitted.split.judging)
    good = int(fitted.table.outcome.sum())
    by = (
        say("the later ones", "後の期間")
        if fitted.split.by_time
        else say("a random share", "無作為")
    )
    left_out = fitted.table.left_out
    rest = (
        say(
            f" {left_out} more are too young or still open.",
            f" ほかの{left_out}件は新しすぎるか未決着です。",
        )
        if left_out
        else ""
    )
    return say(
        f"{fitted_n + judging_n} chances, {good} of them ended well: fitted on {fitted_n}, judged "
        f"on {judging_n} ({by}).{rest}",
        f"機会{fitted_n + judging_n}件、うち良い結果{good}件。{fitted_n}件で当てはめ、"
        f"{judging_n}件({by})で判定しました。{rest}",
    )


def _signal(judged: Judgement) -> str:
    if judged.has_signal:
        return say(
            f"The draft's points: AUC {_auc(judged.draft)} on chances that it has not seen.",
            f"案の配点は、未使用の機会でAUC {_auc(judged.draft)} です。",
        )
    return say(
        f"No signal: AUC {_auc(judged.draft)} on chances that it has not seen is no better than a "
        "coin. What the fit found is chance; keep the rules that both departments agreed on.",
        f"手がかりがありません。未使用の機会でのAUC {_auc(judged.draft)} は、"
        "コイン投げと区別できません。"
        "当てはまりは偶然です。両部門で合意した基準のままにしてください。",
    )


def _drift(judged: Judgement) -> str:
    earlier, later = judged.drift.fitted, judged.drift.judging
    return say(
        f"The base rate drifted: {earlier.value:.1%} ({earlier.k}/{earlier.n}) in the part fitted "
        f"on, {later.value:.1%} ({later.k}/{later.n}) in the part that judges. The order of "
        "the points may hold; what rate to expect of them does not.",
        f"基準となる率が動いています: 当てはめた期間 {earlier.value:.1%}({earlier.k}/{earlier.n})、"
        f"判定した期間 {later.value:.1%}({later.k}/{later.n})。"
        "点数の順序は使えても、率の見込みは当てになりません。",
    )


def _auc(auc: Auc) -> str:
    return f"{auc.value:.3f} ({auc.low:.3f}–{auc.high:.3f})"
