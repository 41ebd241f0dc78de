"""Trains the overprint reader from PP-OCRv6's recogniser and writes models/overprint_reader.onnx.

Run: python -m models.training.train_reader --lines lines/*.npz --minutes 30
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from torch.nn import functional

from models.training.graph import OnnxModule
from verifier.recognition.backends import Backend, open_model
from verifier.recognition.ppocr import RECOGNITION_MODEL, models_folder, padded_width

OUT = Path(__file__).parents[1] / "overprint_reader.onnx"
RATE = 1e-4
"""Above it the model forgets: 2.5e-4 ruined it where batches were single strips."""
WARM_STEPS = 60
BATCH = 16
POOL = 640
"""Strips among which a batch finds others of its width."""
AVERAGED = 0.15
"""Share of the steps, the last ones, whose weights are averaged."""
CHECKED = 600
"""Strips kept out of training, to watch it by."""


@dataclass(frozen=True, slots=True, eq=False)
class Strips:
    """Stored strips: pixels (48, width) and the symbols that stand there."""

    pixels: list[np.ndarray]
    symbols: list[list[int]]
    texts: list[str]


def read_strips(paths: Sequence[Path], alphabet: Sequence[str]) -> Strips:
    """Return the strips of several files whose every character the alphabet has."""
    places = {character: i for i, character in enumerate(alphabet)}
    found = Strips([], [], [])
    for path in paths:
        kept = np.load(path)
        whole, start = kept["pixels"], 0
        for width, text in zip(kept["widths"], kept["texts"], strict=True):
            strip, start = whole[:, start : start + width], start + width
            if all(c in places for c in text) and 16 <= width <= 1400:
                found.pixels.append(strip)
                found.symbols.append([places[c] for c in text])
                found.texts.append(str(text))
    return found


def batches(strips: Strips, chosen: Sequence[int], rng: np.random.Generator) -> Iterator[list[int]]:
    """Yield batches of like widths without end, in random order."""
    while True:
        order = rng.permutation(chosen)
        for first in range(0, len(order), POOL):
            pool = sorted(order[first : first + POOL], key=lambda i: strips.pixels[i].shape[1])
            cut = [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
            yield from (cut[int(k)] for k in rng.permutation(len(cut)))


def as_input(pixels: Sequence[np.ndarray]) -> tuple[torch.Tensor, np.ndarray]:
    """Return strips padded as the verifier pads them, and which share of the width each one uses."""
    widths = [strip.shape[1] for strip in pixels]
    padded = padded_width(max(widths))
    batch = np.zeros((len(pixels), 3, 48, padded), np.float32)
    for row, strip in zip(batch, pixels, strict=True):
        row[:, :, : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1.0
    return torch.from_numpy(batch), np.array(widths) / padded


def loss_of(module: OnnxModule, logits_at: str, strips: Strips, batch: Sequence[int]) -> torch.Tensor:
    """Return the mean CTC loss of a batch, by character."""
    pixels, _ = as_input([strips.pixels[i] for i in batch])
    with torch.autocast("cpu", torch.bfloat16):
        logits = module(pixels, logits_at)
    chances = logits.float().log_softmax(-1).transpose(0, 1)
    lengths = torch.full((len(batch),), chances.shape[0])
    targets = [strips.symbols[i] for i in batch]
    flat = torch.tensor([symbol for one in targets for symbol in one])
    sizes = torch.tensor([len(one) for one in targets])
    return functional.ctc_loss(chances, flat, lengths, sizes, blank=0, zero_infinity=True)


@torch.no_grad()
def exact(module: OnnxModule, strips: Strips, chosen: Sequence[int], alphabet: Sequence[str]) -> dict[str, float]:
    """Return the share of strips read exactly: arcs and lines apart is the caller's choice of `chosen`."""
    right, order = 0, sorted(chosen, key=lambda i: strips.pixels[i].shape[1])
    for first in range(0, len(order), BATCH):
        part = order[first : first + BATCH]
        pixels, _ = as_input([strips.pixels[i] for i in part])
        with torch.autocast("cpu", torch.bfloat16):
            logits = module(pixels, module.before_softmax())
        for i, best in zip(part, logits.float().argmax(-1).numpy(), strict=True):
            kept = best[np.r_[True, best[1:] != best[:-1]] & (best > 0)]
            right += "".join(alphabet[k] for k in kept).replace(" ", "") == strips.texts[i].replace(" ", "")
    return {"exact": right / max(len(chosen), 1), "n": len(chosen)}


def train(module: OnnxModule, strips: Strips, minutes: float, seed: int, alphabet: Sequence[str]) -> None:
    """Train in place for some minutes of CPU time; the last weights are averaged."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    everything = np.random.default_rng(0).permutation(len(strips.pixels))
    checked, chosen = everything[:CHECKED].tolist(), everything[CHECKED:].tolist()
    say(f"{len(chosen)} strips; before: {exact(module, strips, checked, alphabet)}")
    optimiser = torch.optim.AdamW(module.parameters(), RATE, weight_decay=1e-4)
    started, logits_at, mean, told = time.process_time(), module.before_softmax(), None, 0
    losses: list[float] = []
    for step, batch in enumerate(batches(strips, chosen, rng)):
        done = (time.process_time() - started) / (60 * minutes)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_STEPS) * 0.5 * (1 + math.cos(math.pi * done))
        optimiser.zero_grad()
        loss = loss_of(module, logits_at, strips, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 5.0)
        optimiser.step()
        losses.append(float(loss))
        if done > 1 - AVERAGED:
            now = [p.detach().clone() for p in module.parameters()]
            mean = (1, now) if mean is None else (mean[0] + 1, [m + p for m, p in zip(mean[1], now, strict=True)])
        if done * 12 > told + 1:
            told += 1
            say(f"{done:.0%} step {step} loss {np.mean(losses[-100:]):.3f} {exact(module, strips, checked, alphabet)}")
    if mean:
        for parameter, total in zip(module.parameters(), mean[1], strict=True):
            parameter.data = total / mean[0]
    say(f"after: {exact(module, strips, checked, alphabet)}")


def say(text: str) -> None:
    """Write how far the training is."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, nargs="+", required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="start", type=Path, default=models_folder() / RECOGNITION_MODEL)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    torch.set_num_threads(1)
    _, symbols = open_model(models_folder() / RECOGNITION_MODEL, Backend.ONNXRUNTIME_F32, 1)
    alphabet = ("", *symbols, " ")
    module = OnnxModule(given.start)
    train(module, read_strips(given.lines, alphabet), given.minutes, given.seed, alphabet)
    weights = {name: module.weights[key].detach().numpy() for name, key in module.names.items()}
    onnx.save(module.written(weights), str(given.out))


if __name__ == "__main__":
    main()
