"""United Kingdom postcodes: some fifteen homes, so a poor selector alone."""

import re

from uk_postcodes_parsing.fix import fix
from uk_postcodes_parsing.postcode_utils import is_valid, to_normalised

from throughline.selectors.kinds.cleaning import clean, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

# The letters a postcode may open with: Royal Mail's areas, the Crown dependencies, the forces, PO boxes.
_AREAS = (
    r"A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    r"|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
# No district is numbered 01 to 09.
_OUTWARD = re.compile(rf"(?:{_AREAS})(?!0\d)\d", re.ASCII)


def normalise_postcode(raw: str) -> str:
    """A postcode in capitals with its one space; 0 and O, 1 and I are set right where the form is plain."""
    text = clean(raw)
    compact = re.sub(r"[ .\-]", "", text).upper()
    postcode = to_normalised(fix(compact)) if compact.isascii() and is_valid(fix(compact)) else None
    if postcode is None or not _OUTWARD.match(postcode):
        raise NotASelector(f"{quoted(text)} is not a full UK postcode. Write one such as {POSTCODE.example}.")
    return str(postcode)


def show_postcode(key: str) -> str:
    """A postcode reads as it is keyed."""
    return key


POSTCODE = Kind(
    name="postcode",
    label="Postcode",
    plural="Postcodes",
    hint="A full UK postcode.",
    example="NR1 1AA",
    weight=0.2,
    normalise=normalise_postcode,
    show=show_postcode,
)
