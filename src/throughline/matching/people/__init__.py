"""Who is whom among the people that sightings know: proposed by weight of evidence, settled by people."""
