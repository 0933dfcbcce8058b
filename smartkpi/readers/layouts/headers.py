"""What the header of a column says: its meaning, in Chinese or English, and with it a unit, a year or a calendar."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from smartkpi.errors import Fault
from smartkpi.model.reading import Calendar
from smartkpi.quantities import units
from smartkpi.quantities.periods import Forms, read_period
from smartkpi.quantities.reasons import reason_of
from smartkpi.quantities.statuses import read_status
from smartkpi.quantities.years import YearError, read_year
from smartkpi.readers.csv import Under
from smartkpi.readers.layouts.names import folded, normalised, without_footnotes
from smartkpi.readers.layouts.record import Context

_ALIASES = {
    "code": "indicatorid|indicatorcode|seriescode|id|code|kpiid|指標代碼|指標編號|指標代號|代碼|代號|編號",
    "indicator": "indicator|kpi|item|series|metric|kpiname|measurename|統計項目|統計指標|評估指標|衡量項目|計畫指標"
    "|指標|項目|指標項目|關鍵績效指標|績效指標|衡量指標",
    "title": "title|titlezh|name|indicatorname|indicatortitle|seriesname|指標名稱|名稱|項目名稱|指標標題",
    "year": "year|years|time|period|refdate|reportingyear|calendaryear|referenceyear|refyear|referenceperiod"
    "|reportingperiod|yearmonth|年月|統計年月|資料年月|timeperiod|fiscalyear|統計期|統計期間|資料期間|資料期|資料時間"
    "|年度|年|年份|民國年|民國年度|西元年|西元年度|民國|西元|公元|rocyear|ceyear|年別|年度別|資料年|資料年度|統計年"
    "|統計年度|會計年度|期間|時間",
    "value": "value|values|actuals|observedvalue|observationvalue|datavalue|measuredvalue|indicatorvalue"
    "|reportedvalue|currentvalue|latestvalue|年度實績|實際完成值|完成值|達成數值|統計結果|數據|actual|actualvalue"
    "|observed|observation|obsvalue|result|achieved|outcome|figure|數值|值|實際值|實際|達成情形|達成值|達成|實績"
    "|實績值|實際達成值|實際達成情形|達成數|成果|現況|現況值|統計值|觀測值|val|統計數值|指標值|實際數|實績數|統計數"
    "|目前值|達成狀況|實際達成數|年度實際值|年度達成值|年度達成情形",
    "multiplier": "unitmultiplier|unitmult|multiplier|scalarfactor|powercode|powercodecode|單位乘數|乘數",
    "unit": "unit|units|uom|measurementunit|unitofmeasurement|unitname|unitofmeasure|unitmeasure|measureunit|單位"
    "|計量單位|衡量單位|度量單位|單位名稱|數值單位|值單位",
    "obs_status": "obsstatus|obsflag|flag|flags|flagcode|flagcodes|observationflag|observationstatus|status|狀態"
    "|資料狀態|觀測狀態|狀態碼|數值狀態",
    "source": "source|datasource|reference|來源|資料來源|數據來源",
    "locator": "locator|page|where|出處|頁碼|頁次|頁數|位置",
    "note": "note|notes|remark|remarks|comment|comments|備註|備考|附註|說明|註記|註",
    "note_zh": "notezh|notezhtw|notechinese|中文備註|備註中文",
    "bound": "bound",
    "explanation": "explanation|explanations|reason|reasons|cause|causes|reasonfordelay|reasonsfordelay|causeofdelay"
    "|reasonfordeviation|reasonsfordeviation|reasonforvariance|reasonsforvariance|varianceexplanation|whybehind"
    "|落後原因|落後原因說明|落後說明|未達成原因|未達原因|未達標原因|未達目標原因|未達成說明|未達成原因說明|差異原因"
    "|差異說明|差異原因說明|原因說明|原因分析|原因",
    "measures": "measures|measurestaken|improvementmeasure|improvementmeasures|correctivemeasure|correctivemeasures"
    "|correctiveaction|correctiveactions|remedialmeasures|remedialaction|remedialactions|countermeasures|actiontaken"
    "|actionstaken|改善措施|改善對策|改善作法|改善做法|改善作為|改善方案|改進措施|改進作法|改進做法|精進措施|精進作為"
    "|因應措施|因應對策|因應作為|因應作法|因應做法|改善措施說明|後續改善措施|對策",
    "published": "published|vintage|publicationdate|releasedate|發布日期|公布日期|發布日|公布日|版本日期",
    "rate": "達成率|執行率|達成度|達成百分比|達成比率|達成比例|達標率|目標達成率|目標達成度|目標達成比率|完成率"
    "|預算達成率|attainment|attainmentrate|attainmentratio|attainmentpct|attainmentpercent|attainmentpercentage"
    "|achievement|achievementrate|achievementratio|achievementpct|achievementpercent|percentachieved"
    "|percentageachieved|percentattained|percentoftarget|percentageoftarget|completionrate|targetattainment"
    "|targetachievement|%attainment|%attained|%achievement|%achieved|%oftarget|%oftargetachieved|%complete|%completed"
    "|達成率百分比",
    "difference": "差異|差距|差異數|增減|增減率|增減數|增減百分比|成長率|年增率|變動|變動率|較上年增減|variance|gap"
    "|difference|change|changes|%change|change(%)|growth|growthrate|annualgrowth|yoy|變化",
    "mark": "nature|symbol|symbols|marker|marking|標記|符號",
    "target": "target|targets|targetvalue|targetvalues|plannedvalue|目標數值|計畫值|預定目標|預定值|原訂目標|設定目標"
    "|goal|planned|plan|目標|目標值|總體指標|預期目標|年度目標|年度目標值|目標數|計畫目標",
}
_OTHER_LANGUAGES = {
    "code": "kennziffer|kode|código|codigo|コード|代码|编号",
    "indicator": "indikator|kennzahl|indicateur|indicador|indicatore|indicatoren|indikatoren|指標項目名|指標名|项目"
    "|指标|指标名称|項目名",
    "year": "jahr|berichtsjahr|annee|année|ano|año|anno|jaar|periodo|período|période|periode|perioden|zeit"
    "|berichtszeitraum|exercice|ejercicio|exercício|jahre|années|años|anos|年次|西暦|調査年|時点|时间|年份别",
    "value": "wert|werte|istwert|ist|istwerte|ergebnis|ergebnisse|valeur|valeurs|realise|réalisé|réalisation|résultat"
    "|observé|valor|valores|logro|avance|resultado|realizado|waarde|realisatie|gerealiseerd|valore|値|実績|実績値"
    "|結果|数値|数值|实际|实际值|完成值|实绩|測定値",
    "unit": "einheit|maßeinheit|masseinheit|unite|unité|unidad|unidaddemedida|unitédemesure|unidade|unidadedemedida"
    "|eenheid|meeteenheid|unità|unitàdimisura|单位|計測単位|単位",
    "obs_status": "statut|estado|situação|zustand|état|wertstatus|beobachtungsstatus|statutdelobservation"
    "|statutdobservation|estadodelaobservación|estadodaobservação|waarnemingsstatus|ステータス|状态|状態|統計狀態"
    "|数据状态",
    "source": "quelle|quellen|datenquelle|fuente|fuentededatos|fonte|bron|sourcedesdonnées|出典|资料来源|数据来源",
    "locator": "seite|fundstelle|página|pagina",
    "note": "anmerkung|anmerkungen|bemerkung|bemerkungen|hinweis|hinweise|fußnote|fußnoten|kommentar|remarque"
    "|remarques|commentaire|commentaires|nota|notas|observaciones|observación|comentario|comentarios|observação"
    "|observações|comentário|opmerking|opmerkingen|toelichting|osservazioni|备注|注释|说明|注記|注|特記事項",
    "explanation": "begründung|ursache|abweichungsgrund|grundderabweichung|motif|explication|causa|causas|motivo"
    "|justificación|justificativa|要因|未達理由|原因分析说明|偏差原因|未完成原因",
    "measures": "maßnahmen|maßnahme|gegenmaßnahmen|mesures|mesurescorrectives|medidas|medidascorrectivas|maatregelen"
    "|対策|改善策|改进措施|整改措施",
    "rate": "zielerreichung|zielerreichungsgrad|erreichungsgrad|tauxderéalisation|tauxdatteinte|cumplimiento"
    "|porcentajedecumplimiento|gradodecumplimiento|realisatiegraad|達成率実績|达成率|完成率",
    "difference": "abweichung|differenz|veränderung|écart|variation|diferencia|desviación|variación|desvio|verschil"
    "|差異額|差异|增长率",
    "target": "ziel|zielwert|soll|sollwert|plan|planwert|zielwerte|cible|objectif|objectifs|meta|metas|objetivo"
    "|objetivos|doel|streefwaarde|doelstelling|objectivo|目標值|目标|目标值|计划值",
    "multiplier": "multiplikator|multiplicateur|multiplicador|einheitenmultiplikator",
    "mark": "symbole|zeichen|símbolo|símbolos|signe|記号|符号",
}
"""German, French, Spanish, Portuguese, Dutch, Italian and Japanese, and Chinese as on the mainland."""
_CHARACTERS = str.maketrans(
    "値数実単标実实际单项达划计资来备说称编号状态统间时结预总绩键产报释测观对区県発価済増関点図",
    "值數實單標實實際單項達劃計資來備說稱編號狀態統間時結預總績鍵產報釋測觀對區縣發價濟增關點圖",
)
"""Characters of Japan and of the mainland as Taiwan writes them."""
_MEANINGS = {
    alias.translate(_CHARACTERS): meaning
    for names in (_OTHER_LANGUAGES, _ALIASES)
    for meaning, aliases in names.items()
    for alias in aliases.split("|")
}
_CALENDARS: dict[str, Calendar] = {
    "民國": "roc", "中華民國": "roc", "roc": "roc", "西元": "ce", "公元": "ce", "ce": "ce", "ad": "ce",
}  # fmt: skip
FIGURES = frozenset(("value", "target"))
COMPUTED = frozenset(("rate", "difference"))
"""What can be computed from target and actual, and is not read."""
TEXTS = frozenset(("explanation", "measures", "note", "source", "locator", "obs_status"))
"""What a column may say of the values of one year beside it."""
_SHORT_STATUSES = {"est": "E", "prov": "P", "prel": "P", "rev": "A"}
"""What a header says of all values of its year."""
_MOST_WORDS = 9
"""Words in brackets that are looked at; a header with more is made to take long."""
# Patterns are made when first used: most headers are names that need none.
_INNER = r"[(\[【〔](?:單位[::]|unit:)?([^()\[\]【】〔〕]*)[)\]】〕]"
_LAST_INNER = r"(?s)(?P<name>.*)[(\[](?:單位:)?(?P<inner>[^()\[\]]+)[)\]]\s*"
_PERCENT = r"(?i)\A(?P<name>.*?[^\s(\[,])(?:,| +(?:in|en|em))? *%\Z"
"""A unit behind the name of a column without brackets: ``達成率%``, ``Wert in %``."""
_BEHIND = r"(?i)(?P<name>.*[^\s,])(?:,| (?:in|en|em)) (?P<unit>\S.*)"
"""A unit behind a comma: ``Employment rate, %``, ``Wert in Mio. EUR``."""
_LONGEST_NAME = 200
_YEAR_PART = (
    r"(?P<before>\D*?)"
    r"(?P<year>(?:中華民國|民國|西元|公元|roc|fy)?-?\d[\d.\-/~]*(?:會計年度|年度|年底|年)?)"
    r"(?P<after>\D*)"
)


class Heading(NamedTuple):
    """What a header says."""

    text: str
    """As written."""
    meaning: str = ""
    """Column of the tidy format, ``code``, ``title`` or ``target``, or a dimension; empty if it is not known."""
    unit: str = ""
    """Unit of the values below."""
    calendar: Calendar | None = None
    """Calendar of the years below."""
    year: str = ""
    """Year of the values below, as written."""
    obs_status: str = ""
    """Of all values below; empty if it says nothing."""
    part: str = ""
    """Value of the plan's dimension that all values below are of."""


