"""The sentence for every finding code, in English and Japanese."""

from __future__ import annotations

MESSAGES: dict[str, dict[str, str]] = {}


def _say(code: str, en: str, ja: str) -> None:
    MESSAGES[code] = {"en": en, "ja": ja}


# --- the file ---------------------------------------------------------------------------------
_say(
    "missing_file",
    "The seed file is missing. A file with its header line alone is enough where no row is needed.",
    "シードのファイルがありません。行が要らない場合も、見出し行だけのファイルを置いてください。",
)
_say(
    "unknown_file",
    "No seed has this name; the build would load it as a table nobody reads.",
    "この名前のシードはありません。誰も読まない表として取り込まれてしまいます。",
)
_say("unreadable", "The file cannot be read: {why}.", "ファイルを読めません: {why}")
_say(
    "empty_file",
    "The file is empty; its first line must be the header.",
    "ファイルが空です。1行目には見出しが必要です。",
)
_say(
    "encoding",
    "The file is not UTF-8 (it {looks_en}). Save it as UTF-8.",
    "UTF-8のファイルではありません({looks_ja})。UTF-8で保存してください。",
)
_say(
    "bad_csv",
    "The line is not CSV: {why}. A quotation mark may be open.",
    "CSVとして読めない行です: {why}。引用符が閉じていない可能性があります。",
)
_say(
    "missing_column",
    'The header lacks the column "{value}".',
    "見出しに列「{value}」がありません。",
)
_say(
    "unknown_column",
    'The header has a column "{value}" that this seed does not know.',
    "見出しの列「{value}」は、このシードにはありません。",
)
_say(
    "duplicate_column",
    'The header has the column "{value}" twice.',
    "見出しに列「{value}」が2回あります。",
)
_say(
    "short_row",
    "The row has {found} cells, the header {expected}: a comma is missing.",
    "この行のセルは{found}個で、見出しの{expected}個より少ないです。カンマが足りません。",
)
_say(
    "long_row",
    "The row has {found} cells, the header {expected}: put text with a comma in quotation marks.",
    "この行のセルは{found}個で、見出しの{expected}個より多いです。"
    "カンマを含む文は引用符で囲んでください。",
)
_say(
    "blank_row",
    "The line is blank and would become an empty row; delete it.",
    "空の行です。空のレコードになってしまうため、削除してください。",
)
_say(
    "no_rows",
    "The seed needs at least one row.",
    "このシードには少なくとも1行が必要です。",
)
_say(
    "control_character",
    'The cell has a line break or control character: "{value}". Keep a row on one line.',
    "セルに改行または制御文字があります: 「{value}」。1つの行は1行に収めてください。",
)
_say(
    "whitespace",
    'The cell "{value}" begins or ends with a space; the spaces would count as text.',
    "セル「{value}」の前後に空白があります。空白も文字として扱われてしまいます。",
)
_say(
    "null_word",
    'The cell says "{value}", which is read as an empty cell; leave it empty or use another word.',
    "セルの「{value}」は空のセルとして読まれます。空にするか、別の言葉にしてください。",
)

