"""Every format through the one normaliser: the rules users expect."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FeedError
from tasks.model.feeds import FeedItem, ParsedFeed
from tasks.model.reasons import PollReason
from tasks.polling.lenient import read_with_feedparser
from tasks.polling.normalise import normalise
from tasks.polling.parse import parse_feed, parse_ordinary

BASE = "https://paper.example/feeds/all.xml"
NS = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
SITE = "<link>https://paper.example/</link>"


def parse(document: str, base: str = BASE, **headers: str) -> ParsedFeed:
    return parse_feed(document.encode(), headers, base)


def rss(item: str, channel: str = SITE) -> ParsedFeed:
    return parse(
        f'<?xml version="1.0"?><rss version="2.0" {NS}><channel><title>Paper</title>'
        f"{channel}<item>{item}</item></channel></rss>"
    )


def one(item: str, channel: str = SITE) -> FeedItem:
    return rss(item, channel).items[0]


def atom(entry: str, feed: str = "", base: str = BASE) -> ParsedFeed:
    return parse(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'{NS}><title>Paper</title><link href="https://paper.example/"/>{feed}'
        f"<entry>{entry}</entry></feed>",
        base,
    )


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<title>Clash in Léré</title>", "Clash in Léré"),
        ("<title>\n  Clash\n  in Léré </title>", "Clash in Léré"),
        ("<title>Mali&amp;#8217;s army</title>", "Mali’s army"),
        ("<title><![CDATA[A & B]]></title>", "A & B"),
        ("<dc:title>Clash</dc:title>", "Clash"),
        ("<description>&lt;p&gt;Two &lt;b&gt;camps&lt;/b&gt; fell.&lt;/p&gt;</description>", "Two camps fell."),
        ("<description>" + "a" * 300 + "</description>", "a" * 100 + "…"),
        ("<link>https://paper.example/1</link>", "https://paper.example/1"),
        ("<title> </title><link>https://paper.example/1</link>", "https://paper.example/1"),
    ],
)  # fmt: skip
def test_title_falls_back_to_summary_then_url(item: str, title: str) -> None:
    assert one(item).title == title


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://paper.example/1</link>", "https://paper.example/1"),
        ("<link> \n https://paper.example/1 \n </link>", "https://paper.example/1"),
        ("<link>/2026/1</link>", "https://paper.example/2026/1"),
        ("<link>2026/1</link>", "https://paper.example/2026/1"),
        ("<link>//cdn.example/1</link>", "https://cdn.example/1"),
        ("<link>?p=1</link>", "https://paper.example/?p=1"),
        ("<feedburner:origLink>https://paper.example/1</feedburner:origLink><link>https://feedproxy.example/x</link>", "https://paper.example/1"),
        ('<atom:link rel="payment" href="https://paper.example/pay"/><atom:link rel="alternate" href="https://paper.example/1"/>', "https://paper.example/1"),
        ("<guid>https://paper.example/1</guid>", "https://paper.example/1"),
        ('<guid isPermaLink="false">https://paper.example/1</guid>', "https://paper.example/"),
        ('<guid isPermaLink="false">77</guid>', "https://paper.example/"),
        ("<link>javascript:alert(1)</link>", "https://paper.example/"),
        ("<link>http://[broken/</link><guid>https://paper.example/1</guid>", "https://paper.example/1"),
        ("<link>mailto:a@paper.example</link>", "https://paper.example/"),
    ],
)  # fmt: skip
def test_item_address_is_absolute_and_on_the_web(item: str, url: str) -> None:
    assert one(f"<title>x</title>{item}").url == url


def test_addresses_without_a_site_link_are_relative_to_the_feed() -> None:
    feed = rss("<title>x</title><link>1.html</link>", channel="")
    assert feed.items[0].url == "https://paper.example/feeds/1.html"
    assert feed.site_url == BASE


def test_xml_base_wins_over_feed_address() -> None:
    feed = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/a/">'
        '<title>x</title><entry><title>x</title><link href="1"/></entry></feed>'
    )
    assert feed.items[0].url == "https://other.example/a/1"


def test_content_location_is_the_base_of_relative_addresses() -> None:
    feed = parse(
        '<rss version="2.0"><channel><link>/home</link></channel></rss>',
        base="",
        **{"Content-Location": "https://paper.example/x/feed"},
    )
    assert feed.site_url is None or feed.site_url == "https://paper.example/home"


def test_atom_id_that_is_an_address_stands_in_for_a_link() -> None:
    assert (
        atom("<id>https://paper.example/1</id>").items[0].url
        == "https://paper.example/1"
    )
    assert atom("<id>urn:uuid:1</id>").items[0].url == "https://paper.example/"


# ---------------------------------------------------------------- authors


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ("<author>desk@paper.example (Awa Traoré)</author>", "desk@paper.example (Awa Traoré)"),
        ("<dc:creator>Awa Traoré</dc:creator>", "Awa Traoré"),
        ("<dc:creator>B</dc:creator><dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "A, B"),
        ("<author>x@paper.example</author><dc:creator>Awa</dc:creator>", "Awa"),
        ("<itunes:author>Radio</itunes:author>", "Radio"),
        ("<atom:author><atom:name>Awa</atom:name><atom:email>a@b.example</atom:email></atom:author>", "Awa (a@b.example)"),
        ("<atom:author><atom:name>Awa</atom:name><atom:email>noreply@b.example</atom:email></atom:author>", "Awa"),
        ("<atom:author><atom:name/><atom:email>a@b.example</atom:email></atom:author>", "a@b.example"),
        ("", None),
    ],
)  # fmt: skip
def test_author_in_every_dialect(item: str, author: str | None) -> None:
    assert one(f"<title>x</title>{item}").author == author


def test_author_of_the_feed_stands_in_for_the_items() -> None:
    feed = atom(
        "<title>x</title>",
        "<author><name>Bob</name></author><author><name>Alice</name></author>",
    )
    assert feed.items[0].author == "Alice, Bob"


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 19 Sep 2023 15:30:00 GMT", "2023-09-19T15:30:00"),
        ("Tue, 19 Sep 2023 15:30:00 +0200", "2023-09-19T13:30:00"),
        ("Tue, 19 Sep 2023 15:30:00 EST", "2023-09-19T20:30:00"),
        ("19 Sep 2023 15:30 UT", "2023-09-19T15:30:00"),
        ("Tuesday, 19 September 2023 15:30:00 GMT", "2023-09-19T15:30:00"),
        ("Tue, 19 Sep 23 15:30:00 GMT", "2023-09-19T15:30:00"),
        ("2023-09-19T15:30:00Z", "2023-09-19T15:30:00"),
        ("2023-09-19T15:30:00.123+02:00", "2023-09-19T13:30:00"),
        ("2023-09-19T15:30:00", "2023-09-19T15:30:00"),
        ("2023-09-19 15:30:00", "2023-09-19T15:30:00"),
        ("2023-09-19", "2023-09-19T00:00:00"),
        ("20230919", "2023-09-19T00:00:00"),
        ("2023-09", "2023-09-01T00:00:00"),
        ("Tue, 19 Sep 2023 15:30:60 GMT", "2023-09-19T15:30:59"),
        ("Tue Sep 19 15:30:00 2023", "2023-09-19T15:30:00"),
    ],
)
def test_date_in_every_usual_format_becomes_utc(text: str, moment: str) -> None:
    item = one(f"<title>x</title><pubDate>{text}</pubDate>")
    assert item.published_at is not None
    assert item.published_at.replace(microsecond=0) == datetime.fromisoformat(
        moment
    ).replace(tzinfo=UTC)
    assert not item.is_date_suspect


@pytest.mark.parametrize(
    "text",
    ["yesterday", "0000-00-00", "Mon, 99 Foo 2023", "0001-01-01T00:00:00Z", "9" * 300],
)
def test_unreadable_date_is_none_and_flagged(text: str) -> None:
    item = one(f"<title>x</title><pubDate>{text}</pubDate>")
    assert item.published_at is None
    assert item.is_date_suspect


def test_missing_date_is_none_and_not_flagged() -> None:
    item = one("<title>x</title>")
    assert item.published_at is None
    assert not item.is_date_suspect


@given(st.text(max_size=120))
def test_any_date_text_gives_utc_or_none(text: str) -> None:
    from tasks.polling.dates import parse_date
    from tasks.polling.lenient import read_rare_date

    moment = parse_date(text, read_rare_date)
    assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1)))
def test_rfc_822_and_iso_dates_round_trip(moment: datetime) -> None:
    from tasks.polling.dates import parse_date

    wanted = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_date(wanted.strftime("%a, %d %b %Y %H:%M:%S GMT")) == wanted
    assert parse_date(wanted.strftime("%d %b %Y %H:%M:%S +0000")) == wanted
    assert parse_date(wanted.isoformat()) == wanted


# ---------------------------------------------------------------- text, origin, media


def test_full_text_is_kept_beside_the_summary() -> None:
    item = one(
        "<title>x</title><description>Short.</description>"
        "<content:encoded><![CDATA[<p>Long text.</p>]]></content:encoded>"
    )
    assert item.summary == "Short."
    assert item.content_html == "<p>Long text.</p>"


def test_source_is_kept_as_the_origin() -> None:
    item = one('<title>x</title><source url="https://afp.example/feed">AFP</source>')
    assert item.source_publisher == "AFP"
    assert item.source_url == "https://afp.example/feed"


def test_atom_source_is_kept_as_the_origin() -> None:
    item = atom(
        "<title>x</title><source><title>AFP</title>"
        '<link href="https://afp.example/"/></source>'
    ).items[0]
    assert (item.source_publisher, item.source_url) == ("AFP", "https://afp.example/")


def test_media_captions_and_categories_are_kept_once() -> None:
    item = one(
        "<title>x</title><category>Mali</category><category>Mali</category>"
        '<media:group><media:content url="a.jpg"><media:description>A burnt truck'
        '</media:description></media:content></media:group><media:content url="b.jpg">'
        "<media:description>A burnt truck</media:description></media:content>"
    )
    assert item.media_captions == ("A burnt truck",)
    assert item.categories == ("Mali",)


def test_languages_are_primary_subtags_and_inherited() -> None:
    feed = rss("<title>x</title>", SITE + "<language>fr-FR</language>")
    assert (feed.language, feed.items[0].language) == ("fr", "fr")
    assert one("<title>x</title><dc:language>en_GB</dc:language>").language == "en"


def test_script_in_a_description_is_removed() -> None:
    item = one(
        "<title>x</title><description><![CDATA[<p onclick='x()'>Hi</p>"
        "<script>alert(1)</script><iframe src='http://evil.example/'></iframe>]]></description>"
    )
    assert item.summary == "<p>Hi</p>"


# ---------------------------------------------------------------- guids and ids


def test_same_guid_on_every_item_gives_distinct_stable_ids() -> None:
    document = (
        '<rss version="2.0"><channel><link>https://paper.example/</link>'
        + "".join(
            f"<item><title>N{n}</title><guid>same</guid></item>" for n in range(3)
        )
        + "<item><title>N0</title><guid>same</guid></item></channel></rss>"
    )
    first = [i.item_id for i in parse(document).items]
    assert len(set(first)) == 4
    assert [i.item_id for i in parse(document).items] == first


def test_item_id_does_not_depend_on_title_text_or_order() -> None:
    a, b = ("<item><title>{}</title><link>https://paper.example/{}</link></item>".format(*p) for p in (("A", "1"), ("B", "2")))  # fmt: skip
    feed = '<rss version="2.0"><channel>{}</channel></rss>'
    before = {i.url: i.item_id for i in parse(feed.format(a + b)).items}
    after = {
        i.url: i.item_id for i in parse(feed.format(b + a.replace(">A<", ">A2<"))).items
    }
    assert before == after


def test_items_belong_to_the_configured_feed() -> None:
    document = (
        b'<rss version="2.0"><channel><item><title>x</title></item></channel></rss>'
    )
    item = parse_feed(document, {}, "https://moved.example/f", feed_url=BASE).items[0]
    assert item.feed_url == BASE


def test_fast_ids_are_uuids_of_version_five() -> None:
    import uuid

    item = one("<title>x</title><guid isPermaLink='false'>7</guid>")
    key = f"{BASE}\x1f7\x1fhttps://paper.example/"
    space = uuid.UUID("6f0a2c1e-5f0b-5d51-9a39-0f1c7b0c0d11")
    assert item.item_id == str(uuid.uuid5(space, key))


# ---------------------------------------------------------------- formats


def test_rhythm_hints_are_read() -> None:
    feed = rss(
        "<title>x</title>",
        "<ttl>90</ttl><skipHours><hour>1</hour><hour>24</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>monday</day></skipDays>"
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
    )
    assert feed.ttl == timedelta(minutes=90)
    assert feed.skip_hours == (0, 1)
    assert feed.skip_days == ("monday", "sunday")
    assert feed.update_period == timedelta(hours=6)


def test_rhythm_hints_survive_the_lenient_reader() -> None:
    feed = parse(
        '<rss version="2.0"><channel><ttl>90</ttl><skipHours><hour>1</hour><hour>2</hour>'
        "</skipHours><skipDays><day>Sunday</day></skipDays><item><title>a & b</title></item>"
    )
    assert (feed.ttl, feed.skip_hours, feed.skip_days) == (
        timedelta(minutes=90),
        (1, 2),
        ("sunday",),
    )


def test_rdf_with_items_beside_the_channel() -> None:
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://paper.example/">'
        "<title>Paper</title><link>https://paper.example/</link></channel>"
        '<item rdf:about="https://paper.example/1"><title>One</title>'
        "<link>https://paper.example/1</link></item></rdf:RDF>"
    )
    assert feed.format == "rdf"
    assert [(i.title, i.guid) for i in feed.items] == [
        ("One", "https://paper.example/1")
    ]


def test_atom_03_with_base64_content() -> None:
    packed = base64.b64encode(b"<p>Some text.</p>").decode()
    feed = parse(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Paper</title><entry>'
        '<title>x</title><link rel="alternate" href="https://paper.example/1"/>'
        "<issued>2023-09-19T15:30:00Z</issued>"
        f'<content mode="base64" type="text/html">{packed}</content></entry></feed>'
    )
    assert feed.format == "atom"
    assert feed.items[0].content_html == "<p>Some text.</p>"
    assert feed.items[0].published_at == datetime(2023, 9, 19, 15, 30, tzinfo=UTC)


def test_atom_xhtml_content_and_updated_only_date() -> None:
    item = atom(
        "<title>x</title><updated>2023-09-19T15:30:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi</p></div></content>'
    ).items[0]
    assert "<p>Hi</p>" in (item.content_html or "")
    assert item.published_at == datetime(2023, 9, 19, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feed(version: str) -> None:
    people = [{"name": "B"}, {"name": "A"}]
    document = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": "Paper", "home_page_url": "https://paper.example/ ", "language": "fr-ML",
        "items": [{
            "id": 7, "external_url": "/1", "content_html": "<p>x</p>", "summary": "s",
            "date_published": "2023-09-19T17:30:00+02:00", "tags": ["Mali"],
            **({"authors": people} if version == "1.1" else {"author": people[0]}),
        }],
    }  # fmt: skip
    feed = parse(json.dumps(document))
    assert (feed.format, feed.title, feed.site_url) == (
        "jsonfeed",
        "Paper",
        "https://paper.example/",
    )
    item = feed.items[0]
    assert (item.guid, item.url, item.language) == (
        "7",
        "https://paper.example/1",
        "fr",
    )
    assert item.author == ("A, B" if version == "1.1" else "B")
    assert item.published_at == datetime(2023, 9, 19, 15, 30, tzinfo=UTC)
    assert (item.title, item.content_html, item.categories) == (
        "s",
        "<p>x</p>",
        ("Mali",),
    )


NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.example/old</loc><lastmod>2023-09-01</lastmod></url>
<url><loc>https://paper.example/1</loc><news:news><news:publication>
<news:name>Paper</news:name><news:language>fr</news:language></news:publication>
<news:publication_date>2023-09-19T15:30:00Z</news:publication_date>
<news:title>Attaque à Léré</news:title><news:keywords>Mali, Léré</news:keywords></news:news>
<image:image><image:caption>Un camion</image:caption></image:image></url>
<url><lastmod>2023-09-01</lastmod></url></urlset>"""


