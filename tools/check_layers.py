#!/usr/bin/env python3
"""Checks that the includes under src/ keep to the layer table of src/README.md.

usage: tools/check_layers.py [SRC]     (default: src beside this folder); exit status 1 and a line each where one does not

A module includes itself and what stands on its row; third-party headers stand in .cc files of the modules that name them.
The table itself must go downwards: no row uses a module of a higher layer, and those of layer 3 do not use each other.
"""
import pathlib, re, sys

# Headers of the C library and the kernel that have no folder of their own.
POSIX = set("dlfcn.h fcntl.h unistd.h dirent.h poll.h pthread.h signal.h time.h".split())


def read_table(readme):
    """{module: (layer, modules it may use, third-party names)} of the table's rows."""
    rows = {}
    for line in readme.read_text(encoding="utf-8").splitlines():
        row = re.match(r"\| (\d) \| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|", line)
        if row:
            layer, module, uses, third = row.groups()
            rows[module] = (int(layer), uses.strip(), {t for t in re.split(r"[,\s]+", third) if t})
    layers = {m: layer for m, (layer, _, _) in rows.items()}

    def expand(uses):
        everything = re.fullmatch(r"all of (\d)-(\d)", uses)
        if everything:
            low, high = map(int, everything.groups())
            return {m for m, layer in layers.items() if low <= layer <= high}
        return {u for u in re.split(r"[,\s]+", uses) if u}

    return {m: (layer, expand(uses), third) for m, (layer, uses, third) in rows.items()}


def faults_of_table(table):
    for module, (layer, uses, _) in table.items():
        for used in sorted(uses):
            if used not in table:
                yield f"README.md: {module} may use {used}, which is no module"
            elif table[used][0] > layer:
                yield f"README.md: {module} (layer {layer}) may use {used} of layer {table[used][0]}"
            elif layer == 3 == table[used][0]:
                yield f"README.md: {module} may use {used}; modules of layer 3 do not know each other"


def faults_of_file(path, module, table):
    _, uses, third_party = table[module]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        include = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not include:
            continue
        kind, name = include.groups()
        first = name.split("/")[0].removesuffix(".h")
        where = f"{path.parent.name}/{path.name}:{number}"
        if kind == '"':
            if first != module and first not in uses:
                yield f"{where}: {module} may not include {name}"
        elif "." in name and first != "sys" and name not in POSIX:
            if not any(first.startswith(t) for t in third_party):
                yield f"{where}: {name} is no third-party header of {module}"
            elif path.suffix != ".cc":
                yield f"{where}: third-party header {name} outside a .cc file"


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    src = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "src"
    table = read_table(src / "README.md")
    faults = list(faults_of_table(table)) if table else ["README.md: has no layer table"]
    files = 0
    for folder in sorted(p for p in src.iterdir() if p.is_dir()):
        if folder.name not in table:
            faults.append(f"{folder.name}: stands in no row of README.md")
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".h", ".cc"):
                files += 1
                faults += faults_of_file(path, folder.name, table)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{files} files of {len(table)} modules keep to the table")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
