"""Tolls (CODEBOOK 8): figures of the killed and wounded, and fatalities by named rules."""

from tasks.coding.tolls_find import find_tolls
from tasks.coding.tolls_model import TollMention
from tasks.coding.tolls_rules import RULES, derive_fatalities
from tasks.coding.tolls_statements import fatality_claims, statements

__all__ = [
    "RULES",
    "TollMention",
    "derive_fatalities",
    "fatality_claims",
    "find_tolls",
    "statements",
]