def test_news_sitemap_gives_items_newest_first() -> None:
    feed = parse(NEWS)
    assert feed.format == "sitemap"
    assert [i.url for i in feed.items] == [
        "https://paper.example/1",
        "https://paper.example/old",
    ]
    item = feed.items[0]
    assert (item.title, item.language) == ("Attaque à Léré", "fr")
    assert item.published_at == datetime(2023, 9, 19, 15, 30, tzinfo=UTC)
    assert (item.media_captions, item.categories) == (("Un camion",), ("Mali", "Léré"))


def test_sitemap_index_names_its_children_newest_first() -> None:
    feed = parse(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>/a.xml</loc><lastmod>2023-01-01</lastmod></sitemap>"
        "<sitemap><loc>/b.xml</loc><lastmod>2023-02-01</lastmod></sitemap>"
        "<sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"
    )
    assert feed.format == "sitemap_index"
    assert feed.child_sitemaps == (
        "https://paper.example/b.xml",
        "https://paper.example/a.xml",
    )


# ---------------------------------------------------------------- two readers, one result

MARKUP = st.sampled_from(
    ["Plain text.", "<p>A <b>bold</b> text.</p>", "A &amp; B", '<a href="https://a.example/">x</a>', "Ça &#8217; là"]
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r\x85\xa0", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co"]), min_size=1, max_size=30)  # fmt: skip
ITEMS = st.fixed_dictionaries(
    {"title": WORDS, "path": st.from_regex(r"[a-z0-9/-]{1,20}", fullmatch=True),
     "guid": st.none() | st.integers(0, 9).map(str), "author": st.none() | WORDS,
     "date": st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
     "text": MARKUP}
)  # fmt: skip


