"""Contextual states of tokens from a fine-tuned encoder: each token is the mean of its pieces' states. Every block is read alone."""

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

import features

WINDOW, OVERLAP = 254, 32
PIECES_OF_A_TOKEN = 12
PIECES_OF_A_CALL = 4096


class Pieces:
    """One article as windows of pieces, each within a block.

    windows: lists of piece numbers with the tokenizer's marks; at: [p, 2] window and place of each piece that counts; owner: [p] its token.
    """

    def __init__(self, document, text, tokenizer):
        words = [features.form(text[s:e]).strip().lower() for s, e in zip(document.start, document.end)]
        encoded = tokenizer(words, add_special_tokens=False)["input_ids"]
        first_mark, last_mark = tokenizer.cls_token_id, tokenizer.sep_token_id
        self.windows, at, owners = [], [], []
        t = 0
        while t < len(words):
            end = int(document.block_end[t])
            ids = [piece for pieces in encoded[t:end] for piece in pieces[:PIECES_OF_A_TOKEN]]
            owner = [token for token in range(t, end) for _ in encoded[token][:PIECES_OF_A_TOKEN]]
            t = end
            if not ids:
                continue
            n = len(ids)
            count = max(1, -(-(n - OVERLAP) // (WINDOW - OVERLAP)))
            length = -(-(n + OVERLAP * (count - 1)) // count)
            starts = [w * (length - OVERLAP) for w in range(count)]
            best, place = [-1] * n, [None] * n
            for start in starts:
                part = ids[start : start + length]
                for k in range(len(part)):
                    room = min(k if start else 10_000, len(part) - 1 - k if start + length < n else 10_000)
                    if room > best[start + k]:
                        best[start + k], place[start + k] = room, (len(self.windows), k + 1)
                self.windows.append([first_mark, *part, last_mark])
            at += place
            owners += owner
        self.at = np.array(at, dtype=np.int64).reshape(-1, 2)
        self.owner = np.array(owners, dtype=np.int64)


class Encoder(nn.Module):
    def __init__(self, folder, freeze=0):
        super().__init__()
        self.model = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.model.pooler = None
        self.model.embeddings.word_embeddings.weight.requires_grad_(False)
        if freeze:
            self.model.embeddings.requires_grad_(False)
        for layer in self.model.encoder.layer[:freeze]:
            layer.requires_grad_(False)
        self.width = self.model.config.hidden_size
        self.pad = self.model.config.pad_token_id

    def forward(self, all_pieces, length):
        """Pieces of b articles -> [b, length, width]."""
        windows = [w for p in all_pieces for w in p.windows]
        order = sorted(range(len(windows)), key=lambda n: len(windows[n]))
        row_of = np.zeros(len(windows), dtype=np.int64)
        states, rows, group = [], 0, []

        def run():
            nonlocal rows
            longest = len(windows[group[-1]])
            ids = np.full((len(group), longest), self.pad, dtype=np.int64)
            mask = np.zeros((len(group), longest), dtype=np.int64)
            for k, n in enumerate(group):
                ids[k, : len(windows[n])] = windows[n]
                mask[k, : len(windows[n])] = 1
                row_of[n] = rows + k * longest
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                out = self.model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).last_hidden_state
            states.append(out.float().reshape(-1, self.width))
            rows += len(group) * longest

        half = self.training or torch.is_autocast_enabled("cpu")
        for n in order:
            padded = (len(group) + 1) * len(windows[n])
            if group and (padded > PIECES_OF_A_CALL or padded > 1024 and len(windows[n]) > 1.4 * len(windows[group[0]])):
                run()
                group = []
            group.append(n)
        if group:
            run()
        states = torch.cat(states) if states else torch.zeros(1, self.width)
        out, first = [], 0
        for p in all_pieces:
            picked = states[torch.from_numpy(row_of[first + p.at[:, 0]] + p.at[:, 1])]
            owner = torch.from_numpy(p.owner)
            total = torch.zeros(length, self.width).index_add_(0, owner, picked)
            count = torch.zeros(length).index_add_(0, owner, torch.ones(len(owner))).clamp(min=1)
            out.append(total / count.unsqueeze(1))
            first += len(p.windows)
        return torch.stack(out)


def tokenizer(folder):
    return AutoTokenizer.from_pretrained(folder)
