from tasks.extraction.twins import twin_addresses

URL = "https://a.example/story"


def test_amp_and_print_twins_are_found_on_the_same_site() -> None:
    page = (
        "<html><head><link rel='amphtml' href='/story/amp'>"
        "<link rel='alternate' media='print' href='https://www.a.example/story/print'>"
        "</head><body><p>x</p></body></html>"
    )
    assert twin_addresses(page, URL) == (
        "https://a.example/story/amp",
        "https://www.a.example/story/print",
    )


def test_other_sites_schemes_and_the_page_itself_are_no_twins() -> None:
    page = (
        "<html><head><link rel='amphtml' href='https://evil.example/amp'></head><body>"
        "<a class='print' href='javascript:print()'>p</a><a class='print' href='#x'>p</a></body></html>"
    )
    assert twin_addresses(page, URL) == ()


def test_what_is_no_page_has_no_twin() -> None:
    assert twin_addresses(b"%PDF-1.7", URL) == ()
