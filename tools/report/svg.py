"""Plain SVG plots: bars with intervals, stacked bars, curves. No dependencies; the same numbers give the same file."""
from html import escape

COLOURS = ["#b0b7c3", "#1f6f8b", "#d1495b", "#edae49", "#66a182", "#6f4e7c", "#444444", "#9c755f"]
FONT = 'font-family="system-ui, sans-serif" font-size="12"'


class Canvas:
    def __init__(self, width, height):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
                      f'height="{height:g}" {FONT}>', f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>']

    def rect(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{colour}"/>')

    def line(self, x1, y1, x2, y2, colour="#222222", width=1, dash=""):
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
                          f'stroke-width="{width}"{dashes}/>')

    def text(self, x, y, content, anchor="start"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#222222">{escape(str(content))}</text>')

    def dot(self, x, y, colour):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')

    def legend(self, names, x, y):
        for i, name in enumerate(names):
            self.rect(x, y - 10, 12, 12, COLOURS[i % len(COLOURS)])
            self.text(x + 17, y, name)
            x += 34 + 7 * len(name)

    def end(self):
        return "\n".join(self.parts + ["</svg>"]) + "\n"


def _axis(canvas, left, right, top, bottom, ticks, label):
    for share, name in ticks:
        x = left + share * (right - left)
        canvas.line(x, top, x, bottom, "#dddddd")
        canvas.text(x, bottom + 15, name, "middle")
    canvas.text((left + right) / 2, bottom + 31, label, "middle")


def bars(labels, series):
    """Horizontal bars. series: (name, [(value, low, high) or None a label]), shares of 1."""
    thick, gap, left, right, top = 11, 10, 260, 860, 34
    step = thick * len(series) + gap
    bottom = top + step * len(labels)
    canvas = Canvas(right + 60, bottom + 40)
    canvas.legend([name for name, _ in series], 10, 18)
    _axis(canvas, left, right, top, bottom, [(t / 10, f"{10 * t}") for t in range(0, 11, 2)], "%")
    for i, label in enumerate(labels):
        y = top + i * step + gap / 2
        canvas.text(left - 8, y + thick * len(series) / 2 + 4, label, "end")
        for s, (_, values) in enumerate(series):
            if values[i] is None:
                continue
            value, low, high = (min(max(v, 0), 1) for v in values[i])
            x = lambda v: left + v * (right - left)
            middle = y + s * thick + (thick - 2) / 2
            canvas.rect(left, y + s * thick, x(value) - left, thick - 2, COLOURS[s % len(COLOURS)])
            canvas.line(x(low), middle, x(high), middle)
            canvas.text(right + 6, middle + 4, f"{100 * values[i][0]:.1f}")
    return canvas.end()


def stacks(labels, series):
    """Horizontal stacked bars of counts. series: (name, [count a label])."""
    thick, left, right, top = 20, 160, 760, 34
    longest = max([sum(values[i] for _, values in series) for i in range(len(labels))] + [1])
    bottom = top + thick * len(labels)
    canvas = Canvas(right + 60, bottom + 40)
    canvas.legend([name for name, _ in series], 10, 18)
    _axis(canvas, left, right, top, bottom, [(t / 4, f"{longest * t / 4:.0f}") for t in range(5)], "wrong values")
    for i, label in enumerate(labels):
        y, x = top + i * thick, left
        canvas.text(left - 8, y + 14, label, "end")
        for s, (_, values) in enumerate(series):
            width = values[i] / longest * (right - left)
            canvas.rect(x, y + 2, width, thick - 4, COLOURS[s % len(COLOURS)])
            x += width
        canvas.text(x + 5, y + 14, sum(values[i] for _, values in series))
    return canvas.end()


def curves(series, x_label, y_label):
    """Lines through points of the unit square, with its diagonal. series: (name, [(x, y)])."""
    left, right, top, bottom = 60, 460, 20, 420
    canvas = Canvas(760, bottom + 40)
    _axis(canvas, left, right, top, bottom, [(t / 5, f"{t / 5:g}") for t in range(6)], x_label)
    for t in range(6):
        y = bottom - t / 5 * (bottom - top)
        canvas.line(left, y, right, y, "#dddddd")
        canvas.text(left - 6, y + 4, f"{t / 5:g}", "end")
    canvas.text(left - 40, top - 6, y_label)
    canvas.line(left, bottom, right, top, "#888888", 1, "4 3")
    for s, (name, points) in enumerate(series):
        colour = COLOURS[(s + 1) % len(COLOURS)]
        places = [(left + x * (right - left), bottom - y * (bottom - top)) for x, y in sorted(points)]
        for (x1, y1), (x2, y2) in zip(places, places[1:]):
            canvas.line(x1, y1, x2, y2, colour, 2)
        for x, y in places:
            canvas.dot(x, y, colour)
        canvas.rect(right + 20, top + 20 * s, 12, 12, colour)
        canvas.text(right + 37, top + 20 * s + 10, name)
    return canvas.end()
