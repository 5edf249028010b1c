"""What JSON calls the kind of a value, as error messages name it."""


def json_kind(value: object) -> str:
    """`Null`, `Boolean`, `Number`, `String`, `Array` or `Object`."""
    match value:
        case None:
            return "Null"
        case bool():
            return "Boolean"
        case int() | float():
            return "Number"
        case str():
            return "String"
        case list():
            return "Array"
        case _:
            return "Object"
