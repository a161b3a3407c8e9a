#!/usr/bin/env python3
"""Writes the words of public dictionaries as training text: what stands together in Vietnamese.

    tools/train/make_words.py LISTS > words__dictionaries.txt

LISTS is a folder with vntk_dict_Viet74K.txt (a head word a line) and words__undertheseanlp_UVD_merged.tsv (head words in
the first column). That two syllables make a word is a fact; nothing else of a dictionary is taken. Words of two to six
syllables, eight a line with commas, each in two lines, so that none is too rare to be counted. Deterministic.
"""
import os
import random
import re
import sys

LISTS = ["vntk_dict_Viet74K.txt", "words__undertheseanlp_UVD_merged.tsv"]
SYLLABLES = re.compile(r"[^\W\d_]+( [^\W\d_]+){1,5}")
A_LINE = 8


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[2])
    words = set()
    for name in LISTS:
        with open(os.path.join(sys.argv[1], name), encoding="utf-8") as file:
            heads = (line.split("\t")[0].strip().lower() for line in file)
            words |= {w for w in heads if SYLLABLES.fullmatch(w)}
    draw = random.Random(1)
    words = sorted(words)
    for _ in range(2):
        draw.shuffle(words)
        for i in range(0, len(words), A_LINE):
            print(", ".join(words[i:i + A_LINE]))


if __name__ == "__main__":
    main()
