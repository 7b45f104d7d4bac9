"""Clocks that run for a duty in law or in policy: started by an event, told of in time, never longer by themselves."""