# --- the cell ---------------------------------------------------------------------------------
_say("required", "The cell must not be empty.", "空にはできません。")
_say("unknown_value", '"{value}" is not known here.', "「{value}」はここでは使えません。")
_say(
    "full_width",
    '"{value}" is written in full-width characters; write it in half-width.',
    "「{value}」は全角で書かれています。半角で書いてください。",
)
_say(
    "not_a_number",
    '"{value}" is not a plain number such as 15, -5 or 0.5.',
    "「{value}」は数値ではありません。15、-5、0.5 のように書いてください。",
)
_say(
    "not_finite",
    '"{value}" is not a finite number.',
    "「{value}」は有限の数値ではありません。",
)
_say(
    "not_a_count",
    '"{value}" is not a whole number from 1 to 100000.',
    "「{value}」は1から100000までの整数ではありません。",
)
_say(
    "not_a_date",
    '"{value}" is not a day of the calendar written as 2026-05-01.',
    "「{value}」は 2026-05-01 の形の、実在する日付ではありません。",
)
_say(
    "not_a_boolean",
    '"{value}" is neither true nor false.',
    "「{value}」は true でも false でもありません。",
)
_say(
    "bad_identifier",
    '"{value}" is not a name: use letters, digits, "_", "-" and ".", beginning with a letter '
    "or digit.",
    "「{value}」は名前に使えません。英字か数字で始め、英数字と _ - . だけを使ってください。",
)
_say(
    "bad_currency",
    '"{value}" is not a currency code of three capital letters such as JPY.',
    "「{value}」は JPY のような大文字3字の通貨コードではありません。",
)
_say(
    "bad_domain",
    '"{value}" is not a domain in lower case such as example.co.jp, without "@".',
    "「{value}」は example.co.jp のような小文字のドメインではありません。@ は書きません。",
)
_say(
    "formula",
    '"{value}" begins with a sign that a spreadsheet takes for a formula.',
    "「{value}」は、表計算ソフトが数式とみなす記号で始まっています。",
)
_say(
    "not_normalised",
    '"{value}" can never match: write words in plain width and lower case, each once and none '
    "empty.",
    "「{value}」は決して一致しません。半角・小文字で書き、空や重複をなくしてください。",
)
_say(
    "out_of_range",
    '"{value}" lies outside {low} to {high}.',
    "「{value}」は{low}から{high}までの範囲にありません。",
)
_say(
    "not_positive",
    '"{value}" must be above 0.',
    "「{value}」は0より大きくなければなりません。",
)

# --- the condition ----------------------------------------------------------------------------
_say(
    "field_required",
    'The operator "{operator}" on "{subject}" needs a field.',
    "「{subject}」に演算子「{operator}」を使うには、フィールドが必要です。",
)
_say(
    "unknown_field",
    'No subject has a field "{value}".',
    "「{value}」というフィールドはありません。",
)
_say(
    "field_not_of_subject",
    'The field "{value}" does not belong to the subject "{subject}".',
    "フィールド「{value}」は対象「{subject}」のものではありません。",
)
_say(
    "operator_not_for_field",
    'The operator "{value}" cannot be used on {where}.',
    "演算子「{value}」は {where} には使えません。",
)
_say(
    "value_missing",
    'The operator "{operator}" needs a value.',
    "演算子「{operator}」には値が必要です。",
)
_say(
    "value_not_allowed",
    'The operator "{operator}" takes no value; "{value}" would be ignored.',
    "演算子「{operator}」は値を取りません。「{value}」は無視されてしまいます。",
)
_say(
    "list_not_allowed",
    '"{value}" is a list, and the operator "{operator}" takes one value; use "in" for a list.',
    "「{value}」はリストですが、演算子「{operator}」が取る値は1つです。"
    "リストには in を使ってください。",
)
_say(
    "list_item_empty",
    'The list "{value}" has an empty item.',
    "リスト「{value}」に空の項目があります。",
)
_say(
    "list_item_twice",
    'The list "{value}" has an item twice.',
    "リスト「{value}」に同じ項目が2回あります。",
)
_say(
    "not_plain_number",
    '"{value}" is not written plainly; here numbers are compared digit by digit.',
    "「{value}」は余分な0や記号を含む書き方です。ここでは数字の並びをそのまま比べます。",
)
_say(
    "between_bounds",
    '"{value}" must be two numbers separated by "|", such as 100|999.',
    "「{value}」は 100|999 のように、2つの数値を | で区切って書いてください。",
)
_say(
    "between_reversed",
    'The bounds "{value}" are the wrong way round.',
    "範囲「{value}」の下限と上限が逆です。",
)

