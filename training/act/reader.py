"""The reader of acts: a transformer over one statement and the words around it, each token marked with what it is to the statement.

Out: how much speaks for each act, and for each candidate how much speaks for it as that whom a given act is about. Names are hidden. The same in Rust:
crates/sayso-model/src/acts/reader.rs.
"""

import random
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from fit import ACTS

sys.path.append(str(Path(__file__).parents[1] / "attribution"))
import export  # noqa: E402

AROUND, SOURCE, CUE, CONTENT = range(4)
CANDIDATE = 192
PIECES_OF_A_TOKEN = 12
PIECES = 254


class Passage:
    """One statement's pieces, and the piece at which each token starts."""

    def __init__(self, row, tokenizer, known):
        def pieces(form):
            if form is None:
                return [tokenizer.mask_token_id]
            if form not in known:
                known[form] = tokenizer(form.strip().lower(), add_special_tokens=False)["input_ids"][:PIECES_OF_A_TOKEN]
            return known[form]

        self.ids, self.marks, self.owner = [tokenizer.cls_token_id], [AROUND], []
        for token, (form, mark) in enumerate(zip(row["forms"], row["marks"])):
            own = pieces(form)
            if len(self.ids) + len(own) > PIECES:
                break
            self.ids += own
            self.marks += [mark] * len(own)
            self.owner += [token] * len(own)
        self.ids.append(tokenizer.sep_token_id)
        self.marks.append(AROUND)
        self.token_marks = row["marks"][: self.owner[-1] + 1 if self.owner else 0]
        read = len(self.token_marks)
        spans = [candidate["tokens"] for candidate in row["targets"]]
        self.candidates = [span if span and span[1] <= read else None for span in spans]


# of MiniLM's six layers those that a reader of fewer starts with
KEPT_LAYERS = {6: range(6), 3: (0, 2, 5)}


class Reader(nn.Module):
    def __init__(self, folder, layers=6):
        super().__init__()
        # attention without dropout has a kernel that is much faster
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa", attention_probs_dropout_prob=0.0)
        self.model.pooler = None
        encoder = self.model.encoder
        encoder.layer = nn.ModuleList([encoder.layer[n] for n in KEPT_LAYERS[layers]])
        self.model.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.model.config.hidden_size
        self.marks = nn.Embedding(4, width)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.drop = nn.Dropout(0.1)
        self.act = nn.Linear(3 * width, len(ACTS))
        self.candidate = nn.Linear(4 * width, CANDIDATE)
        self.candidate_act = nn.Embedding(len(ACTS), CANDIDATE)
        nn.init.normal_(self.candidate_act.weight, std=0.1)
        self.target = nn.Linear(CANDIDATE, 1)

    def forward(self, passages):
        """Logits of acts, [n, 18], and for each passage the states of its tokens and its pooled state."""
        longest = max(len(p.ids) for p in passages)
        ids, marks, mask = (torch.zeros(len(passages), longest, dtype=torch.long) for _ in range(3))
        for k, p in enumerate(passages):
            ids[k, : len(p.ids)] = torch.tensor(p.ids)
            marks[k, : len(p.ids)] = torch.tensor(p.marks)
            mask[k, : len(p.ids)] = 1
        words = self.model.embeddings.word_embeddings(ids) + self.marks(marks)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            out = self.model(inputs_embeds=words, attention_mask=mask).last_hidden_state
        out = out.float()
        states, pooled = [], []
        for k, p in enumerate(passages):
            owner, count = torch.tensor(p.owner), len(p.token_marks)
            total = torch.zeros(count, out.shape[2]).index_add_(0, owner, out[k, 1 : 1 + len(p.owner)])
            state = total / torch.bincount(owner, minlength=count).clamp(min=1).unsqueeze(1)
            of = torch.tensor(p.token_marks)
            parts = [state[of == mark].mean(0) if (of == mark).any() else torch.zeros(out.shape[2]) for mark in (CONTENT, CUE, SOURCE)]
            states.append(state)
            pooled.append(torch.cat(parts))
        pooled = torch.stack(pooled)
        return self.act(self.drop(pooled)), states, pooled

    def targets(self, passages, states, pooled, acts):
        """Scores of the candidates of passages whose act is given, and which passage and candidate each is."""
        rows, of, which = [], [], []
        for k, (p, act) in enumerate(zip(passages, acts)):
            for n, span in enumerate(p.candidates):
                if act is not None and span:
                    rows.append(torch.cat([states[k][span[0] : span[1]].mean(0), pooled[k]]))
                    of.append(act)
                    which.append((k, n))
        if not rows:
            return None, []
        hidden = self.candidate(self.drop(torch.stack(rows))) + self.candidate_act(torch.tensor(of))
        return self.target(nn.functional.gelu(hidden)).squeeze(-1), which


