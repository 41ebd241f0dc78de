"""Test runs that give the same result every time: one backend, generated examples that come from the test's name."""

import os

from hypothesis import settings

os.environ["VERIFIER_BACKEND"] = "onnxruntime f32"  # whatever is installed here reads faster
settings.register_profile("same every time", derandomize=True, database=None, deadline=None)
settings.load_profile("same every time")
