"""The attribution network: which tokens anchor an attribution, and what each anchor's neighbours are to it.

Shapes: n tokens, d = 128 states, m = 96 pair states. Everything runs in f32; crates/sayso-model/src/attribution runs the same in Rust.
"""

import torch
from torch import nn
from torch.nn import functional as F

NONE, SOURCE, CUE, CONTENT = range(4)
DILATIONS = (1, 2, 4, 8, 1)


def shifted(x, by):
    """x[t + by] along dimension 1, zeros beyond the ends."""
    if by == 0:
        return x
    zeros = x.new_zeros(x.shape[0], min(abs(by), x.shape[1]), x.shape[2])
    return torch.cat([x[:, by:], zeros], 1) if by > 0 else torch.cat([zeros, x[:, :by]], 1)


def neighbours(x, dilation, blocks=None):
    """[b, n, d] -> [b, n, 3d]: the token `dilation` before, the token itself, the one after; zeros for tokens of another block."""
    parts = [shifted(x, -dilation), x, shifted(x, dilation)]
    if blocks is not None:
        own = blocks.unsqueeze(-1)
        for k, by in ((0, -dilation), (2, dilation)):
            parts[k] = parts[k] * (shifted(own, by) == own)
    return torch.cat(parts, 2)


class Network(nn.Module):
    def __init__(self, words, sizes, pair_sizes, width=128, pair_width=96, dropout=0.25, encoder=None):
        super().__init__()
        self.encoder = encoder
        wide = encoder.width if encoder else 0
        self.register_buffer("words", words)
        self.lemma = nn.Embedding(sizes["lemma"], 32, padding_idx=0)
        self.tag = nn.Embedding(sizes["tag"], 16)
        self.dep = nn.Embedding(sizes["dep"], 16)
        self.entity = nn.Embedding(sizes["entity"], 8)
        self.place = nn.Embedding(5, 8)
        self.look = nn.Embedding(sizes["look"], 8)
        self.to_head = nn.Embedding(sizes["to_head"], 8)
        self.input = nn.Linear(wide + 96 + words.shape[1] + 32 + 16 + 16 + 8 + 8 + 8 + 8 + 3, width)
        self.tree = nn.Linear(3 * width, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width, eps=1e-8) for _ in DILATIONS)
        self.convolutions = nn.ModuleList(nn.Linear(3 * width, width) for _ in DILATIONS)
        self.norm = nn.LayerNorm(width, eps=1e-8)
        self.anchor = nn.Linear(width, 1)
        self.tags = nn.Linear(width, 3)
        self.pair_token = nn.Linear(width, pair_width)
        self.pair_anchor = nn.Linear(width, pair_width, bias=False)
        self.pair_codes = nn.ModuleList(nn.Embedding(size, pair_width) for size in pair_sizes)
        for embedding in self.pair_codes:
            nn.init.normal_(embedding.weight, std=0.3)
        self.pair_convolutions = nn.ModuleList(nn.Linear(3 * pair_width, pair_width) for _ in (1, 2))
        self.pair_output = nn.Linear(pair_width, 4)
        self.dropout = nn.Dropout(dropout)
        self.input_dropout = nn.Dropout(0.15)

    def states(self, batch):
        """[b, n] features -> [b, n, d] states."""
        lemma = batch["lemma"]
        word = self.words[batch["word"]]
        if self.training:
            lemma = lemma.masked_fill(torch.rand(lemma.shape) < 0.15, 0)
            word = word * (torch.rand(word.shape[:2]) >= 0.1).unsqueeze(-1)
        parts = [batch["vectors"], word, self.lemma(lemma), self.tag(batch["tag"]), self.dep(batch["dep"])]
        parts += [self.entity(batch["entity"]), self.place(batch["place"]), self.look(batch["look"])]
        parts += [self.to_head(batch["to_head"]), batch["flags"]]
        if self.encoder:
            parts.append(self.encoder(batch["pieces"], batch["mask"].shape[1]))
        mask = batch["mask"].unsqueeze(-1)
        x = F.relu(self.input(self.input_dropout(torch.cat(parts, 2)))) * mask
        head = batch["head"]
        gather = lambda x, at: torch.gather(x, 1, at.unsqueeze(-1).expand(-1, -1, x.shape[2]))
        grand = torch.gather(head, 1, head)
        x = (x + self.dropout(F.relu(self.tree(torch.cat([x, gather(x, head), gather(x, grand)], 2))))) * mask
        for norm, convolution, dilation in zip(self.norms, self.convolutions, DILATIONS):
            x = (x + self.dropout(F.relu(convolution(neighbours(norm(x) * mask, dilation, batch["block"]))))) * mask
        return self.norm(x) * mask

    def anchors(self, states):
        """Logits [b, n]."""
        return self.anchor(self.dropout(states)).squeeze(-1)

    def pairs(self, states, document, anchor, tokens, codes, mask):
        """Labels' logits [p, w, 4] for p anchors and w tokens of each one's window.

        `document`, `anchor`: [p]; `tokens`: [p, w]; `codes`: [p, w, 5]; `mask`: [p, w].
        """
        of_token = self.pair_token(self.dropout(states))
        of_anchor = self.pair_anchor(states[document, anchor])
        x = of_token[document.unsqueeze(1), tokens] + of_anchor.unsqueeze(1)
        for k, embedding in enumerate(self.pair_codes):
            x = x + embedding(codes[:, :, k])
        mask = mask.unsqueeze(-1)
        x = F.relu(x) * mask
        for convolution, dilation in zip(self.pair_convolutions, (1, 2)):
            x = (x + self.dropout(F.relu(convolution(neighbours(x, dilation))))) * mask
        return self.pair_output(x)
