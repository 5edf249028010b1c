"""`portal/src/platform/meanings.ts`: what each code says to people, for pages that show why something failed."""

import json
from pathlib import Path

from contracts.refusals import MEANINGS

OWNS = ("portal/src/platform/meanings.ts",)
_HEAD = """// Generated from the contracts by `make codegen`. Do not edit.

/** What a code says to whoever gets it; `retry`: the same may pass later although nobody mended anything. */
export const MEANINGS: Readonly<Record<string, { readonly says: string; readonly retry: boolean }>> = {
"""


def files(_tree: Path) -> dict[str, str]:
    """The module, one line for each code."""
    lines = [
        f"  {code.value}: {{ says: {json.dumps(meaning.says)}, retry: {json.dumps(meaning.retry)} }},\n"
        for code, meaning in MEANINGS.items()
    ]
    return {OWNS[0]: f"{_HEAD}{''.join(lines)}}}\n"}
