"""What the network sees of an article: numbers for each token, and for each pair of an anchor and a token.

In: one line of the feature dump (`cargo xtask features`): tokens as [start, end, block, sentence, head, dep, tag, entity, quotation, place,
lemma], offsets in code points. Out: arrays. crates/sayso/src/attribution/tagger computes the same numbers; the two have to agree.
"""

import bisect
import unicodedata

import numpy as np

# Labels in the order of the dump's own lists, which are those of crates/sayso-model/src/labels.rs; 0 is "none of these".
WINDOW = 200
UP, DOWN = 3, 4
SENTENCES = 3
DISTANCES = [1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 60]
OUTSIDE, INSIDE, MARK_OPEN, MARK_CLOSE, NESTED = 0, 3, 1, 2, 4


def bucket(distance):
    """0 for 0, 1 .. 11 to the right, 12 .. 22 to the left."""
    if distance == 0:
        return 0
    at = bisect.bisect_right(DISTANCES, abs(distance))
    return at if distance > 0 else at + len(DISTANCES)


BUCKETS = 1 + 2 * len(DISTANCES)


def look(form):
    """How a form is written: 0 lower case, 1 capitalised, 2 all capitals, 3 mixed, 4 digits, 5 white space, 6 punctuation."""
    if form.isspace():
        return 5
    letters = [c for c in form if c.isalpha()]
    if not letters:
        return 4 if any(c.isdigit() for c in form) else 6
    if all(not c.isupper() for c in letters):
        return 0
    if all(c.isupper() for c in letters) and len(letters) > 1:
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


LOOKS = 7


def entity_code(entity, kinds):
    """0 outside; odd: starts a name of that kind; even: goes on."""
    if entity[:1] not in "BI" or not entity:
        return 0
    return 1 + 2 * kinds[entity[1:]] + (entity[0] == "I")


class Document:
    """One article's tokens as arrays."""

    def __init__(self, tokens, text, vectors, maps):
        self.start = [t[0] for t in tokens]
        self.end = [t[1] for t in tokens]
        self.block = np.array([t[2] for t in tokens], dtype=np.int32)
        self.sentence = np.array([t[3] for t in tokens], dtype=np.int32)
        self.head = np.array([t[4] for t in tokens], dtype=np.int64)
        self.dep = np.array([maps.dep[t[5]] for t in tokens], dtype=np.int64)
        self.tag = np.array([maps.tag[t[6]] for t in tokens], dtype=np.int64)
        self.entity = np.array([entity_code(t[7], maps.entity) for t in tokens], dtype=np.int64)
        self.quotation = np.array([t[8] for t in tokens], dtype=np.int32)
        self.place = np.array([t[9] for t in tokens], dtype=np.int64)
        forms = [text[t[0] : t[1]] for t in tokens]
        self.lemma = np.array([maps.lemma.get(t[10].lower(), 0) for t in tokens], dtype=np.int64)
        self.word = np.array([maps.word.get(form.lower(), 0) for form in forms], dtype=np.int64)
        self.look = np.array([look(form) for form in forms], dtype=np.int64)
        n = len(tokens)
        place = np.arange(n)
        self.to_head = np.array([bucket(int(h) - i) for i, h in enumerate(self.head)], dtype=np.int64)
        first_of = lambda ids: np.concatenate([[True], ids[1:] != ids[:-1]])
        self.flags = np.stack(
            [first_of(self.block), first_of(self.sentence), self.block == self.block[0]], 1
        ).astype(np.float32)
        self.vectors = vectors
        # bounds of each token's block
        starts = np.flatnonzero(first_of(self.block))
        ends = np.append(starts[1:], n)
        at = np.searchsorted(starts, place, side="right") - 1
        self.block_start, self.block_end = starts[at], ends[at]

    def __len__(self):
        return len(self.start)

    def window(self, anchor):
        low = max(self.block_start[anchor], anchor - WINDOW)
        return int(low), int(min(self.block_end[anchor], anchor + WINDOW + 1))

    def pair_codes(self, anchor, deps):
        """For each token of the window: branch, depth, own edge, distance, quotation. See `pair_sizes`."""
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
                    branch = int(self.dep[node])
                    node, down = int(self.head[node]), down + 1
                up = up_of.get(node, UP)
                row[0] = min(up, UP) * deps + branch
                row[1] = min(up, UP) * (DOWN + 1) + min(down, DOWN)
                row[2] = int(self.dep[anchor]) if up > 0 else 0
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
