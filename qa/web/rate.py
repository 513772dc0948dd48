"""Token buckets: how many requests an address may still make."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


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

    def wait(self, address: str, cost: float, now: float) -> float:
        """Take ``cost`` tokens of ``address``, or return the seconds until it has them.

        Args:
            address: whose bucket.
            cost: in requests.
            now: a monotonic clock, in seconds.
        """
        bucket = self._buckets.setdefault(address, _Bucket(self._burst, now))
        self._buckets.move_to_end(address)
        if len(self._buckets) > self._addresses:
            self._buckets.popitem(last=False)
        gained = (now - bucket.filled) * self._per_second
        bucket.tokens = min(self._burst, bucket.tokens + gained)
        bucket.filled = now
        if bucket.tokens >= cost:
            bucket.tokens -= cost
            return 0.0
        return (cost - bucket.tokens) / self._per_second
