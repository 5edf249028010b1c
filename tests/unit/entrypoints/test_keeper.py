"""How long the supervisor waits before it starts a part again."""

from entrypoints.stack.keeper import FIRST_DELAY_S, LONGEST_DELAY_S, STEADY_AFTER_S, next_delay_s


def test_delays_double_up_to_a_limit():
    delays = [next_delay_s(0, served_s=0)]
    for _ in range(12):
        delays.append(next_delay_s(delays[-1], served_s=1))

    assert delays[:4] == [FIRST_DELAY_S, FIRST_DELAY_S * 2, FIRST_DELAY_S * 4, FIRST_DELAY_S * 8]
    assert delays[-1] == LONGEST_DELAY_S
    assert delays == sorted(delays)


def test_steady_service_forgives_earlier_deaths():
    assert next_delay_s(LONGEST_DELAY_S, served_s=STEADY_AFTER_S) == FIRST_DELAY_S
    assert next_delay_s(LONGEST_DELAY_S, served_s=STEADY_AFTER_S - 1) == LONGEST_DELAY_S
