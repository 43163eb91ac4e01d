"""Times matrix products by the kernel that OPENBLAS_CORETYPE asks for: prints the time in microseconds, and the libraries."""

import json
import time

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from formulas import PRECISIONS

# Rows, inputs and outputs of a layer of C2 and of C3.
SHAPES = [(64, 64, 128), (128, 784, 512)]


def least(call, count=15):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1e6


total = 0.0
with threadpool_limits(limits=1):
    for rows, inputs, outputs in SHAPES:
        for dtype in PRECISIONS.values():
            a, b = np.ones((rows, inputs), dtype), np.ones((inputs, outputs), dtype)
            total += least(lambda: a.dot(b)) * (SHAPES[-1][1] / inputs)
libraries = sorted({" ".join(filter(None, (i["internal_api"], i["version"], i.get("architecture")))) for i in threadpool_info()})
print(json.dumps({"microseconds": total, "libraries": libraries}))
