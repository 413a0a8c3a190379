"""Runs the console blocks of a page: `$ command`, `> more of it`, then what it prints."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_END = "=-=-= end of command {} with exit code "


@dataclass(frozen=True)
class Step:
    """One command and the lines the page shows under it."""

    command: str
    shown: str

    def page_lines(self) -> str:
        """Return the step as it stands in a block."""
        first, *more = self.command.split("\n")
        return "".join([f"$ {first}\n", *(f"> {line}\n" for line in more)]) + self.shown


def steps_of(page: str) -> list[Step]:
    """Return the commands of all console blocks, in order."""
    return [step for block in _BLOCK.findall(page) for step in _steps(block)]


def run(
    steps: Sequence[Step], folder: Path, environment: Mapping[str, str]
) -> list[Step]:
    """Run all commands in one shell in `folder`; return them with what they print.

    A command that fails is an AssertionError with everything it wrote.
    """
    script = "\n".join(
        f"{step.command}\nprintf '\\n%s%s\\n' '{_END.format(n)}' $?"
        for n, step in enumerate(steps)
    )
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail\n{script}"],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    rest, found = done.stdout, []
    for number, step in enumerate(steps):
        printed, _, rest = rest.partition("\n" + _END.format(number))
        code, _, rest = rest.partition("\n")
        assert code == "0", (step.command, code, printed[-2_000:], done.stderr[-4_000:])
        found.append(Step(step.command, _tidy(printed)))
    return found


def with_steps(page: str, steps: Sequence[Step]) -> str:
    """Return the page with these steps in the place of its own."""
    left = iter(steps)

    def replaced(match: re.Match[str]) -> str:
        return "".join(next(left).page_lines() for _ in _steps(match[1]))

    return _BLOCK.sub(replaced, page)


def _steps(block: str) -> list[Step]:
    steps = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        more = 1
        while more < len(lines) and lines[more].startswith("> "):
            more += 1
        command = "\n".join([lines[0], *(line[2:] for line in lines[1:more])])
        steps.append(Step(command, "".join(f"{line}\n" for line in lines[more:])))
    return steps


def _tidy(printed: str) -> str:
    """Return the lines without spaces at their ends, as a page keeps them."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)
