"""Token buckets: how many requests an address may still make."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from qa.web.connections import party

_DEBT_SECONDS = 60.0
"""Longest wait that a charge afterwards can lead to."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Rate:
    """One token bucket for each address, the least recently used one dropped first."""

    def __init__(self, *, burst: float, per_second: float, addresses: int) -> None:
        """Allow ``burst`` requests at once and ``per_second`` more every second.

        Args:
            burst: size of a bucket, in requests.
            per_second: requests a bucket regains each second.
            addresses: how many buckets are kept.
        """
        self._burst = burst
        self._per_second = per_second
        self._addresses = addresses
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str, cost: float, now: float) -> float:
        """Take ``cost`` tokens of ``address``, or return the seconds until it has them.

        Args:
            address: whose bucket.
            cost: in requests.
            now: a monotonic clock, in seconds.
        """
        with self._lock:
            bucket = self._filled(address, now)
            if bucket.tokens >= cost:
                bucket.tokens -= cost
                return 0.0
            return (cost - bucket.tokens) / self._per_second

    def charge(self, address: str, cost: float, now: float) -> None:
        """Take ``cost`` tokens for what was done already; the bucket may owe some.

        Args:
            address: whose bucket.
            cost: in requests.
            now: a monotonic clock, in seconds.
        """
        with self._lock:
            bucket = self._filled(address, now)
            bucket.tokens = max(bucket.tokens - cost, -_DEBT_SECONDS * self._per_second)

    def _filled(self, address: str, now: float) -> _Bucket:
        who = party(address)
        bucket = self._buckets.setdefault(who, _Bucket(self._burst, now))
        self._buckets.move_to_end(who)
        if len(self._buckets) > self._addresses:
            self._buckets.popitem(last=False)
        gained = (now - bucket.filled) * self._per_second
        bucket.tokens = min(self._burst, bucket.tokens + gained)
        bucket.filled = now
        return bucket
