"""How far the dates of a document move: derived from the practice's key, the same for the same key and subject."""

from __future__ import annotations

import hashlib
import hmac

# Days. Less would leave the season in sight; more would leave the years in which the policies hold.
_LEAST, _MOST = 30, 700


def shift_of(key: bytes, subject: str, *, keep_weekday: bool = False) -> int:
    """Days by which dates move, always later, so that no edition of a policy is asked for that did not exist yet.

    `subject` is what must move together: the text of the document, or the practice's own word for a patient. Without
    the key the number cannot be found from the subject (HMAC-SHA256). With `keep_weekday` it is whole weeks.
    """
    digest = hmac.new(key, subject.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    if keep_weekday:
        least, most = -(-_LEAST // 7), _MOST // 7
        return 7 * (least + number % (most - least + 1))
    return _LEAST + number % (_MOST - _LEAST + 1)
