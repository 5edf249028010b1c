"""Every rule of the house, in one visible list."""

from collections.abc import Callable, Iterator

from tests.contract.house_rules import addresses, borders, live_truth, purity, size, systems, vocabulary, words
from tests.contract.house_rules.tree import Tree, Violation

Rule = Callable[[Tree], Iterator[Violation]]

RULES: tuple[Rule, ...] = (
    size.files_can_be_read_at_one_sitting,
    size.functions_can_be_seen_at_once,
    size.files_are_small,
    borders.only_the_edge_reads_the_environment,
    borders.only_the_ledger_speaks_sql,
    words.public_names_are_documented,
    words.nothing_is_left_for_later,
    words.locks_name_no_registry,
    words.stand_ins_tell_their_differences,
)

# What the text of the tree can show of the laws of the design; docs/laws.md tells of them all.
LAWS: dict[int, tuple[Rule, ...]] = {
    1: (purity.the_api_opens_no_connection,),
    2: (purity.only_the_dispatcher_starts_workflows, purity.only_entrypoints_connect_temporals_client),
    5: (
        addresses.addresses_have_one_source,
        addresses.pages_show_only_what_programs_print,
        addresses.allowed_addresses_are_still_there,
    ),
    6: (vocabulary.public_surfaces_speak_the_glossarys_words, vocabulary.allowed_words_are_still_there),
    8: (
        live_truth.the_portal_follows_one_table,
        live_truth.live_documents_read_one_table,
        live_truth.one_table_is_published,
    ),
    9: (
        systems.no_system_is_named,
        systems.nothing_branches_on_an_endpoints_kind,
        systems.allowed_names_are_still_there,
    ),
}
