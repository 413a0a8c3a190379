"""What the specifications of the formats say, one document a line, through the normaliser."""

import base64
from typing import Any

import pytest

from tasks.model.feeds import ParsedFeed
from tasks.polling.parse import parse_feed

URL = "https://paper.example/feeds/all.xml"
ITEM = "https://paper.example/1"
XMLNS = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:georss="http://www.georss.org/georss" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def rss(item: str, channel: str = "", version: str = "2.0") -> str:
    return (
        f'<rss version="{version}" {XMLNS}><channel><title>F</title>'
        f"<link>https://paper.example/</link>{channel}<item>{item}</item></channel></rss>"
    )


def atom(entry: str, feed: str = "", attributes: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {XMLNS} {attributes}>'
        f'{feed}<entry><link href="{ITEM}"/>{entry}</entry></feed>'
    )


def atom03(entry: str) -> str:
    return (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>'
        f'<link rel="alternate" type="text/html" href="{ITEM}"/>{entry}</entry></feed>'
    )


def rdf(item: str, home: str = "http://purl.org/rss/1.0/") -> str:
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{home}" '
        f'{XMLNS}><channel rdf:about="x"><title>F</title><link>https://paper.example/</link>'
        f'</channel><item rdf:about="{ITEM}"><link>{ITEM}</link>{item}</item></rdf:RDF>'
    )


def read(document: str | bytes, content_type: str = "") -> ParsedFeed:
    content = document.encode() if isinstance(document, str) else document
    return parse_feed(content, {"Content-Type": content_type}, URL)


T = "<title>t</title>"
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">'
LINK = f"<link>{ITEM}</link>"

