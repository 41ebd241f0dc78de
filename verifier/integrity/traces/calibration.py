"""What genuine letters look like to `likeness`, and which ways lead away from them.

Fitted on 193 genuine generated scans (3,359 fields) and on 57 scans each patched in three ways: typed, wiped and
taken from another device; docs/tampering.md says how, docs/proof-13.md how it does on others.
"""

from __future__ import annotations

import numpy as np

FLOOR = 0.05
"""Least spread of any number within a page: near the median over pages of most of them (0.025 to 0.11)."""
PRECISION = np.array(
    [
        (2.804, 0.590, 0.617, 1.059, 0.266, 0.076, -0.358, -0.087, -0.120),
        (0.590, 5.073, -1.326, -0.728, -0.256, 0.685, -0.140, -0.071, -0.174),
        (0.617, -1.326, 4.113, -0.078, -0.531, 0.145, 0.124, 0.048, -0.018),
        (1.059, -0.728, -0.078, 5.026, -3.280, 0.217, -0.065, 0.018, -0.077),
        (0.266, -0.256, -0.531, -3.280, 4.484, 0.130, 0.107, 0.001, 0.049),
        (0.076, 0.685, 0.145, 0.217, 0.130, 1.976, 0.007, 0.042, 0.023),
        (-0.358, -0.140, 0.124, -0.065, 0.107, 0.007, 1.418, 0.080, 1.089),
        (-0.087, -0.071, 0.048, 0.018, 0.001, 0.042, 0.080, 0.850, 0.070),
        (-0.120, -0.174, -0.018, -0.077, 0.049, 0.023, 1.089, 0.070, 2.740),
    ]
)
"""Inverse of the covariance of genuine fields' standardised numbers, in the order of `strokes.FEATURES`."""
EDITED = np.array((0.956, 0.249, 0.057, 0.581, 0.915, 0.385, -0.381, -0.200, -0.085))
"""Toward print whose noise was wiped away or never was: Fisher's discriminant, genuine spread 1."""
FOREIGN = np.array((-1.275, 0.032, -0.239, -0.488, -1.098, -0.031, 0.088, 0.136, -0.304))
"""Toward print from another device: softer edges, other noise."""
LIMITS = (3.2, 4.9, 5.0)
"""Of distance, EDITED and FOREIGN. 1 of 193 and 2 of 325 genuine scans passed one; from (3.0, 4.6, 4.7) on it is 6 of
325, and of patches from another device 0.94 instead of 0.91 are seen."""
