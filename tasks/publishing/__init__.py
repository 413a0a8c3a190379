"""Publication: the warehouse, checked, copied and renamed into place."""
