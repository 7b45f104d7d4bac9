"""Stories told through a browser, and the crawl for what must not be seen."""
