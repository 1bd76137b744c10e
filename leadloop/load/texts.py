"""What the loader says, in two languages: one entry a rule, used by refusals and notices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A message and the next step, as templates in English and Japanese."""

    en: str
    ja: str
    next_en: str = ""
    next_ja: str = ""


_EXPORT_AGAIN_EN = "Export the file again and load it once it is complete."
_EXPORT_AGAIN_JA = "ファイルをもう一度書き出し、完成してから読み込んでください。"
_SAVE_UTF8_EN = "Save the file as UTF-8, or declare `encoding:` in the mapping."
_SAVE_UTF8_JA = "UTF-8で保存し直すか、マッピングに `encoding:` を書いてください。"

# A file (or the directory) is refused: nothing of the load becomes visible.
REFUSALS: dict[str, Text] = {
    "nothing_to_load": Text(
        "no file of the mapping is in {directory}; it looks for {patterns}",
        "{directory} にマッピングのファイルがありません（探したもの: {patterns}）",
        "Check --from, or the `file:` entries of the mapping.",
        "--from か、マッピングの `file:` を確かめてください。",
    ),
    "directory_missing": Text(
        "{directory} is not a directory",
        "{directory} はディレクトリではありません",
        "Give the directory that holds the exports with --from.",
        "書き出したファイルのあるディレクトリを --from で指定してください。",
    ),
    "file_missing": Text(
        "the file {pattern} is not in {directory}{near_en}",
        "ファイル {pattern} が {directory} にありません{near_ja}",
        "Put the file there, correct `file:`, or mark it `optional: true` in the mapping.",
        "ファイルを置くか、`file:` を直すか、マッピングで `optional: true` としてください。",
    ),
    "bad_file_name": Text(
        "the file name holds invisible or control characters",
        "ファイル名に見えない文字や制御文字が含まれています",
        "Rename the file.",
        "ファイル名を変えてください。",
    ),
    "outside_directory": Text(
        "the file lies outside the directory given with --from",
        "ファイルが --from のディレクトリの外にあります",
        "Only files inside the directory are read: copy it there, without links.",
        "ディレクトリの中のファイルだけを読みます。リンクではなく実体を置いてください。",
    ),
    "not_a_regular_file": Text(
        "this is not a regular file",
        "通常のファイルではありません",
        "Put the exported file itself there, not a directory, device or pipe.",
        "ディレクトリ、デバイス、パイプではなく、書き出したファイルを置いてください。",
    ),
    "file_unreadable": Text(
        "the file cannot be opened: {reason}",
        "ファイルを開けません: {reason}",
        "Check the permissions of the file.",
        "ファイルの権限を確かめてください。",
    ),
    "compressed_file": Text(
        "this is a compressed file (gzip, zip) or an Excel workbook; nothing is unpacked here",
        "圧縮ファイル（gzip、zip）かExcelブックです。ここでは展開しません",
        "Unpack it, or save the sheet as CSV UTF-8, and load that file.",
        "展開するか、シートを「CSV UTF-8」で保存し、そのファイルを読み込んでください。",
    ),
    "unpacks_too_large": Text(
        "{packed} MB would unpack to {unpacked} MB: more than 100 times",
        "{packed} MBのファイルが展開すると {unpacked} MB（100倍超）になります",
        "Check where the file comes from; if it is right, export it in several parts.",
        "ファイルの出どころを確かめ、正しければ分割して書き出してください。",
    ),
    "file_changing": Text(
        "the file changed while it was read",
        "読んでいる間にファイルが変わりました",
        "Wait until the export has finished, then load again.",
        "書き出しが終わるのを待って、もう一度読み込んでください。",
    ),
    "empty_file": Text("the file is empty", "空のファイルです", _EXPORT_AGAIN_EN, _EXPORT_AGAIN_JA),
    "blank_file": Text(
        "the file holds nothing but blank lines",
        "空行しかないファイルです",
        _EXPORT_AGAIN_EN,
        _EXPORT_AGAIN_JA,
    ),
    "html_page": Text(
        "this is an HTML page, probably a login screen, not an export",
        "ログイン画面などのHTMLのようです。書き出したデータではありません",
        "Sign in to the tool again and repeat the export.",
        "ツールにログインし直して、もう一度書き出してください。",
    ),
    "json_error_object": Text(
        "this is a JSON answer of a service (keys: {keys}), not an export",
        "サービスのJSON応答（キー: {keys}）で、書き出したデータではありません",
        "Read the message in the file: often an expired token. Then repeat the export.",
        "ファイル内の文面（多くはトークン切れ）を確かめ、もう一度書き出してください。",
    ),
    "json_array": Text(
        "this is one JSON array; JSON lines are expected: one object a line",
        "JSONの配列です。1行に1つのオブジェクト（JSON Lines）が必要です",
        "Convert it, for example with `jq -c '.[]' in.json > out.jsonl`.",
        "例えば `jq -c '.[]' in.json > out.jsonl` で変換してください。",
    ),
    "json_cut": Text(
        "the JSON array breaks off or makes no sense at byte {offset}; the file may have been cut",
        "JSONの配列がバイト {offset} で終わるか、壊れています。途中で切れた可能性があります",
        _EXPORT_AGAIN_EN,
        _EXPORT_AGAIN_JA,
    ),
    "json_instead_of_table": Text(
        "the mapping expects {format}, but this is JSON",
        "マッピングは {format} を想定していますが、中身はJSONです",
        "Export as {format}, or set `format: jsonl` in the mapping.",
        "{format} で書き出すか、マッピングに `format: jsonl` と書いてください。",
    ),
    "invalid_byte": Text(
        "byte 0x{byte} at offset {offset} is not valid {encoding}",
        "オフセット {offset} のバイト 0x{byte} は {encoding} として正しくありません",
        _SAVE_UTF8_EN,
        _SAVE_UTF8_JA,
    ),
    "encoding_unclear": Text(
        "the character encoding is neither UTF-8 nor plausible CP932{guess_en}"
        " (first byte that is not UTF-8: offset {offset})",
        "文字コードを確認してください。UTF-8でもCP932でもないようです{guess_ja}"
        "（UTF-8でない最初のバイト: オフセット {offset}）",
        _SAVE_UTF8_EN,
        _SAVE_UTF8_JA,
    ),
    "wrong_encoding": Text(
        "the header does not read right as {encoding}, but it does as {better}",
        "見出しは {encoding} では読めず、{better} なら読めます",
        "Set `encoding: {better}` (or remove `encoding:`) in the mapping.",
        "マッピングを `encoding: {better}` とするか、`encoding:` を消してください。",
    ),
    "mojibake": Text(
        "the text was garbled before it was saved (for example {example})",
        "保存される前に文字化けしています（例: {example}）",
        "Export again from the tool; do not open and re-save the file in between.",
        "ツールから書き出し直してください。途中で開いて保存し直さないでください。",
    ),
    "line_too_long": Text(
        "a line is longer than {limit} bytes",
        "1行が {limit} バイトを超えています",
        "Check that this is the right file and that its quotes are closed.",
        "ファイルが正しいか、引用符が閉じているかを確かめてください。",
    ),
    "too_many_columns": Text(
        "the header has {count} columns; at most {limit} are read",
        "見出しに {count} 列あります（上限 {limit} 列）",
        "Check the delimiter and that this is the right file.",
        "区切り文字と、ファイルが正しいかを確かめてください。",
    ),
    "duplicate_column": Text(
        "the column name stands {count} times in the header",
        "同じ列名が見出しに {count} 回あります",
        "Give each column its own name in the export.",
        "書き出しの設定で列名が重ならないようにしてください。",
    ),
    "column_missing": Text(
        "a required column is missing: {column} (feeds {table}.{raw}){near_en}; "
        "the header has: {header}",
        "必要な列がありません: {column}（{table}.{raw} に使う）{near_ja}。見出しにある列: {header}",
        "Add the column to the export, or correct `columns:` (or add `aliases:`) in the mapping.",
        "書き出しに列を加えるか、マッピングの `columns:` を直すか `aliases:` を加えてください。",
    ),
    "column_renamed": Text(
        "the column {column} (feeds {table}.{raw}) is gone, but there is {near}: renamed?",
        "列 {column}（{table}.{raw} に使う）がなく、{near} があります。名前が変わりましたか",
        "If it is the same column, add `aliases: [{near}]` in the mapping; "
        "if not, mark the column `optional: true`.",
        "同じ列ならマッピングに `aliases: [{near}]` を加え、"
        "違うなら `optional: true` としてください。",
    ),
    "wrong_slot": Text(
        "this file was given for {table}, but its header fits {other}",
        "{table} 用のファイルですが、見出しは {other} のものです",
        "Check that the files are not swapped, then load again.",
        "ファイルを取り違えていないか確かめて、もう一度読み込んでください。",
    ),
    "unclosed_quote": Text(
        "a quoted value opened in this row is never closed; the file may have been cut",
        "この行で開いた引用符が閉じていません。途中で切れた可能性があります",
        _EXPORT_AGAIN_EN,
        _EXPORT_AGAIN_JA,
    ),
    "broken_quote": Text(
        "a quote inside a quoted value is not doubled",
        "引用符で囲んだ値の中の引用符が二重になっていません",
        'Write a quote inside a value as "" or repeat the export.',
        '値の中の引用符は "" と書くか、もう一度書き出してください。',
    ),
    "truncated": Text(
        "the last row has {actual} of {expected} columns and no line end: the file was cut",
        "最後の行が {expected} 列中 {actual} 列で改行もありません。途中で切れています",
        _EXPORT_AGAIN_EN,
        _EXPORT_AGAIN_JA,
    ),
    "line_end_missing": Text(
        "the last line has no line end, and all {files} files loaded before had one: "
        "the last value may be cut",
        "最後の行に改行がありません。これまでの {files} ファイルにはすべてあったため、"
        "最後の値が途中で切れている可能性があります",
        "Export again. If the file is whole, add a line end to its last line.",
        "書き出し直してください。ファイルが完全なら、最後の行に改行を加えてください。",
    ),
    "older_export": Text(
        "an older file: its newest row is of {newest}, but rows up to {before} (UTC) are loaded "
        "(load of {loaded_on})",
        "古いファイルです。最新の行が {newest} ですが、{before}（UTC）までの行を"
        "{loaded_on} に読み込み済みです",
        "Load the newest export. If the newest rows were deleted at the source, add --allow-older.",
        "最新の書き出しを読み込んでください。"
        "出力元で最新の行を消した場合は --allow-older を付けます。",
    ),
    "volume_held": Text(
        "held: {rows} rows, {share} of the median of {median} rows in the last {loads} loads",
        "保留: {rows} 行で、直近 {loads} 回の中央値 {median} 行の {share} です",
        "Check the filter and period of the export. If it is right, add --accept-volume.",
        "書き出しの条件と期間を確かめてください。正しければ --accept-volume を付けます。",
    ),
    "too_many_rejects": Text(
        "{rejected} of {read} rows cannot be read (limit: 2% or 500 rows). The first: {examples}",
        "{read} 行のうち {rejected} 行が読めません（上限: 2%か500行）。最初: {examples}",
        "Correct these rows or the export, then load again.",
        "これらの行か書き出しの設定を直して、もう一度読み込んでください。",
    ),
    "empty_snapshot": Text(
        "the file has a header but no rows, and would replace {rows} rows loaded before",
        "見出しだけで行がなく、読み込み済みの {rows} 行を消してしまいます",
        "Export again; if it is really empty, load it with --mode append.",
        "書き出し直してください。本当に空なら --mode append で読み込んでください。",
    ),
    "broken_parquet": Text(
        "this is not a readable Parquet file: {reason}",
        "Parquetファイルとして読めません: {reason}",
        _EXPORT_AGAIN_EN,
        _EXPORT_AGAIN_JA,
    ),
    "unsupported_type": Text(
        "values of type {type} cannot be turned into text",
        "型 {type} の値は文字にできません",
        "Export the column as text, a number, a date or a time, or do not map it.",
        "文字・数値・日付・時刻の列にするか、マッピングから外してください。",
    ),
    "unknown_format": Text(
        "the suffix does not tell the format",
        "拡張子から形式が分かりません",
        "Add `format: csv`, `tsv`, `parquet` or `jsonl` to this file in the mapping.",
        "マッピングのこのファイルに `format:` （csv, tsv, parquet, jsonl）を書いてください。",
    ),
}

