from html.parser import HTMLParser

from tasks.coding.coder import Coder
from tasks.coding.explain import html_fragment, marks_of, plain, rule_lines
from tests.unit.coding.coding_texts import document

TEXT = (
    "Gunmen <script>attacked</script> Bankass on Thursday, killing nine farmers.\n\n"
    "The village was attacked in May 2019 & burned."
)


class Reader(HTMLParser):
    """Collects the text and the tags of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_html_keeps_the_text_and_only_our_tags(coder: Coder) -> None:
    found = document(TEXT)
    reader = Reader()
    reader.feed(html_fragment(found.text, marks_of(coder.code(found))))
    assert "".join("".join(reader.words).split()) == "".join(found.text.split())
    assert set(reader.tags) == {"p", "mark"}


def test_plain_text_numbers_spans_and_names_rules(coder: Coder) -> None:
    found = document(TEXT)
    shown = plain(found.text, marks_of(coder.code(found)))
    assert "actor1" in shown
    assert "R-STATUS-OLD-DATE" in shown
    assert "the date of the clause is more than 14 days past" in shown


def test_marks_are_in_text_order(coder: Coder) -> None:
    found = document(TEXT)
    starts = [m.start for m in marks_of(coder.code(found))]
    assert starts == sorted(starts)


def test_each_rule_is_listed_once(coder: Coder) -> None:
    coded = coder.code(document(TEXT))
    evidence = [e for m in coded.mentions for e in m.evidence]
    lines = rule_lines(evidence, coded.excluded)
    assert len(lines) == len({line.split(":")[0] for line in lines})


def test_a_text_without_events_is_shown_as_it_is(coder: Coder) -> None:
    found = document(
        "It rained in the north on Thursday and the roads were wet all day."
    )
    assert plain(found.text, marks_of(coder.code(found))) == found.text
