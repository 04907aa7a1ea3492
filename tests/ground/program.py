"""A program with a pool, to be ended from outside. It does not ask for its name, so it must not be what a worker loads."""

import signal
import sys
from functools import partial

from pressroom.ground.executors import local_processes
from pressroom.ground.pool import Pool
from tests.ground import jobs

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with Pool(2, partial(local_processes, 2)) as pool:
    list(pool.run(jobs.asleep, [sys.argv[1]] * 4))
