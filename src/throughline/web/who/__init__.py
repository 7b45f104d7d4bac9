"""Who can see a record, and why: for people of the body that owns it, and its auditors."""
