"""The ages by which counts are shown: wide bands, the same on every page and in every file."""

import polars as pl

AGE_BANDS = (18, 30, 45, 60, 75)


def age_band(age: pl.Expr) -> pl.Expr:
    """The first age of the band that an age is in, as text."""
    band = pl.lit("0")
    for low in AGE_BANDS:
        band = pl.when(age >= low).then(pl.lit(str(low))).otherwise(band)
    return band
