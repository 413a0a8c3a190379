"""Words for figures and codes: what a reader needs instead of a bare number or id."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

Row = dict[str, Any]

PRECISION = {1: "the place itself", 2: "near the place", 3: "only the region"}


def toll_text(row: Row) -> str:
    """Return the toll in words, never as one bare number when it is a range."""
    low, best, high = (row[f"fatalities_{k}"] for k in ("low", "best", "high"))
    if best is None:
        return _without_best(low or 0, high)
    if high is None:
        return f"{best} or more" if low == best else f"{best} (at least {low})"
    return str(best) if low == best == high else f"{best} ({low} to {high})"


def _without_best(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low}" if low else "not reported"
    return f"{low}, no best figure" if low == high else f"{low} to {high}, no best figure"  # fmt: skip


def change_text(change: int) -> str:
    """Return a signed change with a true minus sign."""
    return f"{change:+,}".replace("-", "−") if change else "no change"


def precision_text(precision: int | None) -> str:
    """Return how well the place is known; codes the codebook lacks are shown as they are."""
    if precision is None:
        return "only the country"
    return PRECISION.get(precision, f"geo_precision {precision}")


def rule_text(rule_id: str) -> str:
    """Return why a rule changes a value; a rule without a text here is named by its id."""
    return rule_texts().get(rule_id, rule_id)


@lru_cache(maxsize=1)
def rule_texts() -> dict[str, str]:
    """Return rule ids of revisions with their meaning (data/rules.toml)."""
    source = files("tasks.reporting").joinpath("data/rules.toml")
    texts: dict[str, str] = tomllib.loads(source.read_text(encoding="utf-8"))["rules"]
    return texts


def shorten(text: str | None, limit: int) -> str | None:
    """Cut a text that nobody could read in a report; the file keeps all of it."""
    if text is None or len(text) <= limit:
        return text
    return text[: limit - 1].rstrip() + "…"