CASES: list[tuple[str, str, dict[str, Any]]] = [
    # ------------------------------------------------------------ Atom 1.0 text constructs
    ("text means text", atom('<title type="text">1 &lt; 2 &amp;amp; 3</title>'), {"title": "1 < 2 & 3"}),
    ("html means markup", atom('<title type="html">A &amp;amp; &lt;i&gt;x&lt;/i&gt;</title>'), {"title": "A &amp; <i>x</i>"}),
    ("html without tags is a plain title", atom('<title type="html">Tom &amp;amp; Jo&amp;#8217;s</title>'), {"title": "Tom & Jo’s"}),
    ("xhtml content without its div", atom(f'{T}<content type="xhtml">{XHTML}<p>Hi <b>x</b></p></div></content>'), {"content_html": "<p>Hi <b>x</b></p>"}),
    ("relative links in xhtml", atom(f'{T}<content type="xhtml">{XHTML}<a href="/r">l</a></div></content>'), {"content_html": '<a href="https://paper.example/r">l</a>'}),
    ("other media are base64", atom(f'{T}<content type="application/octet-stream">{packed("<p>x</p>")}</content>'), {"content_html": "<p>x</p>"}),
    ("content elsewhere leaves the summary", atom(f'{T}<summary>s</summary><content type="text/html" src="{ITEM}/full"/>'), {"summary": "s", "content_html": None}),
    ("a web page before other alternates", atom(f"{T}").replace("<entry>", '<entry><link rel="alternate" type="application/json" href="https://paper.example/1.json"/>'), {"url": ITEM}),
    ("only alternates are the page", atom(f"{T}").replace("<entry>", '<entry><link rel="related" href="https://o.example/"/><link rel="enclosure" href="https://o.example/a.mp3"/>'), {"url": ITEM}),
    ("published beside updated", atom(f"{T}<published>2026-11-01T10:00:00+01:00</published><updated>2026-11-02T10:00:00Z</updated>"), {"published_at": "2026-11-01T09:00:00+00:00", "updated_at": "2026-11-02T10:00:00+00:00"}),
    ("updated stands in for published", atom(f"{T}<updated>2026-11-02T10:00:00Z</updated>"), {"published_at": "2026-11-02T10:00:00+00:00"}),
    ("author of the source is not the author", atom(f"{T}<source><title>Wire</title><link href='https://o.example/'/><author><name>S</name></author></source>"), {"author": None, "source_publisher": "Wire", "source_url": "https://o.example/"}),
    ("contributor is not the author", atom(f"{T}<contributor><name>C</name></contributor>"), {"author": None}),
    ("person with an address", atom(f"{T}<author><name>Awa</name><email>awa@o.example</email><uri>https://o.example</uri></author>"), {"author": "Awa (awa@o.example)"}),
    ("categories by term", atom(f'{T}<category term="w" label="World"/><category scheme="x" term="y"/>'), {"categories": ("w", "y")}),
    ("language of the feed", atom(T, attributes='xml:lang="ar-EG"'), {"language": "ar"}),
    ("language of the entry", atom(T, attributes='xml:lang="ar"').replace("<entry>", '<entry xml:lang="fr">'), {"language": "fr"}),
    # ------------------------------------------------------------ Atom 0.3
    ("0.3 base64", atom03(f'<title mode="base64">{packed("T")}</title><content type="text/html" mode="base64">{packed("<p>x</p>")}</content>'), {"title": "T", "content_html": "<p>x</p>"}),
    ("0.3 escaped", atom03('<title>t</title><summary type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</summary>'), {"summary": "<p>x</p>"}),
    ("0.3 xml", atom03(f'<title mode="xml">A &amp; B</title><content type="application/xhtml+xml" mode="xml">{XHTML}<em>y</em></div></content>'), {"title": "A & B", "content_html": "<div><em>y</em></div>"}),
    ("0.3 issued and modified", atom03(f"{T}<issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified>"), {"published_at": "2003-12-13T12:29:29+00:00", "updated_at": "2003-12-13T18:30:02+00:00"}),
    # ------------------------------------------------------------ RSS 0.9x, 2.0
    ("0.91", rss(f"{T}{LINK}<description>d</description>", version="0.91"), {"title": "t", "url": ITEM, "summary": "d"}),
    ("0.92 without title", rss(f"{LINK}<description>Only this &amp;amp; that</description>", version="0.92"), {"title": "Only this & that"}),
    ("letters of a DTD that is not read", '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">' + rss(f"<title>caf&eacute; &mdash; x</title>{LINK}", version="0.91"), {"title": "café — x", "url": ITEM}),
    ("entities without a DTD", rss(f"<title>caf&eacute;</title>{LINK}"), {"title": "café", "url": ITEM}),
    ("content over description", rss(f"{T}<description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>"), {"summary": "short", "content_html": "<p>long</p>"}),
    ("title escaped twice", rss("<title>A &amp;#8217;s &amp;amp; B</title>"), {"title": "A ’s & B"}),
    ("guid is the page", rss(f"{T}<guid>{ITEM}</guid>"), {"url": ITEM, "guid": ITEM}),
    ("guid is not the page", rss(f'{T}<guid isPermaLink="false">{ITEM}</guid>'), {"url": "https://paper.example/", "guid": ITEM}),
    ("source", rss(f'{T}<source url="https://o.example/rss">Wire</source>'), {"source_publisher": "Wire", "source_url": "https://o.example/rss"}),
    ("author as mail address", rss(f"{T}<author>awa@o.example (Awa)</author>"), {"author": "awa@o.example (Awa)"}),
    ("editor of the channel", rss(T, "<managingEditor>Desk</managingEditor>"), {"author": "Desk"}),
    ("xml:lang of the channel", rss(T).replace("<channel>", '<channel xml:lang="ar">'), {"language": "ar"}),
    ("language by name", rss(T, "<language>Français</language>"), {"language": "fr"}),
    # ------------------------------------------------------------ RDF
    ("RSS 1.0", rdf(f"{T}<dc:creator>X</dc:creator><dc:date>2026-11-01</dc:date>"), {"url": ITEM, "guid": ITEM, "author": "X", "published_at": "2026-11-01T00:00:00+00:00"}),
    ("RSS 0.90", rdf(T, "http://my.netscape.com/rdf/simple/0.9/"), {"title": "t", "url": ITEM}),
    # ------------------------------------------------------------ CDF
    ("CDF", f'<CHANNEL HREF="https://paper.example/"><TITLE>C</TITLE><ITEM HREF="{ITEM}"><TITLE>t</TITLE><ABSTRACT>x</ABSTRACT></ITEM></CHANNEL>', {"title": "t", "url": ITEM, "summary": "x"}),
    # ------------------------------------------------------------ Dublin Core
    ("dc:title", rss("<dc:title>D</dc:title>"), {"title": "D"}),
    ("dc:description and dc:subject", rss(f"{T}<dc:description>x</dc:description><dc:subject>War</dc:subject>"), {"summary": "x", "categories": ("War",)}),
    ("dc:language over the channel's", rss(f"{T}<dc:language>ar</dc:language>", "<language>fr</language>"), {"language": "ar"}),
    ("dcterms:issued", rss(f"{T}<dcterms:issued>2026-11-01T10:00:00+01:00</dcterms:issued>"), {"published_at": "2026-11-01T09:00:00+00:00"}),
    ("dcterms:created and modified", rss(f"{T}<dcterms:created>2026-11-01T10:00:00Z</dcterms:created><dcterms:modified>2026-11-02T10:00:00Z</dcterms:modified>"), {"published_at": "2026-11-01T10:00:00+00:00", "updated_at": "2026-11-02T10:00:00+00:00"}),
    ("dc:creator in Atom", atom(f"{T}<dc:creator>D</dc:creator>"), {"author": "D"}),
    # ------------------------------------------------------------ iTunes
    ("itunes author and summary", rss(f"{T}<itunes:author>I</itunes:author><itunes:summary>s</itunes:summary>"), {"author": "I", "summary": "s"}),
    ("itunes author of the channel", rss(T, "<itunes:author>C</itunes:author>"), {"author": "C"}),
    ("itunes owner by name", rss(T, "<itunes:owner><itunes:name>O</itunes:name><itunes:email>o@o.example</itunes:email></itunes:owner>"), {"author": "O"}),
    ("itunes owner by address", rss(T, "<itunes:owner><itunes:email>o@o.example</itunes:email></itunes:owner>"), {"author": "o@o.example"}),
    ("itunes title", rss(f"<itunes:title>I</itunes:title>{LINK}"), {"title": "I"}),
    # ------------------------------------------------------------ Media RSS, GeoRSS
    ("caption of a picture", rss(f'{T}<media:content url="i.jpg"><media:title>x</media:title><media:description type="plain">Cap</media:description></media:content>'), {"media_captions": ("Cap",), "title": "t"}),
    ("caption in a group, in Atom", atom(f"{T}<media:group><media:description>MD</media:description></media:group>"), {"media_captions": ("MD",)}),
    ("media texts where there are no others", rss("<media:title>MT</media:title><media:description>MD</media:description>"), {"title": "MT", "summary": "MD"}),
    ("a point does no harm", rss(f"{T}{LINK}<georss:point>45.2 -71</georss:point>"), {"title": "t", "url": ITEM}),
]  # fmt: skip


