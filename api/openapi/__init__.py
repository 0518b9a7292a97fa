"""What can be asked over HTTP as an OpenAPI 3.1 document and as a page, made from the questions' headers."""