@given(st.lists(ITEMS, max_size=5))
def test_both_readers_see_the_same_feed(items: list[dict[str, object]]) -> None:
    """The quick reader and feedparser agree on everything an ordinary feed says."""
    from xml.sax.saxutils import escape

    def element(name: str, value: object, attributes: str = "") -> str:
        return f"<{name}{attributes}>{escape(str(value))}</{name}>" if value else ""

    body = "".join(
        "<item>"
        + element("title", i["title"])
        + element("link", f"https://paper.example/{i['path']}")
        + element("guid", i["guid"], ' isPermaLink="false"')
        + element("dc:creator", i["author"])
        + element("pubDate", i["date"].strftime("%a, %d %b %Y %H:%M:%S GMT"))  # type: ignore[attr-defined]
        + element("description", i["text"])
        + "</item>"
        for i in items
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NS}><channel>'
        f"<title>Paper</title>{SITE}{body}</channel></rss>"
    ).encode()
    quick = parse_ordinary(document, {}, BASE)
    assert quick is not None
    lenient = normalise(read_with_feedparser(document, {}, BASE), BASE)
    assert quick.items == lenient.items
    assert (quick.title, quick.site_url) == (lenient.title, lenient.site_url)


@pytest.mark.parametrize(
    "document",
    ["<rss version='2.0' xml:base='http://b.example/'><channel/></rss>",
     "<rss version='2.0'><channel><item><title>a & b</title></item></channel></rss>",
     "<!DOCTYPE rss [<!ENTITY x 'y'>]><rss version='2.0'><channel/></rss>",
     "<rss version='2.0'><channel><item><description>&lt;img onerror='x' src='y'&gt;</description></item></channel></rss>"],
)  # fmt: skip
def test_unusual_document_is_left_to_the_lenient_reader(document: str) -> None:
    assert parse_ordinary(document.encode(), {}, BASE) is None


