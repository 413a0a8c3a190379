"""Date expressions, written before any gold item was looked at.

Unless a row says otherwise the text was published on Sunday 8 March 2026, 12:00 UTC.
"""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.coding.coder import Coder
from tasks.coding.dates.resolve import (
    DateContext,
    event_date,
    find_dates,
    resolve_expression,
    zone_of,
)
from tasks.model.coding import Document
from tasks.text.segment import segment

SUNDAY = DateContext(datetime(2026, 3, 8, 12, tzinfo=UTC))


def first_mention(text: str, context: DateContext = SUNDAY):  # type: ignore[no-untyped-def]
    return next(iter(find_dates(text, context)), None)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


DAYS = [
    # weekdays: the latest such day not after publication, publication day included
    ("Gunmen attacked the town on Saturday.", "2026-03-07"),
    ("Gunmen attacked the town on Sunday.", "2026-03-08"),
    ("Gunmen attacked the town on Monday.", "2026-03-02"),
    ("The attack happened late on Monday.", "2026-03-02"),
    ("The attack happened late Monday.", "2026-03-02"),
    ("The blast took place early on Friday.", "2026-03-06"),
    ("Shells fell early Friday morning.", "2026-03-06"),
    ("The clash erupted Thursday night.", "2026-03-05"),
    ("They came at dawn on Wednesday.", "2026-03-04"),
    ("They came before dawn on Tuesday.", "2026-03-03"),
    ("Tuesday's ambush left nine dead.", "2026-03-03"),
    ("TUESDAY'S AMBUSH LEFT NINE DEAD.", "2026-03-03"),
    ("GUNMEN STORMED THE POST ON FRIDAY", "2026-03-06"),
    ("gunmen stormed the post on friday", "2026-03-06"),
    ("The raid last Thursday killed two.", "2026-03-05"),
    ("The raid last Sunday killed two.", "2026-03-01"),
    ("The strike this past Wednesday killed two.", "2026-03-04"),
    ("The bombing took place Friday a week ago.", "2026-02-27"),
    ("The bombing took place on Monday of last week.", "2026-02-23"),
    ("The bombing took place last week on Monday.", "2026-02-23"),
    ("The bombing took place on Thursday last, police said.", "2026-03-05"),
    ("The bombing took place on Wednesday two weeks ago.", "2026-02-18"),
    ("They were seized shortly after midnight on Saturday.", "2026-03-07"),
    ("Earlier on Sunday, troops fired on a crowd.", "2026-03-08"),
    ("Troops fired on a crowd earlier Sunday.", "2026-03-08"),
    ("The village was raided on the night of Thursday.", "2026-03-05"),
    # feasts, in the year meant or said
    ("The hamlets were raided on Christmas Eve.", "2025-12-24"),
    ("A bus was stopped and burnt on New Year\u2019s Day.", "2026-01-01"),
    ("Herders said the raid took place on Boxing Day 2023.", "2023-12-26"),
    # weekday with its date
    ("The mosque was hit on Friday, March 6.", "2026-03-06"),
    ("The mosque was hit on Friday 6 March.", "2026-03-06"),
    ("The mosque was hit on Friday, 6th March 2026.", "2026-03-06"),
    ("The mosque was hit on Friday, the 6th of March.", "2026-03-06"),
    ("The mosque was hit on Tuesday (3 March).", "2026-03-03"),
    # day and month
    ("The convoy was ambushed on 14 February.", "2026-02-14"),
    ("The convoy was ambushed on February 14.", "2026-02-14"),
    ("The convoy was ambushed on Feb. 14.", "2026-02-14"),
    ("The convoy was ambushed on 14 Feb.", "2026-02-14"),
    ("The convoy was ambushed on the 14th of February.", "2026-02-14"),
    ("The convoy was ambushed on February 14th.", "2026-02-14"),
    ("The convoy was ambushed on 14 February 2025.", "2025-02-14"),
    ("The convoy was ambushed on February 14, 2025.", "2025-02-14"),
    ("The convoy was ambushed on Sept. 3, 2024.", "2024-09-03"),
    ("The convoy was ambushed on 3 Sept 2024.", "2024-09-03"),
    ("The convoy was ambushed on 30 December.", "2025-12-30"),
    ("The convoy was ambushed on December 30.", "2025-12-30"),
    ("ON 14 FEBRUARY THE CONVOY WAS AMBUSHED.", "2026-02-14"),
    ("ON 5 MARCH A BOMB EXPLODED.", "2026-03-05"),
    ("On 5 March a bomb exploded.", "2026-03-05"),
    ("on 5 march a bomb exploded.", "2026-03-05"),
    ("A bomb exploded on May 9, 2025.", "2025-05-09"),
    ("The town fell on 2026-03-01.", "2026-03-01"),
    ("The town fell on 28/02/2026.", "2026-02-28"),
    ("The town fell on 02/28/2026.", "2026-02-28"),
    ("The town fell on the 4th.", "2026-03-04"),
    ("The town fell on the 28th.", "2026-02-28"),
    ("The town fell on the 2nd of this month.", "2026-03-02"),
    ("The town fell on the 20th of last month.", "2026-02-20"),
    # pointing words
    ("A bomb went off today.", "2026-03-08"),
    ("A bomb went off earlier today.", "2026-03-08"),
    ("A bomb went off yesterday.", "2026-03-07"),
    ("A bomb went off yesterday evening.", "2026-03-07"),
    ("A BOMB WENT OFF YESTERDAY.", "2026-03-07"),
    ("A bomb went off late yesterday.", "2026-03-07"),
    ("A bomb went off the day before yesterday.", "2026-03-06"),
    ("A bomb went off this morning.", "2026-03-08"),
    ("A bomb went off early this morning.", "2026-03-08"),
    ("A bomb went off this afternoon.", "2026-03-08"),
    ("A bomb went off last night.", "2026-03-07"),
    ("A BOMB WENT OFF LAST NIGHT.", "2026-03-07"),
    ("A bomb went off last evening.", "2026-03-07"),
    ("The talks begin tomorrow.", "2026-03-09"),
    ("The curfew starts tonight.", "2026-03-08"),
    # distances
    ("The mine was laid three days ago.", "2026-03-05"),
    ("The mine was laid 10 days ago.", "2026-02-26"),
    ("The mine was laid two days ago.", "2026-03-06"),
    ("The mine was laid a day ago.", "2026-03-07"),
    # future
    ("The funeral will be held on Tuesday.", "2026-03-10"),
    ("Elections are scheduled for Saturday.", "2026-03-14"),
    ("The truce holds until Friday.", "2026-03-13"),
    ("The rebels have until Thursday to leave.", "2026-03-12"),
    ("They are due to meet next Wednesday.", "2026-03-11"),
    ("The verdict is expected on 20 March.", "2026-03-20"),
    ("The trial is to open on April 2.", "2026-04-02"),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[d[0][:60] for d in DAYS])
