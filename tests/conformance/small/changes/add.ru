PREFIX : <http://example.org/> INSERT DATA { :ada :saw <there> }
