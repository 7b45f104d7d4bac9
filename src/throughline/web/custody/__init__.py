"""Pages of custody and bail: arrests, release, extensions, conditions with their card, and the suspects of a line."""
