"""TAXII 2.1: the objects of STIX over HTTPS, for the same machines under the same lock."""
