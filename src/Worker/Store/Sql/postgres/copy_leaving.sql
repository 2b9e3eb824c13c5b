-- meaning: those who are to leave, and whether only the calls to them end, as a stream of binary rows
-- writes:  staged_leaving
copy staged_leaving (
    contact,
    calls_only
)
from stdin (format binary)
