#!/usr/bin/env python3
"""pages.py leaves page numbers out on both sides and counts what is wrong.

usage: pages_test.py FOLDER_OF_PAGES_PY
"""
import sys

sys.path.insert(0, sys.argv[1])
import pages

NUMBERS = [("4\nCăn cứ\n", "4"), ("\n12\n", "12"), ("4 hộ\n", None), ("Căn cứ\n4\n", None), ("", None)]
# Of page 4: a reading, and what is left of it.
LEFT = [
    ("4\nCăn cứ\n", "Căn cứ\n"),
    ("Căn cứ\n 4 \n", "Căn cứ\n"),
    ("- 4 -\nCăn cứ\n4\n", "Căn cứ\n4\n"),
    ("Căn cứ\n14\n", "Căn cứ\n14\n"),
    ("4. Căn cứ\n", "4. Căn cứ\n"),
    ("4", ""),
]
for truth, number in NUMBERS:
    assert pages.page_number(truth) == number, truth
for text, left in LEFT:
    assert pages.without_number(text, "4") == left, (text, pages.without_number(text, "4"))
    assert pages.without_number(text, None) == text
assert pages.score("hòa – bình", "hoà - bình")[::2] == [0, 0, 2]
assert pages.score("xã Tả Van", "xã Ta Van 3")[2:] == [2, 3, 2, 2]
