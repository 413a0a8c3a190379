"""Tolls (CODEBOOK 8): figures of the killed and wounded, and fatalities by named rules."""

from tasks.coding.tolls.find import find_tolls
from tasks.coding.tolls.model import TollMention
from tasks.coding.tolls.rules import RULES, derive_fatalities
from tasks.coding.tolls.statements import fatality_claims, statements

__all__ = [
    "RULES",
    "TollMention",
    "derive_fatalities",
    "fatality_claims",
    "find_tolls",
    "statements",
]
