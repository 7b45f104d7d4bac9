"""One small file for each kind of selector: how it is typed, keyed and shown."""
