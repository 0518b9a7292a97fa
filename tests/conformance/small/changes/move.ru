MOVE DEFAULT TO <http://example.org/g>
