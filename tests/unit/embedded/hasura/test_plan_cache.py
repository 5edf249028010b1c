"""When a kept plan may be used again."""

from embedded.hasura.execute.plan_cache import PlanCache

KEY = ("query", None, "user", False)


def test_a_plan_is_found_for_other_values_of_the_same_shape():
    cache = PlanCache[str]()
    cache.keep(KEY, {"id": 1}, ("id",), set(), "plan")

    assert cache.find(KEY, {"id": 2}) == "plan"
    assert cache.find(KEY, {"id": None}) is None
    assert cache.find(KEY, {}) is None
    assert cache.find(KEY, {"id": 1, "more": 1}) is None
    assert cache.find(("query", None, "other", False), {"id": 1}) is None


def test_a_structural_variable_must_have_the_same_value():
    cache = PlanCache[str]()
    cache.keep(KEY, {"where": {"a": 1}}, ("where",), {"where"}, "plan")

    assert cache.find(KEY, {"where": {"a": 1}}) == "plan"
    assert cache.find(KEY, {"where": {"a": 2}}) is None


def test_a_variable_found_structural_later_makes_older_plans_unusable():
    cache = PlanCache[str]()
    cache.keep(KEY, {"a": False, "b": 1}, ("a", "b"), {"a"}, "without b")
    cache.keep(KEY, {"a": True, "b": 1}, ("a", "b"), {"a", "b"}, "with b")

    assert cache.find(KEY, {"a": True, "b": 1}) == "with b"
    assert cache.find(KEY, {"a": True, "b": 2}) is None
    assert cache.find(KEY, {"a": False, "b": 1}) is None


def test_the_least_recently_used_goes_first():
    cache = PlanCache[str](entries_max=2)
    keys = [(text, None, "user", False) for text in "abc"]
    cache.keep(keys[0], {}, (), set(), "a")
    cache.keep(keys[1], {}, (), set(), "b")
    cache.find(keys[0], {})
    cache.keep(keys[2], {}, (), set(), "c")

    assert [cache.find(key, {}) for key in keys] == ["a", None, "c"]
