"""The voted money and where it goes: accounts, entries and postings that always balance."""
