"""Pictures of every screen for the README and the manual, of the demo shop: `make screenshots`.

Starts the app on a port of its own with a store that is thrown away, once in English and once in French, and writes
`docs/screenshots/*.png` and `docs/screenshots/fr/*.png`. Names on the command line take only those.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from picture_scenes import SCENES, Picture
from picture_shop import ROOT, PictureShop, shop
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PICTURES = ROOT / "docs" / "screenshots"
FOLDERS = {"en": PICTURES, "fr": PICTURES / "fr"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
COLOURS = 128  # enough for screens, and a third of the bytes


def take(browser: Browser, of: PictureShop, picture: Picture) -> None:
    """One picture, in a browser session of its own."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    context.add_cookies([{"name": "comptoir_language", "value": of.language, "url": of.address}])
    page = context.new_page()
    page.goto(of.address + picture.path(of))
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_timeout(2500)
    if picture.before:
        picture.before(page, of)
    part = page.locator(picture.part).first.bounding_box() if picture.part else None
    keep(page.screenshot(clip=part), FOLDERS[of.language] / f"{picture.name}.png")
    context.close()


def keep(png: bytes, path: Path) -> None:
    """Write a picture in few colours: small, and still sharp."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Take them all, or those named on the command line."""
    wanted = set(sys.argv[1:])
    failed = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium") or None, args=QUIET)
        for language in wanted & set(FOLDERS) or FOLDERS:
            with shop(language) as of:
                for picture in SCENES:
                    if wanted - set(FOLDERS) and picture.name not in wanted:
                        continue
                    try:
                        take(browser, of, picture)
                        print(language, picture.name, flush=True)
                    except Exception as error:  # the others are still worth taking
                        failed.append(f"{language} {picture.name}: {str(error).splitlines()[0]}")
        browser.close()
    if failed:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
