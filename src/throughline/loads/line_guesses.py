"""What the columns of a register of lines are called, in the spreadsheets in which lines are kept today."""

from typing import Final

from throughline.intelligence.report_layout import GRADE
from throughline.loads.guessing import GRADING_WORDS, Guesses
from throughline.loads.line_rows import LINE_ROWS

_WORDS: Final = {
    "reference": "ref line_ref line_id line_reference urn id unique_reference record_no record_number our_ref "
    "force_ref force_reference",
    "name": "line line_name brand brand_name deal_line deal_line_name known_as name_of_line drug_line county_line",
    "numbers": "number phone phone_number phone_numbers mobile mobile_number mobile_numbers telephone telephone_number "
    "deal_line_number deal_line_numbers line_number line_numbers msisdn drug_line_number tel",
    "exports_from": "exporting exporter exporting_force exporting_area exporting_region origin origin_force "
    "source_force from_force hub export exports_from export_force export_area exporting_location",
    "imports_to": "importing importer importing_force importing_area destination destination_force to_force import "
    "imports_to import_force import_area importing_location areas_affected market town towns",
    "drugs": "drug drug_type drug_types commodity commodities product drugs_supplied",
    "people": "nominals nominal members subjects persons persons_linked linked_nominals associates",
    "holder": "line_holder holder controller main_subject principal_subject",
    "premises": "address addresses location locations trap_house trap_houses cuckooed_address cuckooed_addresses "
    "properties",
    "vehicles": "vehicle vrm vrms vrn reg registration cars linked_vehicles",
    "transport": "travel travel_method mode_of_travel transport_method",
    "violence": "weapons violence_indicators violence_weapons",
    "exploitation": "vulnerability vulnerabilities exploitation_indicators cce safeguarding",
    "group": "ocg ocg_name ocg_ref ocg_reference gang network linked_ocg linked_group group_name usg",
    "status": "state line_status activity activity_status",
    "officer": "lro lead_responsible_officer oic officer_in_case lead_officer owner",
    "priority": "tier band rag own_priority force_priority priority_level",
    "score": "risk_score threat_score harm_score own_score morile morile_score matrix_score",
    "first_seen": "date_identified date_opened date_added start_date identified first_identified first_known",
    "last_seen": "last_intel last_intelligence last_activity last_updated updated date_updated date last_known_active "
    "date_of_last_intelligence last_reviewed",
    "notes": "note comments comment remarks summary narrative details detail update intelligence free_text",
}  # fmt: skip
OF_LINES: Final = Guesses(
    GRADING_WORDS
    | {word: use for use, words in _WORDS.items() for word in words.split()}
    | {column: column for column in LINE_ROWS.every},
    {"selector:phone": "numbers", "selector:vehicle": "vehicles", "selector:postcode": "premises", GRADE: GRADE,
     "date_of_intelligence": "last_seen", "text": "notes"},
    LINE_ROWS.many,
)  # fmt: skip
