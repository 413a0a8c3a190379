"""How many: figures of the dead and hurt, and fatalities by named rules (CODEBOOK 8)."""
