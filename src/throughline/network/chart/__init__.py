"""The link chart: people, numbers, places, vehicles and lines as evidence ties them, for each reader their own."""
