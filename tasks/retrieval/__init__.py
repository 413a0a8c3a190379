"""Retrieval: article pages, as robots.txt and the per-host limits allow."""
