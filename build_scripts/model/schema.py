"""Export JSON Schemas."""


def schemas():
    return {}
