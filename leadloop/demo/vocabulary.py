"""The words of the demo company. Every firm and person is invented; domains end in .example."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY_NAME = "株式会社ソラノハ勤怠クラウド(架空)"


@dataclass(frozen=True)
class Word:
    """A code of leadloop, the company's own word for it, and how often it comes."""

    code: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Title:
    text: str
    level: str
    weight: float


@dataclass(frozen=True)
class Content:
    content_id: str
    name: str
    content_type: str
    url: str = ""


@dataclass(frozen=True)
class Campaign:
    name: str
    channel: str
    cost_kind: str = ""


CHANNELS = (
    Word("organic_search", "自然検索", 0.18),
    Word("paid_search", "リスティング広告", 0.15),
    Word("paid_social", "SNS広告", 0.13),
    Word("display", "ディスプレイ広告", 0.05),
    Word("referral", "紹介", 0.05),
    Word("email", "メール", 0.04),
    Word("webinar", "ウェビナー", 0.11),
    Word("exhibition", "展示会", 0.15),
    Word("outbound", "アウトバウンド", 0.04),
    Word("partner", "パートナー", 0.03),
    Word("direct", "直接流入", 0.05),
    Word("content_syndication", "比較サイト掲載", 0.02),
)
CHANNEL_CODES = tuple(c.code for c in CHANNELS)
CHANNEL = {code: i for i, code in enumerate(CHANNEL_CODES)}

# What a lead costs on average in each paid channel; partner and direct register no cost.
COST_PER_LEAD = {
    "organic_search": 2_500,
    "paid_search": 11_000,
    "paid_social": 3_600,
    "display": 9_000,
    "referral": 15_000,
    "email": 1_800,
    "webinar": 8_500,
    "exhibition": 14_000,
    "outbound": 14_000,
    "content_syndication": 12_000,
}
# The invoice of this channel never came in this month: the cost is unknown, not nil.
MISSING_COST = ("display", "2026-03")

CAMPAIGNS = (
    Campaign("SEO_オウンドメディア", "organic_search", "制作費"),
    Campaign("SEO_導入事例ページ", "organic_search", "制作費"),
    Campaign("検索_勤怠管理", "paid_search", "広告費"),
    Campaign("検索_指名", "paid_search", "広告費"),
    Campaign("検索_人事分析", "paid_search", "広告費"),
    Campaign("SNS_人事担当者向け", "paid_social", "広告費"),
    Campaign("SNS_類似配信", "paid_social", "広告費"),
    Campaign("バナー_リターゲティング", "display", "広告費"),
    Campaign("紹介_既存顧客", "referral", "紹介謝礼"),
    Campaign("メルマガ_月2回", "email", "配信費"),
    Campaign("ウェビナー_勤怠入門", "webinar", "運営費"),
    Campaign("ウェビナー_人事データ活用", "webinar", "運営費"),
    Campaign("展示会_業務効率化フェア東", "exhibition", "出展費"),
    Campaign("展示会_業務効率化フェア西", "exhibition", "出展費"),
    Campaign("架電_ターゲット企業", "outbound", "委託費"),
    Campaign("パートナー_社労士紹介", "partner", ""),
    Campaign("比較サイト_資料請求", "content_syndication", "掲載費"),
)
CAMPAIGN_NAMES = tuple(c.name for c in CAMPAIGNS)
CAMPAIGN = {c.name: i for i, c in enumerate(CAMPAIGNS)}

INDUSTRIES = (
    Word("manufacturing", "製造業", 0.22),
    Word("it", "IT・情報通信", 0.20),
    Word("retail", "小売", 0.12),
    Word("logistics", "物流", 0.07),
    Word("construction", "建設", 0.09),
    Word("medical", "医療・福祉", 0.08),
    Word("finance", "金融", 0.06),
    Word("services", "サービス", 0.08),
    Word("education", "教育", 0.03),
    Word("public", "官公庁", 0.02),
    Word("", "宇宙開発", 0.005),  # a word that no vocabulary knows
    Word("", "", 0.025),
)
INDUSTRY_LABELS = tuple(w.label for w in INDUSTRIES)
TARGET_INDUSTRIES = ("製造業", "IT・情報通信")
LOGISTICS = INDUSTRY_LABELS.index("物流")

