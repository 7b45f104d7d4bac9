"""Who may know what, who may do what, and the journal of every look."""
