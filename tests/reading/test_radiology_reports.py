"""Reports of studies that begin with a letterhead, stand in a letter, or name the study in a field only."""

import pytest

from support.answers import answer

HOUSE = "RIVERSIDE RADIOLOGY ASSOCIATES\n1200 Oak Street\nPatient: J. Doe   MRN 00123\n"
ROOT = (
    "FINDINGS: L4-L5: Broad-based protrusion abuts the traversing L5 roots.\nIMPRESSION: Contact with the left L5 root."
)
FREE = "FINDINGS: L4-L5: Mild bulge. The canal and foramina are patent.\nIMPRESSION: No nerve root compression."


@pytest.mark.parametrize(
    "exam",
    [
        "EXAM: MRI of the lumbar spine\nDATE: 9/14/2025\n",
        "STUDY: MR L-SPINE WO\nDOS: 7/7/25\n",
        "Procedure: CT LUMBAR SPINE W/O CONTRAST\nAccession 55512     Exam date: 02/11/2025\n",
        "LUMBAR SPINE MRI\n",
        "Magnetic resonance imaging, lumbar spine\n",
        "REPORT OF MYELOGRAM AND POST MYELOGRAM CT\n",
        "Study performed 5/2/2025: Lumbar spine.\n",
    ],
)
@pytest.mark.parametrize(("body", "expected"), [(ROOT, "met"), (FREE, "not_met")])
def test_a_report_under_a_letterhead_tells_of_its_study(exam: str, body: str, expected: str) -> None:
    assert answer("compression", HOUSE + exam + body) == expected


@pytest.mark.parametrize(
    "text",
    [
        HOUSE + "EXAM: Radiographs of the lumbar spine, 3 views\nFINDINGS: Foraminal stenosis at L5-S1.",
        HOUSE + "EXAM: MRI knee right\nFINDINGS: Popliteal cyst compresses the tibial nerve.",
        HOUSE + "Procedure: MRI BRAIN\nFindings: No stenosis of the visualized arteries.",
        "Order requisition\nEXAM: MRI lumbar spine\nDATE: to be scheduled\nREASON: rule out stenosis",
        "SPINE CLINIC\nMRI lumbar spine was ordered.\nHPI: Leg pain.\nImpression: Spinal stenosis.\nPlan: MRI.",
    ],
)
def test_no_report_of_a_picture_of_the_canal(text: str) -> None:
    assert answer("compression", text) == "not_documented"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Findings: L4-5 right paracentral extrusion displacing the right L5 root.", "met"),
        ("Results: disc desiccation at L4-5. No herniation, no stenosis, nerve roots free.", "not_met"),
    ],
)
def test_a_letter_of_a_radiologist(body: str, expected: str) -> None:
    text = f"Dear Dr. Petty,\nMr. Kline underwent magnetic resonance imaging of the spine on 3/2/2025.\n{body}\nA. Rowe"
    assert answer("compression", text) == expected


def test_why_a_study_is_made_is_not_what_it_shows() -> None:
    text = HOUSE + "EXAM: MRI lumbar spine\nCLINICAL INDICATION: severe stenosis, nerve root compression\n"
    assert answer("compression", text + "FINDINGS: L4-5: normal. No stenosis.\nIMPRESSION: Normal study.") == "not_met"