def read_heading(text: str, context: Context) -> Heading:
    """Read the header of a column of a tidy table."""
    if (heading := context.headings.get(text)) is None:
        heading = context.headings[text] = _read_heading(text, context)
    return heading


def _read_heading(text: str, context: Context) -> Heading:
    if dimension := _dimension(text, context):
        return Heading(text, dimension)
    if meaning := meaning_of(text):
        return Heading(text, meaning, calendar=_calendar_said(text) if meaning == "year" else None)
    name = _outside(text)
    heading = Heading(text, meaning_of(name))
    behind = _behind(text) if not heading.meaning else None
    if behind and meaning_of(behind[0]) in FIGURES and is_unit(behind[1], context):
        return Heading(text, meaning_of(behind[0]), unit=behind[1])
    return _with_words(heading, _inside(text), context) if heading.meaning else heading


def read_year_heading(text: str, context: Context, place: tuple[str, int], forms: Forms | None = None) -> Heading:
    """Read the header of a column of a wide table: a year, and what the values of that year are.

    Parameters
    ----------
    text
        Such as ``2022``, ``民國111年``, ``2022 年 (達成情形)`` or ``2025目標值``.
    context
        A fault is added to it where a header that is all year is none with one meaning.
    place
        File and line of the header.
    forms
        How periods are to be understood, among all of the header; None for what is said of the files.
    """
    forms = forms or context.forms
    if (heading := context.headings.get((text, forms))) is None:
        before = len(context.faults)
        heading = _read_year_heading(text, context, place, forms)
        if len(context.faults) == before:
            context.headings[text, forms] = heading
    return heading


