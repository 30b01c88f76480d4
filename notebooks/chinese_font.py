"""Makes matplotlib write Chinese: its own font has no Chinese letters and would draw boxes instead."""

from __future__ import annotations

from matplotlib import font_manager, rcParams
from matplotlib.ft2font import FT2Font

KNOWN = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Heiti TC", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "Droid Sans Fallback", "Noto Serif CJK SC", "Noto Serif CJK JP",
)  # fmt: skip
PROBE = "乌镇论坛"


def use_chinese_font() -> str:
    """Finds a font with Chinese letters on this machine, tells matplotlib to use it, and returns its name.

    Raises:
        RuntimeError: where there is none; it says how to get one.
    """
    fonts = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    name = next((name for name in KNOWN if name in fonts and _writes(fonts[name])), None)
    name = name or next((name for name in sorted(fonts) if _writes(fonts[name])), None) or _unlisted()
    if name is None:
        raise RuntimeError(
            "no font on this machine has Chinese letters; install one (Debian: apt install fonts-noto-cjk; "
            "elsewhere: Noto Sans SC from fonts.google.com) and run the notebook again"
        )
    rcParams["font.sans-serif"] = [name, *rcParams["font.sans-serif"]]
    rcParams["axes.unicode_minus"] = False
    return name


def _writes(path: str) -> bool:
    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):  # a font that FreeType can't open
        return False
    return all(font.get_char_index(ord(letter)) for letter in PROBE)


def _unlisted() -> str | None:
    """A font that was installed after matplotlib made its list."""
    for path in sorted(font_manager.findSystemFonts()):
        if _writes(path):
            font_manager.fontManager.addfont(path)
            return font_manager.FontProperties(fname=path).get_name()
    return None
