"""docs/units.md: the units that are known, read from the table of the program."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mdtable import code, plain, table

from smartkpi.quantities.unit_table import Entry, entries
from smartkpi.quantities.units import parse

HEAD = """\
# Units

`smartkpi units` lists these units and those of the plan, and `smartkpi units TEXT` says what a text is understood as:

```sh
smartkpi units "EUR million"
```

Units of one dimension convert, exactly. Others never do: two currencies, two bases of an index, CO2e and mass.
A unit is looked up, never computed. All that can be written:

| kind | examples |
| --- | --- |
| multiples | `thousand`, `million`, `bn`, `trillion`, `k`, `千`, `萬`, `百萬`, `億`, `兆` |
| of money | `million EUR`, `EUR million`, `€bn`, `新臺幣兆元`, `NT$億`, `兆元` |
| of others | `thousand persons`, `Thousands of persons`, `萬人`, `1,000 t` |
| rates | `per 1,000`, `per 100,000`, `per million`, `每十萬人`, with or without `population`; `per 1,000 live births` |
| an index with its base | `2015=100`, `index 2015=100`, `2015年=100`, `110年=100` (a year of the Republic of China) |
| a score | `points`, `分`, `score of 100` |
| greenhouse gases | `t CO2e`, `kt CO2e`, `Mt CO2-eq`, `公噸 CO2e`; `t CO2` by itself |
| quotients | `t/person`, `kWh/m2`, `USD per person`, `L/person/day`, `件/萬人` |
| products | `person-km`, `人·公里` |
| a name said twice | `Percentage (%)`, `GBP (£ thousands)` |

`pp` and `百分點` are for changes, and never units of values. `ton`, `$`, `¥` and `pound` could be several units and are
refused.

## Units of a plan

A plan declares other units, which its targets and actuals can have. Each is a unit by itself, or one of several that
measure the same, or so many of a known unit:

```toml
[units.jobs]
title = { en = "jobs", zh-TW = "個工作機會" }

[units.berth]
measures = "berths"

[units."hundred berths"]
measures = "berths"
size = 100

[units.bale]
equals = "200 kg"
```

`title` is what people see, else the name. A unit of the plan goes before a known one of that name; `%`, `pp` and
`fraction` cannot be declared.

## Sources

Sizes of physical units: BIPM, *The International System of Units*, 9th edition, and the registry of
[pint](https://pint.readthedocs.io), to which a test holds each; the units of plans that are not in the tables below are
those of pint. Currencies: ISO 4217, names and symbols from Unicode
CLDR. Names in Chinese: Bureau of Standards, Metrology and Inspection of Taiwan, 法定度量衡單位. `億` is 10^8 and
`兆` is 10^12, as in Taiwan's budgets.
"""


def page() -> str:
    """Return the page."""
    groups = groupby(entries(), key=lambda entry: "money" if entry.dimension.startswith("money") else entry.dimension)
    named: dict[str, list[Entry]] = {}
    for name, found in groups:
        named.setdefault(name, []).extend(found)
    return "\n".join([HEAD, *(_group(name, found) for name, found in named.items())])


def _group(name: str, found: list[Entry]) -> str:
    heading = name[0].upper() + name[1:].replace("_", " ")
    return f"## {heading}\n\n{table(('unit', 'size', 'for people', '中文', 'also'), _rows(found))}"


def _rows(found: list[Entry]) -> Iterator[tuple[str, ...]]:
    for entry in found:
        words = parse(entry.symbol).words
        names = (plain(each.alone) for each in words)
        yield code(entry.symbol), entry.size, *names, plain(", ".join(entry.words))
