"""How the generated part of the reference data is made from packages and tables; needs the extra ``curate``."""
