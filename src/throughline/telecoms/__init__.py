"""Call data: under which authority it is held, who rang whom, and which number took over from another."""
