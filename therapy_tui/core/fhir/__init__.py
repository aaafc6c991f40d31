"""FHIR R4 (4.0.1) as plain dictionaries: only elements of this version, and ids that come out the same each time."""