# ---------------------------------------------------------------- anything at all


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_a_feed_error(content: bytes) -> None:
    check_any(content)


PIECES = st.lists(
    st.sampled_from(
        ["<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "x",
         "<link>", "http://a.example/", "</link>", "&amp;", "&", "<![CDATA[", "]]>", "<!--",
         "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<link href='/x'/>", "\0", "é",
         "<pubDate>", "2023", "<guid>", "<urlset>", "<url><loc>", "</loc></url>", "<?xml?>", "{",
         '"items":[', "</rss>", "</channel>", "<a b='", "<div>", "&#0;", "&#xD800;", "<content type='xhtml'>"]
    ), max_size=30,
)  # fmt: skip


@given(PIECES)
def test_any_pile_of_tags_is_a_feed_or_a_feed_error(pieces: list[str]) -> None:
    check_any("".join(pieces).encode())


def check_any(content: bytes) -> None:
    """What every result promises, whatever the document."""
    try:
        feed = parse_feed(content, {}, BASE)
    except FeedError as error:
        assert error.reason is PollReason.NOT_A_FEED  # noqa: PT017
        return
    ids = [i.item_id for i in feed.items]
    assert len(ids) == len(set(ids))
    for item in feed.items:
        assert item.url.startswith(("http://", "https://"))
        assert item.title
        assert "\0" not in item.title
        assert item.published_at is None or item.published_at.utcoffset() == timedelta(
            0
        )
    again = parse_feed(content, {}, BASE)
    assert again == feed
