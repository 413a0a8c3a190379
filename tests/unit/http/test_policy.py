"""Settings become the policy; the User-Agent is honest."""

from tasks.http.client import policy_from_settings
from tasks.settings import Settings


def test_policy_follows_the_settings() -> None:
    settings = Settings(
        contact_url="https://desk.example/bot",
        fetch_concurrency=7,
        per_host_concurrency=1,
        per_host_spacing_s=2.5,
        feed_timeout_s=9,
        max_feed_bytes=5_000,
        host_map="*.example=127.0.0.1:1",
    )
    policy = policy_from_settings(settings)
    assert (policy.concurrency, policy.per_host_concurrency) == (7, 1)
    assert policy.per_host_spacing_s == 2.5
    assert (policy.total_timeout_s, policy.max_bytes) == (9, 5_000)
    assert policy.host_map == "*.example=127.0.0.1:1"


def test_user_agent_names_us_and_the_contact() -> None:
    policy = policy_from_settings(Settings(contact_url="https://desk.example/bot"))
    assert policy.user_agent.startswith("Conflictwire/")
    assert "+https://desk.example/bot" in policy.user_agent
    assert "Mozilla" not in policy.user_agent


def test_only_web_ports_and_no_loopback_by_default() -> None:
    policy = policy_from_settings(Settings())
    assert policy.allowed_ports == (80, 443)
    assert policy.host_map == ""
