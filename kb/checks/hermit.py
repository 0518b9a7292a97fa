"""HermiT in a process of its own: N-Triples on standard input, one line of JSON on standard output.

owlready2 keeps global state, and waits for Java without a limit; the caller stops this process instead.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import owlready2

_HERMIT = Path(owlready2.__file__).parent / "hermit"


def main() -> None:
    """Answer what the first argument asks of standard input: "classes" or "consistency"."""
    world = owlready2.World()
    world.get_ontology("https://w3id.org/legation/checked/").load(fileobj=io.BytesIO(sys.stdin.buffer.read()))
    answer = empty_classes(world) if sys.argv[1] == "classes" else is_consistent(world)
    print(json.dumps(answer))


def empty_classes(world: owlready2.World) -> list[str] | None:
    """Return the classes that can have no member; None where the axioms contradict each other outright."""
    try:
        # HermiT does not know xsd:date; dates are the rules' business.
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return sorted(item.iri for item in world.inconsistent_classes() if item is not owlready2.Nothing)


def is_consistent(world: owlready2.World) -> bool:
    """Say whether all that stands there can be true at once.

    HermiT is called here by hand: owlready2 has it classify each property over each pair of individuals
    first, which takes minutes for 3,000 of them where the question itself takes seconds.
    """
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        world.save(file.name, format="ntriples")
        command = [owlready2.JAVA_EXE, "-Xmx2000M", "-cp", f"{_HERMIT}{os.pathsep}{_HERMIT / 'HermiT.jar'}"]
        command += ["org.semanticweb.HermiT.cli.CommandLine", "-k", "--ignoreUnsupportedDatatypes"]
        done = subprocess.run([*command, f"file://{file.name}"], capture_output=True, text=True, check=False)
    if done.returncode == 0 and "owl#Thing is satisfiable" in done.stdout:
        return True
    if "InconsistentOntologyException" in done.stderr:
        return False
    raise owlready2.OwlReadyJavaError(f"HermiT: {done.stdout} {done.stderr}")


if __name__ == "__main__":
    main()
