"""The currencies of ISO 4217, each a dimension of its own: no exchange rate is built in."""

from __future__ import annotations

# Codes: ISO 4217, list one, as of 2025. Names and symbols: Unicode CLDR 47, English and Chinese as written in Taiwan,
# with what offices of Taiwan write; a symbol that several currencies share ($, ¥) is left out.
# Code, symbol, English name of one and of many, Chinese name, further names.
CURRENCIES = """\
AED |  | UAE dirham | UAE dirhams | 阿拉伯聯合大公國迪爾汗 |
AFN |  | Afghan Afghani | Afghan Afghanis | 阿富汗尼 |
ALL |  | Albanian lek | Albanian lekë | 阿爾巴尼亞列克 |
AMD |  | Armenian dram | Armenian drams | 亞美尼亞德拉姆 |
ANG |  | Netherlands Antillean guilder | Netherlands Antillean guilders | 荷屬安地列斯盾 |
AOA |  | Angolan kwanza | Angolan kwanzas | 安哥拉寬扎 |
ARS |  | Argentine peso | Argentine pesos | 阿根廷披索 |
AUD | A$ | Australian dollar | Australian dollars | 澳元 | AU$, 澳幣
AWG |  | Aruban florin | Aruban florin | 阿路巴盾 |
AZN |  | Azerbaijani manat | Azerbaijani manats | 亞塞拜然馬納特 |
BAM |  | Bosnia-Herzegovina convertible mark | Bosnia-Herzegovina convertible marks | 波士尼亞-赫塞哥維納可轉換馬克 |
BBD |  | Barbadian dollar | Barbadian dollars | 巴貝多元 |
BDT |  | Bangladeshi taka | Bangladeshi takas | 孟加拉塔卡 |
BGN |  | Bulgarian lev | Bulgarian leva | 保加利亞新列弗 |
BHD |  | Bahraini dinar | Bahraini dinars | 巴林第納爾 |
BIF |  | Burundian franc | Burundian francs | 蒲隆地法郎 |
BMD |  | Bermudan dollar | Bermudan dollars | 百慕達元 |
BND |  | Brunei dollar | Brunei dollars | 汶萊元 |
BOB |  | Bolivian boliviano | Bolivian bolivianos | 玻利維亞諾 |
BOV |  | Bolivian mvdol | Bolivian mvdols | 玻利維亞幕多 |
BRL | R$ | Brazilian real | Brazilian reals | 巴西雷亞爾 | reais
BSD |  | Bahamian dollar | Bahamian dollars | 巴哈馬元 |
BTN |  | Bhutanese ngultrum | Bhutanese ngultrums | 不丹那特倫 |
BWP |  | Botswanan pula | Botswanan pulas | 波札那普拉 |
BYN |  | Belarusian ruble | Belarusian rubles | 白俄羅斯盧布 |
BZD |  | Belize dollar | Belize dollars | 貝里斯元 |
CAD | CA$ | Canadian dollar | Canadian dollars | 加拿大元 | C$, 加幣
CDF |  | Congolese franc | Congolese francs | 剛果法郎 |
CHE |  | WIR euro | WIR euros | WIR歐元 |
CHF |  | Swiss franc | Swiss francs | 瑞士法郎 | SFr
CHW |  | WIR franc | WIR francs | WIR法郎 |
CLF |  | unidad de fomento | unidades de fomento | 智利發展單位 |
CLP |  | Chilean peso | Chilean pesos | 智利披索 |
CNY | CN¥ | Chinese yuan | Chinese yuan | 人民幣 | RMB, renminbi, 人民幣元, yuan
COP |  | Colombian peso | Colombian pesos | 哥倫比亞披索 |
COU |  | Colombian real value unit | Colombian real value units | 哥倫比亞實值單位 |
CRC |  | Costa Rican colón | Costa Rican colóns | 哥斯大黎加科朗 |
CUC |  | Cuban convertible peso | Cuban convertible pesos | 古巴可轉換披索 |
CUP |  | Cuban peso | Cuban pesos | 古巴披索 |
CVE |  | Cape Verdean escudo | Cape Verdean escudos | 維德角埃斯庫多 |
CZK |  | Czech koruna | Czech korunas | 捷克克朗 | Kč
DJF |  | Djiboutian franc | Djiboutian francs | 吉布地法郎 |
DKK |  | Danish krone | Danish kroner | 丹麥克朗 |
DOP |  | Dominican peso | Dominican pesos | 多明尼加披索 |
DZD |  | Algerian dinar | Algerian dinars | 阿爾及利亞第納爾 |
EGP |  | Egyptian pound | Egyptian pounds | 埃及鎊 |
ERN |  | Eritrean nakfa | Eritrean nakfas | 厄立特里亞納克法 |
ETB |  | Ethiopian birr | Ethiopian birrs | 衣索比亞比爾 |
EUR | € | euro | euros | 歐元 |
FJD |  | Fijian dollar | Fijian dollars | 斐濟元 |
FKP |  | Falkland Islands pound | Falkland Islands pounds | 福克蘭群島鎊 |
GBP | £ | British pound | British pounds | 英鎊 | pound sterling, pounds sterling, sterling
GEL |  | Georgian lari | Georgian laris | 喬治亞拉里 |
GHS |  | Ghanaian cedi | Ghanaian cedis | 迦納塞地 | GH₵
GIP |  | Gibraltar pound | Gibraltar pounds | 直布羅陀鎊 |
GMD |  | Gambian dalasi | Gambian dalasis | 甘比亞達拉西 |
GNF |  | Guinean franc | Guinean francs | 幾內亞法郎 |
GTQ |  | Guatemalan quetzal | Guatemalan quetzals | 瓜地馬拉格查爾 |
GYD |  | Guyanaese dollar | Guyanaese dollars | 圭亞那元 |
HKD | HK$ | Hong Kong dollar | Hong Kong dollars | 港元 | 港幣
HNL |  | Honduran lempira | Honduran lempiras | 洪都拉斯倫皮拉 |
HTG |  | Haitian gourde | Haitian gourdes | 海地古德 |
HUF |  | Hungarian forint | Hungarian forints | 匈牙利福林 | Ft
IDR |  | Indonesian rupiah | Indonesian rupiahs | 印尼盾 |
ILS | ₪ | Israeli new shekel | Israeli new shekels | 以色列新謝克爾 |
INR | ₹ | Indian rupee | Indian rupees | 印度盧比 | Rs
IQD |  | Iraqi dinar | Iraqi dinars | 伊拉克第納爾 |
IRR |  | Iranian rial | Iranian rials | 伊朗里亞爾 |
ISK |  | Icelandic króna | Icelandic krónur | 冰島克朗 |
JMD |  | Jamaican dollar | Jamaican dollars | 牙買加元 |
JOD |  | Jordanian dinar | Jordanian dinars | 約旦第納爾 |
JPY |  | Japanese yen | Japanese yen | 日圓 | 日元, yen, JP¥
KES |  | Kenyan shilling | Kenyan shillings | 肯亞先令 | KSh, 肯尼亞先令
KGS |  | Kyrgystani som | Kyrgystani soms | 吉爾吉斯索姆 |
KHR |  | Cambodian riel | Cambodian riels | 柬埔寨瑞爾 |
KMF |  | Comorian franc | Comorian francs | 科摩羅法郎 |
KPW |  | North Korean won | North Korean won | 北韓元 |
KRW | ₩ | South Korean won | South Korean won | 韓元 | 韓圓
KWD |  | Kuwaiti dinar | Kuwaiti dinars | 科威特第納爾 |
KYD |  | Cayman Islands dollar | Cayman Islands dollars | 開曼群島元 |
KZT |  | Kazakhstani tenge | Kazakhstani tenges | 哈薩克堅戈 | ₸
LAK |  | Laotian kip | Laotian kips | 寮國基普 |
LBP |  | Lebanese pound | Lebanese pounds | 黎巴嫩鎊 |
LKR |  | Sri Lankan rupee | Sri Lankan rupees | 斯里蘭卡盧比 |
LRD |  | Liberian dollar | Liberian dollars | 賴比瑞亞元 |
LSL |  | Lesotho loti | Lesotho lotis | 賴索托洛蒂 |
LYD |  | Libyan dinar | Libyan dinars | 利比亞第納爾 |
MAD |  | Moroccan dirham | Moroccan dirhams | 摩洛哥迪拉姆 |
MDL |  | Moldovan leu | Moldovan lei | 摩杜雲列伊 |
MGA |  | Malagasy ariary | Malagasy ariaries | 馬達加斯加阿里亞里 |
MKD |  | Macedonian denar | Macedonian denari | 馬其頓第納爾 |
MMK |  | Myanmar kyat | Myanmar kyats | 緬甸元 |
MNT |  | Mongolian tugrik | Mongolian tugriks | 蒙古圖格里克 |
MOP |  | Macanese pataca | Macanese patacas | 澳門元 |
MRU |  | Mauritanian ouguiya | Mauritanian ouguiyas | 茅利塔尼亞烏吉亞 |
MUR |  | Mauritian rupee | Mauritian rupees | 模里西斯盧比 |
MVR |  | Maldivian rufiyaa | Maldivian rufiyaas | 馬爾地夫盧非亞 |
MWK |  | Malawian kwacha | Malawian kwachas | 馬拉維克瓦查 |
MXN | MX$ | Mexican peso | Mexican pesos | 墨西哥披索 |
MXV |  | Mexican investment unit | Mexican investment units | 墨西哥投資單位 |
MYR |  | Malaysian ringgit | Malaysian ringgits | 馬來西亞令吉 | RM
MZN |  | Mozambican metical | Mozambican meticals | 莫三比克梅蒂卡爾 |
NAD |  | Namibian dollar | Namibian dollars | 納米比亞元 |
NGN |  | Nigerian naira | Nigerian nairas | 奈及利亞奈拉 | ₦
NIO |  | Nicaraguan córdoba | Nicaraguan córdobas | 尼加拉瓜金科多巴 |
NOK |  | Norwegian krone | Norwegian kroner | 挪威克朗 |
NPR |  | Nepalese rupee | Nepalese rupees | 尼泊爾盧比 |
NZD | NZ$ | New Zealand dollar | New Zealand dollars | 紐西蘭元 | 紐西蘭幣, 紐幣
OMR |  | Omani rial | Omani rials | 阿曼里亞爾 |
PAB |  | Panamanian balboa | Panamanian balboas | 巴拿馬巴波亞 |
PEN |  | Peruvian sol | Peruvian soles | 秘魯太陽幣 |
PGK |  | Papua New Guinean kina | Papua New Guinean kina | 巴布亞紐幾內亞基那 |
PHP | ₱ | Philippine peso | Philippine pesos | 菲律賓披索 |
PKR |  | Pakistani rupee | Pakistani rupees | 巴基斯坦盧比 |
PLN |  | Polish zloty | Polish zlotys | 波蘭茲羅提 | zł
PYG |  | Paraguayan guarani | Paraguayan guaranis | 巴拉圭瓜拉尼 |
QAR |  | Qatari riyal | Qatari riyals | 卡達里亞爾 |
RON |  | Romanian leu | Romanian lei | 羅馬尼亞列伊 |
RSD |  | Serbian dinar | Serbian dinars | 塞爾維亞戴納 |
RUB |  | Russian ruble | Russian rubles | 俄羅斯盧布 |
RWF |  | Rwandan franc | Rwandan francs | 盧安達法郎 |
SAR |  | Saudi riyal | Saudi riyals | 沙烏地里亞爾 |
SBD |  | Solomon Islands dollar | Solomon Islands dollars | 索羅門群島元 |
SCR |  | Seychellois rupee | Seychellois rupees | 塞席爾盧比 |
SDG |  | Sudanese pound | Sudanese pounds | 蘇丹鎊 |
SEK |  | Swedish krona | Swedish kronor | 瑞典克朗 |
SGD | S$ | Singapore dollar | Singapore dollars | 新加坡元 | 新加坡幣, 新幣
SHP |  | St. Helena pound | St. Helena pounds | 聖赫勒拿鎊 |
SLE |  | Sierra Leonean leone | Sierra Leonean leones | 獅子山利昂 |
SLL |  | old Sierra Leonean leone | old Sierra Leonean leones | 舊獅子山利昂 |
SOS |  | Somali shilling | Somali shillings | 索馬利亞先令 |
SRD |  | Surinamese dollar | Surinamese dollars | 蘇利南元 |
SSP |  | South Sudanese pound | South Sudanese pounds | 南蘇丹鎊 |
STN |  | São Tomé & Príncipe dobra | São Tomé & Príncipe dobras | 聖多美島和普林西比島多布拉 |
SVC |  | Salvadoran colón | Salvadoran colones | 薩爾瓦多科郎 |
SYP |  | Syrian pound | Syrian pounds | 敘利亞鎊 |
SZL |  | Swazi lilangeni | Swazi emalangeni | 史瓦帝尼朗吉尼 |
THB |  | Thai baht | Thai baht | 泰銖 | ฿, 泰銖
TJS |  | Tajikistani somoni | Tajikistani somonis | 塔吉克索莫尼 |
TMT |  | Turkmenistani manat | Turkmenistani manat | 土庫曼馬納特 |
TND |  | Tunisian dinar | Tunisian dinars | 突尼西亞第納爾 |
TOP |  | Tongan paʻanga | Tongan paʻanga | 東加潘加 |
TRY |  | Turkish lira | Turkish liras | 土耳其里拉 | ₺
TTD |  | Trinidad & Tobago dollar | Trinidad & Tobago dollars | 千里達及托巴哥元 |
TWD | NT$ | New Taiwan dollar | New Taiwan dollars | 新臺幣 | NTD, 元, 新臺幣元, 新台幣元, 新台幣, 臺幣, 台幣
TZS |  | Tanzanian shilling | Tanzanian shillings | 坦尚尼亞先令 |
UAH |  | Ukrainian hryvnia | Ukrainian hryvnias | 烏克蘭格里夫納 | ₴
UGX |  | Ugandan shilling | Ugandan shillings | 烏干達先令 |
USD | US$ | US dollar | US dollars | 美元 | 美金, U.S. dollar, U.S. dollars
USN |  | US dollar, next day | US dollars, next day | 美元(次日) |
UYI |  | Uruguayan indexed peso | Uruguayan indexed pesos | 烏拉圭披索(指數單位) |
UYU |  | Uruguayan peso | Uruguayan pesos | 烏拉圭披索 |
UYW |  | Uruguayan nominal wage index unit | Uruguayan nominal wage index units | 烏拉圭名目工資指數單位 |
UZS |  | Uzbekistani som | Uzbekistani som | 烏茲別克索姆 |
VED |  | digital bolívar | digital bolívars | 委內瑞拉數位玻利瓦 |
VES |  | Venezuelan bolívar | Venezuelan bolívars | 委內瑞拉玻利瓦 |
VND | ₫ | Vietnamese dong | Vietnamese dong | 越南盾 |
VUV |  | Vanuatu vatu | Vanuatu vatus | 萬那杜瓦圖 |
WST |  | Samoan tala | Samoan tala | 西薩摩亞塔拉 |
XAF |  | Central African CFA franc | Central African CFA francs | 中非法郎 |
XAG |  | troy ounce of silver | troy ounces of silver | 白銀 |
XAU |  | troy ounce of gold | troy ounces of gold | 黃金 |
XBA |  | European composite unit | European composite units | 歐洲綜合單位 |
XBB |  | European monetary unit | European monetary units | 歐洲貨幣單位 |
XBC |  | European unit of account 9 | European units of account 9 | 歐洲計帳單位9 |
XBD |  | European unit of account 17 | European units of account 17 | 歐洲計帳單位17 |
XCD | EC$ | East Caribbean dollar | East Caribbean dollars | 東加勒比元 |
XCG |  | Caribbean guilder | Caribbean guilders | 加勒比盾 |
XDR |  | special drawing right | special drawing rights | 特殊提款權 |
XOF |  | West African CFA franc | West African CFA francs | 西非法郎 |
XPD |  | troy ounce of palladium | troy ounces of palladium | 鈀 |
XPF |  | CFP franc | CFP francs | 太平洋法郎 |
XPT |  | troy ounce of platinum | troy ounces of platinum | 白金 |
XSU |  | Sucre | Sucres | 蘇克雷貨幣 |
XUA |  | ADB unit of account | ADB units of account | 亞洲開發銀行計價單位 |
YER |  | Yemeni rial | Yemeni rials | 葉門里亞爾 |
ZAR |  | South African rand | South African rand | 南非蘭特 | rand
ZMW |  | Zambian kwacha | Zambian kwachas | 尚比亞克瓦查 |
ZWG |  | Zimbabwean gold | Zimbabwean gold | 辛巴威金 |
ZWL |  | old Zimbabwean dollar | old Zimbabwean dollars | 舊辛巴威元 |
"""
