"""Extractors are found by entry point; a broken one is named and loses nothing of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadInput, ExtractorError, MissingPart
from kb.extractors import Together, installed, together
from kb.extractors.registry import chosen
from kb.records import Claim
from kb.settings import Settings
from tests.extractors.plugins import install
from tests.reading.desk import article

TEXT = "Anton Varga met Boris Kelemen."
GOOD = "Plug.read = lambda self, article: [claim(article, 'met')]"


@pytest.fixture
def good(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, tmp_path, "good", GOOD)


def beside_good(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> tuple[list[Claim], Together]:
    """Return what a good extractor and one of this code make of TEXT."""
    install(monkeypatch, folder, "other", code)
    reader = together(Settings(), "good,other")
    return reader.read(article(TEXT)), reader


def test_the_project_s_own_extractors_are_installed() -> None:
    assert {"rules", "model"} <= set(installed())


def test_the_default_is_the_rules_alone_whose_version_is_the_reader_s() -> None:
    reader = together(Settings())
    assert reader.version.isalnum() and len(reader.version) == 16


def test_claims_bear_the_name_of_what_found_them(good: None) -> None:
    (found,) = together(Settings(), "good").read(article(TEXT))
    assert found.extractors == ("good",)
    assert found.id.startswith("c") and found.article == article(TEXT).id and found.doc == "T01"


def test_an_unknown_name_is_refused_with_a_list_of_what_is_installed(good: None) -> None:
    with pytest.raises(
        BadInput, match=r"no extractor is called 'rule'. Use good, model, rules \(installed\)"
    ):
        together(Settings(), "rule")


@pytest.mark.parametrize("names", ["", " ", ",", " , "])
def test_no_name_at_all_is_refused(names: str) -> None:
    with pytest.raises(BadInput, match="no extractor is named"):
        together(Settings(), names)


def test_the_order_of_names_means_nothing_and_the_rules_lead() -> None:
    assert chosen("model, rules,alpha,model") == ("rules", "alpha", "model")


def test_a_name_that_two_packages_claim_is_refused(
    good: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, "good", GOOD, package="another_good")
    with pytest.raises(BadInput, match="two packages have an extractor 'good': another_good:Plug, plug_good"):
        together(Settings(), "good")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ("def Plug(settings): raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("def Plug(settings): return None", "makes no extractor"),
        ("def Plug(): return None", "TypeError"),
        ("del Plug.read", "makes no extractor"),
        ("Plug.read = 7", "makes no extractor"),
        ("Plug.name = 'another'", "calls itself 'another'"),
        ("Plug.version = 7", "its version 7"),
        ("Plug.version = 'one two'", "its version 'one two'"),
        ("del Plug", "AttributeError"),
    ],
)
def test_one_that_cannot_be_loaded_is_named_and_the_others_read(
    good: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, problem: str
) -> None:
    claims, reader = beside_good(monkeypatch, tmp_path, code)
    assert len(claims) == 1
    (line,) = reader.report()
    assert line.startswith("extractor other: cannot be loaded: ") and problem in line
    assert reader.version == "good-1.0"


def test_where_none_can_be_loaded_nothing_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, tmp_path, "other", "1 / 0")
    with pytest.raises(MissingPart, match="other cannot be loaded: ZeroDivisionError"):
        together(Settings(), "other")


def test_a_setting_that_an_extractor_refuses_is_the_operator_s_to_mend(
    good: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, "other", "def Plug(settings): raise BadInput('no address')")
    with pytest.raises(BadInput, match="no address"):
        together(Settings(), "good,other")


def test_the_model_without_an_address_is_refused() -> None:
    with pytest.raises(
        BadInput, match="LEGATION_MODEL_ADDRESS: the model has no address, so no call is made"
    ):
        together(Settings(), "rules,model")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (
            "Plug.read = lambda self, article: 1 / 0",
            "T01: ZeroDivisionError: division by zero (plug_other.py:",
        ),
        ("Plug.read = lambda self: []", "T01: TypeError"),
        ("Plug.read = lambda self, article: None", "T01: TypeError: read() returned NoneType"),
        ("Plug.read = lambda self, article: iter([])", "returned list_iterator"),
        ("Plug.read = lambda self, article: {}['key\\n' * 200]", "T01: KeyError: "),
    ],
)
def test_one_that_fails_on_an_article_is_named_and_the_others_claims_stand(
    good: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, problem: str
) -> None:
    claims, reader = beside_good(monkeypatch, tmp_path, code)
    assert [claim.extractors for claim in claims] == [("good",)]
    (line,) = reader.report()
    assert line.startswith("extractor other: ") and problem in line
    assert "\n" not in line and len(line) < 250
    assert reader.version == "good-1.0+other-1.0"
    assert reader.run_of(article(TEXT)) == "good-1.0"
    assert reader.run_of(article("Another text.")) == reader.version


def test_an_article_that_none_can_read_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, "other", "Plug.read = lambda self, article: 1 / 0")
    with pytest.raises(ExtractorError, match=r"T01: not read \(other: ZeroDivisionError"):
        together(Settings(), "other").read(article(TEXT))


def bad(fields: str) -> str:
    wrong = f"replace(claim(article, 'Boris Kelemen'), {fields})"
    return f"Plug.read = lambda self, article: [{wrong}, claim(article, 'met')]"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (bad("start=0, end=13"), "a quote does not stand at its span"),
        (bad("edtf='soon'"), "a date is not EDTF: 'soon'"),
        (bad("confidence=7.0"), "a confidence is not from 0 to 1"),
        (bad("confidence=float('nan')"), "a confidence is not from 0 to 1"),
        (bad("country='Ruritania'"), "a state is no ISO 3166-1 alpha-3 code"),
        (bad("agent_states=['RUR']"), "agent_states is no tuple"),
        (bad("agents=('Anton Varga',)"), "agents is no tuple of named references"),
        (bad("agents=(Ref(''),)"), "agents is no tuple of named references"),
        (bad("agents=(Ref('A', 'javascript:alert(1)'),)"), "agents is no tuple of named references"),
        (bad("agents=(Ref('A', 'https://a.example/> . <b'),)"), "agents is no tuple of named references"),
        (bad("agents=(Ref('\\ud800'),)"), "agents is no tuple of named references"),
        (bad("place='Strelsau'"), "place is no named reference"),
        (bad("modality='reported for sure'"), "modality is no Modality"),
        (bad("rule=None"), "rule is no text"),
        ("Plug.read = lambda self, article: ['a claim', claim(article, 'met')]", "a claim is a str"),
    ],
)
def test_what_is_no_claim_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, problem: str
) -> None:
    install(monkeypatch, tmp_path, "other", code)
    reader = together(Settings(), "other")
    assert [claim.quote for claim in reader.read(article(TEXT))] == ["met"]
    assert reader.report() == [f"extractor other: T01: left out: {problem}"]


def test_an_extractor_cannot_write_in_another_s_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = (
        "Plug.read = lambda self, article: [replace(claim(article, 'met'), id='c1', extractors=('rules',))]"
    )
    install(monkeypatch, tmp_path, "other", code)
    (found,) = together(Settings(), "other").read(article(TEXT))
    assert found.extractors == ("other",)
    assert found.id != "c1"


def test_many_troubles_are_told_in_a_few_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, tmp_path, "other", "Plug.read = lambda self, article: [1] * 20")
    reader = together(Settings(), "other")
    reader.read(article(TEXT))
    assert reader.report()[-1] == "extractor other: and 15 more like these"


def test_what_an_extractor_reports_is_told_and_a_report_that_fails_does_no_harm(
    good: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, "other", "Plug.report = lambda self: ['all is well']")
    install(monkeypatch, tmp_path, "worse", "Plug.report = lambda self: 1 / 0")
    good_news, bad_news = together(Settings(), "good,other,worse").report()
    assert good_news == "extractor other: all is well"
    assert bad_news.startswith(
        "extractor worse: its report failed: ZeroDivisionError: division by zero (plug_"
    )
