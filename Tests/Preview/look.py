#!/usr/bin/env python3
"""Looks at the page of `preview` in a real Chromium, by day and by night: what is drawn, and what is in the page.

    python3 Tests/Preview/look.py [BINARY] [--keep FOLDER]

Says so and ends with 0 where no Chromium is installed, unless CI is set.
"""

import argparse
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ["lantern-two", "firmware-1-4", "wheel-in-three-steps", "thanks-to-north-rim"]
WIDTH, HEIGHT = 1280, 2400
HOSTILE = """---
accounts: [x/lanternwheel, linkedin/mara]
title: "<script>document.title='taken'</script>"
---
\\<script>document.title='taken'\\</script> \\<img src=x onerror="document.title='taken'">
"""


def pixels(path):
    """Width, height and rows of a PNG with 8 bits a sample, RGB or RGBA."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", f"{path} is no PNG"
    at, body = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", chunk[:10])
        elif kind == b"IDAT":
            body += chunk
        at += 12 + length
    assert depth == 8 and color in (2, 6), f"depth {depth}, color {color}"
    size = 3 if color == 2 else 4
    raw, rows, before = zlib.decompress(body), [], bytearray(width * size)
    for y in range(height):
        start = y * (width * size + 1)
        method, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * size])
        for x in range(len(row)) if method else ():
            left = row[x - size] if x >= size else 0
            up, corner = before[x], before[x - size] if x >= size else 0
            if method == 1:
                row[x] = row[x] + left & 255
            elif method == 2:
                row[x] = row[x] + up & 255
            elif method == 3:
                row[x] = row[x] + (left + up) // 2 & 255
            else:
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))
                row[x] = row[x] + nearest[2] & 255
        rows.append(row)
        before = row
    return width, height, size, rows


def looks(path):
    """The mean brightness, how many colours there are, and how much is not the paper."""
    width, height, size, rows = pixels(path)
    assert (width, height) == (WIDTH, HEIGHT), f"{width} × {height}"
    paper = bytes(rows[0][:3])
    colors, drawn, light, count = set(), 0, 0, 0
    for row in rows[::4]:
        for x in range(0, width * size, size * 4):
            pixel = bytes(row[x : x + 3])
            colors.add(pixel)
            drawn += pixel != paper
            light += sum(pixel)
            count += 1
    return light / count / 3, len(colors), drawn / count


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.handlers, self.text, self.title = [], [], [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attributes if name.startswith("on")]

    def handle_data(self, data):
        self.text.append(data)
        if self.tags[-1:] == ["title"] and not self.title:
            self.title = data


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("binary", nargs="?", default=ROOT / ".build/debug/socials-pipeline", type=Path)
    arguments.add_argument("--keep", type=Path, help="where to leave the page and the pictures of it")
    options = arguments.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        print("no Chromium is installed; apt-get install chromium brings one")
        sys.exit(1 if os.environ.get("CI") else 0)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        look(chromium, options.binary.resolve(), Path(scratch), folder)


def look(chromium, binary, scratch, folder):
    content = scratch / "content"
    shutil.copytree(ROOT / "example-content", content)
    (content / "posts/hostile.md").write_text(HOSTILE)
    posts = [str(content / f"posts/2026/12/{name}.md") for name in EXAMPLES] + [str(content / "posts/hostile.md")]
    page = folder / "preview.html"
    with page.open("wb") as output:
        subprocess.run([binary, "preview", "--repository", content, "--format", "html", *posts], stdout=output, check=True)

    def browse(*arguments):
        # No sandbox: the page is ours, and in containers there is none to be had.
        return subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             f"--user-data-dir={scratch}/profile", f"--window-size={WIDTH},{HEIGHT}", *arguments, page.as_uri()],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=120).stdout.decode()

    brightness = {}
    for name, scheme in (("dark", 0), ("light", 1)):
        picture = folder / f"{name}.png"
        browse(f"--blink-settings=preferredColorScheme={scheme}", f"--screenshot={picture}")
        brightness[name], colors, drawn = looks(picture)
        print(f"{name}: brightness {brightness[name]:.0f}, {colors} colours, {drawn:.0%} drawn")
        assert colors > 500, "the pictures are not shown"
        assert 0.15 < drawn < 0.95, "the page is blank, or all of one piece"
    assert brightness["light"] > 180 and brightness["dark"] < 90, "day and night look alike"

    elements = Elements()
    elements.feed(browse("--dump-dom"))
    text = " ".join("".join(elements.text).split())
    for words in (
        "Lantern Two is here", "@lanternwheel", "106 of 280 characters", "1 of 3", "North Rim", "How the housing is made",
        "<script>document.title='taken'</script>", "<img src=x onerror=",
    ):
        assert words in text, f"{words} is not in the page"
    assert elements.title == "Preview", f"the title is {elements.title}"
    assert "script" not in elements.tags and not elements.handlers, "the page runs scripts"
    assert elements.tags.count("img") >= 8, "pictures are missing"
    print("the page is as it should be")


main()
