"""How the generated part of the reference data is made; needs the extra ``curate``."""
