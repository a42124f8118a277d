"""Makes the subset of Noto Sans SC that the WMS ships: browsers (woff2), PDF and labels (TTF).

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xf expo-google-fonts-noto-sans-sc-*.tgz
    pip install fonttools==4.68.0 brotli
    python subset.py package

Kept: the 8,105 characters of hanzi-8105.txt (通用规范汉字表), all of GB 2312 (its hanzi, signs, full-width forms, kana, Greek,
Cyrillic, pinyin), ASCII, Latin-1, and the signs below. `wms::fonts` tests what is in it.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SIGNS = (
    "✓✕…→←↑↓↗↘↙↖⇒−×±÷●○◆◇■□▲△▼▽★☆№‰℃℉°·•–—―‐‑‘’‚“”„‹›«»≤≥≠≈∞√①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    "㎎㎏㎜㎝㎞㎡㏄㏎㊣㈱™€£¥‖†‡※′″½¼¾Œœḿ〇〒〝〞﹏"
)


def gb2312():
    """With what GB 18030 added in the same rows; what is for private use there is left out."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            character = bytes([row, cell]).decode("gb18030")
            if not 0xE000 <= ord(character) <= 0xF8FF:
                yield character


def hanzi():
    lines = (HERE / "hanzi-8105.txt").read_text(encoding="utf-8").splitlines()
    return [c for line in lines if not line.startswith("#") for c in line]


def add_cross(font: TTFont) -> None:
    """The font has no ✕; it is × at one and a half times its size."""
    source = font.getBestCmap()[0xD7]
    glyphs, metrics = font["glyf"], font["hmtx"]
    pen = TTGlyphPen(font.getGlyphSet())
    width = metrics[source][0]
    box = glyphs[source]
    x, y = (box.xMin + box.xMax) / 2, (box.yMin + box.yMax) / 2
    wide = round(width * 1.5)
    font.getGlyphSet()[source].draw(TransformPen(pen, (1.5, 0, 0, 1.5, wide / 2 - 1.5 * x, y - 1.5 * y)))
    font.setGlyphOrder(font.getGlyphOrder() + ["cross"])
    cross = pen.glyph()
    glyphs["cross"] = cross
    cross.recalcBounds(glyphs)
    metrics["cross"] = (wide, cross.xMin)
    if "vmtx" in font:
        font["vmtx"]["cross"] = font["vmtx"][source]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2715] = "cross"


def main(package: Path) -> None:
    wanted = {ord(c) for c in SIGNS} | set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    wanted |= set(map(ord, gb2312())) | set(range(0xFF01, 0xFF5F)) | set(range(0xFFE0, 0xFFE6)) | set(range(0xFE10, 0xFE1A))
    characters = set(map(ord, hanzi()))
    assert len(characters) == 8105, len(characters)
    for folder, name in (("400Regular", "Regular"), ("700Bold", "Bold")):
        source = package / folder / f"NotoSansSC_{folder}.ttf"
        options = subset.Options(layout_features=["kern", "locl"], hinting=False, notdef_outline=True)
        font = subset.load_font(source, options)
        missing = sorted(c for c in wanted | characters if c != 0x2715 and c not in font.getBestCmap())
        print(name, "not in the font:", " ".join(map(chr, missing)) or "nothing")
        add_cross(font)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted | characters)
        subsetter.subset(font)
        target = HERE / f"NotoSansSC-{name}.ttf"
        subset.save_font(font, target, options)
        web = TTFont(target)
        web.flavor = "woff2"
        web.save(HERE / f"NotoSansSC-{name}.woff2")


main(Path(sys.argv[1]))