# A row is set aside and counted; the file goes on. load_rejects keeps the English text.
ROW_FAULTS: dict[str, Text] = {
    "row_too_short": Text(
        "{actual} of {expected} columns", "{expected} 列のところ {actual} 列しかありません"
    ),
    "row_too_long": Text(
        "{actual} columns where {expected} are expected",
        "{expected} 列のところ {actual} 列あります",
    ),
    "nul_byte": Text("the value holds a NUL byte", "値にNUL文字が含まれています"),
    "field_too_long": Text(
        "{actual} characters; at most {limit} are read",
        "{actual} 文字あります（上限 {limit} 文字）",
    ),
    "broken_json_line": Text("not one JSON object: {reason}", "JSONとして読めません: {reason}"),
    "duplicate_json_key": Text("the key stands twice", "同じキーが2回あります"),
}

# Worth knowing; the load goes on.
NOTICES: dict[str, Text] = {
    "extra_columns": Text("columns not loaded: {columns}", "読み込まない列: {columns}"),
    "optional_column_missing": Text(
        "optional columns not in the file, left empty: {columns}",
        "ファイルにない任意の列（空とします）: {columns}",
    ),
    "optional_file_missing": Text(
        "optional file {pattern} not found, but {near} is there: misnamed?",
        "任意のファイル {pattern} がなく、{near} があります。名前の誤りですか",
    ),
    "files_not_read": Text(
        "files in the directory that no mapping entry reads: {files}",
        "マッピングのどの項目も読まないファイル: {files}",
    ),
    "table_still_empty": Text(
        "nothing is loaded for {table} yet", "{table} にはまだ何も読み込まれていません"
    ),
    "excel_damaged_ids": Text(
        "{count} of {rows} values look like 1E+05: the file was probably opened and saved in Excel",
        "{rows} 件中 {count} 件が 1E+05 のような形です。Excelで開いて保存した可能性があります",
    ),
    "rounded_ids": Text(
        "{count} of {rows} values have over 15 digits and end in zeros: "
        "Excel keeps 15 digits, the file was probably opened and saved there",
        "{rows} 件中 {count} 件が15桁を超え、末尾が0です。Excelは15桁までしか保てません。"
        "Excelで開いて保存した可能性があります",
    ),
    "lost_leading_zeros": Text(
        "most values began with a zero in the files loaded before, and hardly one does now: "
        "the file was probably opened and saved in Excel",
        "これまで多くの値が0で始まっていましたが、今回はほとんどありません。"
        "Excelで開いて保存した可能性があります",
    ),
    "repeated_hour": Text(
        "{count} times fall into the hour that {zone} has twice when summer time ends; "
        "the first of the two is taken",
        "{count} 件の時刻は {zone} の夏時間が終わって2回ある1時間に当たります。1回目とみなします",
    ),
    "mixed_line_ends": Text(
        "line ends are mixed: {crlf} CRLF, {lf} LF, {cr} CR (those inside quotes counted too)",
        "改行が混ざっています: CRLF {crlf}、LF {lf}、CR {cr}（引用符の中の改行も数えます）",
    ),
    "volume_changed": Text(
        "{rows} rows, where the median of the last {loads} loads is {median}",
        "{rows} 行です（直近 {loads} 回の中央値は {median} 行）",
    ),
    "unreadable_by_format": Text(
        "{count} values do not fit the format {format} (first: {value}); passed on as they are",
        "{count} 件が形式 {format} に合いません（最初: {value}）。そのまま渡します",
    ),
    "replacement_characters": Text(
        "{count} replacement characters (U+FFFD) in the file: text was lost before the export",
        "置換文字（U+FFFD）が {count} 個あります。書き出しより前に文字が失われています",
    ),
    "no_final_newline": Text(
        "the last line has no line end; check that the file is complete",
        "最後の行に改行がありません。ファイルが完全か確かめてください",
    ),
    "no_rows": Text("a header, but no rows", "見出しだけで行がありません"),
    "rows_rejected": Text(
        "{count} rows set aside (raw/load_rejects). The first: {examples}",
        "{count} 行を除きました（raw/load_rejects）。最初のもの: {examples}",
    ),
    "other_delimiter": Text(
        "the delimiter is {delimiter}, not {expected}",
        "区切り文字が {expected} ではなく {delimiter} です",
    ),
    "removed_by_snapshot": Text(
        "snapshot: {count} earlier files of this source and table are replaced",
        "スナップショット: このソースと表の以前のファイル {count} 個を置き換えました",
    ),
    "same_content": Text(
        "the same content as {other}: read once", "{other} と同じ内容なので一度だけ読みました"
    ),
}