def _read_year_heading(text: str, context: Context, place: tuple[str, int], forms: Forms) -> Heading:
    plain = read_heading(text, context)
    outside = normalised(_outside(text))
    if plain.meaning or not any(map(str.isdigit, outside)):
        # A text in whose header a year is in brackets is of that year.
        years = map(_year_said, _inside(text)) if plain.meaning in TEXTS else ()
        return plain._replace(year=next(filter(None, years), plain.year))
    if period := _period_said(outside, text, context, place, forms or context.forms):
        return _with_words(Heading(text, "value", year=period), _inside(text), context)
    found = re.fullmatch(_YEAR_PART, re.sub(r"(?<=\d)[,;:/–—-]+(?=[^\W\d_])", "", outside))
    if found is None:
        return plain
    around = [found["before"], found["after"]]
    status = _status_said(found["after"])
    around = around[:1] if status else around
    meanings = {_MEANINGS.get(word, "") for word in around if word} - {"year"} | {"value"}
    try:
        read_year(found["year"], context.calendar)
    except YearError as error:
        if meanings == {"value"} and error.key != "not_a_year":
            context.faults.append(Fault("year", *place, found=text, **reason_of("year", error, text)))
        return plain
    if not meanings <= FIGURES | COMPUTED | TEXTS:
        return plain
    meaning = next(iter(meanings & (COMPUTED | TEXTS)), "target" if "target" in meanings else "value")
    return _with_words(Heading(text, meaning, year=found["year"], obs_status=status), _inside(text), context)