def test_expression_resolves_to_the_day(text: str, day: str) -> None:
    mention = first_mention(text)
    assert mention is not None
    assert iso(mention.first) == day
    assert text[mention.start : mention.end] == mention.mention


BRACKETS = [
    ("They fought between Monday and Wednesday.", "2026-03-02", "2026-03-04", 2),
    ("They fought from 3 to 5 March.", "2026-03-03", "2026-03-05", 2),
    ("They fought between 12 and 16 February.", "2026-02-12", "2026-02-16", 2),
    ("They fought on March 3-5.", "2026-03-03", "2026-03-05", 2),
    ("They fought on 3-5 March.", "2026-03-03", "2026-03-05", 2),
    ("They fought from 28 February to 2 March.", "2026-02-28", "2026-03-02", 2),
    (
        "It happened on the night of Tuesday to Wednesday.",
        "2026-03-03",
        "2026-03-04",
        1,
    ),
    ("It happened during the night of 4 to 5 March.", "2026-03-04", "2026-03-05", 1),
    ("It happened overnight.", "2026-03-07", "2026-03-08", 1),
    ("It happened overnight into Friday.", "2026-03-05", "2026-03-06", 1),
    ("Attackers came overnight Tuesday.", "2026-03-03", "2026-03-04", 1),
    ("Attackers came overnight on Tuesday.", "2026-03-03", "2026-03-04", 1),
    ("They took it in February this year.", "2026-02-01", "2026-02-28", 3),
    ("They took it in April last year.", "2025-04-01", "2025-04-30", 3),
    ("They took it on May 3 last year.", "2025-05-03", "2025-05-03", 1),
    ("It happened the night before last.", "2026-03-06", "2026-03-07", 1),
    ("It happened at the weekend.", "2026-03-07", "2026-03-08", 1),
    ("It happened over the weekend.", "2026-03-07", "2026-03-08", 1),
    ("It happened earlier this week.", "2026-03-02", "2026-03-07", 2),
    ("It happened this week.", "2026-03-02", "2026-03-08", 2),
    ("It happened last week.", "2026-02-23", "2026-03-01", 2),
    ("It happened last month.", "2026-02-01", "2026-02-28", 3),
    ("It happened earlier this month.", "2026-03-01", "2026-03-07", 2),
    ("It happened in February.", "2026-02-01", "2026-02-28", 3),
    ("It happened in early February.", "2026-02-01", "2026-02-10", 3),
    ("It happened in August 2020.", "2020-08-01", "2020-08-31", 3),
    ("It happened in 2012.", "2012-01-01", "2012-12-31", None),
    ("It happened last year.", "2025-01-01", "2025-12-31", None),
    ("It happened over the past 48 hours.", "2026-03-06", "2026-03-08", 2),
    ("It happened in the last three days.", "2026-03-05", "2026-03-08", 2),
]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"), BRACKETS, ids=[b[0] for b in BRACKETS]
)
def test_vague_expression_is_bracketed(
    text: str, first: str, last: str, precision: int | None
) -> None:
    mention = first_mention(text)
    assert mention is not None
    assert (iso(mention.first), iso(mention.last)) == (first, last)
    assert mention.time_precision == precision


