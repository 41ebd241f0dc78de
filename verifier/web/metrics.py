"""What is counted for Prometheus: requests here, the queue in the store."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from verifier.store.jobs import Load

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(slots=True)
class Metrics:
    """This process's counters; a registry of its own, so that two applications never share one."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    waiting: Gauge = field(init=False)
    oldest: Gauge = field(init=False)
    workers: Gauge = field(init=False)

    def __post_init__(self) -> None:
        labels, here = ["method", "route", "status"], self.registry
        self.requests = Counter("verifier_requests", "Requests answered", labels, registry=here)
        self.seconds = Histogram(
            "verifier_request_seconds", "Time to answer", ["route"], buckets=SECONDS, registry=here
        )
        self.waiting = Gauge("verifier_jobs", "Jobs that are not done", ["state"], registry=here)
        self.oldest = Gauge("verifier_oldest_job_seconds", "Age of the oldest waiting job", registry=here)
        self.workers = Gauge("verifier_workers", "Workers seen lately", registry=here)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request; `route` is the pattern, never the path."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self, load: Load) -> bytes:
        """Return everything in Prometheus' text format."""
        self.waiting.labels("waiting").set(load.waiting)
        self.waiting.labels("leased").set(load.leased)
        self.oldest.set(load.oldest_seconds)
        self.workers.set(load.workers)
        return generate_latest(self.registry)