def _status_said(word: str) -> str:
    """Return the code of the status that a folded word beside a year gives all its values, empty if it is another."""
    if not word or meaning_of(word):
        return ""
    said = read_status(word)
    return _SHORT_STATUSES.get(word, "") if said is None else said.code


def read_two_rows(text: str, under: Under, context: Context, place: tuple[str, int]) -> Heading:
    """Read what two header rows say of a column: a year, and a word for its values.

    Returns
    -------
    Heading
        Its meaning is one of `COMPUTED` for what can be computed from target and actual, empty for any other word.
    """
    over = read_year_heading(under.year, context, place)
    if period := _part_said(under, context):
        return Heading(text, "value", year=period)
    below = read_heading(under.word, context)
    if below.meaning in FIGURES:
        return over._replace(text=text, meaning=below.meaning, unit=below.unit or over.unit)
    meaning = "rate" if folded(under.word) == "%" else below.meaning or meaning_of(_outside(under.word))
    return over._replace(text=text, meaning=meaning if meaning in COMPUTED | TEXTS else "")


def _part_said(under: Under, context: Context) -> str:
    """Return a year with the part of it that is below it, such as ``2021 Q3``; empty for other words."""
    return _with_part(under.year, under.word, context.forms)


def _with_part(year: str, word: str, forms: Forms) -> str:
    """Return a year with a part of it, empty where a word is none."""
    for text in (f"{year.removesuffix('年')} {word}", f"{year.removesuffix('年')}年{word}"):
        try:
            if read_period(text, forms).code:
                return text
        except YearError:
            continue
    return ""


def _period_said(outside: str, text: str, context: Context, place: tuple[str, int], forms: Forms) -> str:
    """Return a header that is a period and no more, empty for others; one that may be two is a fault."""
    try:
        read_period(outside, forms)
    except YearError as error:
        if error.key in ("fiscal_year", "month_or_fiscal"):
            context.faults.append(Fault(error.key, *place, found=text, **reason_of("year", error, text)))
        return ""
    return outside


