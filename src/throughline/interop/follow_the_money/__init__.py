"""FollowTheMoney: reports as its entities, and its entities as rows of a file of reports."""
