"""How long the tests of this folder try: the same examples in every run, or more and others if told so."""

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("FRACTALOPS_FUZZ_EXAMPLES", "200"))


def fuzzed(share: float = 1) -> settings:
    """The settings of a test that tries its share of the examples."""
    return settings(
        max_examples=max(1, int(EXAMPLES * share)),
        derandomize="FRACTALOPS_FUZZ_EXAMPLES" not in os.environ,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
