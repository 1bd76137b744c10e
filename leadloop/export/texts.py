"""What the export says, in two languages: one entry a rule."""

from __future__ import annotations

from leadloop.load.texts import Text

_EDIT_EN = (
    "Put a copy of leadloop/export/forms/{tool}.yml at {own} and correct it there; "
    "docs/export.md explains every key."
)
_EDIT_JA = (
    "leadloop/export/forms/{tool}.yml を {own} にコピーして直してください。"
    "キーの説明は docs/export.md にあります。"
)

# The command makes no sense as it was given.
MISUSE: dict[str, Text] = {
    "unknown_tool": Text(
        "there is no form for the tool {tool}{near_en}",
        "ツール {tool} のフォームがありません{near_ja}",
        "Give one of: {tools}.",
        "次のどれかを指定してください: {tools}",
    ),
    "encoding_not_of_form": Text(
        "{tool} does not take {encoding}",
        "{tool} は文字コード {encoding} を受け付けません",
        "Give one of: {encodings}; or leave --encoding out.",
        "次のどれかを指定するか、--encoding を省いてください: {encodings}",
    ),
    "source_not_for_handoff": Text(
        "the list for sales is made of all sources; --source cannot stand beside it",
        "営業への引き渡しリストは全ソースから作るため、--source は指定できません",
        "Leave --source out.",
        "--source を省いてください。",
    ),
    "target_is_no_directory": Text(
        "{path} is not a directory",
        "{path} はディレクトリではありません",
        "Give a directory with --to; it is made where there is none.",
        "--to にはディレクトリを指定してください。なければ作ります。",
    ),
}

# The form or the published data cannot be exported; nothing is written.
REFUSALS: dict[str, Text] = {
    "form_unreadable": Text(
        "the form cannot be used: {problem_en}",
        "フォームを使えません: {problem_ja}",
        "Correct the file; docs/export.md explains every key.",
        "ファイルを直してください。キーの説明は docs/export.md にあります。",
    ),
    "form_unfilled": Text(
        "{mark} has to be replaced by what your own {tool} says",
        "{mark} を、お使いの {tool} の値に置き換えてください",
        _EDIT_EN,
        _EDIT_JA,
    ),
    "version_not_readable": Text(
        "the version {run_id} cannot be read ({problem}); another one would bring old values back",
        "版 {run_id} を読めません（{problem}）。別の版では古い値を書き戻してしまいます",
        "`leadloop verify` lists the versions; `leadloop build --force` makes a new one.",
        "`leadloop verify` で版を確認するか、`leadloop build --force` で作り直してください。",
    ),
    "version_too_old": Text(
        "the version {run_id} has no table {table}: an earlier leadloop built it",
        "版 {run_id} に表 {table} がありません。以前の leadloop が作った版です",
        "Run `leadloop build`, then export again.",
        "`leadloop build` を実行してから、もう一度書き出してください。",
    ),
    "source_unknown": Text(
        "no lead of the version {run_id} is from the source {source}{near_en}",
        "版 {run_id} にソース {source} のリードがありません{near_ja}",
        "Name the source under which the tool's leads were loaded: --source {sources}.",
        "ツールのリードを読み込んだソース名を指定してください: --source {sources}",
    ),
    "not_in_encoding": Text(
        "{character} does not exist in {encoding}; it is not replaced by another character",
        "{character} は {encoding} にありません。別の文字には置き換えません",
        "Export with `--encoding utf-8`.",
        "`--encoding utf-8` を付けて書き出してください。",
    ),
    "not_in_only_encoding": Text(
        "{character} does not exist in {encoding}, and the form allows no other encoding",
        "{character} は {encoding} になく、このフォームでは他の文字コードを使えません",
        "Correct the text where it comes from (a label of the agreement, a name), "
        "or add utf-8 to `encodings`.",
        "元の文字（ルールの表示名や氏名など）を直すか、"
        "フォームの `encodings` に utf-8 を加えてください。",
    ),
    "row_too_long": Text(
        "a single row is longer than the {limit} bytes that a file may have",
        "1行だけでファイルの上限 {limit} バイトを超えます",
        "Give its long columns a `max_chars`. " + _EDIT_EN,
        "長い列に `max_chars` を付けてください。" + _EDIT_JA,
    ),
    "ledger_damaged": Text(
        "the ledger of an earlier export cannot be read: {problem}",
        "以前の書き出しの台帳を読めません: {problem}",
        "Restore the file from a backup, or delete that export's directory: "
        "its rows then go out again.",
        "バックアップから戻すか、その書き出しのディレクトリを削除してください"
        "（その行はもう一度書き出されます）。",
    ),
}

# Why a lead of the source is not in the file.
WITHHELD: dict[str, Text] = {
    "opted_out": Text("asked not to be contacted", "連絡を拒否"),
    "not_in_version": Text("is not among the leads that count", "集計対象のリードにない"),
    "merged": Text(
        "went into another record of the same tool", "同じツール内の別レコードに統合済み"
    ),
    "no_key": Text("has no value for the key column", "キー列の値がない"),
    "other_address": Text(
        "the address on file is another source's; the tool might not know it",
        "手元のアドレスが別ソースのもので、ツールが知らない可能性がある",
    ),
    "foreign_id": Text("its id does not look like one of this tool", "IDがこのツールの形ではない"),
    "formula_key": Text(
        "its key begins like a formula (= + - @ or a control character)",
        "キーが数式のように始まる（= + - @ または制御文字）",
    ),
    "duplicate_key": Text("another lead has the same key", "別のリードと同じキー"),
    "nothing_to_say": Text("has no value yet in any column", "どの列にもまだ値がない"),
    "disqualified": Text("is disqualified", "対象外"),
    "with_sales": Text("sales has it already", "すでに営業が担当"),
}
