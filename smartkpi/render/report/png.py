"""A picture as PNG, drawn from its SVG by resvg with a font that has Chinese characters."""

from __future__ import annotations

from pathlib import Path

from smartkpi.errors import Fault, OutputError, UsageError

_FONTS = {
    "NotoSansCJK-*.ttc": "Noto Sans CJK TC",
    "NotoSansCJKtc-*.otf": "Noto Sans CJK TC",
    "NotoSansTC*.[ot]tf": "Noto Sans TC",
    "SourceHanSansTC-*.otf": "Source Han Sans TC",
    "msjh*.ttc": "Microsoft JhengHei",
    "PingFang.ttc": "PingFang TC",
    "wqy-zenhei.ttc": "WenQuanYi Zen Hei",
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "uming.ttc": "AR PL UMing TW",
    "DroidSansFallback*.ttf": "Droid Sans Fallback",
}
"""Files of fonts with Traditional Chinese characters, and the family in them, the best first."""
_FOLDERS = (
    "~/.fonts",
    "~/.local/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)


def png(svg: str) -> bytes:
    """Return a picture as PNG, two pixels for each unit of its drawing.

    Raises
    ------
    UsageError
        If resvg is not installed.
    OutputError
        If there is no font with Chinese characters.
    """
    try:
        from resvg_py import svg_to_bytes
    except ModuleNotFoundError as error:
        raise UsageError(Fault("needs_package", "PNG", package="resvg-py")) from error
    family, files = chinese_font()
    if not files:
        raise OutputError(Fault("no_chinese_font"))
    # That font and no other: so the words are drawn, and the same on every machine that has it.
    drawn = svg_to_bytes(
        svg_string=svg, font_files=files, font_family=family, sans_serif_family=family, skip_system_fonts=True
    )
    return bytes(drawn)


def chinese_font() -> tuple[str, list[str]]:
    """Return the best font family with Chinese characters on this machine, and its files, regular and bold."""
    folders = [folder for folder in (Path(each).expanduser() for each in _FOLDERS) if folder.is_dir()]
    for pattern, family in _FONTS.items():
        files = sorted(file for folder in folders for file in folder.rglob(pattern))
        if files:
            weights = [each for each in files if "Regular" in each.stem or "Bold" in each.stem]
            return family, [str(each) for each in weights or files]
    return "", []
