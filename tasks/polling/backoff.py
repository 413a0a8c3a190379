"""Back-off per class of failure; nothing is ever abandoned. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from tasks.model.feeds import FeedStatus
from tasks.model.reasons import PollReason

SLOW_PULSE_AFTER = 12  # failures in a row
SLOW_PULSE = timedelta(days=1)
GONE_PULSE = timedelta(days=7)
_MAX_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Backoff:
    """Wait `first` after the first failure, twice that after the next, at most `cap`."""

    first: timedelta
    cap: timedelta = timedelta(hours=12)

    def after(self, failures: int) -> timedelta:
        """Return the wait after that many failures in a row."""
        doublings = min(max(failures, 1) - 1, _MAX_DOUBLINGS)
        return min(self.first * (1 << doublings), self.cap)


def _minutes(first: int, cap_hours: int = 12) -> Backoff:
    return Backoff(timedelta(minutes=first), timedelta(hours=cap_hours))


# Reasons: what mends itself soon is asked soon; what a person must mend is asked rarely;
# what says "you are unwelcome" is left alone longest.
BACKOFF: dict[PollReason, Backoff] = {
    PollReason.READ_TIMEOUT: _minutes(10, 6),
    PollReason.TOTAL_TIMEOUT: _minutes(15, 6),
    PollReason.CONNECT: _minutes(15, 6),
    PollReason.SERVER_ERROR: _minutes(15, 6),
    PollReason.PROTOCOL: _minutes(30),
    PollReason.DNS: _minutes(30),
    PollReason.NOT_A_FEED: _minutes(60),
    PollReason.UNEXPECTED_STATUS: _minutes(60),
    PollReason.NOT_FOUND: _minutes(60),  # active feeds do answer 404 and come back
    PollReason.RATE_LIMITED: _minutes(60, 24),
    PollReason.CLIENT_ERROR: _minutes(120),
    PollReason.TLS: _minutes(120),
    PollReason.TOO_MANY_REDIRECTS: _minutes(120),
    PollReason.BAD_REDIRECT: _minutes(120),
    PollReason.FORBIDDEN: _minutes(180, 24),
    PollReason.UNAUTHORIZED: _minutes(360, 24),
    PollReason.TOO_LARGE: _minutes(360, 24),
    PollReason.DECOMPRESSION_BOMB: _minutes(360, 24),
    PollReason.BOT_CHALLENGE: _minutes(360, 24),
    PollReason.BAD_URL: _minutes(720, 24),
    PollReason.REFUSED_ADDRESS: _minutes(720, 24),
    PollReason.ROBOTS: _minutes(720, 24),
}


def wait_after(reason: PollReason, failures: int) -> timedelta:
    """Return how long to leave a feed alone after its n-th failure in a row."""
    if reason is PollReason.GONE:
        return GONE_PULSE
    wait = BACKOFF[reason].after(failures)
    return max(wait, SLOW_PULSE) if failures >= SLOW_PULSE_AFTER else wait


def status_after(reason: PollReason, failures: int) -> FeedStatus:
    """Return a failing feed's health; GONE and SLOW_PULSE feeds are still polled."""
    if reason is PollReason.GONE:
        return FeedStatus.GONE
    if failures >= SLOW_PULSE_AFTER:
        return FeedStatus.SLOW_PULSE
    return FeedStatus.FAILING
