"""Throughline's tests: one folder a capability, plus journeys and architecture."""
