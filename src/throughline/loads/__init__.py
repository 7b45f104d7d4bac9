"""Files that people load: kept while they are read, mapped to the standard's columns, and mended where refused."""
