"""Real police data, split between several bodies, loaded by the command and compared with a second calculation."""
