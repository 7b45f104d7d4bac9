"""Starting a command and killing it, with all its processes, after a time."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.instance import Instance


@dataclass(frozen=True, slots=True)
class Span:
    """From when a command has started up until it is done, in seconds: the part of its life worth a kill."""

    begins: float
    ends: float

    def points(self, number: int, dice: random.Random) -> list[float]:
        """That many moments over the span, one at random in each equal part of it, in random order."""
        part = (self.ends - self.begins) / number
        moments = [self.begins + part * (place + dice.random()) for place in range(number)]
        dice.shuffle(moments)
        return moments


def seconds_of(instance: Instance, *words: str) -> float:
    """How long a command takes."""
    begun = time.perf_counter()
    instance.run(*words)
    return time.perf_counter() - begun


def kill_after(instance: Instance, seconds: float, words: Sequence[str]) -> bool:
    """Start a command and kill its process group after so many seconds; says whether it was still running."""
    process = instance.start(*words)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False
