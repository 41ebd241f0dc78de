"""Seals: find them on read pages, say what they are, whose they are, and what their arc says.

`examiner.SealExaminer` is the stage; `specimens.check_specimen` judges an impression for registration;
`ink.same_ink` tells a pasted copy from a second stamping.
"""