TITLES = (
    Title("代表取締役", "executive", 0.025),
    Title("取締役", "executive", 0.025),
    Title("執行役員", "executive", 0.020),
    Title("役員", "executive", 0.010),
    Title("本部長", "director", 0.025),
    Title("部長", "director", 0.110),
    Title("人事部長", "director", 0.045),
    Title("次長", "manager", 0.040),
    Title("課長", "manager", 0.160),
    Title("総務課長", "manager", 0.050),
    Title("係長", "staff", 0.080),
    Title("主任", "staff", 0.110),
    Title("担当", "staff", 0.230),
    Title("学生", "student", 0.008),
    Title("エバンジェリスト", "", 0.012),  # a title that no vocabulary knows
    Title("", "", 0.050),
)
TITLE_TEXTS = tuple(t.text for t in TITLES)
LEVELS = ("executive", "director", "manager", "staff", "student", "")
TITLE_LEVEL = tuple(LEVELS.index(t.level) for t in TITLES)
EXECUTIVE, DIRECTOR, MANAGER, STAFF, STUDENT, NO_LEVEL = range(6)
TITLE_STUDENT = TITLE_TEXTS.index("学生")
TITLE_STAFF = TITLE_TEXTS.index("担当")

DEPARTMENTS = ("人事部", "総務部", "情報システム部", "経営企画部", "経理部", "")

METRO = ("東京都", "神奈川県", "大阪府", "愛知県", "埼玉県", "千葉県", "福岡県")
OUTSIDE = (
    "北海道", "宮城県", "新潟県", "長野県", "静岡県", "石川県",
    "広島県", "岡山県", "香川県", "愛媛県", "熊本県", "鹿児島県",
)  # fmt: skip
PREFECTURES = METRO + OUTSIDE + ("",)

PRODUCTS = ("core", "analytics")
PRODUCT_LABELS = ("ソラノハ勤怠", "ソラノハ分析")

FAMILY = (
    "佐藤", "髙橋", "山﨑", "田中", "渡邊", "伊藤", "中村", "小林", "加藤", "吉田", "山田", "松本",
    "井上", "木村", "清水", "林", "斎藤", "齋藤", "森", "池田", "橋本", "阿部", "石川", "前田",
    "藤田", "岡田", "長谷川", "石井", "小川", "後藤", "近藤", "坂本", "遠藤", "青木", "藤井",
    "西村",
    "福田", "太田", "三浦", "濵田",
)  # fmt: skip
# Names with the older kanji come often enough to stand in every export of deals.
FAMILY_WEIGHTS = tuple(4 if name in ("髙橋", "山﨑") else 1 for name in FAMILY)
FAMILY_ROMAN = (
    "sato", "takahashi", "yamazaki", "tanaka", "watanabe", "ito", "nakamura", "kobayashi", "kato",
    "yoshida", "yamada", "matsumoto", "inoue", "kimura", "shimizu", "hayashi", "saito", "saitoh",
    "mori", "ikeda", "hashimoto", "abe", "ishikawa", "maeda", "fujita", "okada", "hasegawa",
    "ishii", "ogawa", "goto", "kondo", "sakamoto", "endo", "aoki", "fujii", "nishimura", "fukuda",
    "ota", "miura", "hamada",
)  # fmt: skip
GIVEN = (
    "陽翔", "美咲", "健一", "由美子", "大輔", "千尋", "翔太", "恵子", "拓也", "真由美", "直樹",
    "彩",
    "誠", "久美子", "浩二", "遥", "隆", "明日香", "剛", "優子", "亮", "結衣", "修", "智子",
)  # fmt: skip
# Kanji the older code page has only in its vendor rows are kept on purpose: 髙 﨑 ㈱ ①.
COMPANY_HEAD = (
    "アオバネ", "ミズカゲ", "ヒノワ", "ソヨカゼ野", "ツキミ坂", "ハルノ丘", "ナギサ崎", "カゼノ",
    "ユキシロ", "ホシミ", "アカネ原", "シラツユ", "クモイ", "ワカクサ浜", "トキワ沢", "ハナレ島",
    "モリノネ", "イワシミズ", "オトワ川", "コモレビ",
)  # fmt: skip
COMPANY_MIDDLE = (
    "東",
    "西",
    "南",
    "北",
    "中央",
    "第一",
    "新",
    "大",
    "共和",
    "みらい",
    "日の出",
    "太陽",
)
COMPANY_TAIL = {
    "製造業": "精工", "IT・情報通信": "システムズ", "小売": "ストア", "物流": "運輸",
    "建設": "建設",
    "医療・福祉": "メディカル", "金融": "ファイナンス", "サービス": "サービス", "教育": "学園",
    "官公庁": "公社", "宇宙開発": "宇宙", "": "商会",
}  # fmt: skip
COMPETITOR_NAME = "株式会社カゲロウ勤怠"
COMPETITOR_DOMAIN = "kagerou-kintai.example"
STUDENT_DOMAIN = "u-soranone.ac.example"
FREE_MAIL_DOMAIN = "freemail.example"

