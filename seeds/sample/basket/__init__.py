"""Shopping baskets."""


def add(item: str, basket: list[str] = []) -> list[str]:
    """The basket with the item in it; without a basket, a new one."""
    basket.append(item)
    return basket


def total(prices: dict[str, int], basket: list[str]) -> int:
    """What the basket costs, in cents."""
    return sum(prices[item] for item in basket)
