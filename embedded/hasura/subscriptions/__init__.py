"""Subscriptions: what was asked once is asked again and again, for many subscribers with one statement.

`hub` takes subscribers in and finds the poller for each: `live` pushes results that changed, `streams` pushes new rows,
`repeated` asks anew whatever is more than one statement. `batch` runs a statement for many subscribers, `pool` holds
the connections for that, `sink` is where answers go, `explain` shows it all to administrators.
"""