JSON_ITEMS: list[tuple[str, dict[str, Any]]] = [
    ('{"id": "1", "url": "/1", "external_url": "https://o.example/"}', {"url": ITEM}),
    ('{"id": "1", "external_url": "https://o.example/x"}', {"url": "https://o.example/x"}),
    ('{"id": 17, "content_text": "1 < 2"}', {"guid": "17", "content_html": "1 < 2", "title": "1 < 2"}),
    ('{"id": "1", "content_html": "<p>h</p>", "content_text": "t"}', {"content_html": "<p>h</p>"}),
    ('{"id": "1", "authors": [{"name": "B"}, {"name": "A"}], "author": {"name": "C"}}', {"author": "A, B, C"}),
    ('{"id": "1"}', {"author": "Desk", "language": "fr"}),
    ('{"id": "1", "language": "ara", "tags": ["x", "x", "y"]}', {"language": "ar", "categories": ("x", "y")}),
]  # fmt: skip


@pytest.mark.parametrize(("item", "fields"), JSON_ITEMS)
def test_json_feed_is_read_as_its_format_says(
    item: str, fields: dict[str, Any]
) -> None:
    document = (
        '{"version": "https://jsonfeed.org/version/1.1", "language": "fr-CA", '
        '"home_page_url": "https://paper.example/", "authors": [{"name": "Desk"}], '
        f'"items": [{item}]}}'
    )
    (found,) = read(document).items
    assert {name: getattr(found, name) for name in fields} == fields


def plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize(
    ("document", "fields"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_document_is_read_as_its_format_says(
    document: str, fields: dict[str, Any]
) -> None:
    (item,) = read(document).items
    assert {name: plain(getattr(item, name)) for name in fields} == fields


ARABIC, FRENCH, RUSSIAN = "مقتل ثلاثة في غارة", "Trois tués près d’Alep", "Новости"


@pytest.mark.parametrize(
    ("title", "declared", "encoding", "header"),
    [
        (ARABIC, "windows-1256", "windows-1256", ""),
        (ARABIC, "utf-8", "utf-8", ""),
        (ARABIC, "iso-8859-6", "iso-8859-6", ""),
        (FRENCH, "utf-8", "utf-8-sig", ""),
        (FRENCH, "utf-16", "utf-16", ""),
        (FRENCH, "windows-1252", "windows-1252", ""),
        (FRENCH, "utf-8", "windows-1252", ""),  # as so often, it lies
        (FRENCH, "", "windows-1252", "application/rss+xml; charset=windows-1252"),
        (RUSSIAN, "koi8-r", "koi8-r", ""),
        (RUSSIAN, "", "utf-8", "text/xml; charset=utf-8"),
    ],
)
def test_letters_survive_every_encoding(
    title: str, declared: str, encoding: str, header: str
) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    content = (declaration + rss(f"<title>{title}</title>")).encode(encoding)
    assert read(content, header).items[0].title == title


@pytest.mark.parametrize(
    ("site", "reference", "url"),
    [
        ("https://paper.example/news/", "1.html", "https://paper.example/news/1.html"),
        ("https://www.paper.example/", "/1.html", "https://www.paper.example/1.html"),
        ("https://www.paper.example/", "//cdn.example/1", "https://cdn.example/1"),
        ("", "/1.html", "https://paper.example/1.html"),
    ],
)
def test_both_readers_take_the_site_as_the_base(
    site: str, reference: str, url: str
) -> None:
    """An undefined entity sends the same document to the lenient reader."""
    ordinary = rss(f"<title>t</title><link>{reference}</link>").replace(
        "<link>https://paper.example/</link>", f"<link>{site}</link>" if site else ""
    )
    unusual = ordinary.replace("<title>t</title>", "<title>t&nbsp;</title>")
    assert [read(d).items[0].url for d in (ordinary, unusual)] == [url, url]


def test_relative_links_in_the_text_take_the_same_base() -> None:
    text = "<title>t&nbsp;</title><description>&lt;a href=&quot;x&quot;&gt;y&lt;/a&gt;</description>"
    document = rss(text).replace("paper.example/<", "paper.example/news/<")
    assert (
        read(document).items[0].summary
        == '<a href="https://paper.example/news/x">y</a>'
    )


def test_items_alike_in_every_field_still_have_ids_of_their_own() -> None:
    item = f"<title>t</title>{LINK}<guid>1</guid>"
    found = read(rss(f"{item}</item><item>{item}</item><item>{item}")).items
    assert len({each.item_id for each in found}) == 3
