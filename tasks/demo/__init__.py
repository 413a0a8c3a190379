"""The demo newsroom: fictional outlets served over HTTP on loopback, with a clock.

corpus.py (articles) -> outlets.py (who publishes what, how) -> pages.py, feeds.py
(documents) -> newsroom.py (request -> response, pure) -> server.py (sockets).
"""
