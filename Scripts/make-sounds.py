#!/usr/bin/env python3
"""Writes the sounds of our own that are part of the program: the same bytes every time."""

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
SECONDS = 0.8
PEAK = 0.6
ATTACK_SECONDS = 0.006
# The last of the bell fades out, or its end would be heard as a click.
RELEASE_SECONDS = 0.12

# A rising fifth, C5 and G5: friendly, and low enough not to be shrill.
STRIKES = [(0.0, 523.25, 1.0), (0.15, 783.99, 0.8)]
# How far above the tone, how loud, how fast it dies away (per second). High ones die first: that makes it warm.
PARTIALS = [(0.5, 0.16, 4.5), (1.0, 1.0, 5.5), (2.0, 0.3, 9.0), (3.01, 0.1, 15.0), (4.18, 0.035, 24.0)]

ASSETS = Path(__file__).resolve().parent.parent / "Sources" / "Host" / "Web" / "widgets" / "assets"


def bell(time, frequency):
    """A struck bell's amplitude, so long after the strike."""
    if time < 0:
        return 0.0
    attack = min(1.0, time / ATTACK_SECONDS)
    tones = (
        loudness * math.exp(-decay * time) * math.sin(2 * math.pi * frequency * ratio * time)
        for ratio, loudness, decay in PARTIALS
    )
    return attack * sum(tones)


def chime():
    """Two strikes, at their loudest PEAK of what the format can hold."""
    samples = []
    for index in range(int(RATE * SECONDS)):
        time = index / RATE
        release = min(1.0, (SECONDS - time) / RELEASE_SECONDS)
        samples.append(release * sum(loudness * bell(time - at, tone) for at, tone, loudness in STRIKES))
    loudest = max(abs(sample) for sample in samples)
    return [round(sample / loudest * PEAK * 32_767) for sample in samples]


def write(name, samples):
    ASSETS.mkdir(parents=True, exist_ok=True)
    with wave.open(str(ASSETS / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


if __name__ == "__main__":
    write("chime.wav", chime())