NO_DATES = [
    "Protesters began a march on the capital.",
    "The rebels may attack again.",
    "Soldiers march through the town.",
    "The last man to leave was shot.",
    "He is 43 years old.",
    "A second bomb was found.",
    "They walked 12 km before the post.",
    "2,012 people fled.",
    "The 2nd Battalion was sent.",
    "This man was not among them.",
    "Two leaders of the 19 April Movement were shot.",
    "The 23 May Brigade took the post.",
    "Marchers gathered in March 8 Square.",
    "The government condemned it the same day of the raid.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert find_dates(text, SUNDAY) == ()


SPEECH = [
    ("Police said on Friday that nine died.", True),
    ("Police said Friday that nine died.", True),
    ("Nine people died, police said on Friday.", True),
    ("Nine people died, police told reporters on Friday.", True),
    ("The army announced Tuesday it had killed nine.", True),
    ("In a statement on Monday the group claimed the raid.", True),
    ("A spokesman told AFP on Saturday nine had died.", True),
    ("The ministry on Thursday said nine had died.", True),
    ("By the toll given on Tuesday by the mayor, nine died.", True),
    ("On Friday, the rebel group (FPR) claimed responsibility.", True),
    ("On Friday, rebels killed nine people.", False),
    ("Nine people died on Friday, police said.", False),
    ("Gunmen killed nine people on Friday.", False),
    ("The bomb exploded on Tuesday near a school.", False),
    ("Said to be a trader, he was shot on Monday.", False),
]


@pytest.mark.parametrize(("text", "speech"), SPEECH, ids=[s[0] for s in SPEECH])
def test_speakers_weekday_is_marked(text: str, speech: bool) -> None:
    mention = first_mention(text)
    assert mention is not None
    assert mention.is_speech is speech


LINKS = [
    # text, trigger, day
    ("Gunmen killed nine on Friday, police said on Sunday.", "killed", "2026-03-06"),
    ("Police said on Sunday that gunmen killed nine late on Friday.", "killed", "2026-03-06"),
    ("On Thursday rebels took the base. Troops retook it on Saturday.", "retook", "2026-03-07"),
    ("On Thursday rebels took the base. Troops retook it on Saturday.", "took", "2026-03-05"),
    ("A bomb exploded in the market, police said on Sunday. The attack took place on Friday.",
     "exploded", "2026-03-06"),
    ("The raid began on Wednesday. Nine people were killed. Houses were burned.",
     "burned", "2026-03-04"),
    ("A grenade was thrown on Saturday. In a separate incident the previous day, two were shot.",
     "shot", "2026-03-06"),
    ("The village was attacked on 2 March. Two days later the army bombed a camp.",
     "bombed", "2026-03-04"),
    ("Since 2012 the region has known no peace. Gunmen killed nine on Monday.",
     "killed", "2026-03-02"),
    ("Police said on Saturday that gunmen had killed nine villagers.", "killed", "2026-03-07"),
    ("The talks will be held on Tuesday. Rebels shelled the town on Friday.",
     "shelled", "2026-03-06"),
    ("Troops fired on marchers on Friday and, on Saturday, raided the union's office.",
     "raided", "2026-03-07"),
    ("The ward was emptied on Saturday because shells had hit it late on Thursday.",
     "hit", "2026-03-05"),
    ("The rebels were in full control of Bule on Saturday, two days after they entered it.",
     "control of", "2026-03-05"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "trigger", "day"), LINKS, ids=[x[0][:50] for x in LINKS]
)
def test_trigger_gets_the_day_it_is_told_with(
    text: str, trigger: str, day: str
) -> None:
    start = text.index(trigger)
    found, _ = event_date(
        find_dates(text, SUNDAY), start, start + len(trigger), segment(text, 0), SUNDAY,
        folded=text.lower(),
    )  # fmt: skip
    assert iso(found.start) == day


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Fighting of the army and rebels near Sake has killed 14 people since Friday, medics said.",
         ("2026-03-06", "2026-03-08", 14)),
        (("Since Thursday, clashes between rival militias in Zawiya have left six people dead, the "
          "health ministry said on Saturday."), ("2026-03-05", "2026-03-08", 6)),
        ("Rebels who have held the town of Bule since Friday shot dead two traders on Saturday.",
         ("2026-03-07", "2026-03-07", 2)),
        ("Clashes since January have killed 900 people in Darfur, Sudan.", None),
        ("Rebels killed 62 civilians in Ituri, DR Congo, between 1 and 25 February.", None),
        ("Bandits killed 40 people in Plateau, Nigeria, in February, a rights group said.", None),
    ],
)  # fmt: skip
def test_what_has_gone_on_since_a_day_of_this_fortnight_is_news_and_a_month_is_not(
    coder: Coder, text: str, event: tuple[str, str, int] | None
) -> None:
    document = Document(
        article_id="x",
        text=text,
        title="",
        language="en",
        published_at=SUNDAY.published_at,
    )
    told = [
        (iso(m.event_date.start), iso(m.event_date.end), m.fatalities.best)
        for m in coder.code(document).mentions
    ]
    assert told == ([event] if event else [])