SITE = "https://www.soranoha.example"
CONTENTS = (
    Content(
        "case-manufacturing", "製造業の導入事例集", "case_study", f"{SITE}/cases/manufacturing"
    ),
    Content("case-office", "オフィス改革の導入事例集", "case_study", f"{SITE}/cases/office"),
    Content("case-it", "IT企業の導入事例集", "case_study", f"{SITE}/cases/it"),
    Content("wp-labor-law", "労働法改正ガイド", "whitepaper", f"{SITE}/wp/labor-law"),
    Content("wp-kintai-guide", "勤怠管理システム選び方ガイド", "whitepaper", f"{SITE}/wp/guide"),
    Content("price-deck", "サービス資料(価格表付き)", "price_deck", f"{SITE}/download/price"),
    Content("webinar-kintai", "勤怠管理入門ウェビナー", "webinar", f"{SITE}/webinar/kintai"),
    Content(
        "webinar-analytics", "人事データ活用ウェビナー", "webinar", f"{SITE}/webinar/analytics"
    ),
    Content(
        "seminar-hands-on", "勤怠設定ハンズオンセミナー", "seminar", f"{SITE}/seminar/hands-on"
    ),
    Content("seminar-cases", "導入事例セミナー", "case_study_seminar", f"{SITE}/seminar/cases"),
    Content("survey-seminar", "セミナー後アンケート", "survey", f"{SITE}/survey/seminar"),
    Content("newsletter", "ソラノハ通信", "newsletter"),
    Content("price", "料金", "price_page", f"{SITE}/price"),
    Content("product-core", "ソラノハ勤怠の機能", "product_page", f"{SITE}/product/core"),
    Content("product-analytics", "ソラノハ分析の機能", "product_page", f"{SITE}/product/analytics"),
    Content("blog-overtime", "残業の上限を守るには", "blog", f"{SITE}/blog/overtime"),
    Content("blog-shift", "シフト表の作り方", "blog", f"{SITE}/blog/shift"),
    Content("top", "トップページ", "", f"{SITE}/"),
    Content("demo", "製品デモ", "demo", f"{SITE}/demo"),
    Content("contact", "お問い合わせフォーム", "", f"{SITE}/contact"),
    # hearing answers: the question, with the evidence that inside sales wrote down
    Content("challenge", "残業集計に毎月3日かかっている", ""),
    Content("challenge", "課題はまだ整理できていない", ""),
    Content("budget", "来期予算に計上済み", ""),
    Content("budget", "予算は未定", ""),
    Content("timing", "6か月以内に切り替えたい", ""),
    Content("timing", "時期は決まっていない", ""),
    Content("authority", "決裁者は人事部長", ""),
    Content("authority", "決裁者は別部署", ""),
    Content("need", "打刻漏れをなくしたい", ""),
    Content("need", "現状で足りている", ""),
)
CONTENT = {c.content_id: i for i, c in reversed(tuple(enumerate(CONTENTS)))}
QUESTIONS = ("challenge", "budget", "timing", "authority", "need")

