"""What SQL did to the database is told from oids and column numbers."""

from embedded.hasura.catalogue.structure import (
    ColumnShape,
    Difference,
    FunctionShape,
    RelationShape,
    Structure,
    difference,
)
from embedded.hasura.metadata.names import QualifiedName

A, B, F, G = (QualifiedName("public", name) for name in "abfg")


def table(name, **columns):
    numbered = {int(number[1:]): ColumnShape(*said.split()) for number, said in columns.items()}
    return RelationShape(name, numbered)


def between(before, after, functions_before=None, functions_after=None):
    return difference(Structure(before, functions_before or {}), Structure(after, functions_after or {}))


def test_what_stays_is_no_difference():
    one = {1: table(A, _1="id int4")}

    assert between(one, dict(one)) == Difference()


def test_new_names_are_renames_because_oid_and_number_stay():
    found = between({1: table(A, _1="id int4", _2="x text")}, {1: table(B, _1="key int4", _2="x text")})

    assert found == Difference(renamed_tables={A: B}, renamed_columns={A: {"id": "key"}})


def test_a_column_that_is_dropped_and_made_anew_is_dropped():
    found = between({1: table(A, _1="id int4")}, {1: table(A, _2="id int4")})

    assert found == Difference(dropped_columns={A: {"id"}})


def test_another_type_is_told():
    found = between({1: table(A, _1="id int4")}, {1: table(A, _1="id text")})

    assert found == Difference(retyped_columns={A: {"id"}})


def test_a_dropped_table_is_told_unless_another_has_its_name_now():
    assert between({1: table(A)}, {}) == Difference(dropped_tables={A})
    assert between({1: table(A)}, {2: table(A)}) == Difference()


def test_functions_are_dropped_overloaded_or_made_volatile():
    still, volatile = FunctionShape(F, volatile=False), FunctionShape(F, volatile=True)

    assert between({}, {}, {1: still}, {}) == Difference(dropped_functions={F})
    assert between({}, {}, {1: still}, {2: still}) == Difference()
    assert between({}, {}, {1: still}, {1: volatile}) == Difference(functions_now_volatile={F})
    assert between({}, {}, {1: volatile}, {1: volatile}) == Difference()
    assert between({}, {}, {1: still}, {1: still, 2: still}) == Difference(overloaded_functions={F})
    assert between({}, {}, {}, {1: FunctionShape(G, volatile=True)}) == Difference()
