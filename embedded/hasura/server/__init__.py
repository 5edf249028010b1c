"""Serving: `port` is reserved, `serve` answers on it until told to stop, `processes` has several processes do so."""
