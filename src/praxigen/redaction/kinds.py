"""The kinds of identifiers of HIPAA's safe harbor, 45 CFR 164.514(b)(2)(i)(A) to (R), and two kinds of our own."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an identifier is. Doctors and facilities are no identifiers of the patient by that list; they point "
    "there."""

    NAME = "name"
    DOCTOR = "doctor"
    FACILITY = "facility"
    PLACE = "place"
    ZIP = "zip"
    DATE = "date"
    AGE = "age"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    SSN = "ssn"
    MRN = "mrn"
    PLAN = "plan"
    ACCOUNT = "account"
    LICENSE = "license"
    VEHICLE = "vehicle"
    DEVICE = "device"
    URL = "url"
    IP = "ip"
    BIOMETRIC = "biometric"
    PHOTO = "photo"
    OTHER = "other"


# The letter of the list that names the kind; empty where it names none.
PARAGRAPH: dict[Kind, str] = {
    Kind.NAME: "A",
    Kind.DOCTOR: "",
    Kind.FACILITY: "",
    Kind.PLACE: "B",
    Kind.ZIP: "B",
    Kind.DATE: "C",
    Kind.AGE: "C",
    Kind.PHONE: "D",
    Kind.FAX: "E",
    Kind.EMAIL: "F",
    Kind.SSN: "G",
    Kind.MRN: "H",
    Kind.PLAN: "I",
    Kind.ACCOUNT: "J",
    Kind.LICENSE: "K",
    Kind.VEHICLE: "L",
    Kind.DEVICE: "M",
    Kind.URL: "N",
    Kind.IP: "O",
    Kind.BIOMETRIC: "P",
    Kind.PHOTO: "Q",
    Kind.OTHER: "R",
}
