"""Trains the same-character comparator and writes models/seal_comparator.onnx.

Run: python -m models.training.train_comparator --tiles tiles.npz --minutes 14 --seed 1
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

OUT = Path(__file__).parents[1] / "seal_comparator.onnx"
BATCH = 128
RATE = 3e-3
CHECKED_SHARE = 0.04
"""Share of the pairs kept to watch the training by."""


class Comparator(nn.Module):
    """Says how surely two tiles show different characters, as a logit."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_layer(4, 24, 2), *_layer(24, 32, 1), *_layer(32, 64, 2), *_layer(64, 64, 1), *_layer(64, 96, 2),
            *_layer(96, 96, 1),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Linear(192, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 1))

    def forward(self, pairs: torch.Tensor) -> torch.Tensor:
        """Return logits, shape (count,)."""
        seen = self.body(pairs)
        return self.head(torch.cat([seen.amax((2, 3)), seen.mean((2, 3))], 1)).squeeze(1)


def _layer(before: int, after: int, step: int) -> list[nn.Module]:
    return [nn.Conv2d(before, after, 3, step, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]


def as_input(stored: np.ndarray, rng: np.random.Generator | None) -> torch.Tensor:
    """Return stored pairs as the comparator takes them; with `rng`, moved and printed over a little more."""
    planes = torch.from_numpy(stored).float() / 160
    if rng is not None:
        planes = _varied(planes, rng)
    own, seen, hidden = planes[:, 0], planes[:, 1], planes[:, 2].clamp(0, 1)
    seen = seen * (1 - hidden)
    return torch.stack([own, seen, hidden, seen - own * (1 - hidden)], 1)


def _varied(planes: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Return the planes shifted, and some seals' ink weakened or covered by a bar."""
    dy, dx = (int(v) for v in rng.integers(-3, 4, 2))
    planes = torch.roll(planes, (dy, dx), (2, 3))
    gain = torch.from_numpy(rng.uniform(0.8, 1.2, (len(planes), 1, 1))).float()
    planes[:, 1] = planes[:, 1] * gain
    for i in np.flatnonzero(rng.random(len(planes)) < 0.12):
        x, y = (int(v) for v in rng.integers(0, 56, 2))
        wide, high = (int(v) for v in rng.integers(3, 26, 2))
        planes[i, 2, y : y + high, x : x + wide] = 1
    return planes


def main() -> None:
    """Train for some minutes of CPU time and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiles", nargs="+", default=["tiles.npz"])
    parser.add_argument("--minutes", type=float, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--start", type=Path)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    parts = [np.load(path) for path in given.tiles]
    pairs, labels = (np.concatenate([part[key] for part in parts]) for key in ("pairs", "labels"))
    checked = int(len(pairs) * CHECKED_SHARE)
    model = Comparator()
    if given.start:
        model.load_state_dict(torch.load(given.start))
    best = _train(model, pairs[checked:], labels[checked:], given.minutes, np.random.default_rng(given.seed))
    sys.stderr.write(_figures(best, pairs[:checked], labels[:checked]) + "\n")
    torch.save(best.state_dict(), given.out.with_suffix(".pt"))
    export(best, given.out)


def _train(
    model: Comparator, pairs: np.ndarray, labels: np.ndarray, minutes: float, rng: np.random.Generator
) -> Comparator:
    """Train until the time is over, the rate falling with it; return the mean of the last weights."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    loss_of = nn.BCEWithLogitsLoss()
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998), use_buffers=True
    )
    model.train()
    started, step, shown, lost = time.process_time(), 0, 0.0, []
    while (gone := (time.process_time() - started) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * gone)) + 1e-5
        picked = rng.integers(0, len(pairs), BATCH)
        wanted = torch.from_numpy(labels[picked]).float() * 0.994 + 0.003
        with torch.autocast("cpu", torch.bfloat16):
            said = model(as_input(pairs[picked], rng).contiguous(memory_format=torch.channels_last))
        loss = loss_of(said.float(), wanted)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update_parameters(model)
        step, lost = step + 1, [*lost[-199:], float(loss.detach())]
        if gone - shown > 0.05:
            shown = gone
            sys.stderr.write(f"{gone:.2f} step {step} loss {np.mean(lost):.4f}\n")
    return average.module.eval()


def _figures(model: Comparator, pairs: np.ndarray, labels: np.ndarray) -> str:
    with torch.no_grad():
        logits = np.concatenate([model(as_input(pairs[i : i + 512], None)).numpy() for i in range(0, len(pairs), 512)])
    same, differ = np.sort(logits[~labels]), np.sort(logits[labels])
    cut = [float(np.mean(same > differ[int(len(differ) * share)])) for share in (0.002, 0.005, 0.01, 0.02)]
    wrong = float(np.mean((logits > 0) != labels))
    return f"n={len(pairs)} wrong={wrong:.4f} same refused at .2/.5/1/2 % let through: {np.round(cut, 4)}"


def export(model: Comparator, path: Path) -> None:
    """Write the model as ONNX with any number of pairs."""
    folded = model.eval().to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        folded, (torch.zeros(2, 4, 64, 64),), str(path), input_names=["pairs"], output_names=["logits"],
        dynamic_axes={"pairs": {0: "count"}, "logits": {0: "count"}}, opset_version=17, dynamo=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
