#!/usr/bin/env python3
"""Builds models/rules/places.tsv: provinces and communes with their official codes, since and before July 2025.

usage: build_places.py LISTS_DIR OUT.tsv

LISTS_DIR holds tab-separated public lists with a header line: admin_2025_provinces.tsv (code, name, type, iso),
admin_2025_wards.tsv (code, name, province_code, province) and admin_2025_ward_mappings.tsv (old_code, old_ward,
old_district, old_province, new_code, new_ward, new_province). Names and codes are facts of the General Statistics
Office; the new units are those of Resolution 202/2025/QH15.

Columns: code, kind, name, province, since (- before the reform), codes of the communes it became (old ones only).
Old communes are listed only where the name tells more than the new ones do: under a name that no commune has now.
"""
import csv
import os
import sys

KINDS = ["Thị trấn", "Thành phố", "Đặc khu", "Phường", "Tỉnh", "Xã"]


def split_kind(name):
    for kind in KINDS:
        if name.startswith(kind + " "):
            return kind.lower(), name[len(kind) + 1:]
    return "", name


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def main():
    lists, out_path = sys.argv[1:3]
    out = []
    for row in rows(os.path.join(lists, "admin_2025_provinces.tsv")):
        _, name = split_kind(row["name"])
        out.append((row["code"], "province", name, "-", "2025-07", "-"))
    current = set()
    for row in rows(os.path.join(lists, "admin_2025_wards.tsv")):
        kind, name = split_kind(row["name"])
        _, province = split_kind(row["province"])
        current.add((kind, name, province))
        out.append((row["code"], kind or "xã", name, province, "2025-07", "-"))
    provinces = {line[2] for line in out if line[1] == "province"}
    old = {}
    for row in rows(os.path.join(lists, "admin_2025_ward_mappings.tsv")):
        kind, name = split_kind(row["old_ward"])
        _, province = split_kind(row["old_province"])
        if province and province not in provinces:
            provinces.add(province)
            out.append(("-", "province", province, "-", "-", "-"))
        if not kind or not row["old_code"]:
            continue
        old.setdefault((row["old_code"], kind, name, province), []).append(row["new_code"])
    for (code, kind, name, province), new in sorted(old.items()):
        if (kind, name, province) not in current:
            out.append((code, kind, name, province, "-", ",".join(sorted(set(new)))))
    with open(out_path, "w", encoding="utf-8") as file:
        file.write("# Provinces and communes: code, kind, name, province, since (2025-07, or - before), codes it became.\n")
        file.write("# Made by tools/train/build_places.py. \"xã Phong Mỹ\" is a commune; \"xã hội\" is not.\n")
        for line in out:
            file.write("\t".join(line) + "\n")


if __name__ == "__main__":
    main()
