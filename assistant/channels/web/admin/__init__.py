"""The staff's dashboard /admin: what is asked and answered, what must be looked at, what was corrected."""
