"""What decks may say, for editors: a JSON Schema made of the classes that the loader reads decks by.

schema() -> dict      assembling.py: a deck, its sections and its slides
shapes.py             one type is one shape: the loader's readers, said as schema
telling.py            descriptions and examples, from the docstrings of the fields
"""
