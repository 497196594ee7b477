"""The page that checks a figure: one file, which needs nothing beside it and no network.

Its policy allows the script and the style that stand in it, by their hashes, and to read files beside it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

VERIFIER: Final = "verify.html"
_POLICY = "%policy%"
_INLINE = {
    "script-src": re.compile("<script>(.*?)</script>", re.DOTALL),
    "style-src": re.compile("<style>(.*?)</style>", re.DOTALL),
}


def with_policy(page: str) -> str:
    """``page`` with the hashes of what stands in it."""
    rules = [f"{name} {_hash(found)}" for name, shape in _INLINE.items() for found in shape.findall(page)]
    policy = "; ".join(
        ("default-src 'none'", *rules, "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'")
    )
    return page.replace(_POLICY, policy)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
