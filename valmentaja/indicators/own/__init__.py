"""What a coach sees of the own caseload beside the month's rows: exact sets of people, on the screen only."""
