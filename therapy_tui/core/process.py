"""What a process note is, in the words that stand where one is written (45 CFR 164.501 says what is none)."""

PLACE = "Process notes"
OFFERS = (
    "Words, and whom they are about. Medication, times, how and how often you meet, results of tests, and any summary"
    " of diagnosis, function, plan, symptoms, prognosis or progress belong in the record and have no place here."
)
APART = "Under a key of its own: in no record, export, search or backup."
