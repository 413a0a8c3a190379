"""Which reports are one text in different clothes: families, mutations, stories."""
