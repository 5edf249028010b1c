import unittest

from basket import add, total


class Baskets(unittest.TestCase):
    def test_two_new_baskets_share_nothing(self):
        self.assertEqual(add("apple"), ["apple"])
        self.assertEqual(add("pear"), ["pear"])

    def test_a_basket_costs_what_is_in_it(self):
        self.assertEqual(total({"apple": 30, "pear": 45}, ["apple", "pear", "apple"]), 105)


if __name__ == "__main__":
    unittest.main()
