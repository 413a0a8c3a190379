import tomllib
from pathlib import Path

import pytest

from tasks.extraction import prune as prune_module
from tasks.extraction.extract import extract_page
from tasks.extraction.html import parse_page
from tasks.extraction.page import paragraph_key
from tasks.extraction.part_names import reason_for_name
from tasks.extraction.prune import prune

P = [
    f"Paragraph {n}: soldiers and armed men exchanged fire near the market on Sunday, officials said."
    for n in range(6)
]
INSERT = "Something that is not the article at all"


def page(insert: str, after: int = 2) -> str:
    before = "".join(f"<p>{text}</p>" for text in P[:after])
    behind = "".join(f"<p>{text}</p>" for text in P[after:])
    return f"<html><body><article><h1>The headline of it</h1>{before}{insert}{behind}</article></body></html>"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        pytest.param(f"<figure><img src='x'><figcaption>{INSERT}</figcaption></figure>", "caption", id="figcaption"),
        pytest.param(f"<div class='wp-caption'><p class='wp-caption-text'>{INSERT}</p></div>", "caption", id="wp-caption"),
        pytest.param(f"<div class='related-links'><ul><li>{INSERT}</li></ul></div>", "read_also", id="related"),
        pytest.param(f"<aside class='newsletterSignup'><p>{INSERT}</p></aside>", "newsletter", id="camel-case"),
        pytest.param(f"<div class='box ad'>{INSERT}</div>", "advertisement", id="ad"),
        pytest.param(f"<div id='share_bar'><p>{INSERT}</p></div>", "share_bar", id="id"),
        pytest.param(f"<aside><p>{INSERT}</p></aside>", "aside", id="aside"),
        pytest.param(f"<p><small>{INSERT}</small></p>", "small_print", id="small"),
        pytest.param(f"<div class='comments-area'><p>{INSERT}</p></div>", "comments", id="comments"),
    ],
)  # fmt: skip
def test_marked_parts_are_cut_and_kept_with_their_place(
    markup: str, reason: str
) -> None:
    found = extract_page(page(markup), "https://a.example/story")
    assert found.paragraphs == tuple(P)
    (cut,) = (c for c in found.removals if c.text == INSERT)
    assert (cut.reason, cut.paragraph, cut.rule_id) == (reason, 2, f"markup:{reason}")


@pytest.mark.parametrize(
    "name", ["header", "article-body", "shareholder-news", "adoption", "navy", "mainContent", "captain", "tagged-body", ""]
)  # fmt: skip
def test_words_that_only_contain_a_name_do_not_match(name: str) -> None:
    assert reason_for_name(name) is None


@pytest.mark.parametrize("name", ["content-with-related", "has-ads newsletter-body"])
def test_the_text_itself_is_never_cut_whatever_its_name(name: str) -> None:
    text = "".join(f"<p>{p}</p>" for p in P)
    html = f"<html><body><div class='{name}'>{text}</div><div>foot</div></body></html>"
    assert extract_page(html, "https://a.example/story").paragraphs == tuple(P)


def test_cuts_elsewhere_on_the_page_are_not_part_of_the_record() -> None:
    foot = f"<div class='related'><p>{INSERT}</p></div>"
    html = (
        page("")
        + f"<div><p>Another part of the page that is long enough to be prose, really.</p>{foot}</div>"
    )
    assert INSERT not in [
        c.text for c in extract_page(html, "https://a.example/s").removals
    ]


def test_tails_of_cut_elements_stay() -> None:
    html = page(
        "<p>Fire near <span class='ad'>buy</span> the bridge went on for two hours, he said then.</p>"
    )
    assert any(
        "Fire near the bridge" in p
        for p in extract_page(html, "https://a.example/s").paragraphs
    )


def test_lines_that_are_one_link_are_known() -> None:
    tree = parse_page(
        "<html><body><p><a href='/1'>Rebels enter the suburbs</a></p>"
        "<div>text<br><b><a href='/2'>Army denies losses</a></b><br>text</div>"
        "<p>He said <a href='/3'>the report was false</a> and left the room at once.</p></body></html>"
    )
    linked = prune(tree).linked
    assert paragraph_key("Rebels enter the suburbs") in linked
    assert paragraph_key("Army denies losses") in linked
    assert paragraph_key("the report was false") not in linked


def test_text_in_divs_and_layout_tables_is_text() -> None:
    divs = "".join(f"<div class='para'>{p}</div>" for p in P)
    html = f"<html><body><h1>The headline</h1><section>{divs}</section></body></html>"
    assert extract_page(html, "https://a.example/s").paragraphs == tuple(P)
    lines = "<br><br>".join(P)
    table = f"<html><body><table><tr><td class='story'><h2>The headline</h2><div class='text'>{lines}</div></td><td>Latest</td></tr></table></body></html>"
    assert extract_page(table, "https://a.example/s").paragraphs == tuple(P)


def test_names_are_well_formed() -> None:
    path = Path(prune_module.__file__).with_name("page_rules.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = [name for group in data["cut"].values() for name in group]
    assert data["version"]
    assert all(name == name.lower() and " " not in name for name in names)
    assert all(len(name.split("-")) <= 3 for name in names)
    assert 0 < data["limits"]["prose_share"] < data["limits"]["text_share"] < 1