ACTIVITY_TYPES = (
    Word("page_view", "ページ閲覧"),
    Word("key_page_view", "重要ページ閲覧"),
    Word("form_submit", "フォーム送信"),
    Word("doc_download", "資料ダウンロード"),
    Word("case_study_download", "導入事例ダウンロード"),
    Word("seminar_register", "セミナー申込"),
    Word("seminar_attend", "セミナー参加"),
    Word("survey_answer", "アンケート回答"),
    Word("email_sent", "メール配信"),
    Word("email_open", "メール開封"),
    Word("email_click", "メールクリック"),
    Word("email_bounce", "メール不達"),
    Word("unsubscribe", "配信停止"),
    Word("demo_request", "デモ申込"),
    Word("inquiry", "問い合わせ"),
    Word("comparison_statement", "競合比較の発言"),
    Word("call_attempt", "架電"),
    Word("call_connected", "通話"),
    Word("meeting", "商談"),
    Word("chat", "チャット"),
    Word("site_search", "サイト内検索"),
    Word("video_view", "動画視聴"),
    Word("hearing_answer", "ヒアリング"),
    Word("handoff_listed", "引渡しリスト掲載"),
    Word("handoff_synced", "SFA連携"),
    Word("handoff_assigned", "営業割当"),
    Word("first_contact", "初回連絡"),
    Word("returned", "差し戻し"),
)
TYPE = {w.code: i for i, w in enumerate(ACTIVITY_TYPES)}

RETURN_REASONS = (
    Word("too_early", "まだ早い", 0.42),
    Word("wrong_size", "規模が合わない", 0.12),
    Word("wrong_department", "部署が違う", 0.12),
    Word("wrong_region", "地域が違う", 0.04),
    Word("existing_customer", "既存顧客", 0.05),
    Word("competitor", "競合", 0.02),
    Word("unreachable", "連絡がつかない", 0.18),
    Word("duplicate", "重複", 0.02),
    Word("other", "その他", 0.03),
)
EXHIBITION_RETURN_WEIGHTS = (0.14, 0.38, 0.34, 0.02, 0.02, 0.02, 0.06, 0.01, 0.01)
HEARING_ANSWERS = ("confirmed", "denied", "partly", "unknown")
SURVEY_ANSWERS = ("詳しい説明を希望", "資料だけ希望", "検討予定なし")
INQUIRY_ANSWERS = ("料金について", "導入期間について")
ANSWERS = (
    *HEARING_ANSWERS,
    *SURVEY_ANSWERS,
    *INQUIRY_ANSWERS,
    *(w.code for w in RETURN_REASONS),
)
ANSWER = {a: i for i, a in enumerate(ANSWERS)}

DEAL_STAGES = ("初回商談", "提案", "見積", "受注", "失注")
LOST_REASONS = ("予算が合わない", "競合に決定", "時期尚早", "機能不足", "担当者の異動")
INSIDE_SALES = tuple(f"is-{i:02d}" for i in range(1, 9))
FIELD_SALES = tuple(f"fs-{i:02d}" for i in range(1, 13))
ACTORS = (*INSIDE_SALES, *FIELD_SALES, "ma-system", "sfa-system")
ACTOR_MA = len(ACTORS) - 2
ACTOR_SFA = len(ACTORS) - 1
