"""Coverage-guided fuzzing of the normaliser, with atheris (not in the lock file).

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris feedparser lxml yarl
    cp -r tests/fuzz/corpus /tmp/corpus
    PYTHONPATH=. /tmp/fuzz/bin/python tests/fuzz/fuzz_normaliser.py /tmp/corpus -timeout=10

A finding goes to tests/fuzz/findings/ under a name that says what it broke;
tests/unit/polling/test_fuzz_findings.py replays all of them.
"""

import sys

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["tasks.polling"]):
    import tasks.polling.lenient  # noqa: F401 - the parser imports it too late
    from tests.fuzz.invariants import check


def main() -> None:
    """Fuzz until stopped or until a promise breaks."""
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
