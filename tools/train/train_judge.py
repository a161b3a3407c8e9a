#!/usr/bin/env python3
"""Trains the word judge (src/lm/word_judge.h) on what hoidau-judge-data wrote.

usage: train_judge.py --out models/recovery.judge --words words.txt --minutes 60 [--twice PREFIX]... PREFIX...

A sample is a place that the n-grams leave in doubt, with the true word among its readings. The network hears the words
around it, as they are read so far, and corrects the n-grams' log posterior; the loss is the cross-entropy of the
readings. A second output that must find the word without the n-grams shares the first layer, so that it learns words
and not only what the n-grams lack; it is thrown away. Needs what tools/deps train installs: without an optimised BLAS it
is a hundred times slower. The time is given, not the steps: on a busy machine the judge is the worse for it.
"""
import argparse
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

REACH, WIDTH, HIDDEN, OUT, SHAPES = 8, 64, 256, 64, 4
OUTSIDE = 2              # </s>
RULED_OUT = 0.002        # posterior of the second reading from which a place is in doubt
SETTLED = 0.995          # and that of the first up to which it is
NO_READING = -30.0
FEWEST = 30              # times that a word is a reading; rarer ones are left out of the file
OFFSETS = np.array([*range(-REACH, 0), *range(1, REACH + 1)])


class Data:
    def __init__(self, prefixes, twice):
        parts = [[np.fromfile(f"{p}.{name}", dtype=kind) for p in prefixes]
                 for name, kind in [("readings", "<u2"), ("posteriors", "<u2"), ("truth", "<u2"), ("shape", "u1")]]
        lengths = [len(t) for t in parts[2]]
        self.readings = np.concatenate(parts[0]).reshape(-1, 8)
        self.posteriors = np.concatenate(parts[1]).reshape(-1, 8)
        self.truth, self.shape = np.concatenate(parts[2]), np.concatenate(parts[3])
        found = (self.readings == self.truth[:, None]) & (self.posteriors > 0)
        open_ = (self.posteriors[:, 1] > RULED_OUT * 65535) & (self.posteriors[:, 0] < SETTLED * 65535)
        places = np.nonzero(open_ & found.any(1) & (self.truth > OUTSIDE))[0]
        origin = np.repeat(np.arange(len(prefixes)), lengths)[places]
        again = np.isin(origin, [i for i, p in enumerate(prefixes) if p in twice])
        self.places = np.concatenate([places, places[again]])
        self.seen = np.bincount(self.readings[self.posteriors > 0], minlength=1 << 16)

    def batch(self, places, word_drop=0.0):
        around = places[:, None] + OFFSETS
        words = self.readings[around, 0].astype(np.int64)
        words[np.random.random(words.shape) < word_drop] = 0
        readings, p = self.readings[places], self.posteriors[places]
        log = np.where(p > 0, np.log(np.maximum(p, 1) / 65535), NO_READING).astype(np.float32)
        truth = ((readings == self.truth[places][:, None]) & (p > 0)).argmax(1)
        return [torch.from_numpy(a) for a in (words, self.shape[around].astype(np.int64),
                                              self.shape[places].astype(np.int64), readings.astype(np.int64), log, truth)]