# --- the scoring rule -------------------------------------------------------------------------
_say(
    "cap_without_period",
    "cap_points has no cap_period.",
    "cap_points に対する cap_period がありません。",
)
_say(
    "period_without_cap",
    "cap_period has no cap_points.",
    "cap_period に対する cap_points がありません。",
)
_say(
    "negative_cap",
    'A cap must be above 0, not "{value}".',
    "上限は0より大きくなければなりません。「{value}」は使えません。",
)
_say(
    "cap_on_negative_points",
    "A cap limits points that are given; this rule takes points away.",
    "上限は加点を抑えるものです。このルールは減点です。",
)
_say(
    "group_cap_without_group",
    "group_cap_points has no rule_group.",
    "group_cap_points に対する rule_group がありません。",
)
_say(
    "mixed_group_cap",
    'The rules of the group "{group}" name different caps; line {first_line} has another.',
    "グループ「{group}」の上限がルールによって異なります({first_line}行目と違います)。",
)
_say(
    "decay_without_days",
    'The decay "{decay}" needs decay_days.',
    "減衰「{decay}」には decay_days が必要です。",
)
_say(
    "days_without_decay",
    "decay_days without a decay would be ignored.",
    "減衰がないのに decay_days があります。無視されてしまいます。",
)
_say(
    "decay_on_attribute",
    "An attribute of a lead has no age, so its points cannot decay.",
    "リードの属性には経過日数がないため、点数を減衰させられません。",
)
_say(
    "distinct_on_attribute",
    "An attribute of a lead gives its points once anyway; leave distinct_by empty.",
    "リードの属性の点数はもともと1回だけです。distinct_by は空にしてください。",
)
_say(
    "duplicate_condition",
    "Line {first_line} has the same condition; it would count twice.",
    "{first_line}行目と同じ条件です。二重に数えられてしまいます。",
)

# --- the stage definition ---------------------------------------------------------------------
_say(
    "count_on_attribute",
    'Only events are counted; "{subject}" has none.',
    "数えられるのは行動だけです。「{subject}」は数えられません。",
)
_say(
    "distinct_without_count",
    "distinct_by has no min_count.",
    "distinct_by に対する min_count がありません。",
)

_say(
    "reserved_stage",
    '"{value}" is a stage of the funnel that is not defined here; a status needs another name.',
    "「{value}」はここでは定義できないファネルの段階です。ステータスには別の名前を付けてください。",
)
_say(
    "stay_on_stage",
    'Nobody stops being an {stage}; "stay" is for statuses of your own.',
    "{stage} に「とどまる条件」はありません。stay は独自のステータスにだけ使えます。",
)
_say(
    "stay_path",
    'The path "{value}" does not fit: criteria of role stay have the path "stay", others not.',
    "経路「{value}」は使えません。"
    "role が stay の条件の経路は stay とし、ほかの条件では使いません。",
)
_say(
    "status_without_enter",
    'The status "{value}" of the version "{version}" has no criterion to come in.',
    "版「{version}」のステータス「{value}」に、入るための条件がありません。",
)

# --- the traffic filter -----------------------------------------------------------------------
_say(
    "subject_not_for_kind",
    'A filter of kind "{kind}" cannot look at "{value}".',
    "種類「{kind}」のフィルタは「{value}」を対象にできません。",
)
_say(
    "kind_needs",
    'A filter of kind "{kind}" needs {column}.',
    "種類「{kind}」のフィルタには {column} が必要です。",
)
_say(
    "not_for_kind",
    'A filter of kind "{kind}" has no {column}; it would be ignored.',
    "種類「{kind}」のフィルタに {column} は使えません。無視されてしまいます。",
)
_say(
    "burst_of_one",
    "A burst has at least 2 events; with 1 every event would be left out.",
    "一斉の行動は2件以上です。1件では、すべての行動が除外されてしまいます。",
)
_say(
    "filter_takes_all",
    "Without a field the filter would leave out every event of every lead.",
    "フィールドがないと、すべてのリードのすべての行動が除外されてしまいます。",
)

