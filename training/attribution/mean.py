#!/usr/bin/env python3
"""The weighted mean of two trained networks that started from the same numbers: mean.py A.pt B.pt SHARE_OF_B OUT.pt

Networks fitted from one start often lie in one basin, and their mean does better than either (Wortsman et al. 2022, "Model soups").
"""

import sys

import torch


def main():
    a, b, share, out = sys.argv[1:]
    share = float(share)
    mean, other = torch.load(a, weights_only=False), torch.load(b, weights_only=False)
    assert mean["maps"] == other["maps"]
    for name, values in mean["weights"].items():
        if values.is_floating_point() and not torch.equal(values, other["weights"][name]):
            mean["weights"][name] = torch.lerp(values, other["weights"][name], share)
    torch.save(mean, out)


if __name__ == "__main__":
    main()