def load(folder, path):
    """A trained reader, with as many layers as it was saved with: as torch keeps it, or as the program reads it (reader.bin)."""
    if path.suffix == ".bin":
        return unpacked(folder, export.read(path))
    weights = torch.load(path)
    network = Reader(folder, export.count_layers(weights))
    network.load_state_dict(weights)
    return network


def unpacked(folder, tensors):
    """`tensors` backwards, but for the temperature and what eight bits lost."""
    network = Reader(folder, int(tensors["layers"].item()))
    width = network.model.config.hidden_size
    root = np.sqrt(width / network.model.config.num_attention_heads)
    whole = lambda name: tensors[name] * tensors[f"{name}.scale"][:, None]
    found = {
        "marks.weight": tensors["marks"],
        "candidate_act.weight": tensors["candidate.act"],
        "model.embeddings.LayerNorm.weight": tensors["embedding.norm.weight"],
        "model.embeddings.LayerNorm.bias": tensors["embedding.norm.bias"],
    }
    found |= {f"{name}.{part}": tensors[f"{name}.{part}"] for name in ("act", "candidate", "target") for part in ("weight", "bias")}
    for n in range(len(network.model.encoder.layer)):
        of = f"model.encoder.layer.{n}"
        asked, bias = whole(f"{n}.asked"), tensors[f"{n}.asked.bias"]
        for k, part in enumerate(("query", "key", "value")):
            share = root if part == "query" else 1.0
            found[f"{of}.attention.self.{part}.weight"] = share * asked[k * width : (k + 1) * width]
            found[f"{of}.attention.self.{part}.bias"] = share * bias[k * width : (k + 1) * width]
        for name, part in (("attended", "attention.output.dense"), ("wide", "intermediate.dense"), ("narrow", "output.dense")):
            found[f"{of}.{part}.weight"], found[f"{of}.{part}.bias"] = whole(f"{n}.{name}"), tensors[f"{n}.{name}.bias"]
        for name, part in ((f"{n}.attended.norm", "attention.output.LayerNorm"), (f"{n}.norm", "output.LayerNorm")):
            for what in ("weight", "bias"):
                found[f"{of}.{part}.{what}"] = tensors[f"{name}.{what}"]
    positions = tensors["position"] - network.model.embeddings.token_type_embeddings.weight[0].detach().numpy()
    weights = network.state_dict() | {name: torch.tensor(values) for name, values in found.items()}
    weights["model.embeddings.position_embeddings.weight"][: len(positions)] = torch.tensor(positions)
    network.load_state_dict(weights)
    return network


def batches(count, length, size, shuffle):
    """Numbers of items of about one length, so that little is padding."""
    order = list(range(count))
    if shuffle:
        random.shuffle(order)
    found = []
    for start in range(0, count, 20 * size):
        some = sorted(order[start : start + 20 * size], key=length)
        found += [some[at : at + size] for at in range(0, len(some), size)]
    if shuffle:
        random.shuffle(found)
    return found


def tokenizer(folder):
    return AutoTokenizer.from_pretrained(folder)


def tensors(network, temperature):
    """What the program reads; the logits of acts are divided by a temperature."""
    weights = {name: value.detach().clone() for name, value in network.state_dict().items()}
    get = lambda name: weights[name].numpy().astype(np.float32)
    yield from export.encoder({f"encoder.{name}": value for name, value in weights.items()})
    yield "marks", get("marks.weight"), np.float32
    yield "act.weight", get("act.weight") / temperature, np.float16
    yield "act.bias", get("act.bias") / temperature, np.float32
    yield "candidate.weight", get("candidate.weight"), np.float16
    yield "candidate.bias", get("candidate.bias"), np.float32
    yield "candidate.act", get("candidate_act.weight"), np.float32
    yield "target.weight", get("target.weight"), np.float16
    yield "target.bias", get("target.bias"), np.float32
