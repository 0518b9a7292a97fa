"""How likely a word tells an event, and who takes part in it: weighed by what texts with gold taught.

Frames say what they are sure of and fall silent where a path does not fit. Here each word that may tell an
event is weighed with all that stands round it, what the frames made of it included; so are the parties near
it, alone and in groups. The weights are fitted (``python -m tests.reading.fit_chances``) and are data.
"""
