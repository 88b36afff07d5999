"""Compiles the reports of this folder to tagged PDF: the same bytes on every machine.

    python3 -m venv env && env/bin/pip install typst
    env/bin/python compile.py [FOLDER]      FOLDER for the PDF files; this one where left out
"""

import pathlib
import sys

import typst

here = pathlib.Path(__file__).resolve().parent
out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here)
out.mkdir(parents=True, exist_ok=True)
failed = 0
for source in sorted(here.glob("report.*.*.typ")):
    target = out / (source.stem + ".pdf")
    try:
        # No font and no clock of the machine; tags and names for those who do not see the page.
        _, warnings = typst.compile_with_warnings(
            str(source), output=str(target), root=str(here), font_paths=[str(here / "fonts")],
            ignore_system_fonts=True, timestamp=0, pdf_standards=["ua-1"],
        )
        for warning in warnings:
            print(f"{source.name}: warning: {warning}", file=sys.stderr)
            failed += 1
        print(target)
    except typst.TypstError as error:
        print(f"{source.name}: {error}", file=sys.stderr)
        failed += 1
sys.exit(1 if failed else 0)