def test_on_a_day_named_like_a_thing_something_may_still_happen() -> None:
    mention = first_mention("On 4 March movement on the road stopped.")
    assert mention is not None
    assert iso(mention.first) == "2026-03-04"


def test_the_next_day_told_today_is_still_to_come() -> None:
    text = "The envoy flew in this morning and leaves the next day."
    told = find_dates(text, SUNDAY)
    assert [(iso(m.first), m.is_future) for m in told] == [
        ("2026-03-08", False),
        ("2026-03-09", True),
    ]


def test_without_any_date_the_event_is_bracketed_by_publication() -> None:
    text = "Gunmen killed nine villagers."
    found, mention = event_date((), 7, 13, segment(text, 0), SUNDAY)
    assert mention is None
    assert (iso(found.start), iso(found.end)) == ("2026-03-07", "2026-03-08")
    assert found.basis == "publication"
    assert found.time_precision == 2


def test_without_publication_date_a_weekday_is_never_resolved() -> None:
    context = DateContext(None)
    text = "Gunmen killed nine on Friday."
    mentions = find_dates(text, context)
    found, _ = event_date(mentions, 7, 13, segment(text, 0), context)
    assert found.start is None
    assert found.end is None
    assert found.time_precision is None


def test_without_publication_date_a_full_date_still_stands() -> None:
    context = DateContext(None)
    text = "Gunmen killed nine on 6 March 2026."
    found, _ = event_date(find_dates(text, context), 7, 13, segment(text, 0), context)
    assert iso(found.start) == "2026-03-06"


@pytest.mark.parametrize(
    ("published", "zone", "today"),
    [
        pytest.param(
            "2026-03-06T23:40", "Europe/Kyiv", "2026-03-07", id="east-of-greenwich"
        ),
        pytest.param("2026-03-07T02:00", "America/Bogota", "2026-03-06", id="west"),
        pytest.param("2026-03-06T12:00", None, "2026-03-06", id="unknown-zone-is-utc"),
        pytest.param(
            "2026-03-06T12:00", "Not/AZone", "2026-03-06", id="bad-zone-is-utc"
        ),
    ],
)
def test_today_is_local_to_the_event(
    published: str, zone: str | None, today: str
) -> None:
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    assert iso(DateContext(moment, zone).today) == today


