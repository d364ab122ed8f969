"""What every page must be: accessible, within its screen, easy to hit, light.

Everything is evaluated from outside, so the page's own security policy stays in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.browser.browsing import DESK, PHONE

AXE = (files("axe_core_python") / "axe.min.js").read_text()
RUN_AXE = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.map((one) =>
    `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}"""
UNFOLD = "() => document.querySelectorAll('details').forEach((block) => { block.open = true; })"
FIND_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const reaching = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().left + one.scrollWidth > width + 1);
  return [`too wide: ${reaching.slice(-1).map((one) => one.outerHTML.slice(0, 80))}`];
}"""
# A target is as large as the area that answers a touch: a label belongs to its field, and a
# card's link may cover its card. Links within a sentence are let be (WCAG 2.5.5).
FIND_SMALL_TARGETS = """(least) => {
  const inSentence = (one) => {
    if (one.tagName !== "A" || getComputedStyle(one).display !== "inline") return false;
    const block = one.closest("p, li, dd, dt, td, th, legend, div");
    return block.textContent.trim().length > one.textContent.trim().length;
  };
  const reach = (one, x, y, right, down) => {
    const hit = (step) => {
      const met = document.elementFromPoint(x + step * right, y + step * down);
      const labels = [...(one.labels || [])];
      return met && (one.contains(met) || labels.some((label) => label.contains(met)));
    };
    let steps = 0;
    while (steps < least && hit(steps + 1)) steps += 1;
    return steps;
  };
  const isSmall = (field) => {
    const one = field.matches("[type=checkbox], [type=radio]") ? field.labels[0] : field;
    let box = one.getClientRects()[0];
    if (box.width >= least && box.height >= least) return false;
    one.scrollIntoView({block: "center", behavior: "instant"});
    box = one.getClientRects()[0];
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const high = reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1) + 1;
    const wide = reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0) + 1;
    return high < least || wide < least;
  };
  const shown = (one) => one.checkVisibility() && !one.classList.contains("skip-link");
  const all = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  return [...document.querySelectorAll(all)]
    .filter((one) => shown(one) && !inSentence(one) && isSmall(one))
    .map((one) => `too small: ${one.outerHTML.slice(0, 80)}`);
}"""
LEAST_TARGET = 44  # CSS pixels


def problems_on(page: Page, sizes: tuple[ViewportSize, ...] = (PHONE, DESK)) -> list[str]:
    """What is wrong with the page as it stands, on a phone and on a desk, all unfolded."""
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    found = []
    for size in sizes:
        page.set_viewport_size(size)
        problems = [
            *page.evaluate(RUN_AXE),
            *page.evaluate(FIND_OVERFLOW),
            *page.evaluate(FIND_SMALL_TARGETS, LEAST_TARGET),
        ]
        found += [f"{page.url} at {size['width']}: {one}" for one in problems]
    return found


@dataclass
class Traffic:
    """What travels to a page while this listens: bytes as sent, headers included."""

    page: Page
    _asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    _sent: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        listener = self.page.context.new_cdp_session(self.page)
        listener.on("Network.requestWillBeSent", self._ask)
        listener.on("Network.loadingFinished", self._receive)
        listener.send("Network.enable")

    @property
    def requests(self) -> int:
        """How many addresses were fetched over the network.

        The emblem is the tab's icon too; whether it is cached by then is a matter of luck.
        """
        return len({self._asked[request][0] for request, sent in self._sent.items() if sent})

    def size(self, kind: str = "") -> int:
        """Bytes received in all, or of this kind of resource alone."""
        return round(
            sum(
                amount
                for request, amount in self._sent.items()
                if kind in ("", self._asked[request][1])
            )
        )

    def _ask(self, event: dict[str, Any]) -> None:
        self._asked[event["requestId"]] = (event["request"]["url"], event["type"])

    def _receive(self, event: dict[str, Any]) -> None:
        self._sent[event["requestId"]] = event["encodedDataLength"]
