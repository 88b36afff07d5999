"""What the scripts beside share: series, calls of R, and cases written into tests/material/methods."""
import json
import os
import subprocess
from importlib.metadata import version

FOLDER = "tests/material/methods"
NATION = [-39344, -60937, -63529, -83940, -47006, -61691, -73415, -81310, -79108, -66850]
ALMATY = [4800, -4536, -6315, 3305, 16357, 69, -5618, -11363, -4668, 2369]
TIED = [5, 5, 7, 6, 8, 8, 7, 9, 12, 11, 11, 14]

def r(code, packages=()):
    """Runs R and reads each printed line as numbers."""
    loads = "".join(f"suppressMessages(library({package}));" for package in packages)
    show = "say <- function(x) cat(sprintf('%.17g', as.numeric(x)), '\\n');"
    run = subprocess.run(["Rscript", "-e", loads + show + code], capture_output=True, text=True, check=True)
    return [[float(x) for x in line.split()] for line in run.stdout.splitlines() if line.strip()]

def r_version(package):
    run = subprocess.run(["Rscript", "-e", f"cat(as.character(packageVersion('{package}')))"], capture_output=True, text=True)
    return run.stdout.strip()

def vector(values):
    return "c(" + ",".join(repr(value) for value in values) + ")"

NILE, HURON = (r(f"say({name})")[0] for name in ("Nile", "LakeHuron"))
SERIES = {"A": NATION, "A:Алматинская": ALMATY, "ties": TIED, "R:Nile": NILE, "R:LakeHuron": HURON}

def package(name):
    return f"{name} {version(name)}"

def clean(value):
    """A number as JSON writes it: whole ones whole."""
    value = float(value)
    return int(value) if value == int(value) and abs(value) < 2**53 else value

def write(method, cases, keep=True):
    """Puts cases into the file of a method in place of those of the same ids, one a line."""
    path = f"{FOLDER}/{method}.json"
    old = []
    if keep and os.path.exists(path):
        old = json.load(open(path, encoding="utf-8"))["cases"]
    ids = {case["id"] for case in cases}
    lines = [json.dumps(case, ensure_ascii=False) for case in [case for case in old if case["id"] not in ids] + cases]
    with open(path, "w", encoding="utf-8") as file:
        file.write('{\n"method": "%s",\n"cases": [\n%s\n]\n}\n' % (method, ",\n".join(lines)))

def case(id, source, numbers, expect, set=None, labels=None, tolerance=None, periods=None):
    found = {"id": id, "from": source, "numbers": {role: [clean(v) if not isinstance(v, (list, str)) and v is not None else ([clean(x) for x in v] if isinstance(v, list) else v) for v in column] for role, column in numbers.items()}}
    if labels: found["labels"] = labels
    if periods: found["periods"] = periods
    if set: found["set"] = set
    if tolerance: found["tolerance"] = tolerance
    found["expect"] = [[name, str(at), value if isinstance(value, (str, dict, bool)) else clean(value)] for name, at, value in expect]
    return found
