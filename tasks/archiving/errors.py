"""What can go wrong with the archive, by what the caller does next."""

from tasks.errors import PipelineError


class ArchiveError(PipelineError):
    """Fail the run: the archive on disk is not what the warehouse says it is."""


class BodyDropped(ArchiveError):  # noqa: N818 - a state of the archive, not a bug
    """The retention setting dropped this body; only its hash is left."""
