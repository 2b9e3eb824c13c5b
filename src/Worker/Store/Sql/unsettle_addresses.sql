-- meaning: the contacts of the addresses are to be worked out anew, as some are new
-- writes:  addresses_settled, none or one row less
delete from addresses_settled
