"""What the network sees of an article: numbers for each token, and for each pair of an anchor and a token.

In: one line of `cargo xtask features`: spans of the tokens (code points), rows of numbers, lemmas. Out: arrays. The numbers of tokens are
the program's own; the codes of pairs are computed here as crates/sayso/src/attribution/tagger/features.rs does it, and the two have to agree.
"""

import bisect

import numpy as np

WINDOW = 200
UP, DOWN = 3, 4
SENTENCES = 3
DISTANCES = [1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 60]
BUCKETS = 1 + 2 * len(DISTANCES)
FLAGS = 3
COLUMNS = ["block", "sentence", "head", "tag", "dep", "entity", "place", "look", "to_head", "flags", "quotation"]


# every double quotation mark is read as the straight one
MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


def form(text):
    """A token's characters as tables and encoders know them."""
    return text.translate(MARKS) if len(text) == 1 else text


def bucket(distance):
    """0 for 0, 1 .. 11 to the right, 12 .. 22 to the left."""
    if distance == 0:
        return 0
    at = bisect.bisect_right(DISTANCES, abs(distance))
    return at if distance > 0 else at + len(DISTANCES)


class Document:
    """One article's tokens as arrays."""

    def __init__(self, dumped, text, vectors, lemmas, words):
        self.start = [start for start, _ in dumped["spans"]]
        self.end = [end for _, end in dumped["spans"]]
        for name, column in zip(COLUMNS, np.array(dumped["rows"], dtype=np.int64).T):
            setattr(self, name, np.ascontiguousarray(column))
        self.lemma = np.array([lemmas.get(form(lemma), 0) for lemma in dumped["lemmas"]], dtype=np.int64)
        self.word = np.array([words.get(form(text[s:e]).lower(), 0) for s, e in dumped["spans"]], dtype=np.int64)
        self.flags = np.stack([(self.flags >> bit) & 1 for bit in range(FLAGS)], 1).astype(np.float32)
        self.vectors = vectors
        starts = np.flatnonzero(np.concatenate([[True], self.block[1:] != self.block[:-1]]))
        ends = np.append(starts[1:], len(self))
        at = np.searchsorted(starts, np.arange(len(self)), side="right") - 1
        self.block_start, self.block_end = starts[at], ends[at]

    def __len__(self):
        return len(self.start)

    def window(self, anchor):
        low = max(self.block_start[anchor], anchor - WINDOW)
        return int(low), int(min(self.block_end[anchor], anchor + WINDOW + 1))

    def pair_codes(self, anchor, deps):
        """`deps` is one more than there are labels; 0 stands for none. For each token of the window: branch, depth, own edge, distance, quotation. See `pair_sizes`."""
        low, high = self.window(anchor)
        up_of, node, steps = {}, anchor, 0
        while True:
            up_of[node] = steps
            if self.head[node] == node or steps >= 40:
                break
            node, steps = int(self.head[node]), steps + 1
        codes = np.zeros((high - low, 5), dtype=np.int64)
        sentence = self.sentence[anchor]
        tree = (UP + 1) * deps
        depths = (UP + 1) * (DOWN + 1)
        at_anchor = self.quotation[anchor]
        marks = 0
        between = self._stretches_between(anchor, low, high)
        for t in range(low, high):
            row = codes[t - low]
            if self.sentence[t] == sentence:
                node, down, branch = t, 0, 0
                while node not in up_of and down < 40:
                    branch = 1 + int(self.dep[node])
                    node, down = int(self.head[node]), down + 1
                up = up_of.get(node, UP)
                row[0] = min(up, UP) * deps + branch
                row[1] = min(up, UP) * (DOWN + 1) + min(down, DOWN)
                row[2] = 1 + int(self.dep[anchor]) if up > 0 else 0
            else:
                delta = int(np.clip(self.sentence[t] - sentence, -SENTENCES, SENTENCES))
                side = delta + SENTENCES if delta < 0 else delta + SENTENCES - 1
                row[0] = tree + side
                row[1] = depths + side
                row[2] = 0
            row[3] = bucket(t - anchor)
            inside = self.quotation[t] >= 0
            same = inside and self.quotation[t] == at_anchor
            relation = 4 if same else 2 * (at_anchor >= 0) + inside
            row[4] = (relation * 3 + min(between[t - low], 2)) * 5 + int(self.place[t])
        return low, high, codes

    def _stretches_between(self, anchor, low, high):
        """How many other quoted stretches lie between the anchor and each token."""
        counts = np.zeros(high - low, dtype=np.int64)
        for step, edge in ((1, high), (-1, low - 1)):
            last, seen = self.quotation[anchor], 0
            for t in range(anchor, edge, step):
                q = self.quotation[t]
                if q != last and last >= 0 and last != self.quotation[anchor]:
                    seen += 1
                last = q
                counts[t - low] = seen
        return counts


def pair_sizes(deps):
    return [(UP + 1) * deps + 2 * SENTENCES, (UP + 1) * (DOWN + 1) + 2 * SENTENCES, deps, BUCKETS, 75]
