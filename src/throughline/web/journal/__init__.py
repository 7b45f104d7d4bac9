"""The journal: who looked at what, when and why, for the auditor of a body."""
