#!/usr/bin/env python3
"""Checks the corpus: every gold record is well formed, its actions, titles and dates occur in the text, and no
two documents share more than 5 % of their 5-grams outside heads, mottos and closing formulas.

usage: tools/check_corpus.py [DIR…]     (default: corpus/dev corpus/held-out); exit status 1 where something is wrong
"""
import json, pathlib, re, sys, unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROLES = set("purpose requirements purpose_and_requirements theme content forms schedule place budget assignment "
            "implementation unit event other".split())
KINDS = set("day month quarter year range before after annual recurring duration relative".split())


def blocks_text(layout):
    """The text of the blocks, in reading order: head and signature apart from the body."""
    frame, body = [], []
    for b in layout["blocks"]:
        if "head" in b:
            h = b["head"]
            frame += [x.lstrip("*") for x in h["left"]] + [h.get("number") or ""] + (h.get("about") or [])
            frame += h.get("right") or []
            frame += [h.get("date") or ""]
        elif "sign" in b:
            frame += (b["sign"].get("recipients") or []) + (b["sign"].get("right") or [])
        elif "table" in b:
            body += [cell for row in b["table"]["rows"] for cell in row if cell]
        elif "title" in b or "to" in b:
            frame += b.get("title") or b["to"]
        elif "break" not in b:
            body.append(b.get("hr", "") + (b.get("p") or b.get("i") or b.get("h") or b.get("c") or b.get("ci") or ""))
    return frame, body


def fold(s):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", s)).strip()


def sections(nodes):
    for n in nodes:
        yield n
        yield from sections(n.get("children") or [])


def check(path):
    wrong = []
    try:
        layout = json.loads((path / "layout.json").read_text())
        gold = json.loads((path / "gold.json").read_text())
    except (OSError, ValueError) as e:
        return [f"{path.name}: {e}"], None, None, None
    frame, body = blocks_text(layout)
    text = fold("\n".join(frame + body))
    squeezed = text.replace(" ", "")
    say = lambda m: wrong.append(f"{path.name}: {m}")
    occurs = lambda s: fold(s).replace(" ", "") in squeezed
    for key in "metadata references sections tasks events dates units quantities".split():
        if key not in gold:
            say(f"gold has no {key}")
    ids = [s["id"] for s in sections(gold.get("sections") or [])]
    if len(ids) != len(set(ids)):
        say(f"section ids twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    for s in sections(gold.get("sections") or []):
        if s.get("role") not in ROLES:
            say(f"section {s['id']}: role {s.get('role')}")
        if s.get("title") and not occurs(s["title"]):
            say(f"section {s['id']}: title is not in the text: {s['title'][:60]}")
    unit_names = {u["name"] for u in gold.get("units") or []}
    for t in gold.get("tasks") or []:
        if not occurs(t["action"]):
            say(f"task {t['id']}: action is not in the text: {t['action'][:60]}")
        if t.get("section") is not None and t["section"] not in ids:
            say(f"task {t['id']}: no section {t['section']}")
        if t.get("kind") not in ("assigned", "activity"):
            say(f"task {t['id']}: kind {t.get('kind')}")
        for a in t.get("assignees") or []:
            if a["name"] not in unit_names:
                say(f"task {t['id']}: unit not listed: {a['name']}")
            if a.get("role") not in ("lead", "coordinate"):
                say(f"task {t['id']}: role {a.get('role')}")
        for k in ("due", "when", "when_from", "report_to", "requested"):
            if k not in t:
                say(f"task {t['id']}: no {k}")
    for d in list(gold.get("dates") or []) + [t["when"] for t in gold.get("tasks") or [] if t.get("when")] + [
            e["when"] for e in gold.get("events") or [] if e.get("when")]:
        if d.get("kind") not in KINDS:
            say(f"date kind {d.get('kind')}: {d.get('text')}")
        if "value" not in d:
            say(f"date without value: {d.get('text')}")
        if not d.get("text") or not occurs(d["text"]):
            say(f"date is not in the text: {d.get('text')}")
    for q in gold.get("quantities") or []:
        if not occurs(q["text"]) or q.get("bound") not in ("min", "max", "exact", "approx"):
            say(f"quantity: {q}")
    for e in gold.get("events") or []:
        if not occurs(e["title"]):
            say(f"event title is not in the text: {e['title'][:60]}")
    for r in gold.get("references") or []:
        if r.get("symbol") and not occurs(r["symbol"]):
            say(f"reference symbol is not in the text: {r['symbol']}")
    words = re.findall(r"[^\W_]+", fold("\n".join(body)).lower())
    return wrong, {tuple(words[i:i + 5]) for i in range(len(words) - 4)}, gold, layout


def main():
    roots = [pathlib.Path(a) for a in sys.argv[1:]] or [ROOT / "corpus/dev", ROOT / "corpus/held-out"]
    wrong, grams, tasks = [], {}, 0
    for path in sorted(p for r in roots if r.is_dir() for p in r.iterdir() if p.is_dir()):
        w, g, gold, _ = check(path)
        wrong += w
        if g is not None:
            grams[path.name] = g
            tasks += len(gold.get("tasks") or [])
    # a formula that at least a quarter of the corpus uses is nobody's prose
    names = sorted(grams)
    count = {}
    for n in names:
        for x in grams[n]:
            count[x] = count.get(x, 0) + 1
    common = {x for x, c in count.items() if c >= max(3, len(names) // 4)}
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            A, B = grams[a] - common, grams[b] - common
            share = len(A & B) / max(1, min(len(A), len(B)))
            if share > 0.05:
                wrong.append(f"{a} and {b} share {100 * share:.1f} % of their 5-grams, e.g. "
                             + "; ".join(" ".join(x) for x in sorted(A & B)[:4]))
    for w in wrong:
        print(w)
    print(f"{len(names)} documents, {tasks} tasks, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
