"""Every rule of the house, in one visible list."""

from collections.abc import Callable, Iterator

from tests.contract.house_rules import borders, size, words
from tests.contract.house_rules.tree import Tree, Violation

Rule = Callable[[Tree], Iterator[Violation]]

RULES: tuple[Rule, ...] = (
    size.files_can_be_read_at_one_sitting,
    size.functions_can_be_seen_at_once,
    size.files_are_small,
    borders.only_the_edge_reads_the_environment,
    borders.only_the_ledger_speaks_sql,
    borders.addresses_have_one_source,
    words.public_names_are_documented,
    words.nothing_is_left_for_later,
    words.locks_name_no_registry,
    words.stand_ins_tell_their_differences,
)