def _with_words(heading: Heading, words: list[str], context: Context) -> Heading:
    """Add what stands in brackets: a unit, a calendar, or which figure it is."""
    for word in words:
        if heading.meaning in FIGURES and is_unit(word, context):
            heading = heading._replace(unit=word)
        elif heading.meaning == "year" and folded(word) in _CALENDARS:
            heading = heading._replace(calendar=_CALENDARS[folded(word)])
        elif heading.year and meaning_of(word) in FIGURES:
            heading = heading._replace(meaning=meaning_of(word))
        elif heading.year and _status_said(folded(word)):
            heading = heading._replace(obs_status=_status_said(folded(word)))
        elif heading.year and (part := _with_part(heading.year, word, context.forms)):
            heading = heading._replace(year=part)
        elif heading.meaning in FIGURES and not heading.year and _year_said(word):
            heading = heading._replace(year=_year_said(word))
    return heading


def unread_words(heading: Heading, context: Context) -> list[str]:
    """Return what a header of values has in brackets and nobody understood."""
    if heading.meaning not in FIGURES:
        return []
    return [
        word
        for word in _inside(heading.text)
        if not (
            is_unit(word, context)
            or meaning_of(word)
            or _year_said(word)
            or folded(word) in _CALENDARS
            or (heading.year and (_status_said(folded(word)) or folded(word) == f"yr{heading.year}"))
            or (heading.year and folded(word) in folded(heading.year))
        )
    ]


def is_unit(text: str, context: Context) -> bool:
    """Whether a text is a unit, of the plan's own or another one."""
    return units.units_of(context.plan.units).known(text)


def split_unit(name: str, context: Context) -> tuple[str, str]:
    """Return a name without the unit in brackets behind it, and the unit; empty if there is none."""
    if (split := context.splits.get(name)) is None:
        split = context.splits[name] = _split_unit(name, context)
    return split


def _split_unit(name: str, context: Context) -> tuple[str, str]:
    found = re.fullmatch(_LAST_INNER, _plain(name))
    if found is not None and is_unit(found["inner"], context):
        return found["name"].strip(), found["inner"]
    behind = _behind(name)
    if behind and context.names.indicators(behind[0]) and is_unit(behind[1], context):
        return behind
    return name, ""


def _behind(name: str) -> tuple[str, str] | None:
    """Return a name and what is behind a comma or `in`, which may be its unit; None if there is nothing."""
    found = re.fullmatch(_BEHIND, name.strip()) if len(name) <= _LONGEST_NAME else None
    return (found["name"].strip(), found["unit"]) if found else None


def _dimension(text: str, context: Context) -> str:
    axes = context.plan.axes
    exact = next((axis.name for axis in axes if text in (axis.name, axis.column)), "")
    return exact or next((axis.name for axis in axes if _key(text) in (_key(axis.name), _key(axis.column))), "")


def meaning_of(text: str) -> str:
    """Return what a column of this name holds, by the names that people give it; empty if that is not known."""
    return _meaning(text) if len(text) <= _LONGEST_NAME else ""


@lru_cache(maxsize=1 << 12)
def _meaning(text: str) -> str:
    return _MEANINGS.get(_key(text), "")


@lru_cache(maxsize=1 << 12)
def _key(text: str) -> str:
    return normalised(text).translate(_CHARACTERS).replace("_", "").replace("-", "").replace(".", "")


def characters_of(text: str) -> frozenset[str]:
    """Return the characters that a word has among which `meaning_of` finds one in this text."""
    return frozenset(folded(text).translate(_CHARACTERS))


def words_for(meaning: str) -> list[str]:
    """Return the words that `meaning_of` knows for a meaning."""
    return [word for word, each in _MEANINGS.items() if each == meaning]


def _calendar_said(text: str) -> Calendar | None:
    return next((calendar for word, calendar in _CALENDARS.items() if _key(text).startswith(word)), None)


def _year_said(word: str) -> str:
    try:
        read_year(word)
    except YearError:
        return ""
    return word


def _outside(text: str) -> str:
    return re.sub(_INNER, "", _plain(text)).strip()


def _inside(text: str) -> list[str]:
    words = (found[1].strip() for found in re.finditer(_INNER, _plain(text)))
    # `110年(A)` and `增減(B-A)` call columns by letters.
    return list(islice((word for word in words if word and not re.fullmatch("[A-H]", word)), _MOST_WORDS))


def _plain(text: str) -> str:
    half_width = without_footnotes(text.translate(str.maketrans("（）［］：＾％ᵖᵉʳᶠˢ", "()[]:^%perfs")))
    return re.sub(_PERCENT, r"\g<name> (%)", half_width) if half_width.endswith("%") else half_width
