"""Files made to harm a reader, files at the edge of every limit, and files that are odd and honest.

Nothing here is kept as bytes: each file is made by a few lines that say what is wrong with it. `hostile_files`
must cost a child at most; `edge_files` pairs the largest that is opened with the smallest that is refused;
`honest_files` must all be opened.
"""

from samples.hostile.collection import Sample, edge_files, honest_files, hostile_files

__all__ = ["Sample", "edge_files", "honest_files", "hostile_files"]