@pytest.mark.parametrize(
    ("country", "zone"),
    [("MLI", "Africa/Bamako"), ("UKR", "Europe/Kyiv"), ("COD", "Africa/Kinshasa"),
     ("PHL", "Asia/Manila"), ("XXX", None), (None, None)],
)  # fmt: skip
def test_zone_of_a_country(country: str | None, zone: str | None) -> None:
    assert zone_of(country) == zone


def test_hard_wrapped_wire_copy_is_read_across_line_breaks() -> None:
    text = "A BOMB EXPLODED ON 5\nMARCH IN THE CITY."
    mention = first_mention(text)
    assert mention is not None
    assert iso(mention.first) == "2026-03-05"


def test_dateline_is_no_events_day() -> None:
    text = "LIMA, 23 AUG 88 (EFE) -- TODAY GUERRILLAS ATTACKED A POST."
    context = DateContext(datetime(1988, 8, 23, 12, tzinfo=UTC))
    mentions = find_dates(text, context)
    assert mentions[0].basis == "dateline"
    at = text.index("ATTACKED")
    found, mention = event_date(mentions, at, at + 8, segment(text, 0), context)
    assert iso(found.start) == "1988-08-23"
    assert mention is not None
    assert mention.mention == "TODAY"


@pytest.mark.parametrize(
    ("text", "span", "day"),
    [
        (
            "They left a week ago, and on Monday night fought.",
            "Monday night",
            "2026-03-02",
        ),
        ("The fighting of Feb. 27 was the worst.", "Feb. 27", "2026-02-27"),
        ("Nine died Friday.", "Friday", "2026-03-06"),
        ("Nine died.", "Nine", None),
    ],
)
def test_given_span_is_resolved_in_its_context(
    text: str, span: str, day: str | None
) -> None:
    start = text.index(span)
    mention = resolve_expression(text, start, start + len(span), SUNDAY)
    assert iso(mention.first if mention else None) == day


@given(st.text(max_size=300))
def test_any_text_is_read_without_error_and_spans_are_verbatim(text: str) -> None:
    """Articles are hostile input: nothing in them may stop the coder."""
    mentions = find_dates(text, SUNDAY)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.mention
    for one, two in itertools.pairwise(mentions):
        assert one.end <= two.start


_WORDS = st.sampled_from(
    [
        "on",
        "31",
        "february",
        "march",
        "may",
        "2026",
        "9999",
        "the",
        "night",
        "of",
        "to",
        "monday",
        "last",
        "999",
        "years",
        "ago",
        "later",
        "days",
        "earlier",
        "since",
        "and",
        "between",
        "0",
        "12",
        ",",
        ".",
        "45",
        "weekend",
        "next",
        "00/00/2026",
        "30/02/2026",
    ]
)


@given(st.lists(_WORDS, max_size=25))
def test_calendar_soup_never_raises_and_brackets_are_ordered(words: list[str]) -> None:
    for mention in find_dates(" ".join(words), SUNDAY):
        if mention.first and mention.last:
            assert mention.first <= mention.last


def test_days_are_counted_from_the_day_told_before() -> None:
    text = "The town was in rebel hands on Tuesday, two days after they entered it."
    told = [(iso(m.first), iso(m.last)) for m in find_dates(text, SUNDAY)]
    assert told == [("2026-03-03", "2026-03-03"), ("2026-03-01", "2026-03-01")]
    vote = "They met on Tuesday, two days before the vote."
    assert [iso(m.first) for m in find_dates(vote, SUNDAY)] == ["2026-03-03"]


def test_a_year_that_counts_attacks_does_not_date_the_one_of_today(
    coder: Coder,
) -> None:
    text = (
        "Rebels killed four soldiers in a camp near the town, the army said.\n\n"
        "The rebels today carried out their sixth attack this year against the camp,"
        " and shot dead four soldiers there."
    )
    when = datetime(2019, 7, 20, 12, tzinfo=UTC)
    coded = coder.code(Document("one", text, "", published_at=when, language="en"))
    assert [m.event_date.start for m in coded.mentions] == [date(2019, 7, 20)]
