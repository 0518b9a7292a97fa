"""The whole way: build a base, read articles into it, take one back, make the facts anew."""

from kb.pipeline.building import Curated, build, curated, prepare, rebuild_facts
from kb.pipeline.curating import Curation, curate_files, curate_tables, retire_entity
from kb.pipeline.ingesting import IngestReport, Reads, ingest
from kb.pipeline.retracting import retract

__all__ = [
    "Curated",
    "Curation",
    "IngestReport",
    "Reads",
    "build",
    "curate_files",
    "curate_tables",
    "curated",
    "ingest",
    "prepare",
    "rebuild_facts",
    "retire_entity",
    "retract",
]
