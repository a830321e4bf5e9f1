"""The queue of `benchmarks.queues` in cimba: a store of requests by priority, and fifty processes that serve."""

import cimba as cb

RATE = 50 * 0.95 / 2


class Queue(cb.Model):
    waiting: cb.PriorityStore[float]
    waited: cb.Array[float] = cb.Array(2)
    served: cb.Array[float] = cb.Array(2)
    ended: cb.Array[float] = cb.Array(1)
    warm_up: cb.Param[float] = 0.0
    events: cb.Output[float]
    first_wait: cb.Output[float]
    second_wait: cb.Output[float]

    @cb.process
    def come_first(self):
        while True:
            cb.hold(cb.random.exponential(1.0 / RATE))
            self.waiting.put(cb.now(), 1)

    @cb.process
    def come_second(self):
        while True:
            cb.hold(cb.random.exponential(1.0 / RATE))
            # The sign says of which class.
            self.waiting.put(-cb.now(), 0)

    @cb.process(copies=50)
    def serve(self):
        while True:
            since = self.waiting.get()
            if cb.now() > self.warm_up:
                kind = 0 if since >= 0.0 else 1
                self.waited[kind] += cb.now() - abs(since)
                self.served[kind] += 1.0
            cb.hold(cb.random.exponential(1.0))
            self.ended[0] += 1.0

    @cb.on_end
    def measure(self):
        self.first_wait = self.waited[0] / max(self.served[0], 1.0)
        self.events = 2.0 * self.ended[0]
        self.second_wait = self.waited[1] / max(self.served[1], 1.0)
