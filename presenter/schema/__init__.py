"""What decks may say, for editors: a JSON Schema made of the classes that the loader reads decks by.

json_schema.py    a deck, its sections and its slides
type_schema.py    one type is one shape: the loader's readers, said as schema
field_docs.py     descriptions and examples, from the docstrings of the fields
"""