# --- versions and validity --------------------------------------------------------------------
_say(
    "duplicate_key",
    "Line {first_line} has the same {key}.",
    "{first_line}行目と {key} が同じです。",
)
_say(
    "unknown_version",
    'scorecards.csv has no version "{value}".',
    "scorecards.csv に版「{value}」がありません。",
)
_say(
    "unknown_segment",
    'segments.csv has no segment "{value}"; write "all" for every lead.',
    "segments.csv にセグメント「{value}」がありません。全リードなら all と書いてください。",
)
_say(
    "reserved_segment",
    '"{value}" means every lead; a segment needs another name.',
    "「{value}」は全リードのことです。セグメントには別の名前を付けてください。",
)
_say(
    "version_without_rules",
    'The version "{value}" has no row in scoring_rules.csv.',
    "版「{value}」のルールが scoring_rules.csv にありません。",
)
_say(
    "version_without_mql",
    'The version "{value}" does not define an MQL in stage_definitions.csv.',
    "版「{value}」のMQLの定義が stage_definitions.csv にありません。",
)
_say(
    "version_without_grades",
    'The version "{value}" has no row in score_grades.csv for the axis {axis}.',
    "版「{value}」の {axis} 軸の行が score_grades.csv にありません。",
)
_say(
    "approval_missing",
    'A version that is "{status}" needs the approval of both departments.',
    "「{status}」の版には、両部門の承認が必要です。",
)
_say(
    "retired_without_end",
    "A retired version needs the day on which it ended.",
    "終了した版には、終了した日が必要です。",
)
_say(
    "nothing_in_force",
    'No version is active for the segment "all"; leads of no segment could not be scored.',
    "segment が all の有効な版がありません。セグメントに入らないリードを採点できません。",
)
_say(
    "reversed_validity",
    "valid_to must be later than valid_from ({valid_from}); the end day itself is not included.",
    "valid_to は valid_from({valid_from})より後でなければなりません。終了日当日は含みません。",
)
_say(
    "overlap",
    "The row holds from {value}, but line {first_line} holds {until_en} as well.",
    "{value} から有効ですが、{first_line}行目も{until_ja}有効で、期間が重なっています。",
)
_say(
    "gap",
    "Nothing is in force from {end} until {value}; line {first_line} ends too early.",
    "{end} から {value} まで有効な版がありません。{first_line}行目の終わりが早すぎます。",
)

# --- identity ---------------------------------------------------------------------------------
_say(
    "value_not_for_rule",
    'The rule "{rule}" is only on or off; "{value}" would be ignored.',
    "ルール「{rule}」にはオンとオフしかありません。「{value}」は無視されてしまいます。",
)
_say(
    "pair_of_one",
    'Both lead ids are "{value}"; a decision is about two.',
    "2つのリードIDがどちらも「{value}」です。判断には別々の2件が必要です。",
)
_say(
    "pair_twice",
    "Line {first_line} is about the same two leads; keep the decision that holds.",
    "{first_line}行目と同じ2件についての判断です。有効な方だけを残してください。",
)
_say(
    "not_a_local_part",
    '"{value}" has a "{sign}"; write only what stands before the @ and before a plus-tag.',
    "「{value}」に「{sign}」があります。@ とプラス記号より前の部分だけを書いてください。",
)
_say(
    "not_one_character",
    '"{value}" is not one character.',
    "「{value}」は1文字ではありません。",
)
_say(
    "form_of_a_form",
    '"{value}" is itself an old form in line {first_line}; name the usual character.',
    "「{value}」は{first_line}行目で旧字体とされています。通常の字体を書いてください。",
)

