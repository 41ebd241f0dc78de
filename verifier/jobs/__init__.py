"""Work on what was uploaded: workers that take jobs from the store, and whoever keeps them running."""