class Judge(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.input = nn.Embedding(words, WIDTH)
        self.output = nn.Embedding(words, OUT)
        self.bias = nn.Embedding(words, 1)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.own_shape = nn.Embedding(SHAPES, HIDDEN)
        self.first = nn.Linear(2 * REACH * WIDTH, HIDDEN)
        self.second = nn.Linear(HIDDEN, OUT)
        self.alone = nn.Linear(HIDDEN, OUT)
        self.drop = nn.Dropout(0.1)
        for layer, deviation in [(self.input, 0.1), (self.shapes, 0.1), (self.output, 0.02)]:
            nn.init.normal_(layer.weight, std=deviation)
        for layer in (self.bias, self.own_shape):
            nn.init.zeros_(layer.weight)

    def forward(self, words, shapes, own_shape, readings, log):
        x = self.drop((self.input(words) + self.shapes(shapes)).flatten(1))
        x = self.drop(functional.relu(self.first(x) + self.own_shape(own_shape)))
        vectors, bias = self.output(readings), self.bias(readings).squeeze(2)
        with_ngrams = log + (vectors * self.second(x)[:, None, :]).sum(2) + bias
        none = torch.where(log > NO_READING, 0.0, NO_READING)
        return with_ngrams, none + (vectors * self.alone(x)[:, None, :]).sum(2) + bias


def train(judge, data, minutes, rate=2e-3, size=4096):
    optimizer = torch.optim.Adam(judge.parameters(), lr=rate, betas=(0.9, 0.99))
    start, step, at, order = time.time(), 0, 0, np.random.permutation(data.places)
    sums, next_report = np.zeros(3), 2.0
    judge.train()
    while (elapsed := (time.time() - start) / 60) < minutes:
        if at + size > len(order):
            order, at = np.random.permutation(data.places), 0
        batch = data.batch(order[at:at + size], word_drop=0.05)
        at, step = at + size, step + 1
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, step / 100) * max(0.01, 1 - elapsed / minutes)
        with_ngrams, alone = judge(*batch[:5])
        loss = functional.cross_entropy(with_ngrams, batch[5])
        optimizer.zero_grad()
        (loss + 0.4 * functional.cross_entropy(alone, batch[5])).backward()
        optimizer.step()
        sums += [loss.item(), functional.cross_entropy(batch[4], batch[5]).item(), 1]
        if elapsed > next_report:
            print(f"{elapsed:5.1f} min  {step * size / len(data.places):5.2f} epochs  "
                  f"cross-entropy {sums[0] / sums[2]:.4f}, of the n-grams {sums[1] / sums[2]:.4f}", file=sys.stderr)
            sums, next_report = np.zeros(3), next_report + 2


def checksum(data, seed=0):
    """lm_format::Checksum of src/lm/model_format.h."""
    mask, multiplier = (1 << 64) - 1, 0x9E3779B97F4A7C15

    def mix(h, v):
        h = ((h ^ v) * multiplier) & mask
        return ((h << 29) | (h >> 35)) & mask

    lanes = [seed + 1, seed + 2, seed + 3, seed + 4]
    whole = len(data) // 32 * 32
    for values in struct.iter_unpack("<4Q", data[:whole]):
        lanes = [mix(lane, v) for lane, v in zip(lanes, values)]
    h = len(data)
    for byte in data[whole:]:
        h = mix(h, byte)
    for lane in lanes:
        h = mix(h, lane)
    return h


def file_bytes(judge, words, kept):
    """The model as word_judge.h describes the file: <unk>, what stands outside the sentence, then the words kept."""
    weights = {name: value.numpy() for name, value in judge.state_dict().items()}
    rows = np.array([0, OUTSIDE, *(i for i in range(OUTSIDE + 1, len(words)) if kept[i])])
    text = "".join(w + "\n" for w in ["<unk>", "<outside>", *(words[i] for i in rows[2:])]).encode()

    def padded(data):
        return data + bytes(-len(data) % 8)

    def floats(array):
        return padded(np.ascontiguousarray(array, dtype="<f4").tobytes())

    def quantised(table):
        scale = np.maximum(np.abs(table).max(1), 1e-6) / 127
        return padded(np.rint(table / scale[:, None]).astype(np.int8).tobytes()) + floats(scale)

    body = padded(text) + quantised(weights["input.weight"][rows]) + quantised(weights["output.weight"][rows])
    body += floats(weights["bias.weight"][rows, 0]) + floats(weights["shapes.weight"])
    body += quantised(weights["first.weight"].T)
    for name in ("first.bias", "own_shape.weight"):
        body += floats(weights[name])
    body += quantised(weights["second.weight"].T) + floats(weights["second.bias"])
    head = b"hoidauWJ" + struct.pack("<6I", len(rows), len(text), WIDTH, HIDDEN, OUT, REACH)
    return head + struct.pack("<Q", checksum(head, checksum(body))) + body


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prefixes", nargs="+", help="what --out of hoidau-judge-data was")
    parser.add_argument("--out", required=True)
    parser.add_argument("--words", required=True, help="--words of hoidau-judge-data")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--twice", action="append", default=[], help="a prefix whose places count twice")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_intermixed_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    np.random.seed(1)
    with open(options.words, encoding="utf-8") as file:
        words = file.read().split("\n")[:-1]
    data = Data(options.prefixes, options.twice)
    print(f"{len(data.places)} places in doubt of {len(data.truth)} words", file=sys.stderr)
    judge = Judge(len(words))
    train(judge, data, options.minutes)
    with open(options.out, "wb") as file:
        file.write(file_bytes(judge, words, data.seen >= FEWEST))


if __name__ == "__main__":
    main()