# --- the other seeds --------------------------------------------------------------------------
_say(
    "position_hole",
    'The positions of "{group}" must run from 1 without a hole; {expected} is missing.',
    "「{group}」の順番は1から続いていなければなりません。{expected} がありません。",
)
_say(
    "weights_sum",
    'The weights of the model "{group}" add up to {total}, not 1.',
    "モデル「{group}」の重みの合計が {total} で、1になっていません。",
)
_say(
    "half_life_missing",
    "The position decay needs half_life_days: after how many days does a touch count half?",
    "decay の行には half_life_days(何日で半分になるか)が必要です。",
)
_say(
    "half_life_not_allowed",
    "Only the position decay has half_life_days; here it would be ignored.",
    "half_life_days は decay の行にだけ書けます。ここでは無視されてしまいます。",
)
_say(
    "fitted_model",
    '"{value}" is the name of a model that the data make; give yours another one.',
    "「{value}」はデータから求めるモデルの名前です。別の名前を付けてください。",
)
_say(
    "label_differs",
    'The model "{group}" is called otherwise in line {first_line}; '
    "write the same label in each of its rows.",
    "モデル「{group}」は{first_line}行目で別の名前になっています。同じモデルの行には同じ名前を書いてください。",
)
_say(
    "limit_missing",
    'The unit "{unit}" needs a limit_value.',
    "単位「{unit}」には limit_value が必要です。",
)
_say(
    "limit_not_allowed",
    "Only a term of time has a limit_value.",
    "limit_value は時間の単位の行にだけ書けます。",
)
_say(
    "unmeasurable_term",
    'No model measures a term that ends with "{value}" in this unit.',
    "この単位で「{value}」に終わる約束は測れません。",
)
_say(
    "not_a_time_of_day",
    '"{value}" is not a time of day written as 09:00; midnight at the end of a day is 24:00.',
    "「{value}」は 09:00 の形の時刻ではありません。1日の終わりの0時は 24:00 です。",
)
_say(
    "reversed_hours",
    "The day closes at {value} and opens at {opens}; it has to close later.",
    "{opens} に始まり {value} に終わる日になっています。終わりは始まりより後にしてください。",
)
_say(
    "half_of_the_hours",
    "A half day has opens and closes; a closed day has neither.",
    "半日の日は opens と closes の両方を書き、休業日はどちらも空にしてください。",
)
_say(
    "no_day_of_the_year",
    '"{value}" is no day of the year.',
    "「{value}」という日はありません。",
)
_say(
    "reserved_team",
    'A team cannot be called "{value}"; the word stands for everybody.',
    "チームの名前に「{value}」は使えません。全員を表す言葉です。",
)
_say(
    "unknown_team",
    'Nobody is in the team "{value}" (team_members.csv); its rows would hold for nobody.',
    "チーム「{value}」には誰もいません(team_members.csv)。誰にも適用されない行です。",
)
_say(
    "no_common_hours",
    'No row of the team "all" says when people without a team work.',
    "チーム「all」の行がなく、チームのない人の就業時間が決まりません。",
)
_say(
    "not_a_weekday",
    '"{value}" is not a weekday: 1 is Monday, 7 is Sunday.',
    "「{value}」は曜日ではありません。1が月曜日、7が日曜日です。",
)
_say(
    "all_only",
    'The dimension "all" and the value "all" go together.',
    "ディメンション all と値 all は組で使います。",
)
_say(
    "missing_type",
    'The code "{value}" has no row.',
    "コード「{value}」の行がありません。",
)
_say(
    "never_wins",
    'The pattern "{value}" can never win: line {first_line} ("{winner}") is contained in it and '
    "comes first.",
    "パターン「{value}」は決して使われません。これに含まれる{first_line}行目の"
    "「{winner}」が先に一致します。",
)
_say(
    "word_twice",
    'The word "{value}" already stands in line {first_line}.',
    "「{value}」は{first_line}行目にもあります。",
)
_say(
    "label_missing",
    'The {kind} "{value}" has no row in code_labels.csv; pages would show the bare code.',
    "{kind} の「{value}」が code_labels.csv にありません。画面にコードのまま表示されてしまいます。",
)
