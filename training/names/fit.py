"""Fits crates/sayso/lexicon/en/spellings.toml: what it weighs that letters of one spelling stand for letters of another.

    cargo xtask eval names --write-pairs pairs.tsv
    python3 training/names/fit.py pairs.tsv > crates/sayso/lexicon/en/spellings.toml

In: lines "1 or 0, word, word" in plain letters. Out: weights of the steps of an edit distance, as log-odds. The best way to turn one word into the other is
found with the weights so far; a logistic regression on the steps of these ways gives the next weights; so on for some rounds. No package is needed.
"""

import collections
import math
import random
import sys

ROUNDS = 8
PASSES = 3
# the weights are means over the passes of so many last rounds
AVERAGED = 3
RATE = 0.15
# pulls weights of letters to none
SHRINK = 0.001
# pairs of one name that must have a group of letters
LEAST_SEEN = 3
# more pairs of two names than this for each of one are left out
MOST_NEGATIVE = 3.0

VOWELS = set("aeiouy")
WIDTHS = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
# a slip of the hand, which romanisations do not show
SWAPPED = -1.5


def pair(u, v):
    return (u, v) if u <= v else (v, u)


def edits(a, b):
    """The letters that stand for each other by Levenshtein's distance."""
    d = [[i + j if i == 0 or j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), d[i - 1][j] + 1, d[i][j - 1] + 1)
    i, j, steps = len(a), len(b), []
    while i or j:
        if i and j and d[i][j] == d[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            steps.append((a[i], b[j]))
        elif i and d[i][j] == d[i - 1][j] + 1:
            i -= 1
            steps.append((a[i], ""))
        else:
            j -= 1
            steps.append(("", b[j]))
    return steps[::-1]


def groups(rows):
    """Groups of letters that stand for others in enough pairs of one name, and more often than in pairs of two."""
    seen = {True: collections.Counter(), False: collections.Counter()}
    for one, a, b in rows:
        steps = edits(a, b)
        found = set()
        for at in range(len(steps)):
            for end in range(at + 2, min(at + 3, len(steps)) + 1):
                u = "".join(x for x, _ in steps[at:end])
                v = "".join(y for _, y in steps[at:end])
                if u != v and (len(u), len(v)) in WIDTHS:
                    found.add(pair(u, v))
        seen[one].update(found)
    return {g for g, n in seen[True].items() if n >= LEAST_SEEN and n > seen[False][g]}


class Model:
    def __init__(self, known):
        self.groups = known
        self.w = collections.defaultdict(float)
        self.w.update(
            start=0.0, same_vowel=0.3, same_consonant=0.6, vowel_for_vowel=-0.8, consonant_for_consonant=-2.5,
            vowel_for_consonant=-2.5, first_for_first=-0.5, last_for_last=0.0, vowel_omitted=-1.2,
            consonant_omitted=-2.2, doubled=1.0, omitted_first=-1.0, omitted_last=-0.5, group=-1.0,
        )  # fmt: skip
        self.kinds = set(self.w)

    def omission(self, word, at):
        letter = word[at]
        steps = ["vowel_omitted" if letter in VOWELS else "consonant_omitted"]
        if at and word[at - 1] == letter or word[at + 1 : at + 2] == letter:
            return (*steps, "doubled")
        steps.append(("omitted", letter))
        if at == 0:
            steps.append("omitted_first")
        if at == len(word) - 1:
            steps += ["omitted_last", ("omitted_at_end", letter)]
        return tuple(steps)

    def exchange(self, x, y, is_first, is_last):
        if x == y:
            return ("same_vowel" if x in VOWELS else "same_consonant",)
        vowels = (x in VOWELS) + (y in VOWELS)
        kind = ("consonant_for_consonant", "vowel_for_consonant", "vowel_for_vowel")[vowels]
        steps = [kind, ("letters", *pair(x, y))]
        if is_first:
            steps.append("first_for_first")
        if is_last:
            steps.append("last_for_last")
        return tuple(steps)

    def align(self, a, b):
        """The steps of the best way."""
        weigh = lambda steps: sum(self.w[step] for step in steps)
        n, m = len(a), len(b)
        best = [[-math.inf] * (m + 1) for _ in range(n + 1)]
        back = [[None] * (m + 1) for _ in range(n + 1)]
        best[0][0] = 0.0
        omit_a = [(steps, weigh(steps)) for steps in (self.omission(a, i) for i in range(n))]
        omit_b = [(steps, weigh(steps)) for steps in (self.omission(b, j) for j in range(m))]

        def step(i, j, p, q, steps, weight):
            if best[i][j] + weight > best[i + p][j + q]:
                best[i + p][j + q] = best[i][j] + weight
                back[i + p][j + q] = (i, j, steps)

        for i in range(n + 1):
            for j in range(m + 1):
                if i < n:
                    step(i, j, 1, 0, *omit_a[i])
                if j < m:
                    step(i, j, 0, 1, *omit_b[j])
                if i < n and j < m:
                    steps = self.exchange(a[i], b[j], i == j == 0, i == n - 1 and j == m - 1)
                    step(i, j, 1, 1, steps, weigh(steps))
                    for p, q in WIDTHS:
                        if i + p <= n and j + q <= m:
                            g = pair(a[i : i + p], b[j : j + q])
                            if g in self.groups:
                                step(i, j, p, q, ("group", ("groups", *g)), self.w["group"] + self.w[("groups", *g)])
        i, j, found = n, m, ["start"]
        while i or j:
            i, j, steps = back[i][j]
            found += steps
        return collections.Counter(found)

    def fit(self, rows):
        squares = collections.defaultdict(lambda: 1e-2)
        order = random.Random(1)
        sums = collections.Counter()
        for turn in range(ROUNDS):
            data = [(self.align(a, b), one) for one, a, b in rows]
            for _ in range(PASSES):
                order.shuffle(data)
                loss = 0.0
                for steps, one in data:
                    sum_ = sum(self.w[step] * n for step, n in steps.items())
                    p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum_))))
                    loss -= math.log(max(1e-9, p if one else 1 - p))
                    for step, n in steps.items():
                        slope = (p - one) * n + (0 if step in self.kinds else SHRINK * self.w[step])
                        squares[step] += slope * slope
                        self.w[step] -= RATE * slope / math.sqrt(squares[step])
                if turn >= ROUNDS - AVERAGED:
                    sums.update(self.w)
            print(f"round {turn}: loss {loss / len(data):.4f}, {len(self.groups)} groups", file=sys.stderr)
        for step, total in sums.items():
            self.w[step] = total / (AVERAGED * PASSES)

    def toml(self):
        lines = [HEADER, "[steps]"]
        lines += [f"{kind} = {self.w[kind]:.2f}" for kind in self.kinds_in_order()] + [f"swapped = {SWAPPED}"]
        lists = collections.defaultdict(list)
        for step, weight in self.w.items():
            if isinstance(step, tuple) and abs(weight) >= 0.1:
                lists[step[0]].append(f"{'~'.join(step[1:])}={weight:.2f}")
        head = []
        for name in ("letters", "groups", "omitted", "omitted_at_end"):
            rows, row = [], ""
            for entry in sorted(lists[name]):
                if len(row) + len(entry) > 146:
                    rows.append(row.rstrip())
                    row = ""
                row += entry + " "
            head += [ABOUT[name], f'{name} = """', *rows, row.rstrip(), '"""', ""]
        return "\n".join([lines[0], *head, *lines[1:]])

    def kinds_in_order(self):
        return [kind for kind in self.w if kind in self.kinds]


HEADER = """\
# What it weighs that letters of one spelling of a name stand for letters of another, as log-odds that the two are one name: what is positive speaks for one.
# Fitted by training/names/fit.py to romanisations of names in Arabic, Chinese, Hebrew, Korean and Cyrillic letters (CC0), rounded; to be edited by hand
# where the sums are wrong. A step's weight is that of its kind, under [steps], and that of its letters. What is not listed weighs nothing more.
"""
ABOUT = {
    "letters": "# One letter for another: Kadirov, Qadyrov.",
    "groups": "# Two or three letters for others: Shirin, Chirine. They count beside `group`.",
    "omitted": "# A letter that only one has: Haddun, Haddoun.",
    "omitted_at_end": "# The same where it is the last, in addition.",
}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        fields = (line.rstrip("\n").split("\t") for line in file)
        rows = [(one == "1", a, b) for one, a, b in fields]
    positive = [row for row in rows if row[0]]
    negative = [row for row in rows if not row[0]]
    random.Random(2).shuffle(negative)
    rows = positive + negative[: int(MOST_NEGATIVE * len(positive))]
    model = Model(groups(rows))
    model.fit(rows)
    print(model.toml())


if __name__ == "__main__":
    main()
