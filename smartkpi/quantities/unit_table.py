"""Units that are known without a word, by dimension: the one table of them.

Sizes are exact, in the first unit of the dimension. SI units and those accepted for use with the SI: BIPM, The
International System of Units, 9th edition, tables 2, 4, 7 and 8; the others as in pint's default registry, to which a
test holds every size. Names in Chinese: Bureau of Standards, Metrology and Inspection of Taiwan, 法定度量衡單位;
numerals 億 = 10^8 and 兆 = 10^12 as in Taiwan's budgets (Ministry of Education, 重編國語辭典修訂本).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smartkpi.quantities.currencies import CURRENCIES


class Entry(NamedTuple):
    """A unit of the table."""

    dimension: str
    symbol: str
    """How scripts and people who know the unit write it; case counts."""
    size: str
    """In the unit of the dimension whose size is 1, as a decimal or a fraction."""
    words: tuple[str, ...]
    """Further spellings, whatever the case of letters."""
    english: tuple[str, str]
    """After a number that is 1, and after any other."""
    chinese: str
    """After a number."""
    before: str = ""
    """Stands before the number in English: the symbol of a currency."""


# Symbol | size | names in English | names in Chinese | SI prefixes that it takes.
# In blocks with `words` people see the English names, of one and of many, else the symbol; `-` is none.
_TABLE = """\
[share]
% | 1 | percent, pct, per cent, percents, percentage, percentages | 百分比, 百分率
‰ | 0.1 | per mille, permille, per mil, permil | 千分比, 千分率
fraction | 100 | fractions | -
[count] words
count | 1 | -, -, counts, number, numbers, no., nos. | -, 數, 數量
個 | 1 | -, -, item, items, piece, pieces, unit, units | 個
件 | 1 | -, - | 件, 件數
項 | 1 | -, - | 項, 項數
處 | 1 | -, -, site, sites, location, locations | 處
家 | 1 | -, -, company, companies, firm, firms, enterprise, enterprises, business, businesses | 家, 家數
案 | 1 | case, cases | 案, 例, 案例
筆 | 1 | record, records, transaction, transactions | 筆, 筆數
則 | 1 | -, -, message, messages | 則
次 | 1 | -, -, occurrence, occurrences | 次, 次數
張 | 1 | -, -, sheet, sheets, ticket, tickets | 張
艘 | 1 | ship, ships, vessel, vessels, boat, boats | 艘
幅 | 1 | -, -, map, maps | 幅
點 | 1 | -, - | 點
臺 | 1 | -, -, device, devices, machine, machines, sensor, sensors | 臺, 台
組 | 1 | -, -, group, groups, set, sets | 組
頁 | 1 | page, pages | 頁
支 | 1 | -, - | 支
隊 | 1 | team, teams | 隊
校 | 1 | school, schools | 校
座 | 1 | -, -, station, stations, tower, towers | 座
所 | 1 | -, -, university, universities, hospital, hospitals, institution, institutions | 所
輛 | 1 | vehicle, vehicles, car, cars, bus, buses | 輛
部 | 1 | -, - | 部
本 | 1 | book, books | 本, 冊
棟 | 1 | building, buildings | 棟
場 | 1 | event, events, session, sessions, meeting, meetings | 場, 場次
班 | 1 | class, classes, course, courses | 班
班次 | 1 | service, services, departure, departures | 班次
車次 | 1 | vehicle trip, vehicle trips, trip, trips | 車次
航次 | 1 | voyage, voyages | 航次
架次 | 1 | flight, flights | 架次
梯次 | 1 | -, - | 梯次
名 | 1 | -, - | 名
位 | 1 | -, - | 位
門 | 1 | -, - | 門
套 | 1 | -, -, system, systems | 套
款 | 1 | -, -, product, products, app, apps | 款
份 | 1 | copy, copies, report, reports, document, documents | 份
篇 | 1 | article, articles, paper, papers, publication, publications | 篇
種 | 1 | kind, kinds, type, types, species | 種
床 | 1 | bed, beds | 床
株 | 1 | tree, trees | 株, 棵
頭 | 1 | animal, animals | 頭, 隻
間 | 1 | room, rooms | 間
站 | 1 | -, - | 站
條 | 1 | -, -, line, lines, route, routes | 條
期 | 1 | issue, issues | 期
death | 1 | death, deaths | 死亡, 死亡數
birth | 1 | birth, births, live birth, live births | 活產
accident | 1 | accident, accidents, incident, incidents | 起
project | 1 | project, projects | 計畫
patent | 1 | patent, patents | 專利
application | 1 | application, applications | 申請案
visit | 1 | visit, visits | 訪次
test | 1 | test, tests | 測驗
dwelling | 1 | dwelling, dwellings, home, homes, house, houses, flat, flats, housing unit, housing units | 宅
job | 1 | job, jobs | 個工作機會, 工作機會
subscription | 1 | subscription, subscriptions | 用戶數
download | 1 | download, downloads | 次下載
licence | 1 | licence, licences, license, licenses, permit, permits | 張執照
municipality | 1 | municipality, municipalities | 鄉鎮市區
city | 1 | city, cities | 縣市
country | 1 | country, countries | 國
village | 1 | village, villages | 村里, 村, 里
farm | 1 | farm, farms | 農場
centre | 1 | centre, centres, center, centers | 中心
[person] words
person | 1 | person, people, persons, individuals, capita, inhabitant, inhabitants, resident, residents | 人, 人數
student | 1 | student, students, pupil, pupils | 學生
worker | 1 | worker, workers, employee, employees | 員工
patient | 1 | patient, patients | 病人
user | 1 | user, users, subscriber, subscribers, customer, customers | 使用者
visitor | 1 | visitor, visitors, tourist, tourists | 旅客
passenger | 1 | passenger, passengers | 乘客
farmer | 1 | farmer, farmers | 農民
teacher | 1 | teacher, teachers | 教師
doctor | 1 | doctor, doctors, physician, physicians | 醫師
nurse | 1 | nurse, nurses | 護理師
graduate | 1 | graduate, graduates | 畢業生
participant | 1 | participant, participants, beneficiary, beneficiaries | 參與者
child | 1 | child, children | 兒童
woman | 1 | woman, women | 女性
man | 1 | man, men | 男性
[full-time equivalent] words
FTE | 1 | FTE, FTE, full-time equivalent, full-time equivalents, full time equivalent, full time equivalents | 全時人力
[person_time] words
person_time | 1 | person-time, person-times, persontime | 人次
[household] words
household | 1 | household, households | 戶, 家戶, 戶數
[mass]
kg | 1 | kilogram, kilograms, kilogramme, kilogrammes, kgs | 公斤, 千克
g | 0.001 | gram, grams, gramme, grammes | 公克, 克
mg | 0.000001 | milligram, milligrams | 毫克
µg | 0.000000001 | ug, microgram, micrograms | 微克
Gg | 1000000 | gigagram, gigagrams | 十億公克
Tg | 1000000000 | teragram, teragrams | 兆公克
t | 1000 | tonne, tonnes, metric ton, metric tons, metric tonne, metric tonnes | 公噸, 噸 | k M G
台斤 | 0.6 | - | 台斤, 臺斤
lb | 0.45359237 | lbs | 磅
oz | 0.028349523125 | ounce, ounces | 盎司
[length]
m | 1 | metre, metres, meter, meters | 公尺, 米
km | 1000 | kilometre, kilometres, kilometer, kilometers, kms | 公里
cm | 0.01 | centimetre, centimetres, centimeter, centimeters | 公分
mm | 0.001 | millimetre, millimetres, millimeter, millimeters | 公釐, 毫米
µm | 0.000001 | um, micrometre, micrometres, micrometer, micrometers, micron, microns | 微米
nm | 0.000000001 | nanometre, nanometres, nanometer, nanometers | 奈米
mi | 1609.344 | mile, miles | 英里
nmi | 1852 | nautical mile, nautical miles | 浬, 海里
ft | 0.3048 | foot, feet | 英尺
inch | 0.0254 | inches | 吋, 英寸
[area]
m2 | 1 | square metre, square metres, square meter, square meters, sq m, sqm | 平方公尺
km2 | 1000000 | square kilometre, square kilometres, square kilometer, square kilometers, square km, sq km | 平方公里
cm2 | 0.0001 | square centimetre, square centimetres, square centimeter, square centimeters | 平方公分
ha | 10000 | hectare, hectares | 公頃
acre | 4046.8564224 | acres | 英畝
[volume]
m3 | 1 | cubic metre, cubic metres, cubic meter, cubic meters, cu m | 立方公尺
km3 | 1000000000 | cubic kilometre, cubic kilometres, cubic kilometer, cubic kilometers | 立方公里
L | 0.001 | l, litre, litres, liter, liters | 公升
mL | 0.000001 | ml, millilitre, millilitres, milliliter, milliliters | 毫升
kL | 1 | kl, kilolitre, kilolitres, kiloliter, kiloliters | 公秉
ML | 1000 | megalitre, megalitres, megaliter, megaliters | 百萬公升
bbl | 0.158987294928 | barrel, barrels, oil barrel, oil barrels | 桶
[time] words
day | 86400 | day, days | 天, 日, 日數, 天數
week | 604800 | week, weeks | 週, 周
hour | 3600 | hour, hours | 小時
minute | 60 | minute, minutes | 分鐘
[time]
s | 1 | sec, secs, second, seconds | 秒, 秒鐘
ms | 0.001 | msec, millisecond, milliseconds | 毫秒
min | 60 | mins | 分鐘
h | 3600 | hr, hrs | 小時
d | 86400 | - | 天
[calendar time] words
year | 1 | year, years, yr, yrs, annum | 年
month | 1/12 | month, months | 個月, 月
[energy]
J | 1 | joule, joules | 焦耳 | k M G T P E
Wh | 3600 | watt hour, watt hours, watt-hour, watt-hours, watthour, watthours | 瓦時
kWh | 3600000 | kilowatt hour, kilowatt hours, kilowatt-hour, kilowatt-hours, kilowatthours | 度, 瓩時, 千瓦時
MWh | 3600000000 | megawatt hour, megawatt hours, megawatt-hour, megawatt-hours | 千度, 百萬瓦時
GWh | 3600000000000 | gigawatt hour, gigawatt hours, gigawatt-hour, gigawatt-hours | 百萬度, 十億瓦時
TWh | 3600000000000000 | terawatt hour, terawatt hours, terawatt-hour, terawatt-hours | 十億度
toe | 41868000000 | tonne of oil equivalent, tonnes of oil equivalent | 公噸油當量 | k M G
cal | 4.184 | calorie, calories | 卡
kcal | 4184 | kilocalorie, kilocalories | 大卡, 千卡
[power]
W | 1 | watt, watts | 瓦, 瓦特 | m M G T
kW | 1000 | kilowatt, kilowatts | 瓩, 千瓦
kWp | 1000 | - | 瓩
MWp | 1000000 | - | 百萬瓦
GWp | 1000000000 | - | 十億瓦
[information]
bit | 1 | bits | bit, 位元 | k M G T P
B | 8 | byte, bytes | B, 位元組 | k M G T P E
[data rate]
bps | 1 | bit/s, bit/sec, bits per second | bps | k M G T
[frequency]
Hz | 1 | hertz | 赫 | k M G T
[pressure]
Pa | 1 | pascal, pascals | 帕 | h k M
bar | 100000 | bars | 巴
[voltage]
V | 1 | volt, volts | 伏特 | m k M
[temperature]
°C | 1 | degC, degree Celsius, degrees Celsius, degrees C | 度C, 攝氏度
[temperature, kelvin]
K | 1 | kelvin, kelvins | 克耳文
[sound level]
dB | 1 | decibel, decibels, dB(A), dBA | 分貝
[concentration]
ppm | 1 | parts per million | 百萬分點
ppb | 0.001 | parts per billion | 十億分點
[ratio] words
ratio | 1 | -, -, ratios, coefficient, coefficients, gini coefficient | -, 比值, 係數
倍 | 1 | times, times | 倍
[international dollar] words
Int$ | 1 | international dollars, international dollars, international dollar, PPP$, PPP dollars | 國際元
[purchasing power standard] words
PPS | 1 | PPS, PPS, purchasing power standard, purchasing power standards | 購買力標準
[score] words
score | 1 | point, points, scores, pts | 分, 分數, 積分
[rank] words
rank | 1 | place, places, ranks, ranking, rankings, rank position, position, positions | 名次, 排名
[index_point] words
index_point | 1 | index point, index points, index, indices | 指數, 指數點
"""
_SI = {
    "m": ("milli", "毫", -3), "h": ("hecto", "百", 2), "k": ("kilo", "千", 3), "M": ("mega", "百萬", 6),
    "G": ("giga", "十億", 9), "T": ("tera", "兆", 12), "P": ("peta", "千兆", 15), "E": ("exa", "百京", 18),
}  # fmt: skip


def entries() -> Iterator[Entry]:
    """Yield all units of the table, with their SI prefixes, and all currencies."""
    dimension, words = "", False
    for line in _TABLE.splitlines():
        if line.startswith("["):
            dimension, _, style = line[1:].partition("]")
            words = bool(style)
        else:
            yield from _of_line(dimension, words, line)
    for line in CURRENCIES.splitlines():
        code, symbol, one, many, chinese, more = (part.strip() for part in line.split("|"))
        names = (symbol, one, many, chinese, *more.split(", "))
        shown = "元" if code == "TWD" else chinese
        yield Entry(f"money, {code}", code, "1", _spellings(names), (one, many), shown, before=symbol or f"{code} ")


def _of_line(dimension: str, words: bool, line: str) -> Iterator[Entry]:
    symbol, size, english, chinese, *prefixes = (part.strip() for part in line.split(" | "))
    names, names_zh = english.split(", "), chinese.split(", ")
    spellings = _spellings((*names, *names_zh))
    one, many = [(each if each != "-" else "") for each in (*names, "-")[:2]] if words else [symbol, symbol]
    shown = names_zh[0] if names_zh[0] != "-" else ""
    yield Entry(dimension, symbol, size, spellings, (one, many), shown)
    for prefix in "".join(prefixes).split():
        word, word_zh, power = _SI[prefix]
        longer = (
            *(word + each for each in spellings if each.isascii()),
            *(prefix + each for each in spellings if "/" in each),
        )
        in_chinese = prefix + symbol if shown == symbol else word_zh + shown
        name = prefix + symbol
        yield Entry(
            dimension,
            name,
            f"{size}E{power}",
            (*longer, *([] if in_chinese.isascii() else [in_chinese])),
            (name, name),
            in_chinese,
        )


def _spellings(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in names if each not in ("", "-")))
